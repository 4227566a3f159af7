import sql from 'sql-template-tag'
import { rows, type Tx } from '../../platform/database/index.ts'

/** On which platform each resource lies, ended ones too: a resource never moves. */
export const platformsOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; platformId: string }[]> =>
  rows(tx, sql`select id, platform_id from resources where id = any(${[...ids]}::uuid[])`)
