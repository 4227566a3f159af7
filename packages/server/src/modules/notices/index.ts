export { createNoticeReconciler } from './reconcilers/notice-reconciler.ts'
export { createOutboxReconciler } from './reconcilers/outbox-reconciler.ts'
export { routeNotices } from './routes.ts'
export { createNoticeService, type NoticeService } from './service.ts'
