import {
  type Attempt,
  failure,
  isDone,
  type Outcome,
  pending,
  type ServerRef,
  type ServersFacet,
} from '@yiduo/driver-api'
import { flavourFor } from './flavours.ts'
import { pollMs } from './once.ts'
import { actionsOf, actOnServer, failedAct } from './server-actions.ts'
import {
  brokenServer,
  isBusy,
  readServer,
  refOf,
  type ServersDeps,
  startsFromVolume,
  unseenServer,
} from './server-reading.ts'
import type { NovaFlavour, NovaServer } from './shapes-compute.ts'
import { serverState } from './states.ts'

type ResizeAsk = Parameters<ServersFacet['resize']>[0]

/**
 * Nova resizes in two acts: resize (to VERIFY_RESIZE), then confirm. Where it stands is read from the server each
 * time, so this goes on from any point; the handle only says that Nova has accepted a resize of ours before.
 */
export const createResize =
  (deps: ServersDeps): ServersFacet['resize'] =>
  async (ask, attempt) => {
    const found = await readServer(deps, ask.project, ask.serverId)
    if (found.outcome === 'absent')
      return failure('permanent', 'cloud-thing-vanished', `server ${ask.serverId} is gone`)
    if (!isDone(found)) return found
    const server = found.value
    if (server.status === 'ERROR') return recovered(deps, ask, attempt, server)
    if (serverState(server.status, null) === 'unknown') return unseenServer(server)
    if (isBusy(server)) return pending(attempt.handle, pollMs, server.progress ?? undefined)
    const flavour = await wantedFlavour(deps, ask, server)
    return isDone(flavour) ? step(deps, ask, attempt, server, flavour.value) : flavour
  }

async function wantedFlavour(deps: ServersDeps, ask: ResizeAsk, server: NovaServer): Promise<Outcome<NovaFlavour>> {
  if (!startsFromVolume(server)) return flavourFor(deps, ask.project, ask.size)
  const ref = await refOf(deps, server, null)
  if (!isDone(ref)) return ref
  const { diskGib } = ref.value.size
  return ask.size.diskGib > diskGib
    ? failure(
        'permanent',
        'cloud-unsupported',
        `the system disk is a volume of ${diskGib} GiB, which a resize leaves alone`,
      )
    : flavourFor(deps, ask.project, { ...ask.size, diskGib: 0 })
}

async function step(
  deps: ServersDeps,
  ask: ResizeAsk,
  attempt: Attempt,
  server: NovaServer,
  target: NovaFlavour,
): Promise<Outcome<ServerRef>> {
  const { cloud } = deps
  const isTarget = server.flavor?.original_name === target.name
  if (server.status === 'VERIFY_RESIZE')
    return isTarget
      ? afterVerdict(await actOnServer(cloud, ask, { confirmResize: null }), attempt.handle)
      : // It leads elsewhere, so it is not ours to keep: back, then on to ours.
        afterVerdict(await actOnServer(cloud, ask, { revertResize: null }), null)
  if (isTarget) return refOf(deps, server, null)
  // Nova accepted ours and put the server back by itself: it found no host, or none that could.
  if (attempt.handle !== null) return failedAct(deps, ask, 'resize', 'Nova gave up the resize and kept the old size')
  const begun = await actOnServer(cloud, ask, { resize: { flavorRef: target.id } })
  if (isDone(begun)) return pending(server.id, pollMs)
  // Something, maybe a call of ours still in flight, was faster than our look; it passes.
  return begun.outcome === 'transient' && begun.code === 'cloud-conflict' ? pending(null, pollMs) : begun
}

/**
 * A confirmation under way does not show in the server: it stays VERIFY_RESIZE and a second one is refused, 400 while
 * it runs, 409 when it has just ended. The next look tells.
 */
function afterVerdict(acted: Outcome<null>, handle: string | null): Outcome<never> {
  if (isDone(acted)) return pending(handle, pollMs)
  const overtaken = 'words' in acted && (acted.code === 'cloud-conflict' || /has not been resized/i.test(acted.words))
  return overtaken ? pending(handle, pollMs) : acted
}

/**
 * A server that our resize broke is set back to work before the failure is told; one that broke otherwise, however long
 * ago, is left alone: its state says what its operator must know. The handle proves that Nova accepted ours; without it
 * the server's own history must.
 */
async function recovered(
  deps: ServersDeps,
  ask: ResizeAsk,
  attempt: Attempt,
  server: NovaServer,
): Promise<Outcome<ServerRef>> {
  const broken = brokenServer(server)
  const byUs = attempt.handle !== null || (attempt.since !== null && (await brokeByResize(deps, ask)))
  if (!byUs) return broken
  // Only an administrator may; for others the fault's words must do.
  await deps.cloud.act({
    service: 'compute',
    method: 'POST',
    path: `/servers/${ask.serverId}/action`,
    body: { 'os-resetState': { state: 'active' } },
    project: null,
  })
  return broken
}

/** Whether the newest act on the server was a resize of our user's, and went wrong. */
async function brokeByResize(deps: ServersDeps, ask: ResizeAsk): Promise<boolean> {
  const session = await deps.cloud.session(ask.project)
  const actions = await actionsOf(deps, ask)
  const newest = isDone(actions) ? actions.value[0] : undefined
  if (!isDone(session) || newest === undefined) return false
  return newest.action === 'resize' && newest.message === 'Error' && newest.user_id === session.value.userId
}
