import sql from 'sql-template-tag'
import { type Keyset, pageFrom, rows, type Tx, when, write } from '../../platform/database/index.ts'
import type { Sight } from '../../platform/http/index.ts'
import { isSeenPlatform } from './store.ts'

/** A host as its cloud showed it last. */
export interface HostRow {
  readonly id: string
  /** The cloud's own id. */
  readonly ref: string
  readonly name: string
  /** Takes new work: up, and not taken out of service. */
  readonly inOrder: boolean
  readonly nativeState: string
  readonly vcpus: number
  readonly vcpusUsed: number
  readonly memoryMib: number
  readonly memoryMibUsed: number
  readonly zone: string | null
  readonly aggregates: readonly string[]
}

/**
 * The hosts of a pool become those of a complete listing: who is not among them is gone, who is as before is not written.
 * Ids are kept, so that what is said of a host stays said of it.
 */
export const saveHosts = (tx: Tx, poolId: string, hosts: readonly HostRow[]): Promise<void> =>
  write(
    tx,
    sql`with seen as (
          select * from jsonb_to_recordset(${JSON.stringify(hosts.map(columnsOf))}::jsonb) as it (
            id uuid, ref text, name text, in_order boolean, native_state text, vcpus integer, vcpus_used integer,
            memory_mib bigint, memory_mib_used bigint, zone text, aggregates text[])),
        gone as (delete from hosts where pool_id = ${poolId} and ref not in (select ref from seen))
        insert into hosts (id, pool_id, ref, name, in_order, native_state, vcpus, vcpus_used, memory_mib, memory_mib_used,
                           zone, aggregates)
        select id, ${poolId}, ref, name, in_order, native_state, vcpus, vcpus_used, memory_mib, memory_mib_used, zone,
               aggregates from seen
        on conflict (pool_id, ref) do update
        set name = excluded.name, in_order = excluded.in_order, native_state = excluded.native_state,
            vcpus = excluded.vcpus, vcpus_used = excluded.vcpus_used, memory_mib = excluded.memory_mib,
            memory_mib_used = excluded.memory_mib_used, zone = excluded.zone, aggregates = excluded.aggregates
        where (hosts.name, hosts.in_order, hosts.native_state, hosts.vcpus, hosts.vcpus_used, hosts.memory_mib,
               hosts.memory_mib_used, hosts.zone, hosts.aggregates)
          is distinct from (excluded.name, excluded.in_order, excluded.native_state, excluded.vcpus, excluded.vcpus_used,
               excluded.memory_mib, excluded.memory_mib_used, excluded.zone, excluded.aggregates)`,
  )

const columnsOf = (it: HostRow) => ({
  id: it.id,
  ref: it.ref,
  name: it.name,
  in_order: it.inOrder,
  native_state: it.nativeState,
  vcpus: it.vcpus,
  vcpus_used: it.vcpusUsed,
  memory_mib: it.memoryMib,
  memory_mib_used: it.memoryMibUsed,
  zone: it.zone,
  aggregates: it.aggregates,
})

export interface SeenHost extends HostRow {
  readonly observedAt: Date
  readonly platformId: string
  readonly platformName: string
  readonly architecture: string
}

export const listHosts = (tx: Tx, sight: Sight, platformId: string | null, page: Keyset): Promise<SeenHost[]> =>
  rows(
    tx,
    sql`select h.*, o.platform_id, o.architecture, o.observed_at, p.name as platform_name
        from hosts h join pools o on o.id = h.pool_id join platforms p on p.id = o.platform_id
          join data_centres d on d.id = p.data_centre_id join cloud_nodes n on n.id = d.node_id
        where ${isSeenPlatform(sight)} ${when(platformId, sql`and p.id = ${platformId}`)} ${pageFrom(page, 'h.id')}`,
  )
