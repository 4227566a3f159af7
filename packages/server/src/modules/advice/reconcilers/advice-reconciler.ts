import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { AdviceService } from '../service.ts'

export const createAdviceReconciler = (advice: Pick<AdviceService, 'find'>): Reconciler =>
  reconciler('advice', 5 * 60_000, () => advice.find())
