import {
  type Attempt,
  done,
  failure,
  isDone,
  type Outcome,
  pending,
  type ServerRef,
  type ServersFacet,
} from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { saysOutOfCapacity } from './faults.ts'
import { fittingFlavour } from './flavours.ts'
import { pollMs } from './once.ts'
import { brokenServer, readServer, type ServersDeps, serverRef } from './server-reading.ts'
import { actionShape, actionsShape, type NovaFlavour, type NovaServer } from './shapes-compute.ts'

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
    if (isBusy(server)) return pending(attempt.handle, pollMs, server.progress ?? undefined)
    const flavour = await fittingFlavour(deps.cloud, ask.project, ask.size)
    return isDone(flavour) ? step(deps, ask, attempt, server, flavour.value) : flavour
  }

const busyStates = ['RESIZE', 'REVERT_RESIZE', 'MIGRATING', 'BUILD', 'REBUILD']
const isBusy = (server: NovaServer): boolean =>
  Boolean(server['OS-EXT-STS:task_state']) || busyStates.includes(server.status)

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
      ? afterVerdict(await act(cloud, ask, { confirmResize: null }), attempt.handle)
      : // It leads elsewhere, so it is not ours to keep: back, then on to ours.
        afterVerdict(await act(cloud, ask, { revertResize: null }), null)
  if (isTarget) return done(serverRef(server, null))
  // Nova accepted ours and put the server back by itself: it found no host, or none that could.
  if (attempt.handle !== null) return failedResize(deps, ask)
  const begun = await act(cloud, ask, { resize: { flavorRef: target.id } })
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

const act = (cloud: Cloud, ask: ResizeAsk, body: unknown): Promise<Outcome<null>> =>
  cloud.act({ service: 'compute', method: 'POST', path: `/servers/${ask.serverId}/action`, body, project: ask.project })

/** A server that our resize broke is set back to work before the failure is told; one broken before is left alone. */
async function recovered(
  deps: ServersDeps,
  ask: ResizeAsk,
  attempt: Attempt,
  server: NovaServer,
): Promise<Outcome<ServerRef>> {
  const broken = brokenServer(server)
  if (attempt.since === null) return broken
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

/** What Nova noted of the newest resize that went wrong. */
async function failedResize(deps: ServersDeps, ask: ResizeAsk): Promise<Outcome<never>> {
  // Only an administrator is told details (2.84).
  const admin = await deps.rights.isAdmin()
  const project = isDone(admin) && admin.value ? null : ask.project
  const path = `/servers/${ask.serverId}/os-instance-actions`
  const actions = await deps.cloud.ask({ service: 'compute', path, project }, actionsShape)
  const [last] = isDone(actions)
    ? actions.value.instanceActions
        .filter((it) => it.action === 'resize')
        .toSorted((a, b) => (b.start_time ?? '').localeCompare(a.start_time ?? ''))
    : []
  const call = { service: 'compute', path: `${path}/${last?.request_id}`, project } as const
  const action = last === undefined ? last : await deps.cloud.ask(call, actionShape)
  const events = action && isDone(action) ? (action.value.instanceAction.events ?? []) : []
  const failed = events.filter((it) => it.result === 'Error')
  const told = failed.map((it) => [it.event, it.details].filter(Boolean).join(': '))
  const words = ['Nova gave up the resize and kept the old size', ...told].join('; ')
  // No hypervisor failed, only the search for one.
  const noHost = failed.length > 0 && !failed.some((it) => it.event.startsWith('compute_'))
  return noHost || saysOutOfCapacity(words)
    ? failure('exhausted', 'cloud-capacity-exhausted', words)
    : failure('permanent', 'cloud-request-refused', words)
}
