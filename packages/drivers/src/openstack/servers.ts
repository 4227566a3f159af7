import {
  type Attempt,
  done,
  failure,
  isDone,
  type Outcome,
  type PortRef,
  type ProjectRef,
  pending,
  type Removal,
  type ServerRef,
  type ServersFacet,
} from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { carriedBy } from './marks.ts'
import { cloudName } from './names.ts'
import { makeOnce, pollMs, removeAll } from './once.ts'
import { createResize } from './resizing.ts'
import { takeKeyBack } from './server-keys.ts'
import { findParts, type Parts, postServer, type ServerAsk } from './server-making.ts'
import { createReboot, createRebuild } from './server-once.ts'
import { createSetPower } from './server-power.ts'
import { brokenServer, isFaultToCome, readServer, refOf, type ServersDeps, unseenServer } from './server-reading.ts'
import { type NovaServer, serversShape } from './shapes-compute.ts'
import { serverState } from './states.ts'

export function createServersFacet(deps: ServersDeps): ServersFacet {
  return {
    create: (ask, attempt) => createServer(deps, ask, attempt),
    resize: createResize(deps),
    setPower: createSetPower(deps),
    reboot: createReboot(deps),
    rebuild: createRebuild(deps),
    rename: (ask) => renameServer(deps, ask),
    remove: (what, attempt) => removeServer(deps, what, attempt),
  }
}

async function createServer(deps: ServersDeps, ask: ServerAsk, attempt: Attempt): Promise<Outcome<ServerRef>> {
  if (attempt.handle !== null) return pollServer(deps, ask, attempt.handle)
  const made = await makeOnce<NovaServer | string, Parts>({
    thing: `server ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    // Nova refuses a second server on a port, but only once the first one holds it, seconds after its call.
    fenced: false,
    look: () => lookForServer(deps, ask),
    prepare: () => findParts(deps, ask),
    make: (parts) => postServer(deps, ask, parts),
  })
  // After what is transient the call may still take effect, with the key.
  if (ask.publicKey !== undefined && made.outcome !== 'transient' && made.outcome !== 'pending')
    await takeKeyBack(deps.cloud, ask.project, ask.mark)
  if (!isDone(made)) return made
  return typeof made.value === 'string' ? pending(made.value, pollMs) : adoptServer(deps, ask, made.value.id)
}

async function pollServer(deps: ServersDeps, ask: ServerAsk, id: string): Promise<Outcome<ServerRef>> {
  const polled = await readServer(deps, ask.project, id)
  if (isDone(polled) && polled.value.status !== 'ERROR') return judged(deps, polled.value, ask.port)
  if (!isDone(polled) && polled.outcome !== 'absent') return polled
  // Two calls may both have been accepted before either held the port; Nova lets only one of them live.
  const other = await lookForServer(deps, ask)
  if (!isDone(other)) return other
  if (other.value !== null && other.value.id !== id) return adoptServer(deps, ask, other.value.id)
  if (isDone(polled)) return judged(deps, polled.value, ask.port)
  return failure('permanent', 'cloud-thing-vanished', `server ${id} is gone`)
}

/** Read one by one: listings tell neither the fault nor, to a member, the host. */
async function adoptServer(deps: ServersDeps, ask: ServerAsk, id: string): Promise<Outcome<ServerRef>> {
  const server = await readServer(deps, ask.project, id)
  if (server.outcome === 'absent') return failure('permanent', 'cloud-thing-vanished', `server ${id} is gone`)
  return isDone(server) ? judged(deps, server.value, ask.port) : server
}

/** Of several with the mark the one that lives, else the one being built; of equals the oldest. */
async function lookForServer({ cloud }: ServersDeps, ask: ServerAsk): Promise<Outcome<NovaServer | null>> {
  const found = await marked(cloud, ask.project, ask.mark)
  if (!isDone(found)) return found
  const rank = (it: NovaServer): number => (it.status === 'ERROR' ? 2 : it.status === 'BUILD' ? 1 : 0)
  const [best] = found.value
    .filter((it) => !isGoing(it))
    .toSorted((a, b) => rank(a) - rank(b) || (a.created ?? '').localeCompare(b.created ?? ''))
  return done(best ?? null)
}

async function marked(cloud: Cloud, project: ProjectRef, mark: string): Promise<Outcome<readonly NovaServer[]>> {
  const found = await cloud.ask(
    { service: 'compute', path: '/servers/detail', query: { tags: mark }, project },
    serversShape,
  )
  // A Nova that does not know the filter answers with everything.
  return isDone(found) ? done(found.value.servers.filter((it) => carriedBy(it).includes(mark))) : found
}

const isGoing = (it: NovaServer): boolean =>
  it.status === 'DELETED' || it.status === 'SOFT_DELETED' || it['OS-EXT-STS:task_state'] === 'deleting'

async function judged(deps: ServersDeps, server: NovaServer, port: PortRef): Promise<Outcome<ServerRef>> {
  switch (serverState(server.status, server['OS-EXT-STS:task_state'])) {
    case 'active':
    case 'stopped':
    case 'resizing':
      return refOf(deps, server, port.fixedAddress)
    case 'building':
      return pending(server.id, pollMs, server.progress ?? undefined)
    case 'broken':
      return isFaultToCome(server, deps.now()) ? pending(server.id, pollMs) : brokenServer(server)
    case 'deleting':
      return failure('permanent', 'cloud-thing-vanished', `server ${server.id} was deleted by someone else`)
    case 'unknown':
      return unseenServer(server)
  }
}

function renameServer({ cloud }: ServersDeps, ask: Parameters<ServersFacet['rename']>[0]): Promise<Outcome<null>> {
  const { project, serverId, name } = ask
  const path = `/servers/${encodeURIComponent(serverId)}`
  return cloud.act({ service: 'compute', method: 'PUT', path, body: { server: { name: cloudName(name) } }, project })
}

async function removeServer(deps: ServersDeps, what: Removal, attempt: Attempt): Promise<Outcome<null>> {
  const { cloud } = deps
  const { project } = what
  const found = new Map<string, NovaServer>()
  const removed = await removeAll({
    thing: `server ${what.mark}`,
    externalId: what.externalId,
    attempt,
    inFlight: deps.inFlight,
    async look() {
      const servers = await marked(cloud, project, what.mark)
      if (!isDone(servers)) return servers
      for (const it of servers.value) found.set(it.id, it)
      return done([...found.keys()])
    },
    async isStranger(id) {
      const server = await readServer(deps, project, id)
      if (!isDone(server)) return server
      found.set(id, server.value)
      return done(!carriedBy(server.value).includes(what.mark))
    },
    async drop(id) {
      const path = `/servers/${encodeURIComponent(id)}`
      const server = found.get(id)
      if (server?.['OS-EXT-STS:task_state'] === 'deleting') return pending(id, pollMs)
      const dropped =
        server?.status === 'SOFT_DELETED'
          ? // Where Nova keeps deleted servers for a while, their port and quota would stay taken.
            await cloud.act({
              service: 'compute',
              method: 'POST',
              path: `${path}/action`,
              body: { forceDelete: null },
              project,
            })
          : await cloud.act({ service: 'compute', method: 'DELETE', path, project })
      return isDone(dropped) ? pending(id, pollMs) : dropped
    },
  })
  if (!isDone(removed)) return removed
  const back = await takeKeyBack(cloud, project, what.mark)
  return back.outcome === 'absent' ? done(null) : back
}
