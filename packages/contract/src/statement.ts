import { type Static, Type } from 'typebox'
import { Phase } from './catalogue.ts'
import { SheetFormat, sheetAnswer } from './file.ts'
import { ComponentId, OrganisationId, PlatformId, StatementId, SystemId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Month, nullable, Paging, pageOf, Remark, YuanE4 } from './primitive.ts'

export const statementStates = [
  'draft',
  'disputed',
  'confirmed',
  'operator-signed',
  'authority-signed',
  'signed',
] as const
export type StatementState = (typeof statementStates)[number]

const head = {
  id: StatementId,
  providerOrganisationId: OrganisationId,
  providerName: Type.String(),
  month: Month,
  state: literals(statementStates),
  listAmountYuanE4: { ...YuanE4, description: 'As departments were charged' },
  amountYuanE4: { ...YuanE4, description: 'At the contract’s prices' },
  perMille: Type.Integer({ description: 'Discount of the contract in that month, in 1/1000 of the list price' }),
  draftedAt: Instant,
}

export const StatementEntry = Type.Object(head, { $id: 'StatementEntry' })
export type StatementEntry = Static<typeof StatementEntry>

export const StatementLine = Type.Object({
  organisationId: OrganisationId,
  organisationName: Type.String(),
  systemId: nullable(SystemId),
  componentId: nullable(ComponentId),
  componentName: Type.String(),
  platformId: PlatformId,
  platformName: Type.String(),
  phase: nullable({ ...Phase, description: 'Null for the corrections of earlier months' }),
  listAmountYuanE4: YuanE4,
  amountYuanE4: YuanE4,
})

export const Statement = Type.Object(
  {
    ...head,
    lines: Type.Array(StatementLine),
    moves: Type.Array(Type.Object({ event: Type.String(), by: Type.String(), remark: Remark, at: Instant })),
  },
  { $id: 'Statement', description: 'What was used of a provider in a month: the closed bills, by whom and on what' },
)
export type Statement = Static<typeof Statement>

const params = Type.Object({ statementId: StatementId })
const columns = ['id', 'providerOrganisationId', 'month', 'state', 'listAmountYuanE4', 'perMille', 'amountYuanE4']

export const statementList = operation({
  name: 'statement.list',
  http: 'GET /statements',
  summary: { 'zh-CN': '列出云服务商结算单', en: 'List statements of providers' },
  query: Type.Object({ ...Paging, month: Type.Optional(Month) }),
  answers: { 200: pageOf(StatementEntry, 'StatementPage') },
  columns,
})

export const statementGet = operation({
  name: 'statement.get',
  http: 'GET /statements/{statementId}',
  summary: { 'zh-CN': '查看结算单', en: 'Show a statement' },
  params,
  answers: { 200: Statement },
  columns,
})

const move = <const V extends string>(verb: V, chinese: string, english: string) =>
  operation({
    name: `statement.${verb}`,
    http: `POST /statements/{statementId}/${verb}`,
    summary: { 'zh-CN': chinese, en: english },
    params,
    body: Type.Object({ remark: Type.Optional(Remark) }),
    answers: { 200: Statement },
    faults: ['statement-step-not-allowed', 'party-signed-already'],
    columns,
  })

export const statementConfirm = move('confirm', '云服务商确认结算单', 'Confirm a statement as the provider')
export const statementDispute = move('dispute', '云服务商提出异议', 'Dispute a statement as the provider')
export const statementAnswer = move(
  'answer',
  '答复异议',
  'Answer a dispute; what was wrong is corrected in the open month',
)
/** A signature binds: whoever gives it has just proven who they are. */
const sign = <const V extends string>(verb: V, chinese: string, english: string) =>
  operation({ ...move(verb, chinese, english), stepUp: true })

export const statementSign = sign('sign', '运行机构签署结算单', 'Sign a statement as the operator')
export const statementCountersign = sign('countersign', '主管部门签署结算单', 'Sign a statement as the authority')

export const statementExport = operation({
  name: 'statement.export',
  http: 'GET /statements/{statementId}/export',
  summary: { 'zh-CN': '导出结算单', en: 'Export a statement' },
  params,
  query: Type.Object({ format: Type.Optional(SheetFormat) }),
  answers: { 200: null },
  file: sheetAnswer,
  faults: ['export-too-large'],
})

export const Discount = Type.Object(
  {
    validFrom: { ...Month, description: 'Until the next one begins' },
    perMille: Type.Integer({ minimum: 0, maximum: 1000 }),
  },
  { $id: 'Discount' },
)
export type Discount = Static<typeof Discount>

const ofProvider = Type.Object({ organisationId: OrganisationId })

export const discountList = operation({
  name: 'discount.list',
  http: 'GET /providers/{organisationId}/discounts',
  summary: { 'zh-CN': '查看合同折扣', en: 'List the discounts of a provider’s contract' },
  params: ofProvider,
  answers: { 200: Type.Object({ items: Type.Array(Discount) }, { $id: 'DiscountList' }) },
  columns: ['validFrom', 'perMille'],
})

export const discountSet = operation({
  name: 'discount.set',
  http: 'PUT /providers/{organisationId}/discounts',
  summary: { 'zh-CN': '设置合同折扣', en: 'Set the discount of a provider’s contract from a month on' },
  params: ofProvider,
  body: Discount,
  answers: { 200: Discount },
  faults: ['organisation-not-provider', 'month-closed'],
  columns: ['validFrom', 'perMille'],
})
