import { fromId, type Locale, type ServiceRequest, toId } from '@yiduo/contract'
import { type Act, callerName, everything } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { beginReclaim, carryOut, giveUp } from './carry-out.ts'
import { endInPast } from './changes/end.ts'
import { deliver } from './deliver.ts'
import { viewOne } from './draft.ts'
import { advance, isUndecided, type RequestEvent } from './model.ts'
import { move, startTrack } from './move.ts'
import { pricedAnew } from './reprice.ts'
import { extentOf, extentOfChange, isForTheRule, sendOn, subjectOf } from './route.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

export interface Said {
  readonly remark?: string
}
export type Decide<Ask extends Said = Said> = (
  act: Act,
  id: string,
  ask: Ask,
  locale: Locale,
) => Promise<ServiceRequest | Refusal>

type Then<Ask extends Said> = (tx: Tx, row: store.RequestRow, act: Act, ask: Ask) => Promise<store.RequestRow | Refusal>

/** A request that the act reaches, or that waits for a decision the caller may take. */
export const lockReached = async (
  deps: RequestDeps,
  tx: Tx,
  act: Act,
  id: string,
): Promise<store.RequestRow | null> => {
  const uuid = fromId('request', id)
  if (!uuid) return null
  const row = await store.lockRequest(tx, act.scope, uuid)
  if (row) return row
  return (await deps.approvals.concerns(tx, act, uuid)) ? store.lockRequest(tx, everything, uuid) : null
}

type Lock = (deps: RequestDeps, tx: Tx, act: Act, id: string) => Promise<store.RequestRow | null>

const lockOwn: Lock = async (_deps, tx, act, id) => {
  const uuid = fromId('request', id)
  return uuid === null ? null : store.lockRequest(tx, act.scope, uuid)
}

/** Locks the request, lets `then` decide, and answers the request as it stands after. */
export const decision =
  <Ask extends Said>(deps: RequestDeps, then: Then<Ask>, lock: Lock = lockOwn): Decide<Ask> =>
  (act, id, ask, locale) =>
    deps.database.transaction(act, async (tx) => {
      const row = await lock(deps, tx, act, id)
      if (!row) return refuse('not-found')
      const moved = await then(tx, row, act, ask)
      return isRefusal(moved) ? moved : viewOne(deps, tx, moved, locale)
    })

/** What whoever has a seat says of it: nothing else of it is theirs to do. */
const verdict = (deps: RequestDeps, then: Then<Said>): Decide => decision(deps, then, lockReached)

/** Each level's operator looks after what is sent to it; whoever is in charge of that operator may step in. */
export const isForOthers = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  act: Act,
): Promise<Refusal | null> => {
  const { operatorOrganisationId: id } = row
  if (await deps.organisations.reach(tx, act, id)) return null
  const operator = await deps.organisations.reach(tx, { ...act, scope: everything }, id)
  return refuse('request-of-another-operator', { operator: operator?.name ?? '' })
}

const senderOf = (act: Act): string | null => (act.caller.kind === 'person' ? act.caller.personId : null)

export interface SubmitAsk extends Said {
  readonly monthlyPriceYuanE4?: number
}

/** What will be checked at the approval of a request is checked before it is sent, by rehearsing that approval. */
const rehearsed = (deps: RequestDeps, act: Act, id: string): Promise<Refusal | null> =>
  deps.database.rehearse(act, async (tx) => {
    const uuid = fromId('request', id)
    const row = uuid === null ? null : await store.lockRequest(tx, act.scope, uuid)
    if (row?.kind !== 'open' || !advance(row.state, 'submit')) return null
    const past = endInPast(deps.clock, row.expiresAt)
    if (past) return past
    const priced = await pricedAnew(deps, tx, row)
    if (isRefusal(priced)) return priced
    const byRule =
      row.bureauOrganisationId === null && (await isForTheRule(deps, tx, priced.row, extentOf(priced.lines)))
    return byRule ? null : deliver(deps, tx, priced.row)
  })

/** A county's request first waits at its bureau; any other goes on its route, and where a rule approves is begun at once. */
const submit = (deps: RequestDeps): Decide<SubmitAsk> => {
  const send = decision<SubmitAsk>(deps, async (tx, row, act, { remark = '', monthlyPriceYuanE4: expected }) => {
    if (!advance(row.state, 'submit')) return refuse('step-not-allowed', { event: 'submit', state: row.state })
    const priced = await pricedAnew(deps, tx, row)
    if (isRefusal(priced)) return priced
    const current = priced.row.monthlyPriceYuanE4
    if (expected !== undefined && expected !== current) return refuse('price-changed', { expected, current })
    const sentBy = senderOf(act)
    const bureau = row.kind === 'open' ? await deps.organisations.bureauOf(tx, row.organisationId) : null
    const to = { ...priced.row, bureauOrganisationId: bureau }
    const extent = row.kind === 'open' ? extentOf(priced.lines) : await extentOfChange(tx, row)
    if (bureau === null) return sendOn(deps, tx, to, extent, { event: 'submit', remark, with: { sentBy } })
    const standing = await deps.approvals.beginAtBureau(tx, subjectOf(to, sentBy), bureau)
    if (isRefusal(standing)) return standing
    const dueAt = standing.state === 'open' ? { dueAt: standing.dueAt } : {}
    return move(deps, tx, to, { event: 'collect', remark, with: { sentBy }, ...dueAt })
  })
  return async (act, id, ask, locale) => (await rehearsed(deps, act, id)) ?? send(act, id, ask, locale)
}

/** The bureau sends one on by itself. */
const forward = (deps: RequestDeps): Decide =>
  verdict(deps, async (tx, row, act, { remark = '' }) => {
    if (row.state !== 'collecting') return refuse('step-not-allowed', { event: 'forward', state: row.state })
    const agreed = await deps.approvals.agree(tx, act, row.id, remark)
    if (isRefusal(agreed)) return agreed
    const priced = await pricedAnew(deps, tx, row)
    if (isRefusal(priced)) return priced
    return sendOn(deps, tx, priced.row, extentOf(priced.lines), { event: 'forward', remark })
  })

/** One agreed, others are still to: the clock of the next begins. */
const goOn = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  it: { by: string; remark: string; stage: string; dueAt: Date },
): Promise<store.RequestRow> => {
  const moved = { ...row, revision: row.revision + 1, updatedAt: deps.clock.now() }
  await store.updateRequest(tx, moved)
  await startTrack(deps, tx, moved, it)
  await deps.record(tx, {
    as: 'request.agree',
    on: toId('request', row.id),
    organisationId: row.organisationId,
    after: { state: row.state, stage: it.stage, remark: it.remark },
  })
  return moved
}

/** What held when it was sent may not hold now: price, room and quota are checked again in the commit of the last voice. */
const approve = (deps: RequestDeps): Decide =>
  verdict(deps, async (tx, row, act, { remark = '' }) => {
    if (row.state !== 'submitted') return refuse('step-not-allowed', { event: 'approve', state: row.state })
    const begun = await deps.approvals.ensureOpen(tx, subjectOf(row))
    if (begun) return begun
    const standing = await deps.approvals.agree(tx, act, row.id, remark)
    if (isRefusal(standing)) return standing
    if (standing.state === 'open') return goOn(deps, tx, row, { by: callerName(act.caller), remark, ...standing })
    return carryOut(deps, tx, row, { event: 'approve', remark, with: { approvedByRule: false } })
  })

const refused = (deps: RequestDeps, event: 'return' | 'reject', as: 'returned' | 'rejected'): Decide =>
  verdict(deps, async (tx, row, act, { remark = '' }) => {
    if (!isUndecided(row.state)) return refuse('step-not-allowed', { event, state: row.state })
    const refusal =
      (await deps.approvals.ensureOpen(tx, subjectOf(row))) ??
      (await deps.approvals.refuse(tx, act, row.id, { verdict: as, remark }))
    if (refusal) return refusal
    if (event === 'reject' && row.kind === 'change') await deps.resources.freeAll(tx, row.id)
    return move(deps, tx, row, { event, remark })
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

/** What nobody has decided by now, or has failed, is void; what is being done goes on. */
export const withdrawOpen =
  (deps: RequestDeps) =>
  async (tx: Tx, uuid: string, remark: string): Promise<void> => {
    const row = await store.lockRequest(tx, everything, uuid)
    const isOpen = row && (isUndecided(row.state) || row.state === 'returned' || row.state === 'delivery-failed')
    if (isOpen) await discardChange(deps, tx, row, remark)
  }

const discard = (deps: RequestDeps): Decide =>
  decision(deps, (tx, row, _act, { remark = '' }) =>
    row.kind === 'open'
      ? beginReclaim(deps, tx, row, { event: 'discard', remark })
      : discardChange(deps, tx, row, remark),
  )

const passTest = (deps: RequestDeps): Decide =>
  decision(deps, async (tx, row, _act, { remark = '' }) => {
    const moved = await move(deps, tx, row, { event: 'pass-test', remark })
    if (!isRefusal(moved)) await deps.resources.makeFormal(tx, row.id, deps.clock.now())
    return moved
  })

const failTest = (deps: RequestDeps): Decide =>
  decision(deps, (tx, row, _act, { remark = '' }) => beginReclaim(deps, tx, row, { event: 'fail-test', remark }))

export interface RetryAsk extends Said {
  readonly lineIds?: readonly string[]
}

/** Tries again what failed: only the servers that do not stand, or what is still to be given back. */
const retry = (deps: RequestDeps): Decide<RetryAsk> =>
  decision<RetryAsk>(deps, async (tx, row, act, { remark = '', lineIds }) => {
    const others = await isForOthers(deps, tx, row, act)
    if (others) return others
    const again = { event: 'retry' as RequestEvent, remark, with: { fault: null } }
    const only = lineIds && new Set(lineIds.flatMap((id) => fromId('line', id) ?? []))
    if (row.state !== 'reclaim-failed' && row.state !== 'recycle-failed') return carryOut(deps, tx, row, again, only)
    const asked = await store.openReclaimOf(tx, row.id)
    if (asked?.state === 'delivery-failed') await move(deps, tx, asked, again)
    return giveUp(deps, tx, row, remark)
  })

export const decisions = (deps: RequestDeps) => ({
  submit: submit(deps),
  forward: forward(deps),
  approve: approve(deps),
  accept: approve(deps),
  return: refused(deps, 'return', 'returned'),
  reject: refused(deps, 'reject', 'rejected'),
  discard: discard(deps),
  passTest: passTest(deps),
  failTest: failTest(deps),
  retry: retry(deps),
})
