export { createExpiryReconciler } from './reconcilers/expiry-reconciler.ts'
export { routeRequests } from './routes.ts'
export { createRequestService, type RequestDeps, type RequestService } from './service.ts'
