import { everything } from '../../kernel/act.ts'
import { invariant } from '../../kernel/invariant.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { SagaEnd } from '../../platform/sagas/index.ts'
import { endChange } from './changes/carry-out.ts'
import { undelivered } from './deliver.ts'
import { type Move, move, moveWhoAsked } from './move.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

const dayMs = 86_400_000

/** The test time of a request is the longest that one of its offerings grants. */
const testEnd = async (deps: RequestDeps, tx: Tx, lines: readonly store.LineRow[]): Promise<Date> => {
  const planIds = lines.flatMap(({ planId }) => planId ?? [])
  const days = await deps.catalogue.testDays(tx, planIds)
  return new Date(deps.clock.now().getTime() + days * dayMs)
}

const moveOf = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  end: SagaEnd,
  failed: boolean,
): Promise<Move> => {
  const fault = end.state === 'succeeded' ? row.fault : end.fault
  if (row.state === 'reclaiming') return failed ? { event: 'reclaim-failed', with: { fault } } : { event: 'reclaimed' }
  if (row.state === 'recycling') return failed ? { event: 'recycle-failed', with: { fault } } : { event: 'recycled' }
  if (row.kind !== 'open') return failed ? { event: 'delivery-failed', with: { fault } } : { event: 'completed' }
  // What stands of a delivery that failed in part is on test all the same, and has its end.
  const lines = await store.linesOf(tx, [row.id])
  const testEndsAt = await testEnd(deps, tx, lines)
  // A retry may have been of one line alone, while another still fails.
  return failed || (await undelivered(deps, tx, row, lines)).length > 0
    ? { event: 'delivery-failed', with: { fault, testEndsAt } }
    : { event: 'delivered', with: { testEndsAt } }
}

/** In the commit that ends an operation: the last one of its round moves the request on. */
export const operationEnded =
  (deps: RequestDeps) =>
  async (tx: Tx, operationId: string, end: SagaEnd): Promise<void> => {
    const delivery = await store.saveOutcome(tx, operationId, end.state === 'succeeded' ? 'succeeded' : 'failed')
    if (!delivery) return
    const row = await store.lockRequest(tx, everything, delivery.requestId) // the round is judged under this lock
    invariant(row, 'the request of a delivery')
    const round = (await store.deliveriesOf(tx, [row.id])).filter((it) => it.round === delivery.round)
    if (end.state !== 'succeeded') await store.updateRequest(tx, { ...row, fault: end.fault })
    if (round.some((it) => it.outcome === null)) return
    const current = end.state === 'succeeded' ? row : { ...row, fault: end.fault }
    const failed = round.some((it) => it.outcome === 'failed')
    const moved = await move(deps, tx, current, await moveOf(deps, tx, current, end, failed))
    invariant(!isRefusal(moved), `an ended operation moves a request that is ${row.state}`)
    if (moved.kind === 'change') await endChange(deps, tx, moved, failed)
    await moveWhoAsked(deps, tx, moved)
  }
