import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { NoticeService } from '../service.ts'

/** Sends what is to leave the product. Others do the same: each thing is leased to whoever sends it. */
export const createOutboxReconciler = (notices: Pick<NoticeService, 'deliver'>): Reconciler =>
  reconciler('outbox', 5_000, () => notices.deliver())
