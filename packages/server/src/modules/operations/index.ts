export { createResidueReconciler } from './reconcilers/residue-reconciler.ts'
export { routeOperations } from './routes.ts'
export { createOperationService, type OperationService } from './service.ts'
