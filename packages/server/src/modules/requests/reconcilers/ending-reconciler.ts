import { byCalendar, type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { RequestService } from '../service.ts'

/** Says in time that something will end. */
export const createEndingReconciler = (requests: Pick<RequestService, 'tellEndings'>): Reconciler =>
  byCalendar(reconciler('ending', 60_000, () => requests.tellEndings()))
