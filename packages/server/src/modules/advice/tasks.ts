import { type Advice, type adviceAssign, type BodyOf, fromId, type Locale, toId } from '@yiduo/contract'
import { type Act, programAct } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { next } from '../../kernel/state-machine.ts'
import type { Tx } from '../../platform/database/index.ts'
import { type AdviceState, adviceMachine, dayOf } from './model.ts'
import type { AdviceDeps } from './service.ts'
import * as store from './store.ts'
import { toldOf, viewAdvice } from './view.ts'

type Change = (tx: Tx, row: store.AdviceRow) => Promise<Partial<store.AdviceRow> | Refusal>

/** The one way people change advice: by the table of states, with its audit entry and its event. */
const changed = (
  deps: AdviceDeps,
  act: Act,
  it: { id: string; event: 'assign' | 'decline' | 'dismiss'; locale: Locale; remark?: string },
  change: Change,
): Promise<Advice | Refusal> =>
  deps.database.transaction(act, async (tx) => {
    const uuid = fromId('advice', it.id)
    const row = uuid && (await store.lockAdvice(tx, act.scope, uuid))
    if (!row) return refuse('not-found')
    const state = next<AdviceState, typeof it.event>(adviceMachine, row.state, it.event)
    if (state === null) return refuse('advice-ended', { state: row.state })
    const columns = await change(tx, row)
    if (isRefusal(columns)) return columns
    const now: store.AdviceRow = { ...row, ...columns, state }
    await store.updateAdvice(tx, now)
    const after = { ...toldOf(now), ...(it.remark === undefined ? {} : { remark: it.remark }) }
    const { organisationId } = row
    await deps.record(tx, {
      on: it.id,
      organisationId,
      before: { state: row.state, ownerId: row.ownerPersonId },
      after,
    })
    return viewAdvice(it.locale)(now)
  })

export const dismiss =
  (deps: AdviceDeps) =>
  (act: Act, id: string, remark: string, locale: Locale): Promise<Advice | Refusal> =>
    changed(deps, act, { id, event: 'dismiss', locale, remark }, async () => ({ endedAt: deps.clock.now() }))

export const decline =
  (deps: AdviceDeps) =>
  (act: Act, id: string, reason: string, locale: Locale): Promise<Advice | Refusal> =>
    changed(deps, act, { id, event: 'decline', locale, remark: reason }, async () => ({
      endedAt: deps.clock.now(),
      outcome: reason,
    }))

/** Somebody is named who can see to it: of the department, or of an operator above it. */
export const assign =
  (deps: AdviceDeps) =>
  (act: Act, id: string, ask: BodyOf<typeof adviceAssign>, locale: Locale): Promise<Advice | Refusal> =>
    changed(deps, act, { id, event: 'assign', locale }, async (tx, row) => {
      if (ask.dueOn < dayOf(deps.clock.now()))
        return refuse('input-invalid', { field: 'dueOn', problem: 'in-the-past' })
      const ownerPersonId = fromId('person', ask.ownerId)
      if (!ownerPersonId || !(await deps.actsFor(tx, ownerPersonId, row.organisationId)))
        return refuse('owner-without-role')
      return { ownerPersonId, dueOn: ask.dueOn }
    })

/** Tasks whose day has passed, each told once. */
export const tellOverdue = (deps: AdviceDeps) => async (): Promise<void> => {
  const atOnce = 100
  const act = programAct('advice-reconciler', 'advice.overdue', deps.newId())
  for (let told = atOnce; told === atOnce; )
    told = await deps.database.transaction(act, async (tx) => {
      const now = deps.clock.now()
      const rows = await store.takeOverdue(tx, dayOf(now), now, atOnce)
      for (const row of rows)
        await deps.record(tx, { on: toId('advice', row.id), organisationId: row.organisationId, after: toldOf(row) })
      return rows.length
    })
}
