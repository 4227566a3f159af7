import { type Static, Type } from 'typebox'
import { Measure } from './catalogue.ts'
import { OrganisationId, SystemId } from './id.ts'
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

export const SystemQuota = Type.Object(
  {
    systemId: SystemId,
    measure: Measure,
    limit: Quota.properties.limit,
    held: Quota.properties.held,
  },
  { $id: 'SystemQuota', description: 'Beside the organisation’s own: what is asked for must fit both' },
)
export type SystemQuota = Static<typeof SystemQuota>

const ofSystem = { path: '/systems/{systemId}/quotas', columns: ['systemId', 'measure', 'limit', 'held'] } as const
const systemMeasure = Type.Object({ systemId: SystemId, measure: Measure })

export const systemQuotaList = operation({
  name: 'system-quota.list',
  http: `GET ${ofSystem.path}`,
  summary: { 'zh-CN': '查看业务系统配额', en: 'Show the quota of a business system' },
  params: Type.Object({ systemId: SystemId }),
  answers: { 200: Type.Object({ items: Type.Array(SystemQuota) }, { $id: 'SystemQuotaList' }) },
  columns: ofSystem.columns,
})

export const systemQuotaSet = operation({
  name: 'system-quota.set',
  http: `PUT ${ofSystem.path}/{measure}`,
  summary: { 'zh-CN': '设置业务系统配额', en: 'Set a quota of a business system' },
  params: systemMeasure,
  body: quotaSet.body,
  answers: { 200: SystemQuota },
  faults: ['quota-below-held'],
  columns: ofSystem.columns,
})

export const systemQuotaRemove = operation({
  name: 'system-quota.remove',
  http: `DELETE ${ofSystem.path}/{measure}`,
  summary: { 'zh-CN': '取消业务系统配额', en: 'Let only the organisation’s quota bind a business system' },
  params: systemMeasure,
  answers: { 204: null },
})
