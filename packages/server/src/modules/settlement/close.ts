import { type Bill, toId } from '@yiduo/contract'
import { monthBounds } from '@yiduo/engines'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { takeCorrections } from './correction-store.ts'
import { openMonth, type Rated, rate, viewBill } from './rate.ts'
import type { SettlementDeps } from './service.ts'
import * as store from './store.ts'

/** What began just before midnight may commit this much after it. */
const lateMs = 5 * 60_000

/** Every line says on which platform it was used: the statement of its provider is made of it. */
const withPlatforms = async ({ platformsOf }: SettlementDeps, tx: Tx, { lines }: Rated) => {
  const platforms = await platformsOf(tx, [...new Set(lines.map((it) => it.resourceId))])
  return lines.map((line) => ({ ...line, platformId: platforms.get(line.resourceId) ?? null }))
}

/** A closed month is never edited: corrections are lines of the open one, and this one takes those that wait for it. */
export const closeMonth = async (
  deps: SettlementDeps,
  tx: Tx,
  of: { readonly organisationId: string; readonly month: string },
): Promise<Bill | Refusal> => {
  const { organisationId, month } = of
  const { startsAt, endsAt } = monthBounds(month)
  const now = deps.clock.now()
  if (endsAt.getTime() + lateMs > now.getTime()) return refuse('month-not-over', { month })
  await store.holdBills(tx, organisationId)
  await store.holdOffPrices(tx)
  const rated = await rate(deps, tx, of)
  if (isRefusal(rated)) return rated
  const row = { id: deps.newId(), organisationId, month, amountYuanE4: rated.amountYuanE4, closedAt: now }
  if ((await store.insertBill(tx, row)) === 0)
    return refuse('month-closed', { month, open: await openMonth(deps, tx, organisationId) })
  await store.insertLines(tx, row.id, await withPlatforms(deps, tx, rated))
  const taken = rated.corrections.map((it) => ({ ...it, billId: row.id, month }))
  await takeCorrections(
    tx,
    taken.map((it) => it.id),
    row.id,
    month,
  )
  await deps.settleReclaimed(tx, organisationId, startsAt, endsAt)
  await deps.record(tx, {
    on: toId('bill', row.id),
    organisationId,
    after: { month, amountYuanE4: row.amountYuanE4, lines: rated.lines.length, corrections: taken.length },
  })
  return viewBill(of, { ...rated, corrections: taken }, row, now)
}
