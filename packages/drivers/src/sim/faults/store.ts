import sql from 'sql-template-tag'
import type { SimCloud } from '../clouds/model.ts'
import { cloudColumns } from '../clouds/store.ts'
import { firstOf, rowsOf, type SimDatabase } from '../database.ts'
import type { SimCallName, SimFaultMode, SimFaultParameter } from './model.ts'

export type AdmittedRow = SimCloud & {
  readonly mode: SimFaultMode | null
  readonly parameter: SimFaultParameter | null
}

/** The cloud and the fault that strikes this call, counted down: of two calls at once, a last fault strikes one. */
export const admit = (database: SimDatabase, cloud: string, call: SimCallName): Promise<AdmittedRow | null> =>
  firstOf(
    database,
    sql`WITH struck AS (
        UPDATE sim.fault SET remaining = remaining - 1
        WHERE id = (
          SELECT id FROM sim.fault
          WHERE cloud = ${cloud} AND call IN (${call}, '*') AND remaining IS DISTINCT FROM 0
          ORDER BY id LIMIT 1 FOR UPDATE)
        RETURNING mode, parameter)
      SELECT ${cloudColumns}, struck.mode, struck.parameter
      FROM sim.cloud c LEFT JOIN struck ON true
      WHERE c.name = ${cloud}`,
  )

export interface NewFault {
  readonly call: SimCallName | '*'
  readonly mode: SimFaultMode
  /** Null is until removed. */
  readonly remaining: number | null
  readonly parameter: SimFaultParameter
}

export const insertFault = async (database: SimDatabase, cloud: string, it: NewFault): Promise<string> => {
  const row = await firstOf<{ id: string }>(
    database,
    sql`INSERT INTO sim.fault (cloud, call, mode, remaining, parameter)
      VALUES (${cloud}, ${it.call}, ${it.mode}, ${it.remaining}, ${JSON.stringify(it.parameter)})
      RETURNING id::text`,
  )
  if (row === null) throw new Error('an INSERT … RETURNING answered no row')
  return row.id
}

export const remainingOf = async (database: SimDatabase, id: string): Promise<number | null> => {
  const row = await firstOf<{ remaining: number | null }>(
    database,
    sql`SELECT remaining FROM sim.fault WHERE id = ${id}`,
  )
  return row === null ? 0 : row.remaining
}

export const deleteFault = async (database: SimDatabase, id: string): Promise<void> => {
  await rowsOf(database, sql`DELETE FROM sim.fault WHERE id = ${id}`)
}

export const deleteFaults = async (database: SimDatabase, cloud: string): Promise<void> => {
  await rowsOf(
    database,
    sql`WITH returned AS (UPDATE sim.host SET lost = false WHERE cloud = ${cloud} AND lost)
      DELETE FROM sim.fault WHERE cloud = ${cloud}`,
  )
}

export const loseHost = async (tx: SimDatabase, cloud: string, hostName: string | null): Promise<void> => {
  await rowsOf(
    tx,
    sql`UPDATE sim.host SET lost = true
      WHERE cloud = ${cloud} AND CASE WHEN ${hostName}::text IS NULL
        THEN id = (SELECT host_id FROM sim.server WHERE cloud = ${cloud} ORDER BY created_at DESC, id DESC LIMIT 1)
        ELSE name = ${hostName} END`,
  )
}
