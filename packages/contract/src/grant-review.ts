import { type Static, Type } from 'typebox'
import { Grant } from './grant.ts'
import { GrantId, PersonId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, nullable, Paging, pageOf, Remark, SearchText } from './primitive.ts'
import { Role } from './role.ts'

export const GrantReview = Type.Object(
  {
    id: GrantId,
    grant: Grant,
    login: Type.String(),
    name: Type.String(),
    reviewedBy: nullable(Type.String({ description: 'Log-in of whoever looked it over the last time' })),
    dueAt: { ...Instant, description: 'Half a year after it was given or last looked over' },
    due: Type.Boolean(),
    unused: Type.Boolean({ description: 'Not used for half a year; grants for emergencies are never marked so' }),
  },
  { $id: 'GrantReview' },
)
export type GrantReview = Static<typeof GrantReview>

const columns = ['id', 'login', 'dueAt', 'due', 'unused']

export const grantReviewList = operation({
  name: 'grant-review.list',
  http: 'GET /grant-reviews',
  summary: {
    'zh-CN': '列出需要复核的授权，最久未使用的在前',
    en: 'List grants to be looked over, the longest unused first',
  },
  query: Type.Object({
    ...Paging,
    due: Type.Optional(Type.Boolean({ description: 'Only those that are due, or only the others' })),
    unused: Type.Optional(Type.Boolean({ description: 'Only those not used for half a year, or only the others' })),
    emergency: Type.Optional(Type.Boolean({ description: 'Only those for emergencies, or only the others' })),
    personId: Type.Optional(PersonId),
    text: Type.Optional({ ...SearchText, description: 'In the name or the log-in of its person' }),
    role: Type.Optional(Role),
  }),
  answers: { 200: pageOf(GrantReview, 'GrantReviewPage') },
  columns,
})

export const grantReviewKeep = operation({
  name: 'grant-review.keep',
  http: 'POST /grant-reviews/{grantId}/keep',
  summary: { 'zh-CN': '复核后保留授权', en: 'Keep a grant after looking it over; revoke it otherwise' },
  params: Type.Object({ grantId: GrantId }),
  body: Type.Object({ remark: Type.Optional(Remark) }),
  answers: { 200: GrantReview },
  faults: ['grant-to-oneself', 'grant-ended'],
  stepUp: true,
  columns,
})
