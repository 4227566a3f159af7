import { fromId, type Locale, type ServiceRequest, toId } from '@yiduo/contract'
import { type Act, everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { startChange } from './changes/carry-out.ts'
import { endInPast } from './changes/end.ts'
import { askOf, deliver, giveBack, nextRound, priceOfLines } from './deliver.ts'
import { isForTheRule, priceAll, viewOne } from './draft.ts'
import { advance } from './model.ts'
import { type Move, move, moveWhoAsked } from './move.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

type Decide = (act: Act, id: string, remark: string, locale: Locale) => Promise<ServiceRequest | Refusal>

type Then = (tx: Tx, row: store.RequestRow, act: Act, remark: string) => Promise<store.RequestRow | Refusal>

/** Locks the request, lets `then` decide, and answers the request as it stands after. */
const decision =
  (deps: RequestDeps, then: Then, isForOperator = false): Decide =>
  (act, id, remark, locale) =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('request', id)
      const row = uuid && (await store.lockRequest(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const others = isForOperator ? await forOthers(deps, tx, row, act) : null
      if (others) return others
      const moved = await then(tx, row, act, remark)
      return isRefusal(moved) ? moved : viewOne(tx, moved, locale)
    })

/** Each level's operator decides what is sent to it; whoever is in charge of that operator may step in. */
const forOthers = async (deps: RequestDeps, tx: Tx, row: store.RequestRow, act: Act): Promise<Refusal | null> => {
  const { operatorOrganisationId: id } = row
  if (await deps.organisations.reach(tx, act, id)) return null
  const operator = await deps.organisations.reach(tx, { ...act, scope: everything }, id)
  return refuse('request-of-another-operator', { operator: operator?.name ?? '' })
}

/** What the operator decides of a request that was sent to it. */
const operatorDecision = (deps: RequestDeps, then: Then): Decide => decision(deps, then, true)

/** The price list may have changed since it was drafted: from its approval on, a request costs what its lines cost. */
const repriced = async (deps: RequestDeps, tx: Tx, row: store.RequestRow): Promise<store.RequestRow> => {
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
): Promise<store.RequestRow | Refusal> => {
  const moved = await move(deps, tx, row, it)
  if (isRefusal(moved)) return moved
  const past = row.kind === 'open' ? endInPast(deps.clock, row.expiresAt) : null
  if (past) return past
  if (row.kind === 'change') return carryOutChange(deps, tx, moved)
  if (row.kind === 'open') return (await deliver(deps, tx, moved)) ?? repriced(deps, tx, moved)
  const about = row.aboutRequestId && (await store.lockRequest(tx, everything, row.aboutRequestId))
  if (!about) return refuse('not-found')
  const reclaiming = await beginReclaim(deps, tx, about, {
    event: about.state === 'reclaim-failed' ? 'retry' : 'reclaim',
    with: { fault: null },
    ...(it.remark ? { remark: it.remark } : {}),
  })
  if (isRefusal(reclaiming)) return reclaiming
  return reclaiming.state === 'reclaimed' ? present(await store.findRequest(tx, everything, row.id), 'request') : moved
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

/** The catalogue may have changed since it was drafted: who approves is judged when it is sent. */
const isRuled = async (deps: RequestDeps, tx: Tx, row: store.RequestRow): Promise<boolean | Refusal> => {
  if (row.kind !== 'open') return row.approvedByRule
  const lines = await priceAll(deps, tx, (await store.linesOf(tx, [row.id])).map(askOf))
  return isRefusal(lines) ? lines : isForTheRule(deps, tx, row.organisationId, lines)
}

/**
 * Sends a request. What will be checked at its approval is checked now, by rehearsing that approval; where a
 * rule approves, sending and approving are one commit.
 */
const submit = (deps: RequestDeps): Decide => {
  const send = decision(deps, async (tx, row, act, remark) => {
    const sentBy = act.caller.kind === 'person' ? act.caller.personId : null
    const approvedByRule = await isRuled(deps, tx, row)
    if (isRefusal(approvedByRule)) return approvedByRule
    const sent = await move(deps, tx, row, { event: 'submit', remark, with: { sentBy, approvedByRule } })
    if (isRefusal(sent) || !sent.approvedByRule) return sent
    return carryOut(deps, tx, sent, { event: 'approve', by: 'rule', remark: '' })
  })
  return async (act, id, remark, locale) => {
    const refusal = await deps.database.rehearse(act, async (tx) => {
      const uuid = fromId('request', id)
      const row = uuid && (await store.lockRequest(tx, act.scope, uuid))
      if (!row || !advance(row.state, 'submit')) return null
      const past = endInPast(deps.clock, row.expiresAt)
      if (past) return past
      const ruled = await isRuled(deps, tx, row)
      return ruled === false ? deliver(deps, tx, row) : null
    })
    return refusal ?? send(act, id, remark, locale)
  }
}

/** What held when it was sent may not hold now: price, room and quota are checked again in the commit that takes them. */
const approve = (deps: RequestDeps): Decide =>
  operatorDecision(deps, async (tx, row, act, remark) => {
    if (act.caller.kind === 'person' && act.caller.personId === row.sentBy) return refuse('own-request')
    return carryOut(deps, tx, row, { event: 'approve', remark, with: { approvedByRule: false } })
  })

const sendBack = (deps: RequestDeps): Decide =>
  operatorDecision(deps, (tx, row, _act, remark) => move(deps, tx, row, { event: 'return', remark }))

const reject = (deps: RequestDeps): Decide =>
  operatorDecision(deps, async (tx, row, _act, remark) => {
    if (row.kind === 'change') await deps.resources.freeAll(tx, row.id)
    return move(deps, tx, row, { event: 'reject', remark })
  })

/** A change that is given up frees what it was about; it holds nothing of its own. */
export const discardChange = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  remark: string,
): Promise<store.RequestRow | Refusal> => {
  await deps.resources.freeAll(tx, row.id)
  return move(deps, tx, row, { event: row.state === 'delivery-failed' ? 'withdraw' : 'discard', remark })
}

const discard = (deps: RequestDeps): Decide =>
  decision(deps, (tx, row, _act, remark) =>
    row.kind === 'open'
      ? beginReclaim(deps, tx, row, { event: 'discard', remark })
      : discardChange(deps, tx, row, remark),
  )

const passTest = (deps: RequestDeps): Decide =>
  decision(deps, async (tx, row, _act, remark) => {
    const moved = await move(deps, tx, row, { event: 'pass-test', remark })
    if (!isRefusal(moved)) await deps.resources.makeFormal(tx, row.id, deps.clock.now())
    return moved
  })

const failTest = (deps: RequestDeps): Decide =>
  decision(deps, (tx, row, _act, remark) => beginReclaim(deps, tx, row, { event: 'fail-test', remark }))

/** Tries again what failed: only the servers that do not stand, or what is still to be given back. */
const retry = (deps: RequestDeps): Decide =>
  operatorDecision(deps, async (tx, row, _act, remark) => {
    const again = { event: 'retry', remark, with: { fault: null } } as const
    if (row.state !== 'reclaim-failed') return carryOut(deps, tx, row, again)
    const asked = await store.openReclaimOf(tx, row.id)
    if (asked?.state === 'delivery-failed') await move(deps, tx, asked, again)
    return beginReclaim(deps, tx, row, again)
  })

export const decisions = (deps: RequestDeps) => ({
  submit: submit(deps),
  approve: approve(deps),
  return: sendBack(deps),
  reject: reject(deps),
  discard: discard(deps),
  passTest: passTest(deps),
  failTest: failTest(deps),
  retry: retry(deps),
})
