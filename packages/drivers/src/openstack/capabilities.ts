import {
  type Capabilities,
  type Capability,
  done,
  isDone,
  type Outcome,
  supported,
  unsupported,
} from '@yiduo/driver-api'
import type { ServiceName } from './catalogue.ts'
import type { Cloud } from './cloud.ts'
import type { ExternalNetwork } from './external-network.ts'
import type { Session } from './keystone.ts'
import { type Microversion, type Microversions, needed, printed, reaches } from './microversions.ts'
import type { Rights } from './rights.ts'

export interface CapabilitiesDeps {
  readonly cloud: Cloud
  readonly rights: Rights
  readonly microversions: Microversions
  readonly externalNetwork: ExternalNetwork
  readonly boundToOneProject: boolean
}

export async function readCapabilities(deps: CapabilitiesDeps): Promise<Outcome<Capabilities>> {
  const session = await deps.cloud.session(null)
  if (!isDone(session)) return session
  const admin = await deps.rights.isAdmin()
  if (!isDone(admin)) return admin
  const servers = await atLeast(deps, session.value, 'compute', needed.serverTags)
  if (!isDone(servers)) return servers
  const extend = await atLeast(deps, session.value, 'volume', needed.extendAttached)
  if (!isDone(extend)) return extend
  const addresses = await addressing(deps, session.value)
  if (!isDone(addresses)) return addresses
  const projects = projectsOf(deps, admin.value)
  const installed = (service: ServiceName) => present(session.value, service)
  return done({
    projects,
    projectQuotas: projects,
    hosts: admin.value ? installed('compute') : unsupported('needs-admin-rights', 'os_compute_api:os-hypervisors'),
    servers: servers.value,
    serverResize: servers.value,
    volumes: installed('volume'),
    volumeExtendAttached: extend.value,
    networks: installed('network'),
    addresses: addresses.value,
    images: installed('image'),
    flavours: installed('compute'),
  })
}

/** Makes projects: an administrator whose token may be scoped to another project than its own. */
export async function managesProjects(
  deps: Pick<CapabilitiesDeps, 'rights' | 'boundToOneProject'>,
): Promise<Outcome<boolean>> {
  return deps.boundToOneProject ? done(false) : deps.rights.isAdmin()
}

function projectsOf(deps: CapabilitiesDeps, admin: boolean): Capability {
  if (deps.boundToOneProject) return unsupported('credential-bound-to-one-project')
  return admin ? supported : unsupported('needs-admin-rights', 'identity:create_project')
}

const present = (session: Session, service: ServiceName): Capability =>
  session.catalogue[service] === undefined ? unsupported('service-not-installed', service) : supported

async function atLeast(
  deps: CapabilitiesDeps,
  session: Session,
  service: 'compute' | 'volume',
  least: Microversion,
): Promise<Outcome<Capability>> {
  if (session.catalogue[service] === undefined) return done(unsupported('service-not-installed', service))
  const versions = await deps.microversions.of(service, session)
  if (!isDone(versions)) return versions
  const { offered } = versions.value
  if (reaches(offered, least)) return done(supported)
  return done(unsupported('version-too-old', `${service} ${printed(offered)}, needed ${printed(least)}`))
}

async function addressing(deps: CapabilitiesDeps, session: Session): Promise<Outcome<Capability>> {
  if (session.catalogue.network === undefined) return done(unsupported('service-not-installed', 'network'))
  const external = await deps.externalNetwork.id()
  if (isDone(external)) return done(supported)
  if ('code' in external && external.code === 'cloud-no-external-network')
    return done(unsupported('not-in-this-cloud', external.words))
  return external
}
