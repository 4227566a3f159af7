import { type Collection, describeFault, fromId, type Locale, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { lockReached, move } from './move.ts'
import type { ApproveAsk, CollectionDeps } from './service.ts'
import type { CollectionRow } from './store.ts'
import { viewOne } from './view.ts'

export interface Said {
  readonly remark?: string
}
type Decide<Ask extends Said = Said> = (act: Act, id: string, ask: Ask, locale: Locale) => Promise<Collection | Refusal>

const decision =
  <Ask extends Said>(
    deps: CollectionDeps,
    then: (tx: Tx, row: CollectionRow, act: Act, ask: Ask, locale: Locale) => Promise<CollectionRow | Refusal>,
  ): Decide<Ask> =>
  (act, id, ask, locale) =>
    deps.database.transaction(act, async (tx) => {
      const row = await lockReached(deps, tx, act, id)
      if (!row) return refuse('not-found')
      const moved = await then(tx, row, act, ask, locale)
      return isRefusal(moved) ? moved : viewOne(deps, tx, moved)
    })

const subjectOf = (row: CollectionRow, sentBy: string | null) => ({
  subjectId: row.id,
  subjectKind: 'collection' as const,
  organisationId: row.bureauOrganisationId,
  operatorOrganisationId: row.operatorOrganisationId,
  sentBy,
})

/** Sends it on its route. No rule decides on a county's whole collection unless a route says so. */
const submit = (deps: CollectionDeps): Decide =>
  decision(deps, async (tx, row, act, { remark = '' }, locale) => {
    const sentBy = act.caller.kind === 'person' ? act.caller.personId : null
    const sent = await move(deps, tx, row, { event: 'submit', remark, sentBy })
    if (isRefusal(sent)) return sent
    const facts = await deps.members.facts(tx, row.id)
    if (isRefusal(facts)) return facts
    const stages = await deps.approvals.route(tx, row.operatorOrganisationId, facts)
    const standing = await deps.approvals.begin(tx, subjectOf(row, sentBy), stages)
    if (isRefusal(standing)) return standing
    return standing.state === 'agreed' ? approveAll(deps, tx, sent, {}, locale) : sent
  })

/** Each member goes on alone from here; all of them, or none and the reason. */
const approveAll = async (
  deps: CollectionDeps,
  tx: Tx,
  row: CollectionRow,
  { remark = '', exceptLineIds = [] }: ApproveAsk,
  locale: Locale,
): Promise<CollectionRow | Refusal> => {
  const except = new Set(exceptLineIds.flatMap((id) => fromId('line', id) ?? []))
  for (const member of await deps.members.lockAll(tx, row.id)) {
    const approved = await deps.members.approve(tx, member, { except, remark })
    if (!isRefusal(approved)) continue
    const { message } = describeFault(approved.refused, locale)
    const organisation = await deps.members.organisationName(tx, member)
    return refuse('member-refused', { request: toId('request', member.id), organisation, message })
  }
  return move(deps, tx, row, { event: 'approve', remark })
}

const approve = (deps: CollectionDeps): Decide<ApproveAsk> =>
  decision<ApproveAsk>(deps, async (tx, row, act, ask, locale) => {
    if (row.state !== 'submitted') return refuse('step-not-allowed', { event: 'approve', state: row.state })
    const standing = await deps.approvals.agree(tx, act, row.id, ask.remark ?? '')
    if (isRefusal(standing)) return standing
    return standing.state === 'open' ? row : approveAll(deps, tx, row, ask, locale)
  })

const refused = (deps: CollectionDeps, event: 'return' | 'reject', verdict: 'returned' | 'rejected'): Decide =>
  decision(deps, async (tx, row, act, { remark = '' }) => {
    if (row.state !== 'submitted') return refuse('step-not-allowed', { event, state: row.state })
    const refusal = await deps.approvals.refuse(tx, act, row.id, { verdict, remark })
    if (refusal) return refusal
    if (event === 'reject')
      for (const member of await deps.members.lockAll(tx, row.id)) {
        const rejected = await deps.members.reject(tx, member, remark)
        if (isRefusal(rejected)) return rejected
      }
    return move(deps, tx, row, { event, remark })
  })

/** Its requests wait at the bureau again. */
const discard = (deps: CollectionDeps): Decide =>
  decision(deps, async (tx, row, _act, { remark = '' }) => {
    const moved = await move(deps, tx, row, { event: 'discard', remark })
    if (isRefusal(moved)) return moved
    for (const member of await deps.members.lockAll(tx, row.id)) {
      const released = await deps.members.release(tx, member)
      if (isRefusal(released)) return released
    }
    return moved
  })

export const decisions = (deps: CollectionDeps) => ({
  submit: submit(deps),
  approve: approve(deps),
  return: refused(deps, 'return', 'returned'),
  reject: refused(deps, 'reject', 'rejected'),
  discard: discard(deps),
})
