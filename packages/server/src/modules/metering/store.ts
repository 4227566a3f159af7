import type { Phase, ResourceKind } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, listVisible, maybeRow, rows, run, type Tx, when, write } from '../../platform/database/index.ts'

export interface UsageRow {
  readonly id: string
  readonly resourceId: string
  readonly resourceKind: ResourceKind
  readonly resourceName: string
  readonly organisationId: string
  readonly systemId: string
  readonly componentId: string
  readonly phase: Phase
  readonly quantity: number
  readonly startedAt: Date
  readonly endedAt: Date | null
}

/** Opening twice at one instant is opening once. */
export const openIntervals = (tx: Tx, intervals: readonly Omit<UsageRow, 'endedAt'>[]): Promise<void> =>
  write(
    tx,
    sql`insert into usage_intervals (id, resource_id, resource_kind, resource_name, organisation_id, system_id, component_id, phase, quantity, started_at)
        select x.id, x."resourceId", x."resourceKind", x."resourceName", x."organisationId", x."systemId", x."componentId", x.phase,
               x.quantity, x."startedAt"
        from jsonb_to_recordset(${JSON.stringify(intervals)}::jsonb) as x(
          id uuid, "resourceId" uuid, "resourceKind" text, "resourceName" text, "organisationId" uuid, "systemId" uuid,
          "componentId" uuid, phase text, quantity bigint, "startedAt" timestamptz)
        where not exists (select from usage_intervals u where u.resource_id = x."resourceId"
                          and u.component_id = x."componentId" and u.ended_at is null)
        on conflict do nothing`,
  )

export const closeIntervals = (tx: Tx, resourceIds: readonly string[], at: Date): Promise<number> =>
  run(
    tx,
    sql`update usage_intervals set ended_at = greatest(started_at, ${at})
        where resource_id = any(${[...resourceIds]}::uuid[]) and ended_at is null`,
  )

export interface UsageFilter {
  readonly systemId: string | null
  readonly resourceId: string | null
  /** What was held at any instant of [from, before). */
  readonly from: Date | null
  readonly before: Date | null
}

export const listUsage = (tx: Tx, scope: Scope, filter: UsageFilter, page: Keyset): Promise<UsageRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'usage_intervals',
      columns: sql`*`,
      owner: 'organisation_id',
      filters: sql`${when(filter.systemId, sql`and system_id = ${filter.systemId}`)}
        ${when(filter.resourceId, sql`and resource_id = ${filter.resourceId}`)}
        ${when(filter.before, sql`and started_at < ${filter.before}`)}
        ${when(filter.from, sql`and coalesce(ended_at, 'infinity') > ${filter.from}`)}`,
    },
    page,
  )

/** Everything an organisation held at any instant of [from, to); what ended before is not even looked at. */
export const usageBetween = (tx: Tx, organisationId: string, from: Date, to: Date): Promise<UsageRow[]> =>
  rows(
    tx,
    sql`select * from usage_intervals
        where organisation_id = ${organisationId} and started_at < ${to}
          and coalesce(ended_at, 'infinity') > ${from}
        order by resource_id, component_id, phase, started_at`,
  )

/** Who ever held anything, in the order of their ids: each is found by a leap over all the intervals of the one before. */
export const holders = (tx: Tx, after: string, limit: number): Promise<{ organisationId: string }[]> =>
  rows(
    tx,
    sql`with recursive holder as (
          select null::uuid as organisation_id, 0 as nth
          union all
          select (select u.organisation_id from usage_intervals u
                  where u.organisation_id > coalesce(h.organisation_id, ${after}::uuid)
                  order by u.organisation_id limit 1), h.nth + 1
          from holder h where h.nth < ${limit} and (h.nth = 0 or h.organisation_id is not null))
        select organisation_id from holder where organisation_id is not null`,
  )

export const firstUse = (tx: Tx, organisationId: string): Promise<{ startedAt: Date | null } | null> =>
  maybeRow(tx, sql`select min(started_at) as started_at from usage_intervals where organisation_id = ${organisationId}`)

/** What is counted of these now. */
export const openOf = (
  tx: Tx,
  resourceIds: readonly string[],
): Promise<Pick<UsageRow, 'resourceId' | 'componentId' | 'phase' | 'quantity'>[]> =>
  rows(
    tx,
    sql`select resource_id, component_id, phase, quantity from usage_intervals
        where ended_at is null and resource_id = any(${[...resourceIds]}::uuid[])`,
  )
