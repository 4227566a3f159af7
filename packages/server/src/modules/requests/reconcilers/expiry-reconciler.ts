import { byCalendar, type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { RequestService } from '../service.ts'

/** Tests past their deadline and formal resources past their end go back. */
export const createExpiryReconciler = (requests: Pick<RequestService, 'expire'>): Reconciler =>
  byCalendar(reconciler('expiry', 30_000, () => requests.expire()))
