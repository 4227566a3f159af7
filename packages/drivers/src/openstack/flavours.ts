import { done, failure, isDone, type Outcome, type ProjectRef, type ServerSize } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { flavoursShape, type NovaFlavour } from './shapes-compute.ts'

/** The flavour for a size among those the project may use. */
export async function fittingFlavour(
  cloud: Cloud,
  project: ProjectRef,
  size: ServerSize,
): Promise<Outcome<NovaFlavour>> {
  const found = await cloud.ask({ service: 'compute', path: '/flavors/detail', project }, flavoursShape)
  return isDone(found) ? chooseFlavour(found.value.flavors, size) : found
}

export function chooseFlavour(flavours: readonly NovaFlavour[], size: ServerSize): Outcome<NovaFlavour> {
  const usable = flavours.filter((it) => it['OS-FLV-DISABLED:disabled'] !== true && !isSpecial(it))
  const [best] = usable
    .filter((it) => shortfall(it, size) === 0)
    .toSorted((a, b) => excess(a, size) - excess(b, size) || specs(a) - specs(b) || a.name.localeCompare(b.name))
  if (best !== undefined) return done(best)
  const [nearest] = usable.toSorted(
    (a, b) => shortfall(a, size) - shortfall(b, size) || excess(a, size) - excess(b, size),
  )
  const hint = nearest === undefined ? 'there is none to use' : `the nearest is ${nearest.name}, ${told(nearest)}`
  return failure('permanent', 'cloud-no-fitting-flavour', `no flavour holds ${told(asFlavour(size))}; ${hint}`)
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
