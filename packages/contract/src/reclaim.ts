import { type Static, Type } from 'typebox'
import { ChangeQuote, confirmation } from './change.ts'
import {
  OperationId,
  OrganisationId,
  PlatformId,
  RequestId,
  ResourceId,
  resourceKinds,
  SystemId,
  WipeRecordId,
} from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Paging, pageOf, Remark } from './primitive.ts'
import { ServiceRequest } from './request.ts'
import { Desired } from './resource.ts'

const ofRequest = Type.Object({ requestId: RequestId })

export const requestPurge = operation({
  name: 'request.purge',
  http: 'POST /requests/{requestId}/purge',
  summary: { 'zh-CN': '提前清除回收站中的资源，不可恢复', en: 'Wipe what lies in the recycle bin before its time' },
  params: ofRequest,
  body: Type.Object({ confirmation, remark: Type.Optional(Remark) }),
  answers: { 200: ServiceRequest },
  faults: ['step-not-allowed', 'confirmation-wrong', 'resource-busy', 'request-of-another-operator'],
  columns: ['id', 'kind', 'state'],
  stepUp: true,
})

export const requestPurgeQuote = operation({
  name: 'request.quote-purge',
  http: 'GET /requests/{requestId}/purge',
  summary: { 'zh-CN': '查看清除后将丢失的资源', en: 'Say what would be lost by wiping it' },
  params: ofRequest,
  answers: { 200: ChangeQuote },
  columns: ['losses'],
})

const PolicyFigures = {
  graceDays: Type.Integer({ minimum: 0, maximum: 365, description: 'past its end, running still' }),
  recycleDays: Type.Integer({ minimum: 0, maximum: 365, description: 'in the recycle bin before it is wiped' }),
}

const noticeDays = Type.Array(Type.Integer({ minimum: 1, maximum: 90 }), {
  minItems: 1,
  maxItems: 10,
  description: 'So many days before an end people are told of it; of a test on the last of them only',
})

export const ProcessPolicy = Type.Object(
  { organisationId: OrganisationId, ...PolicyFigures, noticeDays },
  { $id: 'ProcessPolicy', description: 'How long the process of an operator waits' },
)
export type ProcessPolicy = Static<typeof ProcessPolicy>

const ofOperator = Type.Object({ organisationId: OrganisationId })

export const processPolicyGet = operation({
  name: 'process-policy.get',
  http: 'GET /organisations/{organisationId}/process-policy',
  summary: {
    'zh-CN': '查看宽限期、回收站期限与到期提醒',
    en: 'Show how long grace and the recycle bin last, and when ends are told',
  },
  params: ofOperator,
  answers: { 200: ProcessPolicy },
  columns: ['organisationId', 'graceDays', 'recycleDays', 'noticeDays'],
})

export const processPolicySet = operation({
  name: 'process-policy.set',
  http: 'PUT /organisations/{organisationId}/process-policy',
  summary: {
    'zh-CN': '设置宽限期、回收站期限与到期提醒',
    en: 'Set how long grace and the recycle bin last, and when ends are told',
  },
  params: ofOperator,
  body: Type.Object({ ...PolicyFigures, noticeDays: Type.Optional(noticeDays) }),
  answers: { 200: ProcessPolicy },
  columns: ['organisationId', 'graceDays', 'recycleDays', 'noticeDays'],
})

export const WipeRecord = Type.Object(
  {
    id: WipeRecordId,
    resourceId: ResourceId,
    resourceKind: literals(resourceKinds),
    resourceName: Type.String(),
    size: Desired,
    organisationId: OrganisationId,
    systemId: SystemId,
    platformId: PlatformId,
    externalId: Type.String({ description: 'The cloud’s own id' }),
    method: Type.String({ description: '`deleted-by-cloud`: by the cloud’s own deletion' }),
    operationId: OperationId,
    wipedBy: Type.String(),
    wipedAt: Instant,
    evidence: Type.Object({ asked: Type.String(), answered: Type.String(), at: Instant }),
  },
  { $id: 'WipeRecord', description: 'Deleted on a cloud, and then seen to be absent there' },
)
export type WipeRecord = Static<typeof WipeRecord>

export const wipeRecordList = operation({
  name: 'wipe-record.list',
  http: 'GET /wipe-records',
  summary: { 'zh-CN': '列出清除记录', en: 'List what was wiped, with the evidence' },
  query: Type.Object({ ...Paging, systemId: Type.Optional(SystemId), platformId: Type.Optional(PlatformId) }),
  answers: { 200: pageOf(WipeRecord, 'WipeRecordPage') },
  columns: ['resourceName', 'resourceKind', 'platformId', 'externalId', 'wipedBy', 'wipedAt'],
})
