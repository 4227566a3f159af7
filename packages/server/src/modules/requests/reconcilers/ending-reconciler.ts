import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { RequestService } from '../service.ts'

/** Says in time that something will end. */
export const createEndingReconciler = (requests: Pick<RequestService, 'tellEndings'>): Reconciler =>
  reconciler('ending', 60_000, () => requests.tellEndings())
