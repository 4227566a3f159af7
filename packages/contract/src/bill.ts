import { type Static, Type } from 'typebox'
import { SheetFormat, sheetAnswer } from './file.ts'
import { BillId, ComponentId, OrganisationId, SystemId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Month, nullable, Paging, pageOf, Remark, YuanE4 } from './primitive.ts'
import { Correction } from './settlement.ts'

export const BillEntry = Type.Object(
  {
    id: BillId,
    organisationId: OrganisationId,
    organisationName: Type.String(),
    month: Month,
    amountYuanE4: YuanE4,
    closedAt: Instant,
  },
  { $id: 'BillEntry' },
)
export type BillEntry = Static<typeof BillEntry>

/** Of an organisation and all below it. */
const subtree = Type.Optional({ ...OrganisationId, description: 'With everything below it' })

export const billList = operation({
  name: 'bill.list',
  http: 'GET /bills',
  summary: { 'zh-CN': '列出已关账的账单', en: 'List closed bills' },
  query: Type.Object({ ...Paging, month: Type.Optional(Month), organisationId: subtree }),
  answers: { 200: pageOf(BillEntry, 'BillPage') },
  columns: ['id', 'organisationName', 'month', 'amountYuanE4', 'closedAt'],
})

export const billTotals = ['organisation', 'system', 'component'] as const

export const BillTotal = Type.Object(
  {
    organisationId: nullable(OrganisationId),
    systemId: nullable(SystemId),
    componentId: nullable(ComponentId),
    name: Type.String({ description: 'Of the organisation, system or component; empty for what belongs to none' }),
    amountYuanE4: YuanE4,
  },
  { $id: 'BillTotal' },
)
export type BillTotal = Static<typeof BillTotal>

export const billSummary = operation({
  name: 'bill.summary',
  http: 'GET /bills/summary',
  summary: { 'zh-CN': '汇总已关账的账单', en: 'Total the closed bills of a month' },
  query: Type.Object({ month: Month, by: Type.Optional(literals(billTotals)), organisationId: subtree }),
  answers: {
    200: Type.Object(
      { month: Month, amountYuanE4: YuanE4, bills: Type.Integer(), items: Type.Array(BillTotal) },
      { $id: 'BillSummary' },
    ),
  },
  faults: ['not-found'],
  columns: ['name', 'amountYuanE4'],
})

export const billCorrect = operation({
  name: 'bill.correct',
  http: 'POST /organisations/{organisationId}/bills/{month}/corrections',
  summary: { 'zh-CN': '在开放月份更正账单', en: 'Correct a closed month by a line of the open one' },
  params: Type.Object({ organisationId: OrganisationId, month: Month }),
  body: Type.Object({
    correctsMonth: Month,
    correctsPosition: Type.Optional(Type.Integer({ minimum: 0 })),
    systemId: Type.Optional(SystemId),
    amountYuanE4: {
      ...YuanE4,
      multipleOf: 100,
      minimum: -(10 ** 14),
      maximum: 10 ** 14,
      description: 'Whole fen; negative gives back',
    },
    reason: { ...Remark, minLength: 1 },
  }),
  answers: { 201: Correction },
  faults: ['month-closed', 'month-not-open', 'correction-of-open-month', 'correction-too-large', 'nothing-to-change'],
  columns: ['id', 'correctsMonth', 'amountYuanE4', 'reason'],
  stepUp: true,
})

export const billExport = operation({
  name: 'bill.export',
  http: 'GET /organisations/{organisationId}/bills/{month}/export',
  summary: { 'zh-CN': '导出账单', en: 'Export a month’s bill' },
  params: Type.Object({ organisationId: OrganisationId, month: Month }),
  query: Type.Object({ format: Type.Optional(SheetFormat) }),
  answers: { 200: null },
  file: sheetAnswer,
  faults: ['price-missing', 'export-too-large'],
})

export const usageExport = operation({
  name: 'usage.export',
  http: 'GET /usage/export',
  summary: { 'zh-CN': '导出用量', en: 'Export usage intervals' },
  query: Type.Object({
    format: Type.Optional(SheetFormat),
    systemId: Type.Optional(SystemId),
    month: Type.Optional(Month),
  }),
  answers: { 200: null },
  file: sheetAnswer,
  faults: ['export-too-large'],
})
