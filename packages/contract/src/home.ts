import { type Static, Type } from 'typebox'
import { Budget } from './budget.ts'
import { OperationId, PlatformId, RequestId } from './id.ts'
import { Platform } from './node.ts'
import { operation } from './operation.ts'
import { Instant, literals, Month, nullable, YuanE4 } from './primitive.ts'
import { Quota } from './quota.ts'
import { Role } from './role.ts'

/** What waits for somebody, in the order in which it is shown. */
export const queueKinds = [
  'approval',
  'collection',
  'test',
  'returned',
  'failed',
  'demand-plan',
  'statement',
  'advice',
  'pending-grant',
  'due-review',
  'emergency-access',
  'identity-provider',
  'ending-token',
  'finding',
] as const
export type QueueKind = (typeof queueKinds)[number]

const counted = {
  count: Type.Integer({ description: 'A hundred at most' }),
  more: Type.Boolean({ description: 'There are more than were counted' }),
}

export const Home = Type.Object(
  {
    queues: Type.Array(
      Type.Object({
        kind: literals(queueKinds),
        ...counted,
        items: Type.Array(
          Type.Object({
            id: Type.String(),
            name: Type.String(),
            organisationName: nullable(Type.String()),
            state: Type.String(),
            dueAt: nullable(Instant),
            role: Type.Optional({ ...Role, description: 'Of what is about a grant' }),
          }),
          { maxItems: 5, description: 'The soonest first' },
        ),
      }),
      { description: 'What waits for me; a queue that is empty is left out' },
    ),
    quotas: Type.Array(Quota, { description: 'Of my own organisation' }),
    money: nullable(
      Type.Object({
        month: Month,
        soFarYuanE4: nullable({ ...YuanE4, description: 'Null while a price is missing' }),
        lastMonthYuanE4: nullable(YuanE4),
        budgets: Type.Array(Budget),
      }),
    ),
    expiring: Type.Object({
      ...counted,
      items: Type.Array(
        Type.Object({ id: RequestId, name: Type.String(), organisationName: Type.String(), expiresAt: Instant }),
        { maxItems: 5 },
      ),
    }),
    unread: Type.Integer(),
    platformsAway: Type.Array(
      Type.Object({
        id: PlatformId,
        name: Type.String(),
        state: Platform.properties.state,
        probedAt: nullable(Instant),
      }),
      { description: 'Platforms of mine that do not answer' },
    ),
    residues: Type.Object({
      ...counted,
      items: Type.Array(Type.Object({ id: OperationId, saga: Type.String(), endedAt: nullable(Instant) }), {
        maxItems: 5,
      }),
    }),
  },
  { $id: 'Home' },
)
export type Home = Static<typeof Home>

export const homeGet = operation({
  name: 'home.get',
  http: 'GET /home',
  summary: { 'zh-CN': '查看我的首页', en: 'Show what waits for me, what I hold and what it costs' },
  answers: { 200: Home },
  access: 'self',
  columns: ['queues', 'unread'],
})
