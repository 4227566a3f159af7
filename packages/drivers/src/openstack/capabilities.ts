import {
  type Capabilities,
  type Capability,
  done,
  isDone,
  isFailure,
  type Outcome,
  supported,
  unsupported,
} from '@yiduo/driver-api'
import { Type } from 'typebox'
import type { ServiceName } from './catalogue.ts'
import type { Cloud } from './cloud.ts'
import type { ExternalNetwork } from './external-network.ts'
import type { Session } from './keystone.ts'
import { type Microversion, type Microversions, needed, printed, reaches } from './microversions.ts'
import { policyOf, type Right, type Rights } from './rights.ts'
import { shape } from './shape.ts'

export interface CapabilitiesDeps {
  readonly cloud: Cloud
  readonly rights: Rights
  readonly microversions: Microversions
  readonly externalNetwork: ExternalNetwork
  readonly boundToOneProject: boolean
  readonly privateFlavoursWished: boolean
}

/** Without Keystone there is no cloud; any other service that does not answer takes with it what only it can do. */
export async function readCapabilities(deps: CapabilitiesDeps): Promise<Outcome<Capabilities>> {
  const session = await deps.cloud.session(null)
  if (!isDone(session)) return session
  const manages = await managesProjects(deps)
  if (!isDone(manages)) return manages
  const [compute, volume, network, images] = await Promise.all([
    computeCapabilities(deps, session.value),
    volumeCapabilities(deps, session.value),
    networkCapabilities(deps, session.value),
    offered(session.value, 'image', () => imagesOf(deps)),
  ])
  const projects = projectsOf(deps, manages.value)
  const bootFromVolume = compute.servers.supported ? volume.volumes : compute.servers
  return done({ projects, projectQuotas: projects, bootFromVolume, ...compute, ...volume, ...network, images })
}

/** Makes projects: an administrator whose token may be scoped to another project than its own. */
export async function managesProjects(
  deps: Pick<CapabilitiesDeps, 'rights' | 'boundToOneProject'>,
): Promise<Outcome<boolean>> {
  return deps.boundToOneProject ? done(false) : deps.rights.may('projects')
}

function projectsOf(deps: CapabilitiesDeps, manages: boolean): Capability {
  if (deps.boundToOneProject) return unsupported('credential-bound-to-one-project')
  return manages ? supported : unsupported('needs-admin-rights', 'identity:create_project')
}

async function computeCapabilities(deps: CapabilitiesDeps, session: Session) {
  const [servers, flavours, hosts, serverGroups, privateFlavours, usage] = await Promise.all([
    offered(session, 'compute', () => atLeast(deps, session, 'compute', needed.serverTags)),
    offered(session, 'compute', () => atLeast(deps, session, 'compute', null)),
    offered(session, 'compute', () => allowed(deps, 'hosts')),
    offered(session, 'compute', () => atLeast(deps, session, 'compute', needed.serverGroupPolicy)),
    offered(session, 'compute', () => privateFlavoursOf(deps)),
    offered(session, 'compute', () => allowed(deps, 'usage')),
  ])
  const acts = { serverResize: servers, serverPower: servers, serverRename: servers, serverRebuild: servers }
  const ofCreation = { publicKeys: servers, userData: servers, zones: servers, serverGroups, privateFlavours }
  return { servers, ...acts, ...ofCreation, consoles: servers, usage, flavours, hosts }
}

async function volumeCapabilities(deps: CapabilitiesDeps, session: Session) {
  const [volumes, volumeExtendAttached, snapshotRevert] = await Promise.all([
    offered(session, 'volume', () => atLeast(deps, session, 'volume', null)),
    offered(session, 'volume', () => atLeast(deps, session, 'volume', needed.extendAttached)),
    offered(session, 'volume', () => atLeast(deps, session, 'volume', needed.revert)),
  ])
  return { volumes, volumeExtendAttached, volumeRename: volumes, snapshots: volumes, snapshotRevert }
}

async function networkCapabilities(deps: CapabilitiesDeps, session: Session) {
  const addresses = await offered(session, 'network', () => addressing(deps))
  const answers = addresses.supported || addresses.reason === 'not-in-this-cloud'
  const networks = answers ? supported : addresses
  return { networks, ipv6: networks, networkRules: networks, addresses }
}

/** What a service of the catalogue says of itself; where it says nothing, why. */
async function offered(
  session: Session,
  service: ServiceName,
  read: () => Promise<Outcome<Capability>>,
): Promise<Capability> {
  if (session.catalogue[service] === undefined) return unsupported('service-not-installed', service)
  const found = await read()
  if (isDone(found)) return found.value
  const words = `${service}: ${isFailure(found) ? found.words : '404'}`
  const forbidden = isFailure(found) && found.code === 'cloud-permission-missing'
  return unsupported(forbidden ? 'needs-admin-rights' : 'service-not-answering', words)
}

async function atLeast(
  deps: CapabilitiesDeps,
  session: Session,
  service: 'compute' | 'volume',
  least: Microversion | null,
): Promise<Outcome<Capability>> {
  const versions = await deps.microversions.of(service, session)
  if (!isDone(versions)) return versions
  const { offered: most } = versions.value
  if (least === null || reaches(most, least)) return done(supported)
  return done(unsupported('version-too-old', `${service} ${printed(most)}, needed ${printed(least)}`))
}

async function allowed({ rights }: CapabilitiesDeps, right: Right): Promise<Outcome<Capability>> {
  const may = await rights.may(right)
  if (!isDone(may)) return may
  return done(may.value ? supported : unsupported('needs-admin-rights', policyOf(right)))
}

async function privateFlavoursOf(deps: CapabilitiesDeps): Promise<Outcome<Capability>> {
  return deps.privateFlavoursWished ? allowed(deps, 'flavours') : done(unsupported('switched-off'))
}

async function addressing({ externalNetwork }: CapabilitiesDeps): Promise<Outcome<Capability>> {
  const external = await externalNetwork.look()
  if (isDone(external)) return done(supported)
  if (isFailure(external) && external.code === 'cloud-no-external-network')
    return done(unsupported('not-in-this-cloud', external.words))
  return external
}

const anything = shape(Type.Unknown())

async function imagesOf({ cloud }: CapabilitiesDeps): Promise<Outcome<Capability>> {
  const call = { service: 'image', path: '/images', query: { limit: '1' }, project: null } as const
  const answer = await cloud.ask(call, anything)
  return isDone(answer) ? done(supported) : answer
}
