import { done, failure, isDone, type Outcome, type ProjectRef } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { saysOutOfCapacity } from './faults.ts'
import { asMightiest, type ServersDeps } from './server-reading.ts'
import { actionShape, actionsShape, type NovaAction } from './shapes-compute.ts'

/** Which server of which project. */
export interface ServerTarget {
  readonly project: ProjectRef
  readonly serverId: string
}

export const actOnServer = (cloud: Cloud, { project, serverId }: ServerTarget, body: unknown): Promise<Outcome<null>> =>
  cloud.act({
    service: 'compute',
    method: 'POST',
    path: `/servers/${encodeURIComponent(serverId)}/action`,
    body,
    project,
  })

/** What was done to the server, the newest first. */
export async function actionsOf(deps: ServersDeps, target: ServerTarget): Promise<Outcome<readonly NovaAction[]>> {
  const path = `/servers/${encodeURIComponent(target.serverId)}/os-instance-actions`
  const found = await asMightiest(deps, target.project, (project) =>
    deps.cloud.ask({ service: 'compute', path, project }, actionsShape),
  )
  if (!isDone(found)) return found
  return done(found.value.instanceActions.toSorted((a, b) => (b.start_time ?? '').localeCompare(a.start_time ?? '')))
}

/** Nova accepted an act and gave it up: what it noted of the newest of that name. `what` begins the words. */
export async function failedAct(
  deps: ServersDeps,
  target: ServerTarget,
  name: string,
  what: string,
): Promise<Outcome<never>> {
  const actions = await actionsOf(deps, target)
  const last = isDone(actions) ? actions.value.find((it) => it.action === name) : undefined
  const path = `/servers/${encodeURIComponent(target.serverId)}/os-instance-actions/${last?.request_id}`
  const action =
    last === undefined
      ? last
      : // Only an administrator is told details (2.84).
        await asMightiest(deps, target.project, (project) =>
          deps.cloud.ask({ service: 'compute', path, project }, actionShape),
        )
  const events = action && isDone(action) ? (action.value.instanceAction.events ?? []) : []
  const failed = events.filter((it) => it.result === 'Error')
  const told = failed.map((it) => [it.event, it.details].filter(Boolean).join(': '))
  const words = [what, ...told].join('; ')
  // No hypervisor failed, only the search for one.
  const noHost = failed.length > 0 && !failed.some((it) => it.event.startsWith('compute_'))
  return noHost || saysOutOfCapacity(words)
    ? failure('exhausted', 'cloud-capacity-exhausted', words)
    : failure('permanent', 'cloud-request-refused', words)
}
