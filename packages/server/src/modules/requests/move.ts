import { type RequestState, toId } from '@yiduo/contract'
import { callerName } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { advance, isUndecided, type RequestEvent, stateFacts, stepOf } from './model.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

export interface Move {
  readonly event: RequestEvent
  readonly remark?: string
  /** Columns that change together with the state. */
  readonly with?: Partial<
    Pick<
      store.RequestRow,
      | 'sentBy'
      | 'approvedByRule'
      | 'testEndsAt'
      | 'expiresAt'
      | 'graceEndsAt'
      | 'purgeAt'
      | 'fault'
      | 'monthlyPriceYuanE4'
      | 'bureauOrganisationId'
      | 'collectionId'
    >
  >
  /** When whoever has the move then is late, where the state itself does not tell. */
  readonly dueAt?: Date
  /** What its event says besides. */
  readonly told?: Readonly<Record<string, string | boolean>>
  /** Who moved it, where it is not the caller. */
  readonly by?: string
}

/** When the side that has the move is late; a test and a stage of approval have clocks of their own. */
const dueAt = async (deps: RequestDeps, tx: Tx, row: store.RequestRow, now: Date): Promise<Date | null> => {
  if (row.state === 'testing') return row.testEndsAt
  const { limit } = stateFacts[row.state]
  if (limit === null) return null
  return limit.officeHours
    ? deps.approvals.deadline(tx, now, limit.minutes)
    : new Date(now.getTime() + limit.minutes * 60_000)
}

export const startTrack = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  it: { by: string; remark: string; dueAt?: Date | undefined },
): Promise<number> => {
  const now = deps.clock.now()
  return store.moveTrack(tx, {
    requestId: row.id,
    step: stepOf(row.kind, row.state),
    state: row.state,
    side: stateFacts[row.state].side,
    movedBy: it.by,
    remark: it.remark,
    startedAt: now,
    dueAt: it.dueAt ?? (await dueAt(deps, tx, row, now)),
  })
}

/** What those who follow events need to know whom to tell, and of what. A cloud's own words are not for everybody. */
export const toldOf = (row: store.RequestRow) => ({
  kind: row.kind,
  systemId: toId('system', row.systemId),
  operatorOrganisationId: toId('organisation', row.operatorOrganisationId),
  bureauOrganisationId: row.bureauOrganisationId && toId('organisation', row.bureauOrganisationId),
  sentBy: row.sentBy && toId('person', row.sentBy),
  approvedByRule: row.approvedByRule,
  scheduled: row.kind === 'change' && row.sentBy === null,
  testEndsAt: row.testEndsAt,
  expiresAt: row.expiresAt,
  purgeAt: row.purgeAt,
  fault: row.fault && { code: row.fault.code, parameters: row.fault.parameters },
})

/** The one way a request changes its state: by the table, with its clock, its audit entry and its event. */
export const move = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  it: Move,
): Promise<store.RequestRow | Refusal> => {
  const state = advance(row.state, it.event)
  if (state === null) return refuse('step-not-allowed', { event: it.event, state: row.state })
  const act = present(tx.act, 'act')
  const moved: store.RequestRow = { ...row, ...it.with, state, revision: row.revision + 1, updatedAt: deps.clock.now() }
  await store.updateRequest(tx, moved)
  if (isUndecided(row.state) && !isUndecided(state) && !moved.approvedByRule) await deps.approvals.end(tx, row.id)
  await startTrack(deps, tx, moved, { by: it.by ?? callerName(act.caller), remark: it.remark ?? '', dueAt: it.dueAt })
  await deps.record(tx, {
    as: `request.${it.event}`,
    on: toId('request', row.id),
    organisationId: row.organisationId,
    before: { state: row.state },
    after: { state, remark: it.remark, ...toldOf(moved), ...it.told },
  })
  return moved
}

/**
 * The reclaim request that asked for it is done when what it is about is given back, or has failed with it. One that
 * nobody has decided by the time it is given back for another reason has become void.
 */
export const moveWhoAsked = async (deps: RequestDeps, tx: Tx, about: store.RequestRow): Promise<void> => {
  const asked = await store.openReclaimOf(tx, about.id)
  if (!asked) return
  const event = eventFor(asked.state, about.state === 'reclaimed' || about.state === 'recycled')
  if (event) await move(deps, tx, asked, { event, with: { fault: about.fault } })
}

const eventFor = (asked: RequestState, isReclaimed: boolean): RequestEvent | null => {
  if (asked === 'delivering') return isReclaimed ? 'completed' : 'delivery-failed'
  if (!isReclaimed) return null
  return asked === 'delivery-failed' ? 'withdraw' : 'discard'
}
