import { type Static, Type } from 'typebox'
import { ApprovalStage } from './approval.ts'
import {
  CollectionId,
  LineId,
  OperationId,
  OrganisationId,
  PlanId,
  PlatformId,
  RequestId,
  ResourceId,
  SnapshotId,
  SystemId,
} from './id.ts'
import { operation } from './operation.ts'
import { FaultView } from './operation-record.ts'
import { Instant, literals, Name, nullable, Paging, pageOf, Remark, SearchText, YuanE4 } from './primitive.ts'
import { PartChoice, TemplateAsk, TemplateOrigin } from './template.ts'

/** 申请、审批、测试、开通、变更、优化、回收、结算 */
export const steps = ['apply', 'approve', 'test', 'provision', 'change', 'optimise', 'reclaim', 'settle'] as const
export const Step = literals(steps)
export type Step = (typeof steps)[number]

export const requestStates = [
  'draft',
  'collecting', // waits at its county's bureau
  'consolidated', // part of a collection
  'submitted',
  'returned',
  'rejected',
  'discarded',
  'delivering',
  'delivery-failed',
  'testing',
  'formal',
  'recycling',
  'recycle-failed',
  'recycled',
  'restoring',
  'reclaiming',
  'reclaim-failed',
  'reclaimed',
  'completed',
  'settled',
] as const
export const RequestState = literals(requestStates)
export type RequestState = (typeof requestStates)[number]

/** `open` makes resources and goes the whole way; `change` and `reclaim` are short requests about one that did. */
export const requestKinds = ['open', 'change', 'reclaim'] as const
export const RequestKind = literals(requestKinds)

/** What can be changed of what stands, each through its own short request. */
export const changeKinds = [
  'resize',
  'extend',
  'add-volume',
  'remove-volume',
  'add-address',
  'remove-address',
  'prolong',
  'restore',
  'transfer',
  'scale',
  'stop',
  'start',
  'reboot',
  'rename-server',
  'rename-volume',
  'take-snapshot',
  'restore-snapshot',
  'remove-snapshot',
] as const

/** What a change asks for; which members are there follows from the kind. */
const Change = Type.Object(
  {
    kind: literals(changeKinds),
    planId: Type.Optional(PlanId),
    sizeGib: Type.Optional(Type.Integer()),
    name: Type.Optional(Type.String()),
    expiresAt: Type.Optional(nullable(Instant)),
    systemId: Type.Optional(SystemId),
    systemName: Type.Optional(Type.String({ description: 'As it was called when it was asked for' })),
    organisationId: Type.Optional(OrganisationId),
    organisationName: Type.Optional(Type.String()),
    lineId: Type.Optional(LineId),
    quantity: Type.Optional(Type.Integer()),
    forced: Type.Optional(Type.Boolean()),
    snapshotId: Type.Optional(SnapshotId),
  },
  { $id: 'Change' },
)
export type Change = Static<typeof Change>

export const LineAsk = Type.Object(
  {
    planId: PlanId,
    name: Name,
    quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 1 })),
    imageName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    dataVolumeGib: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_536, default: 0 })),
    publicAddress: Type.Optional(Type.Boolean({ default: false })),
    platformId: Type.Optional(PlatformId),
  },
  { $id: 'LineAsk' },
)
export type LineAsk = Static<typeof LineAsk>

/** `refused`: left out of its approval. `dropped`: given up after it had failed. */
export const lineStates = ['asked', 'delivering', 'delivered', 'failed', 'dropped', 'refused'] as const

export const RequestLine = Type.Object(
  {
    id: LineId,
    planId: nullable(PlanId),
    name: Type.String(),
    quantity: Type.Integer(),
    imageName: nullable(Type.String()),
    dataVolumeGib: Type.Integer(),
    publicAddress: Type.Boolean(),
    resourceId: nullable(ResourceId),
    sizeGib: nullable(Type.Integer()),
    change: nullable(Change),
    template: nullable(TemplateOrigin),
    platformId: nullable(PlatformId),
    monthlyPriceYuanE4: YuanE4,
    operationIds: Type.Array(OperationId),
    state: literals(lineStates),
  },
  { $id: 'RequestLine' },
)

export const TrackEntry = Type.Object({
  step: Step,
  state: RequestState,
  side: literals(['department', 'operator', 'none'], { description: 'Whose move it is' }),
  by: Type.String(),
  remark: Type.String(),
  startedAt: Instant,
  dueAt: nullable(Instant),
  endedAt: nullable(Instant),
})

export const ServiceRequest = Type.Object(
  {
    id: RequestId,
    kind: RequestKind,
    aboutRequestId: nullable(RequestId),
    state: RequestState,
    step: Step,
    organisationId: OrganisationId,
    organisationName: Type.String(),
    operatorOrganisationId: OrganisationId,
    operatorOrganisationName: Type.String(),
    bureauOrganisationId: nullable(OrganisationId),
    collectionId: nullable(CollectionId),
    systemId: SystemId,
    systemName: Type.String(),
    lines: Type.Array(RequestLine),
    stages: Type.Array(ApprovalStage),
    monthlyPriceYuanE4: YuanE4,
    approvedByRule: Type.Boolean(),
    testEndsAt: nullable(Instant),
    expiresAt: nullable(Instant),
    graceEndsAt: nullable(Instant),
    purgeAt: nullable(Instant),
    fault: nullable(FaultView),
    track: Type.Array(TrackEntry),
    revision: Type.Integer(),
    createdAt: Instant,
    updatedAt: Instant,
  },
  { $id: 'ServiceRequest' },
)
export type ServiceRequest = Static<typeof ServiceRequest>

export const Quote = Type.Object(
  {
    monthlyPriceYuanE4: YuanE4,
    lines: Type.Array(
      Type.Object({ name: Type.String(), monthlyPriceYuanE4: YuanE4, platformId: nullable(PlatformId) }),
    ),
    approvedByRule: Type.Boolean(),
    refusals: Type.Array(FaultView),
  },
  { $id: 'Quote', description: 'Refusals say what would keep the request from being sent now' },
)
export type Quote = Static<typeof Quote>

const params = Type.Object({ requestId: RequestId })
const remark = Type.Object({ remark: Type.Optional(Remark) })
const columns = ['id', 'kind', 'state', 'step', 'systemId', 'monthlyPriceYuanE4', 'createdAt']
const admission = [
  'quota-exceeded',
  'budget-exceeded',
  'capacity-exhausted',
  'no-platform-fits',
  'price-missing',
  'offering-not-released',
  'image-not-offered',
  'resource-changed',
] as const

export const drafting = [
  'price-missing',
  'offering-not-released',
  'image-not-offered',
  'request-too-large',
  'operator-missing',
  'template-not-released',
  'template-part-wrong',
  'template-quantity-wrong',
] as const

export const RequestAsk = Type.Object({
  systemId: SystemId,
  lines: Type.Optional(
    Type.Array(LineAsk, {
      minItems: 1,
      maxItems: 50,
      description: 'What is asked for; left out where a template says it',
    }),
  ),
  template: Type.Optional(TemplateAsk),
  parts: Type.Optional(
    Type.Array(PartChoice, {
      minItems: 1,
      maxItems: 20,
      description: 'Where not as many servers are wanted as the template says',
    }),
  ),
  expiresAt: Type.Optional(Instant),
})

export const requestQuote = operation({
  name: 'request.quote',
  http: 'POST /requests/quote',
  summary: { 'zh-CN': '试算价格', en: 'Price a request before sending it' },
  body: RequestAsk,
  answers: { 200: Quote },
  columns: ['monthlyPriceYuanE4', 'approvedByRule'],
})

export const requestCreate = operation({
  name: 'request.create',
  http: 'POST /requests',
  summary: { 'zh-CN': '起草申请单', en: 'Draft a request' },
  body: RequestAsk,
  answers: { 201: ServiceRequest },
  faults: [...drafting],
  columns,
})

export const requestEdit = operation({
  name: 'request.edit',
  http: 'PUT /requests/{requestId}',
  summary: { 'zh-CN': '修改申请单', en: 'Rewrite a draft or returned request' },
  params,
  body: RequestAsk,
  answers: { 200: ServiceRequest },
  faults: ['step-not-allowed', 'revision-stale', ...drafting],
  columns,
})

export const requestQuery = Type.Object({
  ...Paging,
  state: Type.Optional(RequestState),
  stateIn: Type.Optional(Type.Array(RequestState, { minItems: 1, maxItems: 20, description: 'One of these' })),
  step: Type.Optional(Step),
  overdue: Type.Optional(Type.Boolean({ description: 'Only those that whoever has the move is late with' })),
  kind: Type.Optional(RequestKind),
  systemId: Type.Optional(SystemId),
  resourceId: Type.Optional(ResourceId),
  organisationId: Type.Optional({ ...OrganisationId, description: 'Of it and of all below it' }),
  operatorOrganisationId: Type.Optional(OrganisationId),
  text: Type.Optional(SearchText),
  waitingForMe: Type.Optional(Type.Boolean({ description: 'Only those that I may decide on now' })),
  order: Type.Optional(
    literals(['newest', 'due'], {
      default: 'newest',
      description: '`due`: by the clock of whoever has the move, the soonest first; what has none is left out',
    }),
  ),
})

export const requestList = operation({
  name: 'request.list',
  http: 'GET /requests',
  summary: { 'zh-CN': '列出申请单', en: 'List requests' },
  query: requestQuery,
  answers: { 200: pageOf(ServiceRequest, 'ServiceRequestPage') },
  columns,
})

export const requestGet = operation({
  name: 'request.get',
  http: 'GET /requests/{requestId}',
  summary: { 'zh-CN': '查看申请单', en: 'Show a request' },
  params,
  answers: { 200: ServiceRequest },
  columns,
})

const act = <const N extends string, const Z extends string, const E extends string>(
  verb: N,
  zh: Z,
  en: E,
  faults: readonly import('./fault.ts').FaultCode[] = [],
) =>
  operation({
    name: `request.${verb}` as const,
    http: `POST /requests/{requestId}/${verb}` as const,
    summary: { 'zh-CN': zh, en },
    params,
    body: remark,
    answers: { 200: ServiceRequest },
    faults: ['step-not-allowed', ...faults],
    columns,
  })

export const requestSubmit = operation({
  name: 'request.submit',
  http: 'POST /requests/{requestId}/submit',
  summary: { 'zh-CN': '提交申请', en: 'Send a request' },
  params,
  body: Type.Object({
    remark: Type.Optional(Remark),
    monthlyPriceYuanE4: Type.Optional(
      Type.Integer({ minimum: 0, description: 'What it is thought to cost; sent only if that still holds' }),
    ),
  }),
  answers: { 200: ServiceRequest },
  faults: ['step-not-allowed', ...admission, 'price-changed'],
  columns,
})
export const requestDiscard = act('discard', '作废申请', 'Discard a request that was not approved')
const othersToDecide = 'request-of-another-operator'
export const requestForward = act('forward', '县级转报', 'Send a request on to the city by itself', [
  ...admission,
  othersToDecide,
])
export const requestApprove = act('approve', '审批通过', 'Approve', [
  ...admission,
  'own-request',
  'seat-taken',
  othersToDecide,
])
export const requestAccept = act('accept', '同意接收转交的资源', 'Accept what is to be transferred to us', [
  'resource-not-changeable',
  'transfer-to-lower-grade',
  'platform-grade-too-low',
  ...admission,
  'own-request',
  'seat-taken',
  othersToDecide,
])
export const requestReturn = act('return', '退回修改', 'Return for correction', [
  othersToDecide,
  'own-request',
  'seat-taken',
])
export const requestReject = act('reject', '驳回', 'Reject', [othersToDecide, 'own-request', 'seat-taken'])
export const requestPassTest = act('pass-test', '测试通过', 'Pass the test; the same resources become formal')
export const requestFailTest = act('fail-test', '测试不通过', 'Fail the test; the resources go back')
export const requestRetry = operation({
  name: 'request.retry',
  http: 'POST /requests/{requestId}/retry',
  summary: { 'zh-CN': '重试开通', en: 'Try a failed delivery or reclaim again' },
  params,
  body: Type.Object({
    remark: Type.Optional(Remark),
    lineIds: Type.Optional(Type.Array(LineId, { minItems: 1, maxItems: 50, description: 'Only these' })),
  }),
  answers: { 200: ServiceRequest },
  faults: ['step-not-allowed', ...admission, othersToDecide],
  columns,
})

const lineParams = Type.Object({ requestId: RequestId, lineId: LineId })

export const requestDropLine = operation({
  name: 'request.drop-line',
  http: 'POST /requests/{requestId}/lines/{lineId}/drop',
  summary: { 'zh-CN': '放弃未开通的部分', en: 'Give up what of a line was not delivered' },
  params: lineParams,
  body: remark,
  answers: { 200: ServiceRequest },
  faults: ['step-not-allowed', 'line-stands'],
  columns,
})

export const requestAmendLine = operation({
  name: 'request.amend-line',
  http: 'POST /requests/{requestId}/lines/{lineId}/amend',
  summary: { 'zh-CN': '调整未开通的部分', en: 'Ask otherwise for what of a line was not delivered' },
  params: lineParams,
  body: Type.Object({
    planId: Type.Optional(PlanId),
    imageName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    dataVolumeGib: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_536 })),
    publicAddress: Type.Optional(Type.Boolean()),
    platformId: Type.Optional(nullable(PlatformId)),
  }),
  answers: { 200: ServiceRequest },
  faults: ['step-not-allowed', 'line-stands', ...drafting],
  columns,
})

export const requestReclaim = operation({
  name: 'request.reclaim',
  http: 'POST /requests/{requestId}/reclaim',
  summary: { 'zh-CN': '申请回收', en: 'Ask to reclaim what a request delivered' },
  params,
  body: remark,
  answers: { 201: ServiceRequest },
  faults: ['step-not-allowed', 'resource-busy'],
  columns,
})
