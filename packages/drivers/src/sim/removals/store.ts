import sql, { raw, type Sql } from 'sql-template-tag'
import { firstOf, rowsOf, type SimDatabase } from '../database.ts'

export type RemovableKind =
  | 'project'
  | 'network'
  | 'port'
  | 'volume'
  | 'snapshot'
  | 'server_group'
  | 'rule_group'
  | 'server'
  | 'address'

export interface RemovableRow {
  readonly id: string
  readonly mark: string | null
  /** Something still hangs on it. */
  readonly busy: boolean
}

/** By id where that is known, else by mark; only within the project where the kind lies in one. */
export const findRemovable = (
  tx: SimDatabase,
  cloud: string,
  kind: RemovableKind,
  what: { readonly mark: string; readonly externalId: string | null; readonly projectId: string | null },
): Promise<RemovableRow | null> => {
  const key = what.externalId === null ? sql`t.mark = ${what.mark}` : sql`t.id = ${what.externalId}`
  const inside = kind === 'project' ? sql`true` : sql`t.project_id = ${what.projectId}`
  return firstOf(
    tx,
    sql`SELECT t.id, t.mark, ${busy[kind]} AS busy FROM ${table(kind)} t
      WHERE t.cloud = ${cloud} AND ${key} AND ${inside}`,
  )
}

export const deleteById = async (tx: SimDatabase, cloud: string, kind: RemovableKind, id: string): Promise<void> => {
  await rowsOf(tx, sql`DELETE FROM ${table(kind)} WHERE cloud = ${cloud} AND id = ${id}`)
}

/** The kinds are a closed list of our own: no foreign text gets into the statement. */
const table = (kind: RemovableKind): Sql => raw(`sim.${kind}`)

const busy: Readonly<Record<RemovableKind, Sql>> = {
  project: sql`(
    EXISTS (SELECT FROM sim.network n WHERE n.cloud = t.cloud AND n.project_id = t.id) OR
    EXISTS (SELECT FROM sim.port q WHERE q.cloud = t.cloud AND q.project_id = t.id) OR
    EXISTS (SELECT FROM sim.volume v WHERE v.cloud = t.cloud AND v.project_id = t.id) OR
    EXISTS (SELECT FROM sim.snapshot w WHERE w.cloud = t.cloud AND w.project_id = t.id) OR
    EXISTS (SELECT FROM sim.server s WHERE s.cloud = t.cloud AND s.project_id = t.id) OR
    EXISTS (SELECT FROM sim.server_group g WHERE g.cloud = t.cloud AND g.project_id = t.id) OR
    EXISTS (SELECT FROM sim.rule_group r WHERE r.cloud = t.cloud AND r.project_id = t.id) OR
    EXISTS (SELECT FROM sim.address a WHERE a.cloud = t.cloud AND a.project_id = t.id))`,
  network: sql`EXISTS (SELECT FROM sim.port q WHERE q.cloud = t.cloud AND q.network_id = t.id)`,
  port: sql`EXISTS (SELECT FROM sim.server s WHERE s.cloud = t.cloud AND s.port_id = t.id)`,
  volume: sql`(
    t.server_id IS NOT NULL OR EXISTS (SELECT FROM sim.snapshot w WHERE w.cloud = t.cloud AND w.volume_id = t.id))`,
  snapshot: sql`false`,
  server_group: sql`false`,
  rule_group: sql`EXISTS (SELECT FROM sim.port q WHERE q.cloud = t.cloud AND q.rule_group_ids @> ARRAY[t.id])`,
  server: sql`false`,
  address: sql`false`,
}
