import { type Static, Type } from 'typebox'
import { AdviceId, OrganisationId, PersonId, RequestId, ResourceId, SystemId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Month, nullable, Paging, pageOf, Remark, YuanE4 } from './primitive.ts'

export const adviceKinds = ['volume-unattached', 'server-stopped', 'address-unbound', 'test-expired'] as const

export const Advice = Type.Object(
  {
    id: AdviceId,
    kind: literals(adviceKinds),
    resourceId: ResourceId,
    organisationId: OrganisationId,
    systemId: SystemId,
    message: Type.String(),
    monthlySavingYuanE4: YuanE4,
    state: literals(['open', 'assigned', 'done', 'declined', 'dismissed', 'settled']),
    ownerId: nullable(PersonId),
    dueOn: nullable(Type.String({ format: 'date', description: 'Last day of the task, Asia/Shanghai' })),
    outcome: nullable(Type.String({ description: 'Why nothing was done, as its people said' })),
    requestId: nullable(RequestId),
    savedMonthlyYuanE4: nullable(YuanE4),
    savedFrom: nullable(Month),
    foundAt: Instant,
    endedAt: nullable(Instant),
  },
  { $id: 'Advice' },
)
export type Advice = Static<typeof Advice>

const columns = ['id', 'kind', 'resourceId', 'state', 'ownerId', 'dueOn', 'monthlySavingYuanE4', 'foundAt', 'message']

export const adviceList = operation({
  name: 'advice.list',
  http: 'GET /advice',
  summary: { 'zh-CN': '查看优化建议', en: 'List advice' },
  query: Type.Object({ ...Paging, state: Type.Optional(Advice.properties.state) }),
  answers: { 200: pageOf(Advice, 'AdvicePage') },
  columns,
})

export const adviceDismiss = operation({
  name: 'advice.dismiss',
  http: 'POST /advice/{adviceId}/dismiss',
  summary: { 'zh-CN': '忽略建议', en: 'Dismiss advice, saying why' },
  params: Type.Object({ adviceId: AdviceId }),
  body: Type.Object({ remark: Remark }),
  answers: { 200: Advice },
  faults: ['advice-ended'],
  columns,
})

export const adviceAssign = operation({
  name: 'advice.assign',
  http: 'POST /advice/{adviceId}/assign',
  summary: { 'zh-CN': '将建议派给责任人限期处理', en: 'Make advice somebody’s task until a day' },
  params: Type.Object({ adviceId: AdviceId }),
  body: Type.Object({
    ownerId: PersonId,
    dueOn: Type.String({ format: 'date', description: 'a day, YYYY-MM-DD' }),
  }),
  answers: { 200: Advice },
  faults: ['advice-ended', 'owner-without-role'],
  columns,
})

export const adviceDecline = operation({
  name: 'advice.decline',
  http: 'POST /advice/{adviceId}/decline',
  summary: { 'zh-CN': '说明理由，不予处理', en: 'Leave it as it is, for a reason' },
  params: Type.Object({ adviceId: AdviceId }),
  body: Type.Object({ reason: Type.String({ minLength: 1, maxLength: 2000, pattern: '\\S' }) }),
  answers: { 200: Advice },
  faults: ['advice-ended'],
  columns,
})

const count = Type.Integer({ minimum: 0 })

/** Of one organisation. Money is counted from the month after it took effect, by what things really cost less. */
export const AdviceSummary = Type.Object(
  {
    organisationId: OrganisationId,
    foundCount: count,
    openCount: count,
    assignedCount: count,
    overdueCount: count,
    doneCount: count,
    settledCount: count,
    declinedCount: Type.Integer({ minimum: 0, description: 'Dismissed ones among them' }),
    possibleMonthlyYuanE4: YuanE4,
    savedMonthlyYuanE4: YuanE4,
  },
  { $id: 'AdviceSummary' },
)
export type AdviceSummary = Static<typeof AdviceSummary>

export const adviceSummary = operation({
  name: 'advice.summary',
  http: 'GET /organisations/{organisationId}/advice-summary',
  summary: { 'zh-CN': '查看优化成效', en: 'See what advice has come to' },
  params: Type.Object({ organisationId: OrganisationId }),
  answers: { 200: AdviceSummary },
})
