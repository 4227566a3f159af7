import { byCalendar, type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { ApprovalService } from '../service.ts'

/** Stages past their time, or with nobody left to decide, call whoever their route names next. */
export const createEscalationReconciler = (approvals: Pick<ApprovalService, 'escalate'>): Reconciler =>
  byCalendar(reconciler('escalation', 60_000, () => approvals.escalate()))
