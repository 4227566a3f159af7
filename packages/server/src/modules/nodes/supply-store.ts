import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { rows, type Tx, visible } from '../../platform/database/index.ts'

export interface Supplied {
  readonly platformId: string
  readonly providerOrganisationId: string
}

/** The platforms that somebody supplies under contract, each with its provider. */
export const suppliedPlatforms = (tx: Tx): Promise<Supplied[]> =>
  rows(
    tx,
    sql`select id as platform_id, provider_organisation_id from platforms
        where provider_organisation_id is not null order by id`,
  )

export const platformNames = (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  rows(tx, sql`select id, name from platforms where id = any(${[...ids]}::uuid[])`)

export interface CapacityRow {
  readonly divisionCode: string
  readonly architecture: string
  readonly vcpusSellable: number
  readonly vcpusPromised: number
  readonly memoryMibSellable: number
  readonly memoryMibPromised: number
}

/** What can be sold and is promised, by the division that a node serves. */
export const capacities = (tx: Tx, scope: Scope): Promise<CapacityRow[]> =>
  rows(
    tx,
    sql`select n.division_code, o.architecture, sum(o.vcpus_sellable)::bigint as vcpus_sellable,
               sum(o.vcpus_promised)::bigint as vcpus_promised, sum(o.memory_mib_sellable)::bigint as memory_mib_sellable,
               sum(o.memory_mib_promised)::bigint as memory_mib_promised
        from pools o join platforms p on p.id = o.platform_id join data_centres d on d.id = p.data_centre_id
        join cloud_nodes n on n.id = d.node_id
        where ${visible(scope, 'p.organisation_id')} group by n.division_code, o.architecture`,
  )
