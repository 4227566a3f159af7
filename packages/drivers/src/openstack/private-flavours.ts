import { done, failure, isDone, type Outcome, type ProjectRef, type ServerSize } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import type { Rights } from './rights.ts'
import { flavourShape, flavoursShape, type NovaFlavour } from './shapes-compute.ts'

/**
 * Flavours of our own, one for each size and shown only to the projects that use it. They stay: their number is that of
 * the sizes sold, and people who look at a server want to find its flavour.
 */
export interface PrivateFlavours {
  /** Wished for by the settings, and the credential may. */
  allowed(): Promise<Outcome<boolean>>
  /** Named by installation and size: Nova takes a name once, which is the fence. */
  ensure(project: ProjectRef, size: ServerSize): Promise<Outcome<NovaFlavour>>
}

interface PrivateFlavoursDeps {
  readonly cloud: Cloud
  readonly rights: Rights
  readonly markPrefix: string
  readonly wished: boolean
}

export const createPrivateFlavours = ({ cloud, rights, markPrefix, wished }: PrivateFlavoursDeps): PrivateFlavours => ({
  allowed: async () => (wished ? rights.may('flavours') : done(false)),
  async ensure(project, size) {
    const name = `${markPrefix}${size.vcpus}c-${size.memoryMib}m-${size.diskGib}g`
    const made = await makeFlavour(cloud, name, size)
    const flavour = 'code' in made && made.code === 'cloud-conflict' ? await flavourNamed(cloud, name) : made
    if (!isDone(flavour)) return flavour
    const shown = await showTo(cloud, flavour.value.id, project)
    return isDone(shown) ? flavour : shown
  },
})

async function makeFlavour(cloud: Cloud, name: string, size: ServerSize): Promise<Outcome<NovaFlavour>> {
  const flavor = {
    name,
    vcpus: size.vcpus,
    ram: size.memoryMib,
    disk: size.diskGib,
    'os-flavor-access:is_public': false,
  }
  const call = { service: 'compute', method: 'POST', path: '/flavors', body: { flavor }, project: null } as const
  const made = await cloud.ask(call, flavourShape)
  return isDone(made) ? done(made.value.flavor) : made
}

async function flavourNamed(cloud: Cloud, name: string): Promise<Outcome<NovaFlavour>> {
  const query = { is_public: 'None' }
  const found = await cloud.ask({ service: 'compute', path: '/flavors/detail', query, project: null }, flavoursShape)
  if (!isDone(found)) return found
  const flavour = found.value.flavors.find((it) => it.name === name)
  // Between our two calls somebody took it away.
  return flavour ? done(flavour) : failure('transient', 'cloud-conflict', `flavour ${name} is not to be found`)
}

async function showTo(cloud: Cloud, flavourId: string, { projectId }: ProjectRef): Promise<Outcome<null>> {
  const path = `/flavors/${encodeURIComponent(flavourId)}/action`
  const body = { addTenantAccess: { tenant: projectId } }
  const shown = await cloud.act({ service: 'compute', method: 'POST', path, body, project: null })
  return 'code' in shown && shown.code === 'cloud-conflict' ? done(null) : shown
}
