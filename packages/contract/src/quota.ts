import { type Static, Type } from 'typebox'
import { Measure } from './catalogue.ts'
import { OrganisationId } from './id.ts'
import { operation } from './operation.ts'

export const Quota = Type.Object(
  {
    organisationId: OrganisationId,
    measure: Measure,
    limit: Type.Integer({ minimum: 0, description: 'in the measure’s unit' }),
    held: Type.Integer({ description: 'reserved or in use now' }),
  },
  { $id: 'Quota' },
)
export type Quota = Static<typeof Quota>

const QuotaList = Type.Object({ items: Type.Array(Quota) }, { $id: 'QuotaList' })
const params = Type.Object({ organisationId: OrganisationId })
const columns = ['organisationId', 'measure', 'limit', 'held']

export const quotaList = operation({
  name: 'quota.list',
  http: 'GET /organisations/{organisationId}/quotas',
  summary: { 'zh-CN': '查看配额', en: 'Show the quota of an organisation' },
  params,
  answers: { 200: QuotaList },
  columns,
})

export const quotaSet = operation({
  name: 'quota.set',
  http: 'PUT /organisations/{organisationId}/quotas/{measure}',
  summary: { 'zh-CN': '设置配额', en: 'Set a quota' },
  params: Type.Object({ organisationId: OrganisationId, measure: Measure }),
  body: Type.Object({ limit: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }) }),
  answers: { 200: Quota },
  faults: ['quota-below-held'],
  columns,
})
