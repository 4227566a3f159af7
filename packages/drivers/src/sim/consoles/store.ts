import sql from 'sql-template-tag'
import { firstOf, type SimDatabase } from '../database.ts'
import type { NativeState } from '../inventory/states.ts'
import { serverState } from '../inventory/store.ts'

export const nameAndState = (
  tx: SimDatabase,
  cloud: string,
  id: string,
  now: Date,
): Promise<{ readonly name: string; readonly native: NativeState } | null> =>
  firstOf(
    tx,
    sql`SELECT s.name, ${serverState(now)} AS native FROM sim.server s
      JOIN sim.host h ON h.cloud = s.cloud AND h.id = s.host_id
      WHERE s.cloud = ${cloud} AND s.id = ${id}`,
  )
