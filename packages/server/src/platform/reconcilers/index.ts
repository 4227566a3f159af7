export { createReconcilerRunner, type Reconciler, type ReconcilerRunner, reconciler } from './reconciler.ts'
export { underLock } from './store.ts'
