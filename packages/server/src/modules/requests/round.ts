import type { Tx } from '../../platform/database/index.ts'
import * as store from './store.ts'

/** Operations that are started together are of one round: the last one to end moves the request on. */
export const nextRound = async (tx: Tx, requestId: string): Promise<number> =>
  1 + Math.max(0, ...(await store.deliveriesOf(tx, [requestId])).map((it) => it.round))
