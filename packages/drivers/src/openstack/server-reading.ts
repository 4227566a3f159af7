import {
  type Attempt,
  absent,
  done,
  type Failure,
  failure,
  isDone,
  type Outcome,
  type ProjectRef,
  pending,
  type ServerRef,
  type ServerSize,
} from '@yiduo/driver-api'
import type { Abilities } from './abilities.ts'
import { type Cloud, fromHome } from './cloud.ts'
import { saysOutOfCapacity } from './faults.ts'
import { addressesOf, instant } from './observed.ts'
import { type InFlight, pollMs } from './once.ts'
import type { PrivateFlavours } from './private-flavours.ts'
import type { Rights } from './rights.ts'
import { type NovaServer, serverShape } from './shapes-compute.ts'
import { serverState } from './states.ts'
import { readVolume } from './volume-reading.ts'

export interface ServersDeps {
  readonly cloud: Cloud
  readonly rights: Rights
  /** Whether sizes that no flavour has are made flavours. */
  readonly privateFlavours: PrivateFlavours
  readonly inFlight: InFlight
  readonly abilities: Abilities
  readonly now: () => Date
}

/** Only an administrator is told the host and why an act failed, and only from home. */
export async function asMightiest<T>(
  { cloud, rights }: Pick<ServersDeps, 'cloud' | 'rights'>,
  project: ProjectRef,
  read: (scope: ProjectRef | null) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const all = await rights.may('servers')
  if (!isDone(all)) return all
  return all.value ? fromHome(cloud, project, read) : read(project)
}

export async function readServer(deps: ServersDeps, project: ProjectRef, id: string): Promise<Outcome<NovaServer>> {
  const path = `/servers/${encodeURIComponent(id)}`
  const found = await asMightiest(deps, project, (scope) =>
    deps.cloud.ask({ service: 'compute', path, project: scope }, serverShape),
  )
  if (!isDone(found)) return found
  return found.value.server.status === 'DELETED' ? absent : done(found.value.server)
}

/** Nova shows ERROR a moment before it notes why. */
const faultLagMs = 5_000

export function isFaultToCome(server: NovaServer, now: Date): boolean {
  const updated = instant(server.updated)
  if (server.fault || updated === null) return false
  // Either way round: the cloud's clock may not be ours.
  return Math.abs(now.getTime() - updated.getTime()) < faultLagMs
}

export function brokenServer(server: NovaServer): Outcome<never> {
  const words = server.fault?.message ?? `server ${server.id} is in ERROR and Nova does not say why`
  return saysOutOfCapacity(words)
    ? failure('exhausted', 'cloud-capacity-exhausted', words)
    : failure('permanent', 'cloud-thing-broken', words)
}

const busyStates = ['RESIZE', 'REVERT_RESIZE', 'MIGRATING', 'BUILD', 'REBUILD']
export const isBusy = (server: NovaServer): boolean =>
  Boolean(server['OS-EXT-STS:task_state']) || busyStates.includes(server.status)

/** For an act on a server that stands: one on which something is being done, a resize to be confirmed too, is pending. */
export async function serverAtRest(
  deps: ServersDeps,
  project: ProjectRef,
  id: string,
  { handle }: Attempt,
): Promise<Outcome<NovaServer>> {
  const found = await readServer(deps, project, id)
  if (found.outcome === 'absent') return failure('permanent', 'cloud-thing-vanished', `server ${id} is gone`)
  if (!isDone(found)) return found
  const server = found.value
  switch (serverState(server.status, server['OS-EXT-STS:task_state'])) {
    case 'broken':
      return isFaultToCome(server, deps.now()) ? pending(handle, pollMs) : brokenServer(server)
    case 'deleting':
      return failure('permanent', 'cloud-thing-vanished', `server ${id} was deleted by someone else`)
    case 'unknown':
      return unseenServer(server)
    default:
      return isBusy(server) || server.status === 'VERIFY_RESIZE' ? pending(handle, pollMs) : done(server)
  }
}

/** Of a server whose cell is down Nova shows little more than its id (2.69): that it stands, not how. */
export const unseenServer = (server: NovaServer): Failure =>
  failure('transient', 'cloud-internal-error', `Nova shows server ${server.id} in ${server.status} and no more of it`)

/** With its system disk as it is: of one on a volume the flavour does not tell, the volume does. */
export async function refOf(
  { cloud }: Pick<ServersDeps, 'cloud'>,
  server: NovaServer,
  knownAddress: string | null,
): Promise<Outcome<ServerRef>> {
  const ref = serverRef(server, knownAddress)
  const id = systemVolumeOf(server)
  if (id === null || !server.tenant_id) return done(ref)
  const volume = await readVolume({ cloud }, { projectId: server.tenant_id }, id)
  if (isDone(volume)) return done({ ...ref, size: { ...ref.size, diskGib: volume.value.size } })
  return volume.outcome === 'absent' ? done(ref) : volume
}

export const startsFromVolume = (server: NovaServer): boolean => server.image === ''

/** The one that goes with the server. */
const systemVolumeOf = (server: NovaServer): string | null =>
  startsFromVolume(server)
    ? (server['os-extended-volumes:volumes_attached']?.find((it) => it.delete_on_termination)?.id ?? null)
    : null

function serverRef(server: NovaServer, knownAddress: string | null): ServerRef {
  const addresses = addressesOf(server)
  const size: ServerSize = {
    vcpus: server.flavor?.vcpus ?? 0,
    memoryMib: server.flavor?.ram ?? 0,
    diskGib: server.flavor?.disk ?? 0,
  }
  return {
    serverId: server.id,
    size,
    hostName: server['OS-EXT-SRV-ATTR:hypervisor_hostname'] ?? null,
    // Nova's own note of the addresses may lag behind the server.
    addresses: addresses.length === 0 && knownAddress !== null ? [knownAddress] : addresses,
  }
}
