import { byCalendar, type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { AuditService } from '../service.ts'

/** By the calendar, and nothing of it can be taken back. */
export const createAuditRetention = (audit: Pick<AuditService, 'cutOff'>): Reconciler =>
  byCalendar(reconciler('audit-retention', 6 * 3_600_000, audit.cutOff))
