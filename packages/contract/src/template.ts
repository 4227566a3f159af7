import { type Static, Type } from 'typebox'
import { OrganisationId, PlanId, PlatformId, RequestId, TemplateId } from './id.ts'
import { operation } from './operation.ts'
import { FaultView } from './operation-record.ts'
import { Code, Instant, literals, Name, nullable, Paging, pageOf, ShortName, YuanE4 } from './primitive.ts'

/** Servers of one part: none where a part may be left out. */
const Count = Type.Integer({ minimum: 0, maximum: 100 })

const partMembers = {
  code: Code,
  name: Name,
  planId: PlanId,
  imageName: nullable(Type.String({ minLength: 1, maxLength: 200 })),
  quantity: Type.Integer({ minimum: 0, maximum: 100, description: 'Where whoever orders says nothing' }),
  minimumQuantity: Count,
  maximumQuantity: Count,
  dataVolumeGib: Type.Integer({ minimum: 0, maximum: 65_536, description: 'Of each of its servers' }),
  publicAddress: Type.Boolean({ description: 'For each of its servers' }),
}

/** What whoever makes a template says of a part; what is left out is one server, no volume, no address. */
export const TemplatePartAsk = Type.Object(
  {
    code: partMembers.code,
    name: partMembers.name,
    planId: partMembers.planId,
    imageName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    quantity: Type.Optional(Count),
    minimumQuantity: Type.Optional(Count),
    maximumQuantity: Type.Optional(Count),
    dataVolumeGib: Type.Optional(partMembers.dataVolumeGib),
    publicAddress: Type.Optional(partMembers.publicAddress),
  },
  { $id: 'TemplatePartAsk' },
)
export type TemplatePartAsk = Static<typeof TemplatePartAsk>

export const TemplatePart = Type.Object(
  {
    ...partMembers,
    monthlyPriceYuanE4: nullable(YuanE4),
  },
  { $id: 'TemplatePart', description: 'A null image is the first one offered; the price is of one server' },
)

export const templateStates = ['draft', 'released', 'withdrawn'] as const
export const TemplateState = literals(templateStates)
export type TemplateState = (typeof templateStates)[number]

export const Template = Type.Object(
  {
    id: TemplateId,
    organisationId: nullable(OrganisationId),
    name: Name,
    description: Type.String(),
    state: TemplateState,
    parts: Type.Array(TemplatePart),
    monthlyPriceYuanE4: nullable(YuanE4),
    refusals: Type.Array(FaultView),
    revision: Type.Integer(),
    updatedAt: Instant,
  },
  {
    $id: 'Template',
    description:
      'Without an organisation it is the catalogue’s, for everybody. Refusals say what keeps it from being ordered now',
  },
)
export type Template = Static<typeof Template>

/** Which template a line of a request was made of, as it was called then. */
export const TemplateOrigin = Type.Object(
  { templateId: TemplateId, name: Type.String(), revision: Type.Integer(), part: Type.String() },
  { $id: 'TemplateOrigin' },
)

/** An order by a template: each part becomes a line of the request. The name stands before the parts' codes in theirs. */
export const TemplateAsk = Type.Object(
  {
    templateId: TemplateId,
    name: Type.Optional(ShortName),
    platformId: Type.Optional(PlatformId),
  },
  { $id: 'TemplateAsk' },
)
export type TemplateAsk = Static<typeof TemplateAsk>

/** Parts of which another number of servers is wanted than the template says. */
export const PartChoice = Type.Object({ code: Code, quantity: Count }, { $id: 'PartChoice' })
export type PartChoice = Static<typeof PartChoice>

const params = Type.Object({ templateId: TemplateId })
const columns = ['id', 'name', 'state', 'monthlyPriceYuanE4', 'organisationId', 'updatedAt']
const Description = Type.String({ maxLength: 2000 })
const Parts = Type.Array(TemplatePartAsk, { minItems: 1, maxItems: 20 })
const wrongParts = ['template-part-wrong', 'template-quantity-wrong', 'request-too-large'] as const
const stale = ['revision-stale'] as const

export const templateList = operation({
  name: 'template.list',
  http: 'GET /templates',
  summary: { 'zh-CN': '列出应用模板', en: 'List templates of applications' },
  query: Type.Object({ ...Paging, state: Type.Optional(TemplateState) }),
  answers: { 200: pageOf(Template, 'TemplatePage') },
  columns,
})

export const templateGet = operation({
  name: 'template.get',
  http: 'GET /templates/{templateId}',
  summary: { 'zh-CN': '查看应用模板', en: 'Show a template' },
  params,
  answers: { 200: Template },
  columns,
})

/** Without an organisation it is the catalogue's if its maker reaches the province, else their own organisation's. */
export const templateCreate = operation({
  name: 'template.create',
  http: 'POST /templates',
  summary: { 'zh-CN': '新建应用模板', en: 'Make a template of a whole application' },
  body: Type.Object({
    organisationId: Type.Optional(OrganisationId),
    name: Name,
    description: Type.Optional(Description),
    parts: Parts,
  }),
  answers: { 201: Template },
  faults: ['organisation-ended', ...wrongParts],
  columns,
})

export const templateEdit = operation({
  name: 'template.edit',
  http: 'PATCH /templates/{templateId}',
  summary: { 'zh-CN': '修改应用模板', en: 'Edit a template; what was drafted by it stays as it is' },
  params,
  body: Type.Object({
    name: Type.Optional(Name),
    description: Type.Optional(Description),
    parts: Type.Optional(Parts),
  }),
  answers: { 200: Template },
  faults: [...stale, ...wrongParts],
  columns,
})

export const templateRelease = operation({
  name: 'template.release',
  http: 'POST /templates/{templateId}/release',
  summary: { 'zh-CN': '发布应用模板', en: 'Release a template' },
  params,
  answers: { 200: Template },
  faults: ['template-step-not-allowed', 'offering-not-released', 'image-not-offered', 'price-missing'],
  columns,
})

export const templateWithdraw = operation({
  name: 'template.withdraw',
  http: 'POST /templates/{templateId}/withdraw',
  summary: { 'zh-CN': '下架应用模板', en: 'Withdraw a template; what stands goes on as it is' },
  params,
  answers: { 200: Template },
  faults: ['template-step-not-allowed'],
  columns,
})

export const templateCopy = operation({
  name: 'template.copy',
  http: 'POST /templates/copy',
  summary: { 'zh-CN': '由申请单生成应用模板', en: 'Make a template of what a request asked for' },
  body: Type.Object({ requestId: RequestId, name: Name, description: Type.Optional(Description) }),
  answers: { 201: Template },
  faults: ['step-not-allowed', 'organisation-ended', ...wrongParts],
  columns,
})
