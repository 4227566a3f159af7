import sql from 'sql-template-tag'
import { rowsOf, type SimDatabase } from '../database.ts'
import type {
  SimAddressStock,
  SimHostRoom,
  SimNetworkStock,
  SimPortStock,
  SimProjectStock,
  SimServerStock,
  SimSurvey,
  SimVolumeStock,
} from './model.ts'

export const hostRooms = (database: SimDatabase, cloud: string): Promise<SimHostRoom[]> =>
  rowsOf(
    database,
    sql`SELECT h.id, h.name, h.zone, h.vcpus, h.memory_mib AS "memoryMib", coalesce(u.vcpus, 0) AS "usedVcpus",
        coalesce(u.memory_mib, 0) AS "usedMemoryMib"
      FROM sim.host h LEFT JOIN sim.host_use u ON u.cloud = h.cloud AND u.host_id = h.id
      WHERE h.cloud = ${cloud} AND h.enabled AND NOT h.lost ORDER BY h.name`,
  )

export const imagesOf = (database: SimDatabase, cloud: string): Promise<{ id: string; name: string }[]> =>
  rowsOf(database, sql`SELECT id, name FROM sim.image WHERE cloud = ${cloud} ORDER BY name`)

export const flavoursOf = (database: SimDatabase, cloud: string): Promise<SimSurvey['flavours'][number][]> =>
  rowsOf(
    database,
    sql`SELECT name, vcpus, memory_mib AS "memoryMib" FROM sim.flavour WHERE cloud = ${cloud}
      ORDER BY vcpus, memory_mib, name`,
  )

export const stockProjects = async (tx: SimDatabase, cloud: string, stock: readonly SimProjectStock[]) => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.project (cloud, id, mark, name, created_at)
      SELECT ${cloud}, x.id, x.mark, x.name, x."createdAt"
      FROM json_to_recordset(${JSON.stringify(stock)}::json)
        AS x(id text, mark text, name text, "createdAt" timestamptz)`,
  )
}

export const stockNetworks = async (tx: SimDatabase, cloud: string, stock: readonly SimNetworkStock[]) => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.network (cloud, id, mark, project_id, name, cidr, subnet_id, router_id, created_at)
      SELECT ${cloud}, x.id, x.mark, x."projectId", x.name, x.cidr, x."subnetId", x."routerId", x."createdAt"
      FROM json_to_recordset(${JSON.stringify(stock)}::json) AS x(
        id text, mark text, "projectId" text, name text, cidr cidr, "subnetId" text, "routerId" text,
        "createdAt" timestamptz)`,
  )
}

export const stockPorts = async (tx: SimDatabase, cloud: string, stock: readonly SimPortStock[]) => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.port (cloud, id, mark, project_id, name, network_id, fixed_address, created_at)
      SELECT ${cloud}, x.id, x.mark, x."projectId", x.name, x."networkId", x."fixedAddress", x."createdAt"
      FROM json_to_recordset(${JSON.stringify(stock)}::json) AS x(
        id text, mark text, "projectId" text, name text, "networkId" text, "fixedAddress" inet, "createdAt" timestamptz)`,
  )
}

export const stockServers = async (tx: SimDatabase, cloud: string, stock: readonly SimServerStock[]) => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.server (
        cloud, id, mark, project_id, name, image_id, port_id, host_id, flavour_name, vcpus, memory_mib, disk_gib,
        created_at, ready_at, broken, load_profile)
      SELECT ${cloud}, x.id, x.mark, x."projectId", x.name, x."imageId", x."portId", x."hostId", x."flavourName", x.vcpus,
        x."memoryMib", x."diskGib", x."createdAt", x."createdAt", false, x."loadProfile"
      FROM json_to_recordset(${JSON.stringify(stock)}::json) AS x(
        id text, mark text, "projectId" text, name text, "imageId" text, "portId" text, "hostId" text,
        "flavourName" text, vcpus integer, "memoryMib" integer, "diskGib" integer, "createdAt" timestamptz,
        "loadProfile" text)`,
  )
}

export const stockVolumes = async (tx: SimDatabase, cloud: string, stock: readonly SimVolumeStock[]) => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.volume (cloud, id, mark, project_id, name, size_gib, server_id, created_at, ready_at)
      SELECT ${cloud}, x.id, x.mark, x."projectId", x.name, x."sizeGib", x."serverId", x."createdAt", x."createdAt"
      FROM json_to_recordset(${JSON.stringify(stock)}::json) AS x(
        id text, mark text, "projectId" text, name text, "sizeGib" integer, "serverId" text, "createdAt" timestamptz)`,
  )
}

export const stockAddresses = async (tx: SimDatabase, cloud: string, stock: readonly SimAddressStock[]) => {
  await rowsOf(
    tx,
    sql`INSERT INTO sim.address (cloud, id, mark, project_id, name, address, port_id, created_at)
      SELECT ${cloud}, x.id, x.mark, x."projectId", x.name, x.address, x."portId", x."createdAt"
      FROM json_to_recordset(${JSON.stringify(stock)}::json) AS x(
        id text, mark text, "projectId" text, name text, address inet, "portId" text, "createdAt" timestamptz)`,
  )
}
