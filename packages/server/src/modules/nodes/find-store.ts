import type { Platform } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { isCalled, rows, type Sought, type Tx, visible } from '../../platform/database/index.ts'
import type { Sight } from '../../platform/http/index.ts'
import { isSeenNode, isSeenPlatform } from './store.ts'

export interface FoundRow {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly code: string
  readonly state: string | null
}

/** What their lists show is found. */
export const nodesCalled = (tx: Tx, sight: Sight, sought: Sought, limit: number): Promise<FoundRow[]> =>
  rows(
    tx,
    sql`select id, operator_organisation_id as organisation_id, name, code, null as state from cloud_nodes
        where ${isCalled(sought, 'name', 'code')} and ${isSeenNode(sight, 'cloud_nodes.id')}
        order by id desc limit ${limit}`,
  )

/** What did not answer when it was last asked. */
export const platformsAway = (
  tx: Tx,
  scope: Scope,
): Promise<{ id: string; name: string; state: Platform['state']; probedAt: Date | null }[]> =>
  rows(
    tx,
    sql`select id, name, state, probed_at from platforms
        where state in ('unreachable', 'refused') and ${visible(scope, 'organisation_id')} order by name, id limit 100`,
  )

/** How fresh what is known of each platform is: as its oldest listing. */
export const freshness = (tx: Tx): Promise<{ platformId: string; listedAt: Date | null; isFailing: boolean }[]> =>
  rows(
    tx,
    sql`select platform_id, case when bool_and(listed_at is not null) then min(listed_at) end as listed_at,
               bool_or(fault is not null) as is_failing
        from observations group by platform_id`,
  )

export const platformsCalled = (tx: Tx, sight: Sight, sought: Sought, limit: number): Promise<FoundRow[]> =>
  rows(
    tx,
    sql`select p.id, p.organisation_id, p.name, p.code, p.state from platforms p
          join data_centres d on d.id = p.data_centre_id join cloud_nodes n on n.id = d.node_id
        where ${isCalled(sought, 'p.name', 'p.code')} and ${isSeenPlatform(sight)} order by p.id desc limit ${limit}`,
  )
