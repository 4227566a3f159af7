import { type Static, Type } from 'typebox'
import { Measure } from './catalogue.ts'
import { DemandPlanId, OfferingId, OrganisationId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, Paging, pageOf, Remark } from './primitive.ts'

export const demandPlanStates = ['draft', 'submitted', 'returned', 'accepted'] as const
export type DemandPlanState = (typeof demandPlanStates)[number]

export const DemandLine = Type.Object({
  quarter: Type.Integer({ minimum: 1, maximum: 4, description: 'From whose beginning it is needed' }),
  offeringId: OfferingId,
  measure: Measure,
  quantity: Type.Integer({ minimum: 1, maximum: 100_000_000, description: 'More than is held before that quarter' }),
})
export type DemandLine = Static<typeof DemandLine>

const Year = Type.Integer({ minimum: 2020, maximum: 2099 })

export const DemandPlan = Type.Object(
  {
    id: DemandPlanId,
    organisationId: OrganisationId,
    year: Year,
    state: literals(demandPlanStates),
    remark: Remark,
    lines: Type.Array(DemandLine),
    updatedAt: Instant,
  },
  { $id: 'DemandPlan' },
)
export type DemandPlan = Static<typeof DemandPlan>

const columns = ['id', 'organisationId', 'year', 'state', 'updatedAt']
const params = Type.Object({ demandPlanId: DemandPlanId })

export const demandPlanSet = operation({
  name: 'demand-plan.set',
  http: 'PUT /organisations/{organisationId}/demand-plans',
  summary: { 'zh-CN': '编制年度需求计划', en: 'Write the demand plan of a year' },
  params: Type.Object({ organisationId: OrganisationId }),
  body: Type.Object({ year: Year, lines: Type.Array(DemandLine, { minItems: 1, maxItems: 500 }) }),
  answers: { 200: DemandPlan },
  faults: ['demand-plan-step-not-allowed'],
  columns,
})

export const demandPlanList = operation({
  name: 'demand-plan.list',
  http: 'GET /demand-plans',
  summary: { 'zh-CN': '列出需求计划', en: 'List demand plans' },
  query: Type.Object({ ...Paging, year: Type.Optional(Year) }),
  answers: { 200: pageOf(DemandPlan, 'DemandPlanPage') },
  columns,
})

export const demandPlanGet = operation({
  name: 'demand-plan.get',
  http: 'GET /demand-plans/{demandPlanId}',
  summary: { 'zh-CN': '查看需求计划', en: 'Show a demand plan' },
  params,
  answers: { 200: DemandPlan },
  columns,
})

const step = <const V extends string>(verb: V, chinese: string, english: string) =>
  operation({
    name: `demand-plan.${verb}`,
    http: `POST /demand-plans/{demandPlanId}/${verb}`,
    summary: { 'zh-CN': chinese, en: english },
    params,
    body: Type.Object({ remark: Type.Optional(Remark) }),
    answers: { 200: DemandPlan },
    faults: ['demand-plan-step-not-allowed'],
    columns,
  })

export const demandPlanSubmit = step('submit', '提交需求计划', 'Send a demand plan to the operator')
export const demandPlanAccept = step('accept', '采纳需求计划', 'Accept a demand plan')
export const demandPlanReturn = step('return', '退回需求计划', 'Return a demand plan to be changed')

export const DemandComparison = Type.Object(
  {
    divisionCode: Type.String(),
    architecture: Type.String(),
    measure: Measure,
    sellable: nullable(Type.Integer({ description: 'Null where capacity of that measure is not known' })),
    promised: nullable(Type.Integer()),
    free: nullable(Type.Integer()),
    demand: Type.Array(Type.Integer(), { description: 'Needed by the end of each quarter, since the year began' }),
    shortage: Type.Integer({ description: 'What lacks at the end of the year' }),
    shortFromQuarter: nullable(Type.Integer()),
  },
  { $id: 'DemandComparison' },
)
export type DemandComparison = Static<typeof DemandComparison>

export const demandPlanCompare = operation({
  name: 'demand-plan.compare',
  http: 'GET /demand-plans/compare',
  summary: { 'zh-CN': '比较需求计划与容量', en: 'Compare what is planned with the capacity there is' },
  query: Type.Object({
    year: Year,
    submitted: Type.Optional(Type.Boolean({ description: 'Count plans that wait for a decision, too' })),
  }),
  answers: { 200: Type.Object({ items: Type.Array(DemandComparison) }, { $id: 'DemandComparisonList' }) },
  columns: [
    'divisionCode',
    'architecture',
    'measure',
    'sellable',
    'promised',
    'free',
    'demand',
    'shortage',
    'shortFromQuarter',
  ],
})
