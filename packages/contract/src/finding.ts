import { type Static, Type } from 'typebox'
import { FindingId, OrganisationId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Name, nullable, Paging, pageOf, Remark } from './primitive.ts'

export const findingStates = ['raised', 'ordered', 'answered', 'closed'] as const
export type FindingState = (typeof findingStates)[number]

export const findingSeverities = ['low', 'medium', 'high', 'critical'] as const
export type FindingSeverity = (typeof findingSeverities)[number]

const Words = Type.String({ minLength: 1, maxLength: 4000, pattern: '\\S' })
const Day = Type.String({ format: 'date', description: 'a day, YYYY-MM-DD' })

export const Finding = Type.Object(
  {
    id: FindingId,
    organisationId: { ...OrganisationId, description: 'Whose thing it is about' },
    providerOrganisationId: nullable({ ...OrganisationId, description: 'Who supplies that thing' }),
    subject: Type.String({ description: 'Id of an organisation, a system, a resource or a platform' }),
    title: Name,
    detail: Type.String(),
    severity: literals(findingSeverities),
    state: literals(findingStates),
    dueOn: nullable({ ...Day, description: 'Until when it is to be put right' }),
    remark: Type.String({ description: 'What was said when it was ordered or closed the last time' }),
    answer: nullable(Type.String()),
    raisedBy: Type.String(),
    raisedAt: Instant,
    answeredAt: nullable(Instant),
    closedAt: nullable(Instant),
  },
  { $id: 'Finding' },
)
export type Finding = Static<typeof Finding>

const params = Type.Object({ findingId: FindingId })
const columns = ['id', 'severity', 'state', 'subject', 'title', 'dueOn']

export const findingList = operation({
  name: 'finding.list',
  http: 'GET /findings',
  summary: { 'zh-CN': '列出安全问题', en: 'List security findings' },
  query: Type.Object({
    ...Paging,
    state: Type.Optional(literals(findingStates)),
    severity: Type.Optional(literals(findingSeverities)),
    organisationId: Type.Optional(OrganisationId),
  }),
  answers: { 200: pageOf(Finding, 'FindingPage') },
  columns,
})

export const findingGet = operation({
  name: 'finding.get',
  http: 'GET /findings/{findingId}',
  summary: { 'zh-CN': '查看安全问题', en: 'Show a security finding' },
  params,
  answers: { 200: Finding },
  columns,
})

export const findingRaise = operation({
  name: 'finding.raise',
  http: 'POST /findings',
  summary: { 'zh-CN': '提出安全问题', en: 'Raise a security finding' },
  body: Type.Object({
    subject: Type.String({ maxLength: 80, description: 'Id of an organisation, a system, a resource or a platform' }),
    title: Name,
    detail: Words,
    severity: literals(findingSeverities),
  }),
  answers: { 201: Finding },
  columns,
})

export const findingOrder = operation({
  name: 'finding.order',
  http: 'POST /findings/{findingId}/order',
  summary: { 'zh-CN': '责令限期整改', en: 'Order that a finding is put right until a day' },
  params,
  body: Type.Object({ dueOn: Day, remark: Type.Optional(Remark) }),
  answers: { 200: Finding },
  faults: ['finding-step-not-allowed', 'finding-due-in-the-past'],
  columns,
})

export const findingAnswer = operation({
  name: 'finding.answer',
  http: 'POST /findings/{findingId}/answer',
  summary: { 'zh-CN': '反馈整改情况', en: 'Answer what was done about a finding' },
  params,
  body: Type.Object({ answer: Words }),
  answers: { 200: Finding },
  faults: ['finding-step-not-allowed'],
  columns,
})

export const findingClose = operation({
  name: 'finding.close',
  http: 'POST /findings/{findingId}/close',
  summary: { 'zh-CN': '办结安全问题', en: 'Close a finding' },
  params,
  body: Type.Object({ remark: Type.Optional(Remark) }),
  answers: { 200: Finding },
  faults: ['finding-step-not-allowed'],
  columns,
})
