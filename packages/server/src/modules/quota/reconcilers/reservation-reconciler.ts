import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { QuotaService } from '../service.ts'

export const createReservationReconciler = (quota: QuotaService): Reconciler =>
  reconciler('reservation', 60_000, () => quota.releaseExpired())
