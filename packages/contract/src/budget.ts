import { type Static, Type } from 'typebox'
import { BudgetId, ComponentId, OrganisationId, SystemId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, nullable, YuanE4 } from './primitive.ts'

/** A calendar year of Asia/Shanghai, `2026`, or a month of one, `2026-11`. */
export const Period = Type.String({ pattern: '^20[0-9]{2}(-(0[1-9]|1[0-2]))?$', examples: ['2026', '2026-11'] })

const amount = { minimum: 0, maximum: 10 ** 14 }

export const Budget = Type.Object(
  {
    id: BudgetId,
    organisationId: OrganisationId,
    systemId: nullable(SystemId),
    componentId: nullable(ComponentId),
    period: Period,
    amountYuanE4: { ...YuanE4, ...amount },
    hard: Type.Boolean({ description: 'Whether what would exceed it is refused, or only warned of' }),
    warningPercents: Type.Array(Type.Integer({ minimum: 1, maximum: 1000 })),
    spentYuanE4: { ...YuanE4, description: 'Closed bills of the period, and what the open months have come to so far' },
    committedYuanE4: { ...YuanE4, description: 'What stands or is approved, to the period’s end at today’s prices' },
    reachedPercent: nullable(Type.Integer({ description: 'The highest level that what was spent has reached' })),
    updatedAt: Instant,
  },
  { $id: 'Budget' },
)
export type Budget = Static<typeof Budget>

const columns = ['id', 'systemId', 'componentId', 'period', 'amountYuanE4', 'spentYuanE4', 'committedYuanE4', 'hard']

export const budgetList = operation({
  name: 'budget.list',
  http: 'GET /organisations/{organisationId}/budgets',
  summary: { 'zh-CN': '查看预算和执行情况', en: 'Show the budgets of an organisation and what became of them' },
  params: Type.Object({ organisationId: OrganisationId }),
  query: Type.Object({ year: Type.Optional(Type.String({ pattern: '^20[0-9]{2}$' })) }),
  answers: { 200: Type.Object({ items: Type.Array(Budget) }, { $id: 'BudgetList' }) },
  faults: ['price-missing'],
  columns,
})

export const budgetSet = operation({
  name: 'budget.set',
  http: 'PUT /organisations/{organisationId}/budgets',
  summary: { 'zh-CN': '设置预算', en: 'Set a budget of a period' },
  params: Type.Object({ organisationId: OrganisationId }),
  body: Type.Object({
    period: Period,
    systemId: Type.Optional(SystemId),
    componentId: Type.Optional(ComponentId),
    amountYuanE4: Budget.properties.amountYuanE4,
    hard: Type.Optional(Type.Boolean()),
    warningPercents: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 1000 }), { minItems: 1, maxItems: 10 }),
    ),
  }),
  answers: { 200: Budget },
  faults: ['price-missing'],
  columns,
})

export const budgetRemove = operation({
  name: 'budget.remove',
  http: 'DELETE /budgets/{budgetId}',
  summary: { 'zh-CN': '取消预算', en: 'Remove a budget' },
  params: Type.Object({ budgetId: BudgetId }),
  answers: { 204: null },
})
