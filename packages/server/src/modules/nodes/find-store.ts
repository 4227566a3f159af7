import type { Platform } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { isCalled, rows, type Sought, type Tx, visible } from '../../platform/database/index.ts'

export interface FoundRow {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly code: string
  readonly state: string | null
}

/** Nodes are shown to all who look at clouds, as in their list. */
export const nodesCalled = (tx: Tx, sought: Sought, limit: number): Promise<FoundRow[]> =>
  rows(
    tx,
    sql`select id, operator_organisation_id as organisation_id, name, code, null as state from cloud_nodes
        where ${isCalled(sought, 'name', 'code')} order by id desc limit ${limit}`,
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

export const platformsCalled = (tx: Tx, scope: Scope, sought: Sought, limit: number): Promise<FoundRow[]> =>
  rows(
    tx,
    sql`select id, organisation_id, name, code, state from platforms
        where ${isCalled(sought, 'name', 'code')} and ${visible(scope, 'organisation_id')}
        order by id desc limit ${limit}`,
  )
