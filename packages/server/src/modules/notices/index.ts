export { createNoticeReconciler } from './reconcilers/notice-reconciler.ts'
export { routeNotices } from './routes.ts'
export { createNoticeService } from './service.ts'
