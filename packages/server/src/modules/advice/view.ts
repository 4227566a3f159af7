import { type Advice, describeAdvice, type Locale, toId } from '@yiduo/contract'
import { monthOf } from '@yiduo/engines'
import type * as store from './store.ts'

export const viewAdvice =
  (locale: Locale) =>
  (row: store.AdviceRow): Advice => ({
    id: toId('advice', row.id),
    kind: row.kind,
    resourceId: toId(row.resourceKind, row.resourceId),
    organisationId: toId('organisation', row.organisationId),
    systemId: toId('system', row.systemId),
    message: describeAdvice(row, locale),
    monthlySavingYuanE4: row.monthlySavingYuanE4,
    state: row.state,
    ownerId: row.ownerPersonId && toId('person', row.ownerPersonId),
    dueOn: row.dueOn,
    outcome: row.outcome,
    requestId: row.doneByRequestId && toId('request', row.doneByRequestId),
    savedMonthlyYuanE4: row.savedYuanE4,
    savedFrom: row.savedFrom && monthOf(row.savedFrom),
    foundAt: row.foundAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  })

/** What those who follow events need of a task. */
export const toldOf = (row: store.AdviceRow) => ({
  state: row.state,
  kind: row.kind,
  resourceId: toId(row.resourceKind, row.resourceId),
  systemId: toId('system', row.systemId),
  ownerId: row.ownerPersonId && toId('person', row.ownerPersonId),
  dueOn: row.dueOn,
  requestId: row.doneByRequestId && toId('request', row.doneByRequestId),
  savedMonthlyYuanE4: row.savedYuanE4,
})
