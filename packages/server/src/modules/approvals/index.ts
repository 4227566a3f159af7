export { byOperator, byOperatorOf, type RouteFacts } from './model.ts'
export { createEscalationReconciler } from './reconcilers/escalation-reconciler.ts'
export { routeApprovals } from './routes.ts'
export { type ApprovalService, createApprovalService } from './service.ts'
