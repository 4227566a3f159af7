import { done, failure, isDone, type Outcome, type ProjectRef, type ServerSize } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import type { PrivateFlavours } from './private-flavours.ts'
import { flavoursShape, type NovaFlavour } from './shapes-compute.ts'
import type { GlanceImage } from './shapes-identity.ts'

/** What an image needs to start; nothing where it does not say. */
type ImageNeeds = { readonly [K in 'min_disk' | 'min_ram']?: GlanceImage[K] | undefined }

/** The one that a server of this size gets; where none is equal to it and we may, one is made. */
export async function flavourFor(
  { cloud, privateFlavours }: { readonly cloud: Cloud; readonly privateFlavours: PrivateFlavours },
  project: ProjectRef,
  size: ServerSize,
  image: ImageNeeds = {},
): Promise<Outcome<NovaFlavour>> {
  const flavours = await flavoursFor(cloud, project)
  if (!isDone(flavours)) return flavours
  const chosen = chooseFlavour(flavours.value, size, image)
  const needed = neededFor(size, image)
  if (isDone(chosen) && isEqual(chosen.value, needed)) return chosen
  if (isBeyond(flavours.value, needed)) return chosen
  const may = await privateFlavours.allowed()
  if (!isDone(may)) return may
  return may.value ? privateFlavours.ensure(project, needed) : chosen
}

/** Larger than all that the cloud's operator offers: no host is likely to hold it, and its flavour would stay. */
const isBeyond = (flavours: readonly NovaFlavour[], { vcpus, memoryMib }: ServerSize): boolean =>
  !flavours.some((it) => it.vcpus >= vcpus) || !flavours.some((it) => it.ram >= memoryMib)

/** A disk of no size is one that is not needed: then the flavour's is no matter. */
const isEqual = (it: Sized, size: ServerSize): boolean =>
  it.vcpus === size.vcpus && it.ram === size.memoryMib && (size.diskGib === 0 || it.disk === size.diskGib)

const neededFor = (size: ServerSize, image: ImageNeeds): ServerSize => ({
  vcpus: size.vcpus,
  memoryMib: Math.max(size.memoryMib, image.min_ram ?? 0),
  diskGib: Math.max(size.diskGib, image.min_disk ?? 0),
})

/** Those that the project may use. */
async function flavoursFor(cloud: Cloud, project: ProjectRef): Promise<Outcome<readonly NovaFlavour[]>> {
  const found = await cloud.ask({ service: 'compute', path: '/flavors/detail', project }, flavoursShape)
  return isDone(found) ? done(found.value.flavors) : found
}

/**
 * A flavour with more than this many times the vCPUs or the memory that were asked is no fit. Ours are held and billed
 * as asked: what a flavour gives beyond is missing from the hosts and in no book. Flavours commonly double from one to
 * the next, so a cloud with a usual set always has one within twice.
 */
const mostTimesAsked = 2

export function chooseFlavour(
  flavours: readonly NovaFlavour[],
  size: ServerSize,
  image: ImageNeeds = {},
): Outcome<NovaFlavour> {
  const needed = neededFor(size, image)
  const bounded = (it: Sized): boolean =>
    it.vcpus <= mostTimesAsked * size.vcpus && it.ram <= mostTimesAsked * size.memoryMib
  const usable = flavours.filter((it) => it['OS-FLV-DISABLED:disabled'] !== true && !isSpecial(it))
  const [best] = usable
    .filter((it) => shortfall(it, needed) === 0 && bounded(it))
    .toSorted((a, b) => excess(a, size) - excess(b, size) || specs(a) - specs(b) || a.name.localeCompare(b.name))
  if (best !== undefined) return done(best)
  const distance = (it: Sized): number => shortfall(it, needed) + excess(it, needed)
  const [nearest] = usable.toSorted((a, b) => distance(a) - distance(b))
  const hint = nearest === undefined ? 'there is none to use' : `the nearest is ${nearest.name}, ${told(nearest)}`
  return failure('permanent', 'cloud-no-fitting-flavour', `no flavour fits ${told(asFlavour(needed))}; ${hint}`)
}

type Sized = Pick<NovaFlavour, 'vcpus' | 'ram' | 'disk'>
const asFlavour = (size: ServerSize): Sized => ({ vcpus: size.vcpus, ram: size.memoryMib, disk: size.diskGib })
const told = (it: Sized): string => `${it.vcpus} vcpus, ${it.ram} MiB, ${it.disk} GiB`

/** GPUs and other devices are not given away to who asked for a plain server. */
const isSpecial = (it: NovaFlavour): boolean =>
  Object.keys(it.extra_specs ?? {}).some((key) => key === 'pci_passthrough:alias' || /^resources\d*:/.test(key))

const specs = (it: NovaFlavour): number => Object.keys(it.extra_specs ?? {}).length

/** Memory and vCPUs are what a host runs out of; disk counts a quarter. */
const weighed = (vcpus: number, memory: number, disk: number): number => vcpus + memory + disk / 4

const excess = (it: Sized, size: ServerSize): number =>
  weighed(over(it.vcpus, size.vcpus), over(it.ram, size.memoryMib), over(it.disk, size.diskGib))

const shortfall = (it: Sized, size: ServerSize): number =>
  weighed(under(it.vcpus, size.vcpus), under(it.ram, size.memoryMib), under(it.disk, size.diskGib))

const over = (has: number, wants: number): number => Math.max(0, has - wants) / Math.max(1, wants)
const under = (has: number, wants: number): number => Math.max(0, wants - has) / Math.max(1, wants)
