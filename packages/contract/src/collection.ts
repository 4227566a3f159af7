import { type Static, Type } from 'typebox'
import { ApprovalStage } from './approval.ts'
import { CollectionId, LineId, OrganisationId, RequestId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Name, nullable, Paging, pageOf, Remark, YuanE4 } from './primitive.ts'
import { RequestState } from './request.ts'

export const collectionStates = ['draft', 'submitted', 'returned', 'approved', 'rejected', 'discarded'] as const
export const CollectionState = literals(collectionStates)
export type CollectionState = (typeof collectionStates)[number]

const Member = Type.Object({
  requestId: RequestId,
  organisationId: OrganisationId,
  organisationName: Type.String(),
  state: RequestState,
  monthlyPriceYuanE4: YuanE4,
})

export const Collection = Type.Object(
  {
    id: CollectionId,
    name: Name,
    bureauOrganisationId: OrganisationId,
    bureauOrganisationName: Type.String(),
    operatorOrganisationId: OrganisationId,
    operatorOrganisationName: Type.String(),
    state: CollectionState,
    members: Type.Array(Member),
    monthlyPriceYuanE4: YuanE4,
    stages: Type.Array(ApprovalStage),
    dueAt: nullable(Instant),
    revision: Type.Integer(),
    createdAt: Instant,
    updatedAt: Instant,
  },
  {
    $id: 'Collection',
    description:
      'What a county bureau sends to the city as one (扎口); each member keeps its own quota, resources and cost',
  },
)
export type Collection = Static<typeof Collection>

const params = Type.Object({ collectionId: CollectionId })
const remark = Type.Object({ remark: Type.Optional(Remark) })
const columns = ['id', 'name', 'state', 'monthlyPriceYuanE4', 'dueAt']
const Members = Type.Array(RequestId, { minItems: 1, maxItems: 100, uniqueItems: true })

export const collectionList = operation({
  name: 'collection.list',
  http: 'GET /collections',
  summary: { 'zh-CN': '列出汇总申请', en: 'List collections of requests' },
  query: Type.Object({ ...Paging, state: Type.Optional(CollectionState) }),
  answers: { 200: pageOf(Collection, 'CollectionPage') },
  columns,
})

export const collectionGet = operation({
  name: 'collection.get',
  http: 'GET /collections/{collectionId}',
  summary: { 'zh-CN': '查看汇总申请', en: 'Show a collection' },
  params,
  answers: { 200: Collection },
  columns,
})

export const collectionCreate = operation({
  name: 'collection.create',
  http: 'POST /collections',
  summary: { 'zh-CN': '汇总本县申请', en: 'Merge the county’s requests into one' },
  body: Type.Object({ name: Name, requestIds: Members }),
  answers: { 201: Collection },
  faults: ['request-not-collectable', 'request-too-large'],
  columns,
})

export const collectionEdit = operation({
  name: 'collection.edit',
  http: 'PUT /collections/{collectionId}',
  summary: {
    'zh-CN': '修改汇总申请',
    en: 'Change what a collection holds; what is left out waits at the bureau again',
  },
  params,
  body: Type.Object({ name: Name, requestIds: Members }),
  answers: { 200: Collection },
  faults: ['step-not-allowed', 'revision-stale', 'request-not-collectable', 'request-too-large'],
  columns,
})

const act = <const N extends string>(
  verb: N,
  zh: string,
  en: string,
  faults: readonly import('./fault.ts').FaultCode[] = [],
) =>
  operation({
    name: `collection.${verb}` as const,
    http: `POST /collections/{collectionId}/${verb}` as const,
    summary: { 'zh-CN': zh, en },
    params,
    body: remark,
    answers: { 200: Collection },
    faults: ['step-not-allowed', ...faults],
    columns,
  })

export const collectionSubmit = act('submit', '提交汇总申请', 'Send a collection', ['operator-missing'])
export const collectionDiscard = act(
  'discard',
  '解散汇总申请',
  'Dissolve a collection; its requests wait at the bureau again',
)
const deciding = ['request-of-another-operator', 'own-request', 'seat-taken'] as const
export const collectionReturn = act('return', '退回汇总申请', 'Return a collection to its bureau', deciding)
export const collectionReject = act('reject', '驳回汇总申请', 'Reject a collection with all its requests', deciding)

export const collectionApprove = operation({
  name: 'collection.approve',
  http: 'POST /collections/{collectionId}/approve',
  summary: { 'zh-CN': '审批汇总申请', en: 'Approve a collection, wholly or but for some lines' },
  params,
  body: Type.Object({
    remark: Type.Optional(Remark),
    exceptLineIds: Type.Optional(
      Type.Array(LineId, {
        minItems: 1,
        maxItems: 500,
        description: 'Refused; a request all of whose lines are is rejected',
      }),
    ),
  }),
  answers: { 200: Collection },
  faults: [
    'step-not-allowed',
    ...deciding,
    'member-refused',
    'quota-exceeded',
    'budget-exceeded',
    'capacity-exhausted',
    'no-platform-fits',
    'price-missing',
    'offering-not-released',
    'image-not-offered',
  ],
  columns,
})
