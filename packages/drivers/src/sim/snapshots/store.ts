import sql, { type Sql } from 'sql-template-tag'
import { firstOf, rowsOf, type SimDatabase } from '../database.ts'

export interface SnapshotRow {
  readonly id: string
  readonly volumeId: string
  readonly sizeGib: number
  readonly readyAt: Date
  /** No later one of the same volume. */
  readonly newest: boolean
}

const snapshotRow: Sql = sql`
  SELECT w.id, w.volume_id AS "volumeId", w.size_gib AS "sizeGib", w.ready_at AS "readyAt",
    NOT EXISTS (SELECT FROM sim.snapshot later WHERE later.cloud = w.cloud AND later.volume_id = w.volume_id
      AND later.number > w.number) AS newest
  FROM sim.snapshot w`

export const snapshotById = (
  tx: SimDatabase,
  cloud: string,
  projectId: string,
  id: string,
): Promise<SnapshotRow | null> =>
  firstOf(tx, sql`${snapshotRow} WHERE w.cloud = ${cloud} AND w.id = ${id} AND w.project_id = ${projectId}`)

export const snapshotByMark = (tx: SimDatabase, cloud: string, mark: string): Promise<SnapshotRow | null> =>
  firstOf(tx, sql`${snapshotRow} WHERE w.cloud = ${cloud} AND w.mark = ${mark}`)

export const insertSnapshot = async (
  tx: SimDatabase,
  cloud: string,
  it: {
    readonly mark: string
    readonly name: string
    readonly projectId: string
    readonly volumeId: string
    readonly sizeGib: number
  },
  now: Date,
  readyAt: Date,
): Promise<void> => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.snapshot (cloud, mark, project_id, volume_id, name, size_gib, created_at, ready_at)
      VALUES (${cloud}, ${it.mark}, ${it.projectId}, ${it.volumeId}, ${it.name}, ${it.sizeGib}, ${now}, ${readyAt})`,
  )
}
