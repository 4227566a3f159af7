import { type Static, Type } from 'typebox'
import { AdviceId, OrganisationId, ResourceId, SystemId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, Paging, pageOf, Remark, YuanE4 } from './primitive.ts'

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
    state: literals(['open', 'dismissed', 'settled']),
    foundAt: Instant,
    endedAt: nullable(Instant),
  },
  { $id: 'Advice' },
)
export type Advice = Static<typeof Advice>

const columns = ['id', 'kind', 'resourceId', 'state', 'monthlySavingYuanE4', 'foundAt', 'message']

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
  faults: ['step-not-allowed'],
  columns,
})
