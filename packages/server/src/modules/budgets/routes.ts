import { budgetList, budgetRemove, budgetSet } from '@yiduo/contract'
import type { Bind } from '../../platform/http/index.ts'
import type { BudgetService } from './service.ts'

export const routeBudgets = (bind: Bind, budgets: BudgetService): void => {
  bind(budgetList, ({ act, params, query }) => budgets.list(act, params.organisationId, query.year))
  bind(budgetSet, ({ act, params, body }) => budgets.set(act, params.organisationId, body))
  bind(budgetRemove, ({ act, params }) => budgets.remove(act, params.budgetId))
}
