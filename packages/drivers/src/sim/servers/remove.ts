import { done, type Outcome, pending, type Removal } from '@yiduo/driver-api'
import type { SimCall } from '../call.ts'
import { dropEnded } from '../clouds/store.ts'
import { notOurs } from '../removals/remove.ts'
import { findRemovable } from '../removals/store.ts'
import { startRemoval } from './store.ts'

/** Takes its time; the volumes are free and the port is vacant when it is over. */
export const removeServer = async (call: SimCall, what: Removal): Promise<Outcome<null>> => {
  const { database, cloud, now } = call
  const projectId = what.project.projectId
  const row = await findRemovable(database, cloud.name, 'server', { ...what, projectId })
  if (row === null) return done(null)
  const refusal = notOurs(row, what.mark, call.markPrefix)
  if (refusal) return refusal
  const goneAt = await startRemoval(database, cloud.name, row.id, new Date(now.getTime() + cloud.serverRemoveMs))
  if (cloud.serverRemoveMs === 0) {
    await dropEnded(database, cloud.name, now)
    return done(null)
  }
  return pending(row.id, Math.min(Math.max((goneAt ?? now).getTime() - now.getTime(), 0), 1_000))
}
