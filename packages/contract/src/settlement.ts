import { type Static, Type } from 'typebox'
import { Measure, Phase } from './catalogue.ts'
import { BillId, ComponentId, CorrectionId, OrganisationId, ResourceId, SystemId, UsageId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Month, nullable, Paging, pageOf, Remark, YuanE4 } from './primitive.ts'

export const UsageInterval = Type.Object(
  {
    id: UsageId,
    resourceId: ResourceId,
    organisationId: OrganisationId,
    systemId: SystemId,
    componentId: ComponentId,
    phase: Phase,
    quantity: Type.Integer({ description: 'in the component’s measure' }),
    startedAt: Instant,
    endedAt: nullable(Instant),
  },
  { $id: 'UsageInterval', description: 'Half open: [startedAt, endedAt)' },
)
export type UsageInterval = Static<typeof UsageInterval>

export const BillLine = Type.Object({
  position: Type.Integer({ description: 'Its place in the bill, for whoever refers to it' }),
  resourceId: ResourceId,
  resourceName: Type.String(),
  systemId: SystemId,
  componentId: ComponentId,
  componentName: Type.String(),
  measure: Measure,
  phase: Phase,
  quantity: Type.Integer(),
  seconds: Type.Integer(),
  monthSeconds: Type.Integer(),
  monthlyPriceYuanE4: YuanE4,
  amountYuanE4: YuanE4,
})

export const Correction = Type.Object(
  {
    id: CorrectionId,
    organisationId: OrganisationId,
    month: nullable({ ...Month, description: 'The bill it stands in; null while its month is open' }),
    correctsMonth: Month,
    correctsPosition: nullable(Type.Integer({ description: 'The line of that bill; null for the month as a whole' })),
    systemId: nullable(SystemId),
    componentId: nullable(ComponentId),
    amountYuanE4: YuanE4,
    reason: Remark,
    correctedBy: Type.String(),
    createdAt: Instant,
  },
  { $id: 'Correction' },
)
export type Correction = Static<typeof Correction>

export const Bill = Type.Object(
  {
    id: nullable(BillId),
    organisationId: OrganisationId,
    month: Month,
    state: literals(['provisional', 'closed']),
    amountYuanE4: YuanE4,
    asOf: Instant,
    lines: Type.Array(BillLine),
    corrections: Type.Array(Correction),
  },
  {
    $id: 'Bill',
    description: 'Each line is rounded half up to the fen; the bill is the sum of its lines and corrections',
  },
)
export type Bill = Static<typeof Bill>

export const usageList = operation({
  name: 'usage.list',
  http: 'GET /usage',
  summary: { 'zh-CN': '查看用量', en: 'List usage intervals' },
  query: Type.Object({
    ...Paging,
    systemId: Type.Optional(SystemId),
    resourceId: Type.Optional(ResourceId),
  }),
  answers: { 200: pageOf(UsageInterval, 'UsageIntervalPage') },
  columns: ['resourceId', 'componentId', 'phase', 'quantity', 'startedAt', 'endedAt'],
})

export const billGet = operation({
  name: 'bill.get',
  http: 'GET /organisations/{organisationId}/bills/{month}',
  summary: { 'zh-CN': '查看账单', en: 'Show a month’s bill' },
  params: Type.Object({ organisationId: OrganisationId, month: Month }),
  answers: { 200: Bill },
  faults: ['price-missing'],
  columns: ['organisationId', 'month', 'state', 'amountYuanE4'],
})

export const billClose = operation({
  name: 'bill.close',
  http: 'POST /organisations/{organisationId}/bills/{month}/close',
  summary: { 'zh-CN': '关账', en: 'Close a month; it is never edited after' },
  params: Type.Object({ organisationId: OrganisationId, month: Month }),
  answers: { 200: Bill },
  faults: ['month-not-over', 'month-closed', 'price-missing'],
  columns: ['organisationId', 'month', 'state', 'amountYuanE4'],
  stepUp: true,
})
