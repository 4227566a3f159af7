import {
  type Attempt,
  done,
  failure,
  isDone,
  type Outcome,
  type PowerState,
  pending,
  type ServersFacet,
} from '@yiduo/driver-api'
import { pollMs } from './once.ts'
import { actionsOf, actOnServer, failedAct } from './server-actions.ts'
import { refOf, type ServersDeps, serverAtRest } from './server-reading.ts'

/** What leads from a state (`status`) to the wanted one; a state without a way there is there already. */
const ways: Readonly<Record<PowerState, Readonly<Record<string, string>>>> = {
  running: {
    SHUTOFF: 'os-start',
    PAUSED: 'unpause',
    SUSPENDED: 'resume',
    RESCUE: 'unrescue',
    SHELVED: 'unshelve',
    SHELVED_OFFLOADED: 'unshelve',
  },
  stopped: { ACTIVE: 'os-stop', PASSWORD: 'os-stop' },
}

/** Nova notes at once that the act is under way, so a server at rest tells all; the handle names the act it accepted. */
export const createSetPower =
  (deps: ServersDeps): ServersFacet['setPower'] =>
  async (ask, attempt) => {
    const found = await serverAtRest(deps, ask.project, ask.serverId, attempt)
    if (!isDone(found)) return found
    const server = found.value
    const way = ways[ask.power][server.status]
    if (way === undefined) return refOf(deps, server, null)
    if (attempt.handle === way)
      return failedAct(deps, ask, way.replace(/^os-/, ''), `Nova gave up ${way} and left the server ${server.status}`)
    const begun = await actOnServer(deps.cloud, ask, { [way]: null })
    if (isDone(begun)) return pending(way, pollMs)
    // Somebody was faster than our look; the next one tells.
    return 'words' in begun && /while it is in vm_state/.test(begun.words) ? pending(attempt.handle, pollMs) : begun
  }

type RebootAsk = Parameters<ServersFacet['reboot']>[0]

/** Of a server that nobody has rebooted yet. */
const never = 'never'

/**
 * A reboot leaves no trace in the server, but Nova keeps a history of acts. The handle names the newest reboot before
 * ours, so that a repetition sees whether one has come since: no clock of ours is compared with the cloud's.
 */
export const createReboot =
  (deps: ServersDeps): ServersFacet['reboot'] =>
  async (ask, attempt) => {
    const found = await serverAtRest(deps, ask.project, ask.serverId, attempt)
    if (!isDone(found)) return found
    const server = found.value
    const newest = await newestReboot(deps, ask)
    if (!isDone(newest)) return newest
    const { requestId, failed } = newest.value
    if (attempt.handle !== null && attempt.handle !== requestId)
      return failed ? failedAct(deps, ask, 'reboot', 'Nova gave up the reboot') : refOf(deps, server, null)
    if (server.status !== 'ACTIVE')
      return failure(
        'permanent',
        'cloud-conflict',
        `server ${server.id} is ${server.status}; only a running one reboots`,
      )
    return attempt.handle === null ? pending(requestId, 0) : reboot(deps, ask, attempt)
  }

async function newestReboot(
  deps: ServersDeps,
  ask: RebootAsk,
): Promise<Outcome<{ requestId: string; failed: boolean }>> {
  const actions = await actionsOf(deps, ask)
  if (!isDone(actions)) return actions
  const newest = actions.value.find((it) => it.action === 'reboot')
  return done({ requestId: newest?.request_id ?? never, failed: newest?.message === 'Error' })
}

/** Softly: Nova asks the guest, and takes the power away from one that does not listen. While it does, it refuses a second one. */
async function reboot(deps: ServersDeps, ask: RebootAsk, { handle }: Attempt): Promise<Outcome<never>> {
  const thing = `reboot ${ask.serverId} after ${handle}`
  if (deps.inFlight.possible(thing, { since: null, handle: null })) return pending(handle, pollMs)
  deps.inFlight.begun(thing)
  const begun = await actOnServer(deps.cloud, ask, { reboot: { type: 'SOFT' } })
  deps.inFlight.ended(thing, begun)
  return isDone(begun) ? pending(handle, pollMs) : begun
}
