import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { oneRow, rows, type Tx, visible } from '../../platform/database/index.ts'

/** What is in use; the table is kept by triggers, by system and platform (0041). */
export interface HoldingRow {
  readonly servers: number
  readonly vcpus: number
  readonly memoryMib: number
  readonly storageGib: number
}

const sums = sql`coalesce(sum(h.servers), 0)::bigint as servers, coalesce(sum(h.vcpus), 0)::bigint as vcpus,
  coalesce(sum(h.memory_mib), 0)::bigint as memory_mib, coalesce(sum(h.storage_gib), 0)::bigint as storage_gib`

/** A system that gave all of it back keeps a row of nothing. */
const isHeld = sql`(h.servers > 0 or h.storage_gib > 0)`

/** A platform, and the place it is counted to. */
export interface Placed {
  readonly platformId: string
  readonly placeId: string
}

/** Of all systems, whosever they are, by place; a system that has something on two platforms of one is one there. */
export const heldAt = (
  tx: Tx,
  placed: readonly Placed[],
): Promise<(HoldingRow & { placeId: string; systems: number })[]> =>
  rows(
    tx,
    sql`select p.place_id, count(distinct h.system_id) as systems, ${sums}
        from unnest(${placed.map((it) => it.platformId)}::uuid[], ${placed.map((it) => it.placeId)}::uuid[])
               as p(platform_id, place_id)
        join system_holdings h on h.platform_id = p.platform_id
        where ${isHeld} group by p.place_id`,
  )

/** Of the systems of a scope. */
export const heldIn = (tx: Tx, scope: Scope): Promise<HoldingRow & { systems: number }> =>
  oneRow(
    tx,
    sql`select count(distinct h.system_id) as systems, ${sums}
        from system_holdings h join business_systems s on s.id = h.system_id
        where ${isHeld} and ${visible(scope, 's.organisation_id')}`,
  )

export interface LargeSystemRow extends HoldingRow {
  readonly id: string
  readonly name: string
  readonly organisationId: string
}

/** The systems of a scope with the most cores. */
export const largestIn = (tx: Tx, scope: Scope, limit: number): Promise<LargeSystemRow[]> =>
  rows(
    tx,
    sql`select s.id, s.name, s.organisation_id, ${sums}
        from system_holdings h join business_systems s on s.id = h.system_id
        where h.vcpus > 0 and ${visible(scope, 's.organisation_id')}
        group by s.id order by sum(h.vcpus) desc, s.id limit ${limit}`,
  )
