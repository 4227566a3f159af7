import type { CloudNode, DataCentre, Fault, Platform } from '@yiduo/contract'
import type { Capabilities } from '@yiduo/driver-api'
import sql, { raw, type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  type Keyset,
  maybeRow,
  oneRow,
  pageFrom,
  rows,
  run,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'
import { reachesSomething, type Sight } from '../../platform/http/index.ts'

export interface NodeRow {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly kind: CloudNode['kind']
  readonly divisionCode: string
  readonly operatorOrganisationId: string
  /** Who supplies it as a whole; null where nobody does. */
  readonly providerOrganisationId: string | null
  readonly createdAt: Date
}

/** What recovery and energy are judged by; null where nobody has entered it. */
export interface SiteRow {
  readonly powerGrid: string | null
  readonly riverBasin: string | null
  readonly seismicBelt: string | null
  readonly pue: number | null
  readonly greenLevel: DataCentre['greenLevel']
  readonly greenIssuer: string | null
  readonly greenExpiresAt: Date | null
  readonly leaseEndsAt: Date | null
}

export interface DataCentreRow extends SiteRow {
  readonly id: string
  readonly nodeId: string
  readonly code: string
  readonly name: string
  readonly role: DataCentre['role']
  readonly longitude: number
  readonly latitude: number
  readonly revision: number
  readonly createdAt: Date
}

export interface PlatformRow {
  readonly id: string
  readonly dataCentreId: string
  readonly nodeId: string
  readonly divisionCode: string
  readonly organisationId: string
  /** Who supplies it under contract; null where nobody does. */
  readonly providerOrganisationId: string | null
  readonly code: string
  readonly name: string
  readonly driver: string
  readonly endpoint: string
  readonly settings: { [key: string]: unknown }
  /** Rises with every edit: what was read earlier is older. */
  readonly revision: number
  readonly credential: string
  readonly securityGrade: number
  readonly architecture: string
  readonly vcpuOverselling: number
  readonly state: Platform['state']
  readonly product: string | null
  readonly version: string | null
  readonly capabilities: Partial<Capabilities>
  readonly missingPermissions: string[]
  readonly imageNames: string[] | null
  readonly probedAt: Date | null
  readonly createdAt: Date
}

export interface PoolRow {
  readonly id: string
  readonly platformId: string
  readonly architecture: string
  readonly hosts: number | null
  readonly vcpusPhysical: number
  readonly vcpusSellable: number
  readonly vcpusPromised: number
  readonly memoryMibPhysical: number
  readonly memoryMibSellable: number
  readonly memoryMibPromised: number
  readonly observedAt: Date
}

const nodeColumns = sql`id, code, name, kind, division_code, operator_organisation_id, provider_organisation_id, created_at`

export const insertNode = (tx: Tx, it: NodeRow): Promise<void> =>
  write(
    tx,
    sql`insert into cloud_nodes (${nodeColumns})
        values (${it.id}, ${it.code}, ${it.name}, ${it.kind}, ${it.divisionCode}, ${it.operatorOrganisationId},
                ${it.providerOrganisationId}, ${it.createdAt})`,
  )

export const findNode = (tx: Tx, id: string): Promise<NodeRow | null> =>
  maybeRow(tx, sql`select ${nodeColumns} from cloud_nodes where id = ${id}`)

/**
 * Where clouds stand is no secret among those who run and oversee them: nodes and data centres are not filtered for them.
 * A provider sees the nodes that it supplies, or a platform of.
 */
export const isSeenNode = (
  { operated, supplied }: Sight,
  node: 'cloud_nodes.id' | 'd.node_id' | 'a.node_id' | 'b.node_id',
): Sql =>
  reachesSomething(operated)
    ? sql`true`
    : sql`${raw(node)} in (
        select n.id from cloud_nodes n where ${visible(supplied, 'n.provider_organisation_id')}
        union select d.node_id from platforms p join data_centres d on d.id = p.data_centre_id
        where ${visible(supplied, 'p.provider_organisation_id')})`

export const listNodes = (tx: Tx, sight: Sight, page: Keyset): Promise<NodeRow[]> =>
  rows(tx, sql`select ${nodeColumns} from cloud_nodes where ${isSeenNode(sight, 'cloud_nodes.id')} ${pageFrom(page)}`)

export const insertDataCentre = (tx: Tx, it: Omit<DataCentreRow, 'revision'>): Promise<void> =>
  write(
    tx,
    sql`insert into data_centres (id, node_id, code, name, role, longitude, latitude, power_grid, river_basin, seismic_belt,
                                  pue, green_level, green_issuer, green_expires_at, lease_ends_at, created_at)
        values (${it.id}, ${it.nodeId}, ${it.code}, ${it.name}, ${it.role}, ${it.longitude}, ${it.latitude},
                ${it.powerGrid}, ${it.riverBasin}, ${it.seismicBelt}, ${it.pue}, ${it.greenLevel},
                ${it.greenIssuer}, ${it.greenExpiresAt}, ${it.leaseEndsAt}, ${it.createdAt})`,
  )

/** 0 rows: somebody else edited it since it was read. So it is with all that are edited here. */
export const updateDataCentre = (tx: Tx, it: DataCentreRow): Promise<number> =>
  run(
    tx,
    sql`update data_centres set name = ${it.name}, role = ${it.role}, power_grid = ${it.powerGrid},
               river_basin = ${it.riverBasin}, seismic_belt = ${it.seismicBelt}, pue = ${it.pue},
               green_level = ${it.greenLevel}, green_issuer = ${it.greenIssuer}, green_expires_at = ${it.greenExpiresAt}, lease_ends_at = ${it.leaseEndsAt},
               revision = revision + 1
        where id = ${it.id} and revision = ${it.revision}`,
  )

export const listDataCentres = (tx: Tx, sight: Sight, nodeId: string | null, page: Keyset): Promise<DataCentreRow[]> =>
  rows(
    tx,
    sql`select d.* from data_centres d
        where ${isSeenNode(sight, 'd.node_id')} ${when(nodeId, sql`and d.node_id = ${nodeId}`)} ${pageFrom(page, 'd.id')}`,
  )

/** The data centre with the organisation that operates its node, where that lies in the scope. */
export const findDataCentre = (
  tx: Tx,
  scope: Scope,
  id: string,
): Promise<(DataCentreRow & { organisationId: string }) | null> =>
  maybeRow(
    tx,
    sql`select d.*, n.operator_organisation_id as organisation_id
        from data_centres d join cloud_nodes n on n.id = d.node_id
        where d.id = ${id} and ${visible(scope, 'n.operator_organisation_id')}`,
  )

const platforms = sql`select p.*, d.node_id, n.division_code
  from platforms p join data_centres d on d.id = p.data_centre_id join cloud_nodes n on n.id = d.node_id`

export const insertPlatform = (
  tx: Tx,
  it: Omit<
    PlatformRow,
    | 'nodeId'
    | 'divisionCode'
    | 'revision'
    | 'state'
    | 'product'
    | 'version'
    | 'capabilities'
    | 'missingPermissions'
    | 'imageNames'
    | 'probedAt'
  >,
): Promise<void> =>
  write(
    tx,
    sql`insert into platforms (id, data_centre_id, organisation_id, code, name, driver, endpoint, settings, credential,
                               security_grade, architecture, vcpu_overselling, provider_organisation_id, state,
                               created_at)
        values (${it.id}, ${it.dataCentreId}, ${it.organisationId}, ${it.code}, ${it.name}, ${it.driver}, ${it.endpoint},
                ${JSON.stringify(it.settings)}, ${it.credential}, ${it.securityGrade}, ${it.architecture},
                ${it.vcpuOverselling}, ${it.providerOrganisationId}, 'unprobed', ${it.createdAt})`,
  )

export const findPlatform = (tx: Tx, scope: Scope, id: string): Promise<PlatformRow | null> =>
  maybeRow(tx, sql`${platforms} where p.id = ${id} and ${visible(scope, 'p.organisation_id')}`)

/** A platform is its operator's, and its provider's to look at: that of the platform, or of its node. */
export const isSeenPlatform = ({ operated, supplied }: Sight): Sql =>
  sql`(${visible(operated, 'p.organisation_id')} or ${visible(supplied, 'p.provider_organisation_id')}
       or ${visible(supplied, 'n.provider_organisation_id')})`

export const seePlatform = (tx: Tx, sight: Sight, id: string): Promise<PlatformRow | null> =>
  maybeRow(tx, sql`${platforms} where p.id = ${id} and ${isSeenPlatform(sight)}`)

export const listPlatforms = (tx: Tx, sight: Sight, nodeId: string | null, page: Keyset): Promise<PlatformRow[]> =>
  rows(
    tx,
    sql`${platforms} where ${isSeenPlatform(sight)} ${when(nodeId, sql`and d.node_id = ${nodeId}`)}
        ${pageFrom(page, 'p.id')}`,
  )

export const allPlatforms = (tx: Tx): Promise<PlatformRow[]> => rows(tx, sql`${platforms} order by p.id`)

export const updatePlatform = (
  tx: Tx,
  it: Pick<PlatformRow, 'id' | 'name' | 'endpoint' | 'settings' | 'credential' | 'providerOrganisationId' | 'revision'>,
): Promise<number> =>
  run(
    tx,
    sql`update platforms set name = ${it.name}, endpoint = ${it.endpoint}, settings = ${JSON.stringify(it.settings)},
               credential = ${it.credential}, provider_organisation_id = ${it.providerOrganisationId}, state = 'unprobed',
               revision = revision + 1
        where id = ${it.id} and revision = ${it.revision}`,
  )

export const saveProbe = (
  tx: Tx,
  it: {
    id: string
    state: Platform['state']
    product: string | null
    version: string | null
    capabilities: unknown
    missingPermissions: unknown
    probedAt: Date
  },
): Promise<void> =>
  write(
    tx,
    sql`update platforms set state = ${it.state}, product = coalesce(${it.product}, product),
               version = coalesce(${it.version}, version),
               capabilities = coalesce(${it.capabilities === null ? null : JSON.stringify(it.capabilities)}::jsonb, capabilities),
               missing_permissions = ${JSON.stringify(it.missingPermissions)}, probed_at = ${it.probedAt}
        where id = ${it.id}`,
  )

export const saveImages = (tx: Tx, id: string, imageNames: readonly string[]): Promise<number> =>
  run(tx, sql`update platforms set image_names = ${JSON.stringify(imageNames)} where id = ${id}`)

/** How the listing of one kind went that was begun at that instant. */
export const saveObservation = (
  tx: Tx,
  it: { platformId: string; kind: string; at: Date; fault: Fault | null },
): Promise<void> =>
  write(
    tx,
    sql`insert into observations as o (platform_id, kind, listed_at, fault)
        values (${it.platformId}, ${it.kind}, ${it.fault ? null : it.at}, ${it.fault && JSON.stringify(it.fault)})
        on conflict (platform_id, kind) do update
        set listed_at = coalesce(excluded.listed_at, o.listed_at), fault = excluded.fault`,
  )

export interface ObservationRow {
  readonly kind: string
  readonly listedAt: Date | null
  readonly fault: Fault | null
}

export const listObservations = (tx: Tx, platformId: string): Promise<ObservationRow[]> =>
  rows(tx, sql`select kind, listed_at, fault from observations where platform_id = ${platformId} order by kind`)

type SeenPool = Omit<PoolRow, 'vcpusPromised' | 'memoryMibPromised'>

const insertion = (it: SeenPool) => sql`
  insert into pools (id, platform_id, architecture, hosts, vcpus_physical, vcpus_sellable,
                     memory_mib_physical, memory_mib_sellable, observed_at)
  values (${it.id}, ${it.platformId}, ${it.architecture}, ${it.hosts}, ${it.vcpusPhysical}, ${it.vcpusSellable},
          ${it.memoryMibPhysical}, ${it.memoryMibSellable}, ${it.observedAt})
  on conflict (platform_id, architecture)`

/** Only where there is none yet. */
export const insertPool = (tx: Tx, it: SeenPool): Promise<number> => run(tx, sql`${insertion(it)} do nothing`)

/** Nothing more is promised of the pool until this transaction has ended; null where there is no pool yet. */
export const lockPromised = (
  tx: Tx,
  platformId: string,
  architecture: string,
): Promise<Pick<PoolRow, 'vcpusPromised' | 'memoryMibPromised'> | null> =>
  maybeRow(
    tx,
    sql`select vcpus_promised, memory_mib_promised from pools
        where platform_id = ${platformId} and architecture = ${architecture} for update`,
  )

/** Its id. What is promised is ours alone and is never overwritten by what is seen. */
export const savePool = async (tx: Tx, it: SeenPool): Promise<string> => {
  const { id } = await oneRow<{ id: string }>(
    tx,
    sql`${insertion(it)} do update
        set hosts = excluded.hosts, vcpus_physical = excluded.vcpus_physical, vcpus_sellable = excluded.vcpus_sellable,
            memory_mib_physical = excluded.memory_mib_physical, memory_mib_sellable = excluded.memory_mib_sellable,
            observed_at = excluded.observed_at
        returning id`,
  )
  return id
}

export const listPools = (
  tx: Tx,
  sight: Sight,
  platformId: string | null,
): Promise<(PoolRow & { platformName: string })[]> =>
  rows(
    tx,
    sql`select o.*, p.name as platform_name from pools o join platforms p on p.id = o.platform_id
          join data_centres d on d.id = p.data_centre_id join cloud_nodes n on n.id = d.node_id
        where ${isSeenPlatform(sight)} ${when(platformId, sql`and p.id = ${platformId}`)}
        order by p.name, o.architecture`,
  )

export interface FleetRow extends PlatformRow {
  readonly nodeName: string
  readonly poolId: string
  readonly poolArchitecture: string
  readonly vcpusSellable: number
  readonly vcpusPromised: number
  readonly memoryMibSellable: number
  readonly memoryMibPromised: number
}

export const fleet = (tx: Tx): Promise<FleetRow[]> =>
  rows(
    tx,
    sql`select f.*, n.name as node_name, o.id as pool_id, o.architecture as pool_architecture, o.vcpus_sellable,
               o.vcpus_promised, o.memory_mib_sellable, o.memory_mib_promised
        from (${platforms}) f join cloud_nodes n on n.id = f.node_id join pools o on o.platform_id = f.id order by o.id`,
  )

/** Takes from a pool in the statement that checks it; negative amounts give back. 0 rows: there is no room. */
export const promise = (tx: Tx, poolId: string, vcpus: number, memoryMib: number): Promise<number> =>
  run(
    tx,
    sql`update pools set vcpus_promised = vcpus_promised + ${vcpus}, memory_mib_promised = memory_mib_promised + ${memoryMib}
        where id = ${poolId}
          and (${vcpus} <= 0 or vcpus_promised + ${vcpus} <= vcpus_sellable)
          and (${memoryMib} <= 0 or memory_mib_promised + ${memoryMib} <= memory_mib_sellable)`,
  )
