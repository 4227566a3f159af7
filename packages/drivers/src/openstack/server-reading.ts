import {
  absent,
  done,
  type Failure,
  failure,
  isDone,
  type Outcome,
  type ProjectRef,
  type ServerRef,
  type ServerSize,
} from '@yiduo/driver-api'
import type { Abilities } from './abilities.ts'
import { type Cloud, fromHome } from './cloud.ts'
import { saysOutOfCapacity } from './faults.ts'
import { addressesOf, instant } from './observed.ts'
import type { InFlight } from './once.ts'
import type { Rights } from './rights.ts'
import { type NovaServer, serverShape } from './shapes-compute.ts'

export interface ServersDeps {
  readonly cloud: Cloud
  readonly rights: Rights
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

/** Of a server whose cell is down Nova shows little more than its id (2.69): that it stands, not how. */
export const unseenServer = (server: NovaServer): Failure =>
  failure('transient', 'cloud-internal-error', `Nova shows server ${server.id} in ${server.status} and no more of it`)

export function serverRef(server: NovaServer, knownAddress: string | null): ServerRef {
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
