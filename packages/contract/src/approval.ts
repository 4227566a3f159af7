import { type Static, Type } from 'typebox'
import { OfferingId, OrganisationId, RouteId } from './id.ts'
import { operation } from './operation.ts'
import { Code, Instant, literals, Name, nullable, Paging, pageOf } from './primitive.ts'
import { NetworkZone } from './system.ts'

/** What a route can be about. */
export const routeSubjects = ['open', 'change', 'reclaim', 'collection'] as const

export const RouteConditions = Type.Object(
  {
    subjects: Type.Optional(Type.Array(literals(routeSubjects), { minItems: 1, maxItems: 4 })),
    offeringIds: Type.Optional(
      Type.Array(OfferingId, { minItems: 1, maxItems: 100, description: 'One of them is asked for' }),
    ),
    zones: Type.Optional(Type.Array(NetworkZone, { minItems: 1, maxItems: 3 })),
    securityGradeFrom: Type.Optional(Type.Integer({ minimum: 1, maximum: 4, description: 'GB/T 22240 grade' })),
    vcpusFrom: Type.Optional(Type.Integer({ minimum: 0, description: 'cores of the whole request' })),
    vcpusUpTo: Type.Optional(Type.Integer({ minimum: 0, description: 'cores of the whole request' })),
    monthlyPriceYuanE4From: Type.Optional(Type.Integer({ minimum: 0, description: '1/10000 yuan a month' })),
    quotaLeftPercentBelow: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, description: 'of the scarcest measure, after this request' }),
    ),
    standard: Type.Optional(Type.Boolean({ description: 'Small enough for every offering it touches, within quota' })),
  },
  { $id: 'RouteConditions', additionalProperties: false, description: 'All that are given must hold' },
)
export type RouteConditions = Static<typeof RouteConditions>

/** Who decides: an office by its part, or one organisation by its id. */
export const partyNames = ['operator', 'upper-operator', 'authority'] as const
export const Party = Type.String({
  pattern: `^(${partyNames.join('|')}|org_[0-7][0-9a-hjkmnp-tv-z]{25})$`,
  description:
    'operator (of the request), upper-operator (of the level above), authority (of its level), or an organisation',
})

export const RouteStage = Type.Object(
  {
    name: Name,
    parties: Type.Array(Party, { minItems: 1, maxItems: 10, description: 'Named twice: two people of it' }),
    needs: literals(['any', 'all'], { description: 'all: countersigned' }),
    limitMinutes: Type.Integer({ minimum: 1, maximum: 100_000, description: 'minutes of office hours' }),
    escalateTo: nullable(Party),
  },
  { $id: 'RouteStage' },
)
export type RouteStage = Static<typeof RouteStage>

const settable = {
  name: Name,
  position: Type.Integer({ minimum: 0, maximum: 10_000, description: 'The lowest that fits is taken' }),
  conditions: RouteConditions,
}
/** Without stages it is approved by rule, within quota. */
const stages = Type.Optional(Type.Array(RouteStage, { minItems: 1, maxItems: 10, description: 'None: by rule' }))

export const ApprovalRoute = Type.Object(
  {
    id: RouteId,
    code: Code,
    operatorOrganisationId: nullable(OrganisationId),
    ...settable,
    stages: Type.Array(RouteStage),
    withdrawnAt: nullable(Instant),
    revision: Type.Integer(),
  },
  { $id: 'ApprovalRoute', description: 'Without an operator it holds for the whole province' },
)
export type ApprovalRoute = Static<typeof ApprovalRoute>

const Seat = Type.Object({
  party: Type.String(),
  organisationId: OrganisationId,
  by: nullable(Type.String({ description: 'Log-in of who decided' })),
  onBehalfOf: nullable(Type.String({ description: 'Log-in of who had delegated it' })),
  verdict: nullable(literals(['agreed', 'returned', 'rejected'])),
  remark: Type.String(),
  decidedAt: nullable(Instant),
})

export const ApprovalStage = Type.Object(
  {
    round: Type.Integer({ description: 'Rises with each sending' }),
    name: Name,
    needs: literals(['any', 'all']),
    state: literals(['waiting', 'open', 'agreed', 'ended']),
    seats: Type.Array(Seat),
    dueAt: nullable(Instant),
    escalatedAt: nullable(Instant),
    endedAt: nullable(Instant),
  },
  { $id: 'ApprovalStage' },
)
export type ApprovalStage = Static<typeof ApprovalStage>

const params = Type.Object({ routeId: RouteId })
const columns = ['id', 'code', 'name', 'position', 'operatorOrganisationId']

export const routeList = operation({
  name: 'approval-route.list',
  http: 'GET /approval-routes',
  summary: { 'zh-CN': '列出审批路线', en: 'List routes of approval' },
  query: Type.Object({ ...Paging }),
  answers: { 200: pageOf(ApprovalRoute, 'ApprovalRoutePage') },
  columns,
})

export const routeCreate = operation({
  name: 'approval-route.create',
  http: 'POST /approval-routes',
  summary: { 'zh-CN': '新建审批路线', en: 'Create a route of approval' },
  body: Type.Object({ code: Code, operatorOrganisationId: nullable(OrganisationId), ...settable, stages }),
  answers: { 201: ApprovalRoute },
  faults: ['code-taken', 'party-missing'],
  columns,
})

export const routeEdit = operation({
  name: 'approval-route.edit',
  http: 'PUT /approval-routes/{routeId}',
  summary: { 'zh-CN': '修改审批路线', en: 'Edit a route of approval; what is under way keeps its own' },
  params,
  body: Type.Object({ ...settable, stages }),
  answers: { 200: ApprovalRoute },
  faults: ['revision-stale', 'party-missing'],
  columns,
})

export const routeWithdraw = operation({
  name: 'approval-route.withdraw',
  http: 'POST /approval-routes/{routeId}/withdraw',
  summary: { 'zh-CN': '停用审批路线', en: 'Withdraw a route of approval' },
  params,
  answers: { 200: ApprovalRoute },
  columns,
})

export const WorkingDay = Type.Object(
  {
    day: Type.String({ format: 'date', pattern: '^20[0-9]{2}-[0-9]{2}-[0-9]{2}$', examples: ['2027-02-06'] }),
    working: Type.Boolean(),
    source: Type.String({ maxLength: 200, description: 'The notice that says so' }),
  },
  { $id: 'WorkingDay' },
)
export type WorkingDay = Static<typeof WorkingDay>

export const workingDayList = operation({
  name: 'working-day.list',
  http: 'GET /working-days',
  summary: { 'zh-CN': '列出节假日与调休', en: 'List the days that differ from the week' },
  query: Type.Object({ year: Type.Integer({ minimum: 2020, maximum: 2099 }) }),
  answers: { 200: Type.Object({ items: Type.Array(WorkingDay) }, { $id: 'WorkingDayList' }) },
  columns: ['day', 'working', 'source'],
})

export const workingDaySet = operation({
  name: 'working-day.set',
  http: 'PUT /working-days/{day}',
  summary: { 'zh-CN': '设置节假日或调休', en: 'Say whether offices work on a day' },
  params: Type.Object({ day: WorkingDay.properties.day }),
  body: Type.Object({ working: Type.Boolean(), source: WorkingDay.properties.source }),
  answers: { 200: WorkingDay },
  columns: ['day', 'working', 'source'],
})
