export { insertPastAdvice, type PastAdvice } from './history-store.ts'
export { createAdviceReconciler } from './reconcilers/advice-reconciler.ts'
export { routeAdvice } from './routes.ts'
export { type AdviceService, createAdviceService } from './service.ts'
