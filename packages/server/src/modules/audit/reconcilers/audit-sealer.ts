import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { Trail } from '../trail.ts'

/** Every second, so that no entry is unsealed for longer than that; where nothing waits it costs one look. */
export const createAuditSealer = (trail: Pick<Trail, 'seal'>): Reconciler =>
  reconciler('audit-sealer', 1_000, trail.seal)
