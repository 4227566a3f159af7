export { createBudgetReconciler } from './reconcilers/budget-reconciler.ts'
export { routeBudgets } from './routes.ts'
export { type BudgetService, createBudgetService } from './service.ts'
