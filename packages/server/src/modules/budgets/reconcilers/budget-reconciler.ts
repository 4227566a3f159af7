import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { BudgetService } from '../service.ts'

export const createBudgetReconciler = (budgets: Pick<BudgetService, 'watch'>): Reconciler =>
  reconciler('budget', 15 * 60_000, () => budgets.watch())
