import { toId } from '@yiduo/contract'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { type Move, move, moveWhoAsked } from './move.ts'
import { policyOf } from './policy.ts'
import { nextRound } from './round.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'
import { systemNameOf } from './system-name.ts'

const dayMs = 86_400_000

/**
 * Puts all that a formal request holds into the recycle bin, or goes on with it. The time until it is wiped counts
 * from the first time on: neither a retry nor a restore that failed makes it longer.
 */
export const beginRecycle = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  it: Move,
): Promise<store.RequestRow | Refusal> => {
  const busy = await deps.resources.busyWith(tx, row.id)
  if (busy) return refuse('resource-busy', { by: toId('request', busy) })
  const { recycleDays } = await policyOf(tx, row.operatorOrganisationId)
  const purgeAt = row.purgeAt ?? new Date(deps.clock.now().getTime() + recycleDays * dayMs)
  const moved = await move(deps, tx, row, { ...it, with: { ...it.with, purgeAt, graceEndsAt: null } })
  if (isRefusal(moved)) return moved
  const round = await nextRound(tx, row.id)
  const started = await deps.resources.startRecycle(tx, row.id, await systemNameOf(deps, tx, row.systemId))
  for (const { operationId, lineId } of started)
    await store.insertDeliveries(tx, [operationId], { requestId: row.id, lineId: present(lineId, 'line'), round })
  if (started.length > 0) return moved
  const recycled = await move(deps, tx, moved, { event: 'recycled' })
  if (!isRefusal(recycled)) await moveWhoAsked(deps, tx, recycled)
  return recycled
}
