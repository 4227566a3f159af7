export { createEndingReconciler } from './reconcilers/ending-reconciler.ts'
export { createExpiryReconciler } from './reconcilers/expiry-reconciler.ts'
export { routeRequests } from './routes.ts'
export { createRequestService, type RequestService } from './service.ts'
