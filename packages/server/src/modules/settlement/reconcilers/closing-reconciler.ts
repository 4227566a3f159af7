import { byCalendar, type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { SettlementService } from '../service.ts'

export const createClosingReconciler = (settlement: Pick<SettlementService, 'closeDue'>): Reconciler =>
  byCalendar(reconciler('closing', 10 * 60_000, () => settlement.closeDue()))
