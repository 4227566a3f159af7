import { toId } from '@yiduo/contract'
import { everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { startChange } from './changes/carry-out.ts'
import { endInPast } from './changes/end.ts'
import { deliver, giveBack, priceOfLines } from './deliver.ts'
import { type Move, move, moveWhoAsked } from './move.ts'
import { beginRecycle } from './recycling.ts'
import { nextRound } from './round.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

/** The price list may have changed since it was drafted: from its approval on, a request costs what its lines cost. */
export const repriced = async (deps: RequestDeps, tx: Tx, row: store.RequestRow): Promise<store.RequestRow> => {
  const monthlyPriceYuanE4 = await priceOfLines(tx, row.id)
  if (monthlyPriceYuanE4 === row.monthlyPriceYuanE4) return row
  const now = { ...row, monthlyPriceYuanE4, revision: row.revision + 1 }
  await store.updateRequest(tx, now)
  await deps.record(tx, {
    as: 'request.reprice',
    on: toId('request', row.id),
    organisationId: row.organisationId,
    before: { monthlyPriceYuanE4: row.monthlyPriceYuanE4 },
    after: { monthlyPriceYuanE4 },
  })
  return now
}

/** A change that takes no operation is done in the commit that approves it. */
const carryOutChange = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
): Promise<store.RequestRow | Refusal> => {
  const begun = await startChange(deps, tx, row, await nextRound(tx, row.id))
  if (isRefusal(begun)) return begun
  const priced = await repriced(deps, tx, row)
  return begun === 0 ? move(deps, tx, priced, { event: 'completed' }) : priced
}

/** Starts what was approved. An approved reclaim gives back what the request it is about holds. */
export const carryOut = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  it: Move,
  /** Of a retry: no more than these lines. */
  only?: ReadonlySet<string>,
): Promise<store.RequestRow | Refusal> => {
  const moved = await move(deps, tx, row, it)
  if (isRefusal(moved)) return moved
  const past = row.kind === 'open' ? endInPast(deps.clock, row.expiresAt) : null
  if (past) return past
  if (row.kind === 'change') return carryOutChange(deps, tx, moved)
  if (row.kind === 'open') return (await deliver(deps, tx, moved, only)) ?? repriced(deps, tx, moved)
  const about = row.aboutRequestId && (await store.lockRequest(tx, everything, row.aboutRequestId))
  if (!about) return refuse('not-found')
  if (about.systemId !== row.systemId) return refuse('resource-changed', { name: toId('request', about.id) })
  const reclaiming = await giveUp(deps, tx, about, it.remark)
  if (isRefusal(reclaiming)) return reclaiming
  const isOver = reclaiming.state === 'reclaimed' || reclaiming.state === 'recycled'
  return isOver ? present(await store.findRequest(tx, everything, row.id), 'request') : moved
}

/** What was formal goes into the recycle bin first, what was on test only is given back at once. */
export const giveUp = (
  deps: RequestDeps,
  tx: Tx,
  about: store.RequestRow,
  remark: string | undefined,
): Promise<store.RequestRow | Refusal> => {
  const it = { with: { fault: null }, ...(remark ? { remark } : {}) }
  switch (about.state) {
    case 'formal':
      return beginRecycle(deps, tx, about, { ...it, event: 'recycle' })
    case 'recycle-failed':
      return beginRecycle(deps, tx, about, { ...it, event: 'retry' })
    case 'reclaim-failed':
      return beginReclaim(deps, tx, about, { ...it, event: 'retry' })
    default:
      return beginReclaim(deps, tx, about, { ...it, event: 'reclaim' })
  }
}

/** Moves a request into reclaiming and starts it; with nothing left to give back it is reclaimed at once. */
export const beginReclaim = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  it: Move,
): Promise<store.RequestRow | Refusal> => {
  const moved = await move(deps, tx, row, it)
  if (isRefusal(moved) || moved.state !== 'reclaiming') return moved
  const busy = await deps.resources.busyWith(tx, row.id)
  if (busy) return refuse('resource-busy', { by: toId('request', busy) })
  if ((await giveBack(deps, tx, moved)) > 0) return moved
  const reclaimed = await move(deps, tx, moved, { event: 'reclaimed' })
  if (!isRefusal(reclaimed)) await moveWhoAsked(deps, tx, reclaimed)
  return reclaimed
}
