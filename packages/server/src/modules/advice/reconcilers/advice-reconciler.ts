import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { AdviceService } from '../service.ts'

export const createAdviceReconciler = (advice: Pick<AdviceService, 'find' | 'tellOverdue'>): Reconciler =>
  reconciler('advice', 5 * 60_000, async () => {
    await advice.find()
    await advice.tellOverdue()
  })
