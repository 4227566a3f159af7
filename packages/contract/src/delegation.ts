import { type Static, Type } from 'typebox'
import { DelegationId, PersonId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, nullable, Remark } from './primitive.ts'

export const Delegation = Type.Object(
  {
    id: DelegationId,
    personId: PersonId,
    personLogin: Type.String(),
    delegateId: PersonId,
    delegateLogin: Type.String(),
    startsAt: Instant,
    endsAt: Instant,
    endedAt: nullable(Instant),
    reason: Remark,
  },
  { $id: 'Delegation', description: 'While it lasts the delegate decides with the grants of the person' },
)
export type Delegation = Static<typeof Delegation>

const columns = ['id', 'personLogin', 'delegateLogin', 'startsAt', 'endsAt', 'endedAt']

export const delegationList = operation({
  name: 'delegation.list',
  http: 'GET /delegations',
  summary: { 'zh-CN': '列出本人相关的委托', en: 'List what I delegated and what was delegated to me' },
  answers: { 200: Type.Object({ items: Type.Array(Delegation) }, { $id: 'DelegationList' }) },
  access: 'self',
  columns,
})

export const delegationCreate = operation({
  name: 'delegation.create',
  http: 'POST /delegations',
  summary: { 'zh-CN': '委托同事代为审批', en: 'Let a colleague decide while I am away' },
  body: Type.Object({
    delegateLogin: Type.String({ minLength: 1, maxLength: 63, description: 'A colleague of the same organisation' }),
    startsAt: Type.Optional(Instant),
    endsAt: Instant,
    reason: Type.Optional(Remark),
  }),
  answers: { 201: Delegation },
  faults: ['delegate-unsuitable', 'delegation-too-long', 'delegation-too-many'],
  access: 'self',
  columns,
})

export const delegationEnd = operation({
  name: 'delegation.end',
  http: 'POST /delegations/{delegationId}/end',
  summary: { 'zh-CN': '结束委托', en: 'End a delegation' },
  params: Type.Object({ delegationId: DelegationId }),
  answers: { 200: Delegation },
  access: 'self',
  columns,
})
