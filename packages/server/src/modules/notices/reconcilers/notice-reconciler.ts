import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import type { NoticeService } from '../service.ts'

/** Looks often: a look that finds nothing costs one read of an index. */
export const createNoticeReconciler = (notices: Pick<NoticeService, 'follow' | 'forgetOld'>): Reconciler =>
  reconciler('notices', 2_000, async () => {
    await notices.follow()
    await notices.forgetOld()
  })
