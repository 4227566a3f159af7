import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { OperationService } from '../service.ts'

/** What an undo could not take back is tried again, ever more rarely, until the cloud lets it go. */
export const createResidueReconciler = (operations: Pick<OperationService, 'takeBackDue'>): Reconciler =>
  reconciler('residue', 60_000, async () => {
    await operations.takeBackDue()
  })
