import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { AuditService } from '../service.ts'

/** Looks each hour whether a day is over: a process that starts each day anew would else never come to it. */
export const createAuditVerifier = (audit: Pick<AuditService, 'verifyDaily'>): Reconciler =>
  reconciler('audit-verifier', 3_600_000, audit.verifyDaily)
