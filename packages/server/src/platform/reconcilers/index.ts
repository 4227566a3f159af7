export { byCalendar, createReconcilerRunner, type Reconciler, type ReconcilerRunner, reconciler } from './reconciler.ts'
export { createLocks, type Locks } from './store.ts'
