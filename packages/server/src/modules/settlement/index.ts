export { createClosingReconciler } from './reconcilers/closing-reconciler.ts'
export { routeSettlement } from './routes.ts'
export { chargedMonthFrom, createSettlementService } from './service.ts'
