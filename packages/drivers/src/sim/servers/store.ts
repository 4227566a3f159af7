import type { ProjectQuota, ServerSize } from '@yiduo/driver-api'
import sql, { type Sql } from 'sql-template-tag'
import type { SimCloud } from '../clouds/model.ts'
import { firstOf, rowsOf, type SimDatabase } from '../database.ts'
import type { NativeState } from '../inventory/states.ts'
import { addressesOfPort, serverState } from '../inventory/store.ts'
import { usedByProject } from '../quotas/store.ts'

export interface ServerRow {
  readonly id: string
  readonly mark: string | null
  readonly native: NativeState
  readonly flavourName: string | null
  readonly size: ServerSize
  readonly hostName: string | null
  readonly addresses: readonly string[]
  readonly readyAt: Date
  /** When the newest start, stop or reboot ended or will end. */
  readonly powerReadyAt: Date | null
  /** How many there have been. */
  readonly reboots: number
  readonly rebuilds: number
  readonly diskOnVolume: boolean
  /** Only while a resize is under way. */
  readonly target: ResizeTarget | null
}

export interface ResizeTarget {
  readonly flavourName: string | null
  readonly size: ServerSize
  readonly hostName: string
  /** Epoch milliseconds. */
  readonly readyAtMs: number
  readonly fails: boolean
}

/** Where and beside whom. */
export interface Wish {
  readonly zone: string | null
  readonly groupId: string | null
}

/** Without a name where the cloud offers no fixed sizes. */
export interface Fit {
  readonly name: string | null
  readonly size: ServerSize
}

const serverRow = (now: Date): Sql => sql`
  SELECT s.id, s.mark, ${serverState(now)} AS native, s.flavour_name AS "flavourName", s.ready_at AS "readyAt",
    s.power_ready_at AS "powerReadyAt", s.reboots, s.rebuilds, s.disk_on_volume AS "diskOnVolume",
    jsonb_build_object('vcpus', s.vcpus, 'memoryMib', s.memory_mib, 'diskGib', s.disk_gib) AS size,
    h.name AS "hostName", ${addressesOfPort} AS addresses,
    CASE WHEN s.target_ready_at IS NOT NULL THEN jsonb_build_object(
      'flavourName', s.target_flavour_name, 'hostName', t.name, 'fails', s.target_fails,
      'size', jsonb_build_object('vcpus', s.target_vcpus, 'memoryMib', s.target_memory_mib, 'diskGib', s.target_disk_gib),
      'readyAtMs', (extract(epoch FROM s.target_ready_at) * 1000)::bigint) END AS target
  FROM sim.server s
  JOIN sim.port q ON q.cloud = s.cloud AND q.id = s.port_id
  JOIN sim.host h ON h.cloud = s.cloud AND h.id = s.host_id
  LEFT JOIN sim.host t ON t.cloud = s.cloud AND t.id = s.target_host_id`

export const serverById = (
  tx: SimDatabase,
  cloud: string,
  projectId: string,
  id: string,
  now: Date,
): Promise<ServerRow | null> =>
  firstOf(tx, sql`${serverRow(now)} WHERE s.cloud = ${cloud} AND s.id = ${id} AND s.project_id = ${projectId}`)

export const serverByMark = (tx: SimDatabase, cloud: string, mark: string, now: Date): Promise<ServerRow | null> =>
  firstOf(tx, sql`${serverRow(now)} WHERE s.cloud = ${cloud} AND s.mark = ${mark}`)

/** The smallest flavour that holds the size. */
const fittingFlavour = (size: ServerSize): Sql => sql`
  SELECT f.name, jsonb_build_object('vcpus', f.vcpus, 'memoryMib', f.memory_mib, 'diskGib', f.disk_gib) AS size
  FROM sim.flavour f
  WHERE f.cloud = c.name AND f.vcpus >= ${size.vcpus} AND f.memory_mib >= ${size.memoryMib} AND f.disk_gib >= ${size.diskGib}
  ORDER BY f.vcpus, f.memory_mib, f.disk_gib, f.name LIMIT 1`

/** One there already under that name has that size: the name says it. */
export const insertFlavour = async (
  tx: SimDatabase,
  cloud: string,
  { name, size }: { readonly name: string; readonly size: ServerSize },
): Promise<void> => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.flavour (cloud, name, vcpus, memory_mib, disk_gib)
      VALUES (${cloud}, ${name}, ${size.vcpus}, ${size.memoryMib}, ${size.diskGib})
      ON CONFLICT (cloud, name) DO NOTHING`,
  )
}

export interface CreationFacts {
  /** Null: none fits. */
  readonly flavour: { readonly name: string; readonly size: ServerSize } | null
  readonly projectId: string | null
  readonly quota: ProjectQuota | null
  readonly used: ProjectQuota
  readonly imageId: string | null
  readonly minimumDiskGib: number | null
  readonly minimumMemoryMib: number | null
  readonly portId: string | null
  /** The server that has the port. */
  readonly holder: string | null
  readonly zoneFound: boolean
  readonly groupFound: boolean
}

export const creationFacts = (
  tx: SimDatabase,
  cloud: string,
  it: {
    readonly projectId: string
    readonly imageName: string
    readonly portId: string
    readonly size: ServerSize
    readonly wish: Wish
  },
): Promise<CreationFacts | null> =>
  firstOf(
    tx,
    sql`SELECT (SELECT to_jsonb(fit) FROM (${fittingFlavour(it.size)}) AS fit) AS flavour,
        p.id AS "projectId", p.quota, ${usedByProject} AS used,
        i.id AS "imageId", i.minimum_disk_gib AS "minimumDiskGib", i.minimum_memory_mib AS "minimumMemoryMib",
        q.id AS "portId", s.id AS holder,
        EXISTS (SELECT FROM sim.host h WHERE h.cloud = c.name AND h.zone = ${it.wish.zone}) AS "zoneFound",
        EXISTS (SELECT FROM sim.server_group g WHERE g.cloud = c.name AND g.id = ${it.wish.groupId}
          AND g.project_id = p.id) AS "groupFound"
      FROM sim.cloud c
      LEFT JOIN sim.project p ON p.cloud = c.name AND p.id = ${it.projectId}
      LEFT JOIN sim.image i ON i.cloud = c.name AND i.name = ${it.imageName}
      LEFT JOIN sim.port q ON q.cloud = c.name AND q.id = ${it.portId} AND q.project_id = p.id
      LEFT JOIN sim.server s ON s.cloud = c.name AND s.port_id = q.id
      WHERE c.name = ${cloud}`,
  )

export interface ResizeFacts {
  readonly flavour: { readonly name: string; readonly size: ServerSize } | null
  readonly quota: ProjectQuota | null
  readonly used: ProjectQuota
}

export const resizeFacts = (
  tx: SimDatabase,
  cloud: string,
  projectId: string,
  size: ServerSize,
): Promise<ResizeFacts | null> =>
  firstOf(
    tx,
    sql`SELECT (SELECT to_jsonb(fit) FROM (${fittingFlavour(size)}) AS fit) AS flavour,
        p.quota, ${usedByProject} AS used
      FROM sim.cloud c JOIN sim.project p ON p.cloud = c.name AND p.id = ${projectId}
      WHERE c.name = ${cloud}`,
  )

interface Place {
  readonly size: ServerSize
  readonly diskOnVolume: boolean
  readonly zone: string | null
  /** Its group's id. */
  readonly group: Sql
  /** Not counted among the group: the server itself. */
  readonly except: string | null
}

/**
 * Of the hosts with room that zone and group allow, the one with the fewest of the group, then with the most room;
 * memory decides, for it can't be oversold.
 */
const roomiestHost = (cloud: SimCloud, { size, diskOnVolume, zone, group, except }: Place): Sql => sql`
  SELECT h.id
  FROM sim.host h LEFT JOIN sim.host_use u ON u.cloud = h.cloud AND u.host_id = h.id
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE m.host_id = h.id) AS here, count(*) FILTER (WHERE m.host_id <> h.id) AS elsewhere,
      min(g.policy) AS policy
    FROM sim.server m JOIN sim.server_group g ON g.cloud = m.cloud AND g.id = m.group_id
    WHERE m.cloud = h.cloud AND m.group_id = (${group}) AND m.id IS DISTINCT FROM ${except}) AS peers
  WHERE h.cloud = ${cloud.name} AND h.enabled AND NOT h.lost
    AND (${zone}::text IS NULL OR h.zone = ${zone})
    AND NOT (peers.policy IS NOT DISTINCT FROM 'anti-affinity' AND peers.here > 0)
    AND NOT (peers.policy IS NOT DISTINCT FROM 'affinity' AND peers.elsewhere > 0)
    AND h.vcpus * ${cloud.oversellRatio}::double precision - coalesce(u.vcpus, 0) >= ${size.vcpus}
    AND h.memory_mib - coalesce(u.memory_mib, 0) >= ${size.memoryMib}
    AND (${diskOnVolume}::boolean OR h.disk_gib - coalesce(u.disk_gib, 0) >= ${size.diskGib})
  ORDER BY peers.here, h.memory_mib - coalesce(u.memory_mib, 0) DESC, h.vcpus - coalesce(u.vcpus, 0) DESC, h.id LIMIT 1`

export interface NewServer {
  readonly mark: string
  readonly name: string
  readonly projectId: string
  readonly imageId: string
  readonly portId: string
  readonly fit: Fit
  readonly readyAt: Date
  readonly broken: boolean
  readonly diskOnVolume: boolean
  readonly wish: Wish
}

/** Null when no host has room. */
export const placeServer = (
  tx: SimDatabase,
  cloud: SimCloud,
  it: NewServer,
  now: Date,
): Promise<{ id: string } | null> =>
  firstOf(
    tx,
    sql`INSERT INTO sim.server (
        cloud, mark, project_id, name, image_id, port_id, host_id, flavour_name, vcpus, memory_mib, disk_gib,
        created_at, ready_at, broken, disk_on_volume, group_id)
      SELECT ${cloud.name}, ${it.mark}, ${it.projectId}, ${it.name}, ${it.imageId}, ${it.portId}, h.id,
        ${it.fit.name}, ${it.fit.size.vcpus}, ${it.fit.size.memoryMib}, ${it.fit.size.diskGib},
        ${now}, ${it.readyAt}, ${it.broken}, ${it.diskOnVolume}, ${it.wish.groupId}
      FROM (${roomiestHost(cloud, {
        size: it.fit.size,
        diskOnVolume: it.diskOnVolume,
        zone: it.wish.zone,
        group: sql`${it.wish.groupId}::text`,
        except: null,
      })}) AS h
      RETURNING id`,
  )

/** Null when no host has room for the new size beside what it carries, the server's old size included. */
export const startResize = (
  tx: SimDatabase,
  cloud: SimCloud,
  { id, diskOnVolume }: Pick<ServerRow, 'id' | 'diskOnVolume'>,
  fit: Fit,
  readyAt: Date,
  fails: boolean,
): Promise<{ id: string } | null> =>
  firstOf(
    tx,
    sql`UPDATE sim.server s SET target_host_id = h.id, target_flavour_name = ${fit.name},
        target_vcpus = ${fit.size.vcpus}, target_memory_mib = ${fit.size.memoryMib},
        target_disk_gib = ${fit.size.diskGib}, target_ready_at = ${readyAt}, target_fails = ${fails}
      FROM (${roomiestHost(cloud, {
        size: fit.size,
        diskOnVolume,
        zone: null,
        group: sql`SELECT group_id FROM sim.server WHERE cloud = ${cloud.name} AND id = ${id}`,
        except: id,
      })}) AS h
      WHERE s.cloud = ${cloud.name} AND s.id = ${id}
      RETURNING s.id`,
  )

export const confirmResize = async (tx: SimDatabase, cloud: string, id: string): Promise<void> => {
  await rowsOf(
    tx,
    sql`UPDATE sim.server SET host_id = target_host_id, flavour_name = target_flavour_name, vcpus = target_vcpus,
        memory_mib = target_memory_mib, disk_gib = target_disk_gib, ${noTarget}
      WHERE cloud = ${cloud} AND id = ${id}`,
  )
}

/** Back to the old size, on the old host. */
export const revertResize = async (tx: SimDatabase, cloud: string, id: string): Promise<void> => {
  await rowsOf(tx, sql`UPDATE sim.server SET ${noTarget} WHERE cloud = ${cloud} AND id = ${id}`)
}

const noTarget: Sql = sql`target_host_id = NULL, target_flavour_name = NULL, target_vcpus = NULL,
  target_memory_mib = NULL, target_disk_gib = NULL, target_ready_at = NULL, target_fails = false`

export const updateName = async (tx: SimDatabase, cloud: string, id: string, name: string): Promise<void> => {
  await rowsOf(tx, sql`UPDATE sim.server SET name = ${name} WHERE cloud = ${cloud} AND id = ${id}`)
}

/** The earliest removal counts: asking again does not put it off. */
export const startRemoval = async (tx: SimDatabase, cloud: string, id: string, goneAt: Date): Promise<Date | null> => {
  const row = await firstOf<{ goneAt: Date }>(
    tx,
    sql`UPDATE sim.server SET gone_at = least(gone_at, ${goneAt}) WHERE cloud = ${cloud} AND id = ${id}
      RETURNING gone_at AS "goneAt"`,
  )
  return row?.goneAt ?? null
}
