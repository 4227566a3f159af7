import type { ProjectQuota } from '@yiduo/driver-api'
import sql, { type Sql } from 'sql-template-tag'
import { firstOf, rowsOf, type SimDatabase } from '../database.ts'
import type { NativeState } from '../inventory/states.ts'
import { serverState } from '../inventory/store.ts'
import { usedByProject } from '../quotas/store.ts'

/** Null volume columns: there is none. A null project: there is none either. */
export interface VolumeFacts {
  readonly id: string | null
  readonly mark: string | null
  readonly sizeGib: number | null
  readonly serverId: string | null
  readonly readyAt: Date | null
  readonly projectId: string | null
  readonly quota: ProjectQuota | null
  readonly used: ProjectQuota
  /** All volumes and snapshots of the cloud. */
  readonly storedGib: number
}

export const volumeFactsByMark = (tx: SimDatabase, cloud: string, projectId: string, mark: string) =>
  volumeFacts(tx, cloud, projectId, sql`v.mark = ${mark}`)

export const volumeFactsById = (tx: SimDatabase, cloud: string, projectId: string, id: string) =>
  volumeFacts(tx, cloud, projectId, sql`v.id = ${id} AND v.project_id = ${projectId}`)

const volumeFacts = (tx: SimDatabase, cloud: string, projectId: string, key: Sql): Promise<VolumeFacts | null> =>
  firstOf(
    tx,
    sql`SELECT v.id, v.mark, v.size_gib AS "sizeGib", v.server_id AS "serverId", v.ready_at AS "readyAt",
        p.id AS "projectId", p.quota, ${usedByProject} AS used,
        (SELECT coalesce(sum(size_gib), 0)::integer FROM (
          SELECT size_gib FROM sim.volume WHERE cloud = c.name
          UNION ALL
          SELECT size_gib FROM sim.snapshot WHERE cloud = c.name) AS stored) AS "storedGib"
      FROM sim.cloud c
      LEFT JOIN sim.volume v ON v.cloud = c.name AND ${key}
      LEFT JOIN sim.project p ON p.cloud = c.name AND p.id = ${projectId}
      WHERE c.name = ${cloud}`,
  )

export const insertVolume = (
  tx: SimDatabase,
  cloud: string,
  it: { readonly mark: string; readonly name: string; readonly projectId: string; readonly sizeGib: number },
  now: Date,
  readyAt: Date,
): Promise<{ id: string } | null> =>
  firstOf(
    tx,
    sql`INSERT INTO sim.volume (cloud, mark, project_id, name, size_gib, created_at, ready_at)
      VALUES (${cloud}, ${it.mark}, ${it.projectId}, ${it.name}, ${it.sizeGib}, ${now}, ${readyAt})
      RETURNING id`,
  )

/** It carries no mark: its server does. */
export const insertSystemVolume = async (
  tx: SimDatabase,
  cloud: string,
  it: { readonly projectId: string; readonly serverId: string; readonly sizeGib: number },
  now: Date,
): Promise<void> => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.volume (cloud, project_id, name, size_gib, server_id, system_of, created_at, ready_at)
      VALUES (${cloud}, ${it.projectId}, '', ${it.sizeGib}, ${it.serverId}, ${it.serverId}, ${now}, ${now})`,
  )
}

export const updateSize = async (tx: SimDatabase, cloud: string, id: string, sizeGib: number): Promise<void> => {
  await rowsOf(tx, sql`UPDATE sim.volume SET size_gib = ${sizeGib} WHERE cloud = ${cloud} AND id = ${id}`)
}

export const updateName = async (tx: SimDatabase, cloud: string, id: string, name: string): Promise<void> => {
  await rowsOf(tx, sql`UPDATE sim.volume SET name = ${name} WHERE cloud = ${cloud} AND id = ${id}`)
}

export interface AttachmentFacts {
  readonly mark: string
  readonly attachedTo: string | null
  readonly ready: boolean
  readonly serverState: NativeState | null
}

/** Null when there is no such volume in the project. */
export const attachmentFacts = (
  tx: SimDatabase,
  cloud: string,
  projectId: string,
  it: { readonly volumeId: string; readonly serverId: string },
  now: Date,
): Promise<AttachmentFacts | null> =>
  firstOf(
    tx,
    sql`SELECT v.mark, v.server_id AS "attachedTo", v.ready_at <= ${now} AS ready,
        CASE WHEN s.id IS NOT NULL THEN ${serverState(now)} END AS "serverState"
      FROM sim.volume v
      LEFT JOIN sim.server s ON s.cloud = v.cloud AND s.id = ${it.serverId} AND s.project_id = v.project_id
      LEFT JOIN sim.host h ON h.cloud = s.cloud AND h.id = s.host_id
      WHERE v.cloud = ${cloud} AND v.id = ${it.volumeId} AND v.project_id = ${projectId}`,
  )

export const attachVolume = async (tx: SimDatabase, cloud: string, volumeId: string, serverId: string) => {
  await rowsOf(tx, sql`UPDATE sim.volume SET server_id = ${serverId} WHERE cloud = ${cloud} AND id = ${volumeId}`)
}

export const detachVolume = async (tx: SimDatabase, cloud: string, volumeId: string): Promise<void> => {
  await rowsOf(tx, sql`UPDATE sim.volume SET server_id = NULL WHERE cloud = ${cloud} AND id = ${volumeId}`)
}
