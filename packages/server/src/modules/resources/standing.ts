import type { Tx } from '../../platform/database/index.ts'
import * as store from './standing-store.ts'

/** On which platform each resource lies. */
export const platformsOf = async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await store.platformsOf(tx, ids)).map((it) => [it.id, it.platformId]))
