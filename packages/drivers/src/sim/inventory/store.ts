import type { Facts, ObservedKind } from '@yiduo/driver-api'
import sql, { type Sql } from 'sql-template-tag'
import { firstOf, rowsOf, type SimDatabase } from '../database.ts'
import type { NativeState } from './states.ts'

export interface ObservedRow {
  readonly id: string
  readonly mark: string | null
  readonly projectId: string | null
  readonly name: string
  readonly native: NativeState
  readonly facts: Facts
  readonly createdAt: Date | null
}

/** One page by key: ids never change, so a thing that stays throughout a listing is on exactly one page. */
export const pageOf = (
  database: SimDatabase,
  cloud: string,
  kind: ObservedKind,
  now: Date,
  after: string,
  limit: number,
): Promise<ObservedRow[]> =>
  rowsOf(
    database,
    sql`SELECT * FROM (${views[kind](now)}) AS it
      WHERE it.cloud = ${cloud} AND it.id > ${after} ORDER BY it.id LIMIT ${limit}`,
  )

/** A project restricts to what is its own and what belongs to the whole cloud. */
export const observedById = (
  database: SimDatabase,
  cloud: string,
  kind: ObservedKind,
  now: Date,
  id: string,
  projectId: string | null,
): Promise<ObservedRow | null> =>
  firstOf(
    database,
    sql`SELECT * FROM (${views[kind](now)}) AS it
      WHERE it.cloud = ${cloud} AND it.id = ${id}
        AND (it."projectId" IS NULL OR ${projectId}::text IS NULL OR it."projectId" = ${projectId})`,
  )

/** The state of `sim.server s` on `sim.host h`. */
export const serverState = (now: Date): Sql => sql`CASE
  WHEN s.gone_at IS NOT NULL THEN 'DELETING'
  WHEN h.lost THEN 'HOST_LOST'
  WHEN s.ready_at > ${now} THEN 'BUILD'
  WHEN s.broken THEN 'ERROR'
  WHEN s.target_ready_at > ${now} THEN 'RESIZE'
  WHEN s.target_ready_at IS NOT NULL THEN 'VERIFY_RESIZE'
  WHEN s.power_ready_at > ${now} THEN s.power_change
  WHEN NOT s.powered THEN 'SHUTOFF'
  ELSE 'ACTIVE' END`

/** Fixed address first, then the external ones, of `sim.port q`. */
export const addressesOfPort: Sql = sql`jsonb_build_array(host(q.fixed_address))
  || CASE WHEN q.ipv6_address IS NULL THEN '[]' ELSE jsonb_build_array(host(q.ipv6_address)) END || coalesce(
  (SELECT jsonb_agg(host(a.address) ORDER BY a.address) FROM sim.address a
    WHERE a.cloud = q.cloud AND a.port_id = q.id), '[]')`

type View = (now: Date) => Sql

const host: View = () => sql`
  SELECT h.cloud, h.id, NULL AS mark, NULL AS "projectId", h.name, NULL::timestamptz AS "createdAt",
    CASE WHEN h.enabled THEN 'UP' ELSE 'DISABLED' END AS native,
    jsonb_build_object('vcpus', h.vcpus, 'memoryMib', h.memory_mib, 'diskGib', h.disk_gib,
      'usedVcpus', coalesce(u.vcpus, 0), 'usedMemoryMib', coalesce(u.memory_mib, 0),
      'architecture', c.architecture, 'enabled', h.enabled, 'zone', h.zone,
      'aggregates', to_jsonb(h.aggregates)) AS facts
  FROM sim.host h JOIN sim.cloud c ON c.name = h.cloud
  LEFT JOIN sim.host_use u ON u.cloud = h.cloud AND u.host_id = h.id
  WHERE NOT h.lost`

const flavour: View = () => sql`
  SELECT f.cloud, f.id, NULL AS mark, NULL AS "projectId", f.name, NULL::timestamptz AS "createdAt",
    'AVAILABLE' AS native,
    jsonb_build_object('vcpus', f.vcpus, 'memoryMib', f.memory_mib, 'diskGib', f.disk_gib) AS facts
  FROM sim.flavour f`

const image: View = () => sql`
  SELECT i.cloud, i.id, NULL AS mark, NULL AS "projectId", i.name, NULL::timestamptz AS "createdAt",
    'AVAILABLE' AS native,
    jsonb_build_object('architecture', c.architecture, 'minimumDiskGib', i.minimum_disk_gib,
      'minimumMemoryMib', i.minimum_memory_mib) AS facts
  FROM sim.image i JOIN sim.cloud c ON c.name = i.cloud`

const project: View = () => sql`
  SELECT p.cloud, p.id, p.mark, NULL AS "projectId", p.name, p.created_at AS "createdAt",
    'ACTIVE' AS native, jsonb_build_object('enabled', true) AS facts
  FROM sim.project p`

const network: View = () => sql`
  SELECT n.cloud, n.id, n.mark, n.project_id AS "projectId", n.name, n.created_at AS "createdAt",
    'ACTIVE' AS native, jsonb_strip_nulls(jsonb_build_object('cidr', n.cidr, 'ipv6Cidr', n.ipv6_cidr)) AS facts
  FROM sim.network n`

const subnet: View = () => sql`
  SELECT n.cloud, n.subnet_id AS id, n.mark, n.project_id AS "projectId", n.name, n.created_at AS "createdAt",
    'ACTIVE' AS native, jsonb_build_object('cidr', n.cidr, 'networkId', n.id) AS facts
  FROM sim.network n
  UNION ALL
  SELECT n.cloud, n.ipv6_subnet_id, n.mark, n.project_id, n.name, n.created_at, 'ACTIVE',
    jsonb_build_object('cidr', n.ipv6_cidr, 'networkId', n.id)
  FROM sim.network n WHERE n.ipv6_subnet_id IS NOT NULL`

const router: View = () => sql`
  SELECT n.cloud, n.router_id AS id, n.mark, n.project_id AS "projectId", n.name, n.created_at AS "createdAt",
    'ACTIVE' AS native, jsonb_build_object('enabled', true) AS facts
  FROM sim.network n WHERE n.router_id IS NOT NULL`

/** The simulation knows the rules and carries no traffic. */
const securityGroup: View = () => sql`
  SELECT r.cloud, r.id, r.mark, r.project_id AS "projectId", r.name, r.created_at AS "createdAt",
    'ACTIVE' AS native, jsonb_build_object('rules', to_jsonb(r.rules)) AS facts
  FROM sim.rule_group r`

const port: View = (now) => sql`
  SELECT q.cloud, q.id, q.mark, q.project_id AS "projectId", q.name, q.created_at AS "createdAt",
    'ACTIVE' AS native,
    jsonb_strip_nulls(jsonb_build_object('networkId', q.network_id, 'serverId', s.id,
      'addresses', ${addressesOfPort})) AS facts
  FROM sim.port q
  LEFT JOIN sim.server s ON s.cloud = q.cloud AND s.port_id = q.id AND (s.gone_at IS NULL OR s.gone_at > ${now})`

const server: View = (now) => sql`
  SELECT s.cloud, s.id, s.mark, s.project_id AS "projectId", s.name, s.created_at AS "createdAt",
    ${serverState(now)} AS native,
    jsonb_strip_nulls(jsonb_build_object('vcpus', s.vcpus, 'memoryMib', s.memory_mib, 'diskGib', s.disk_gib,
      'flavourName', s.flavour_name, 'imageId', s.image_id, 'portId', s.port_id, 'networkId', q.network_id,
      'zone', h.zone, 'addresses', ${addressesOfPort},
      'volumeIds', (SELECT coalesce(jsonb_agg(v.id ORDER BY v.id), '[]') FROM sim.volume v
        WHERE v.cloud = s.cloud AND v.server_id = s.id))) AS facts
  FROM sim.server s
  JOIN sim.port q ON q.cloud = s.cloud AND q.id = s.port_id
  JOIN sim.host h ON h.cloud = s.cloud AND h.id = s.host_id
  WHERE s.gone_at IS NULL OR s.gone_at > ${now}`

const serverGroup: View = () => sql`
  SELECT g.cloud, g.id, g.mark, g.project_id AS "projectId", g.name, g.created_at AS "createdAt",
    'ACTIVE' AS native, '{}'::jsonb AS facts
  FROM sim.server_group g`

const volume: View = (now) => sql`
  SELECT v.cloud, v.id, v.mark, v.project_id AS "projectId", v.name, v.created_at AS "createdAt",
    CASE WHEN v.ready_at > ${now} THEN 'CREATING' WHEN s.id IS NOT NULL THEN 'IN_USE' ELSE 'AVAILABLE' END AS native,
    jsonb_strip_nulls(jsonb_build_object('sizeGib', v.size_gib, 'serverId', s.id)) AS facts
  FROM sim.volume v
  LEFT JOIN sim.server s ON s.cloud = v.cloud AND s.id = v.server_id AND (s.gone_at IS NULL OR s.gone_at > ${now})`

const snapshot: View = (now) => sql`
  SELECT w.cloud, w.id, w.mark, w.project_id AS "projectId", w.name, w.created_at AS "createdAt",
    CASE WHEN w.ready_at > ${now} THEN 'CREATING' ELSE 'AVAILABLE' END AS native,
    jsonb_build_object('sizeGib', w.size_gib, 'volumeId', w.volume_id) AS facts
  FROM sim.snapshot w`

const address: View = (now) => sql`
  SELECT a.cloud, a.id, a.mark, a.project_id AS "projectId", a.name, a.created_at AS "createdAt",
    CASE WHEN a.port_id IS NULL THEN 'DOWN' ELSE 'ACTIVE' END AS native,
    jsonb_strip_nulls(jsonb_build_object('addresses', jsonb_build_array(host(a.address)), 'portId', a.port_id,
      'serverId', s.id)) AS facts
  FROM sim.address a
  LEFT JOIN sim.server s ON s.cloud = a.cloud AND s.port_id = a.port_id AND (s.gone_at IS NULL OR s.gone_at > ${now})`

const views: Readonly<Record<ObservedKind, View>> = {
  host,
  flavour,
  image,
  project,
  network,
  subnet,
  router,
  securityGroup,
  port,
  server,
  serverGroup,
  volume,
  snapshot,
  address,
}
