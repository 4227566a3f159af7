export { createReconcilerRunner, type Reconciler, type ReconcilerRunner, reconciler } from './reconciler.ts'
