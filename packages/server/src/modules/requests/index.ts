export {
  insertPastLines,
  insertPastRequests,
  insertPastTracks,
  type PastLine,
  type PastRequest,
} from './history-store.ts'
export { maxServers, stateFacts, stepOf } from './model.ts'
export { createEndingReconciler } from './reconcilers/ending-reconciler.ts'
export { createExpiryReconciler } from './reconcilers/expiry-reconciler.ts'
export { routeRequests } from './routes.ts'
export { createRequestService, type RequestService } from './service.ts'
export type { TrackRow } from './store.ts'
