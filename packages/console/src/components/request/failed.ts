import type { RequestState } from '@yiduo/contract'

/** Something was begun on a cloud and did not end well: an operator tries it again. */
export const failedStates: readonly RequestState[] = ['delivery-failed', 'recycle-failed', 'reclaim-failed']
