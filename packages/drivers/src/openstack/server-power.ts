import { isDone, type PowerState, pending, type ServersFacet } from '@yiduo/driver-api'
import { pollMs } from './once.ts'
import { actOnServer, failedAct } from './server-actions.ts'
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
