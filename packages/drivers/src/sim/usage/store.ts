import sql from 'sql-template-tag'
import { rowsOf, type SimDatabase } from '../database.ts'

export interface UsageRow {
  readonly projectId: string
  readonly serverId: string
  readonly name: string
  /** How long it was there within the time. */
  readonly ms: number
  readonly vcpus: number
  readonly memoryMib: number
  readonly diskGib: number
}

interface UsageQuestion {
  readonly from: Date
  readonly to: Date
  readonly after: string
  readonly limit: number
}

/** Of every server that was there within `[from, to)`, by its id. */
export const usageOf = (
  database: SimDatabase,
  cloud: string,
  { from, to, after, limit }: UsageQuestion,
): Promise<UsageRow[]> =>
  rowsOf(
    database,
    sql`SELECT it.project_id AS "projectId", it.id AS "serverId", it.name, it.vcpus, it.memory_mib AS "memoryMib",
        it.disk_gib AS "diskGib",
        (extract(epoch FROM least(it.gone_at, ${to}::timestamptz) - greatest(it.ready_at, ${from}::timestamptz)) * 1000)
          ::double precision AS ms
      FROM (
        SELECT id, project_id, name, vcpus, memory_mib, disk_gib, ready_at, gone_at FROM sim.server WHERE cloud = ${cloud}
        UNION ALL
        SELECT id, project_id, name, vcpus, memory_mib, disk_gib, ready_at, gone_at FROM sim.ended_server
        WHERE cloud = ${cloud} AND gone_at > ${from}) AS it
      WHERE it.id > ${after} AND it.ready_at < ${to} AND coalesce(it.gone_at > ${from}, true)
      ORDER BY it.id LIMIT ${limit}`,
  )
