import sql, { type Sql } from 'sql-template-tag'
import { firstOf, rowsOf, type SimDatabase } from '../database.ts'
import type { SimCloud, SimFlavour, SimImage } from './model.ts'

/** The columns of `sim.cloud c` as a SimCloud. */
export const cloudColumns: Sql = sql`
  c.name, c.token, c.seed, c.architecture, c.product, c.version, c.oversell_ratio AS "oversellRatio", c.storage_gib AS "storageGib",
  c.external_range::text AS "externalRange", c.default_quota AS "defaultQuota", c.missing_capabilities AS missing,
  c.call_latency_ms AS "callLatencyMs", c.server_build_ms AS "serverBuildMs", c.server_resize_ms AS "serverResizeMs",
  c.server_power_ms AS "serverPowerMs", c.server_remove_ms AS "serverRemoveMs", c.volume_build_ms AS "volumeBuildMs"`

/**
 * Changes within one cloud happen one after another, as in a real one's scheduler: quotas, capacity and address
 * ranges are sums over many rows, which no lock of a single row guards. Also drops the servers whose removal has
 * ended by `now`.
 */
export const lockCloud = async (tx: SimDatabase, cloud: string, now: Date): Promise<void> => {
  await firstOf(
    tx,
    sql`WITH ${endedBy(cloud, now)}
      SELECT FROM sim.cloud WHERE name = ${cloud} FOR NO KEY UPDATE`,
  )
}

export const dropEnded = async (tx: SimDatabase, cloud: string, now: Date): Promise<void> => {
  await rowsOf(tx, sql`WITH ${endedBy(cloud, now)} SELECT`)
}

/** Kept as what they were: the report of usage tells of them. */
const endedBy = (cloud: string, now: Date): Sql => sql`
  ended AS (
    DELETE FROM sim.server WHERE cloud = ${cloud} AND gone_at <= ${now}
    RETURNING cloud, id, project_id, name, vcpus, memory_mib, disk_gib, ready_at, gone_at),
  kept AS (INSERT INTO sim.ended_server SELECT * FROM ended)`

export const saveCloud = async (tx: SimDatabase, it: SimCloud): Promise<void> => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.cloud (
        name, token, seed, architecture, product, version, oversell_ratio, storage_gib, external_range, default_quota,
        missing_capabilities, call_latency_ms, server_build_ms, server_resize_ms, server_power_ms, server_remove_ms,
        volume_build_ms)
      VALUES (
        ${it.name}, ${it.token}, ${it.seed}, ${it.architecture}, ${it.product}, ${it.version}, ${it.oversellRatio}, ${it.storageGib},
        ${it.externalRange}, ${it.defaultQuota && JSON.stringify(it.defaultQuota)}, ${JSON.stringify(it.missing)},
        ${it.callLatencyMs}, ${it.serverBuildMs}, ${it.serverResizeMs}, ${it.serverPowerMs},
        ${it.serverRemoveMs}, ${it.volumeBuildMs})
      ON CONFLICT (name) DO UPDATE SET
        token = excluded.token, seed = excluded.seed, architecture = excluded.architecture,
        product = excluded.product, version = excluded.version,
        oversell_ratio = excluded.oversell_ratio, storage_gib = excluded.storage_gib,
        external_range = excluded.external_range, default_quota = excluded.default_quota,
        missing_capabilities = excluded.missing_capabilities, call_latency_ms = excluded.call_latency_ms,
        server_build_ms = excluded.server_build_ms, server_resize_ms = excluded.server_resize_ms,
        server_power_ms = excluded.server_power_ms, server_remove_ms = excluded.server_remove_ms, volume_build_ms = excluded.volume_build_ms`,
  )
}

export interface HostRow {
  readonly name: string
  readonly vcpus: number
  readonly memoryMib: number
  readonly diskGib: number
  readonly zone: string
  readonly aggregates: readonly string[]
}

export const saveHosts = async (tx: SimDatabase, cloud: string, hosts: readonly HostRow[]): Promise<void> => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.host (cloud, name, vcpus, memory_mib, disk_gib, zone, aggregates)
      SELECT ${cloud}, h.name, h.vcpus, h."memoryMib", h."diskGib", h.zone, h.aggregates
      FROM jsonb_to_recordset(${JSON.stringify(hosts)}::jsonb)
        AS h(name text, vcpus integer, "memoryMib" integer, "diskGib" integer, zone text, aggregates text[])
      ON CONFLICT (cloud, name) DO UPDATE SET
        vcpus = excluded.vcpus, memory_mib = excluded.memory_mib, disk_gib = excluded.disk_gib,
        zone = excluded.zone, aggregates = excluded.aggregates`,
  )
}

export const saveFlavours = async (tx: SimDatabase, cloud: string, flavours: readonly SimFlavour[]): Promise<void> => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.flavour (cloud, name, vcpus, memory_mib, disk_gib)
      SELECT ${cloud}, f.name, f.vcpus, f."memoryMib", f."diskGib"
      FROM jsonb_to_recordset(${JSON.stringify(flavours)}::jsonb)
        AS f(name text, vcpus integer, "memoryMib" integer, "diskGib" integer)
      ON CONFLICT (cloud, name) DO UPDATE SET
        vcpus = excluded.vcpus, memory_mib = excluded.memory_mib, disk_gib = excluded.disk_gib`,
  )
}

export const saveImages = async (tx: SimDatabase, cloud: string, images: readonly SimImage[]): Promise<void> => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.image (cloud, name, minimum_disk_gib, minimum_memory_mib)
      SELECT ${cloud}, i.name, i."minimumDiskGib", i."minimumMemoryMib"
      FROM jsonb_to_recordset(${JSON.stringify(images)}::jsonb)
        AS i(name text, "minimumDiskGib" integer, "minimumMemoryMib" integer)
      ON CONFLICT (cloud, name) DO UPDATE SET
        minimum_disk_gib = excluded.minimum_disk_gib, minimum_memory_mib = excluded.minimum_memory_mib`,
  )
}

/** The project that every cloud is born with; the only one where the credential may make none. */
export const saveFirstProject = async (tx: SimDatabase, cloud: string): Promise<void> => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.project (cloud, name)
      SELECT ${cloud}, 'default'
      WHERE NOT EXISTS (SELECT FROM sim.project WHERE cloud = ${cloud} AND mark IS NULL)`,
  )
}
