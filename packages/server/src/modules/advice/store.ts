import type { Advice, ResourceKind } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, listVisible, maybeRow, rows, run, type Tx, visible, when } from '../../platform/database/index.ts'

export interface AdviceRow {
  readonly id: string
  readonly kind: Advice['kind']
  readonly resourceId: string
  readonly resourceKind: ResourceKind
  readonly organisationId: string
  readonly systemId: string
  readonly parameters: Record<string, string | number | boolean | null>
  readonly monthlySavingYuanE4: number
  readonly state: Advice['state']
  readonly foundAt: Date
  readonly endedAt: Date | null
}

/** Found again while it is open, it stays the one that was found first. */
export const insertAdvice = (tx: Tx, it: Omit<AdviceRow, 'state' | 'endedAt'>): Promise<number> =>
  run(
    tx,
    sql`insert into advice (id, kind, resource_id, resource_kind, organisation_id, system_id, parameters, monthly_saving_yuan_e4, state, found_at)
        values (${it.id}, ${it.kind}, ${it.resourceId}, ${it.resourceKind}, ${it.organisationId}, ${it.systemId},
                ${JSON.stringify(it.parameters)}, ${it.monthlySavingYuanE4}, 'open', ${it.foundAt})
        on conflict do nothing`,
  )

/** What was looked at: all resources behind the first id up to the last; up to the end where that is null. */
export interface LookedAt {
  readonly after: string
  readonly last: string | null
}

/** What is not found any more among those that were looked at has been seen to. */
export const settleOthers = (
  tx: Tx,
  { after, last }: LookedAt,
  found: readonly { kind: string; resourceId: string }[],
  now: Date,
): Promise<number> =>
  run(
    tx,
    sql`update advice set state = 'settled', ended_at = ${now}
        where state = 'open' and resource_id > ${after} ${when(last, sql`and resource_id <= ${last}`)}
          and (kind, resource_id) not in (
            select x.kind, x."resourceId" from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as x(kind text, "resourceId" uuid))`,
  )

export const listAdvice = (tx: Tx, scope: Scope, state: string | null, page: Keyset): Promise<AdviceRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'advice',
      columns: sql`*`,
      owner: 'organisation_id',
      filters: when(state, sql`and state = ${state}`),
    },
    page,
  )

export const dismissAdvice = (tx: Tx, scope: Scope, id: string, now: Date): Promise<AdviceRow | null> =>
  maybeRow(
    tx,
    sql`update advice set state = 'dismissed', ended_at = ${now}
        where id = ${id} and state = 'open' and ${visible(scope, 'organisation_id')} returning *`,
  )

/** Dismissed advice is not given again for the same resource. */
export const dismissedOf = (tx: Tx, resourceIds: readonly string[]): Promise<{ kind: string; resourceId: string }[]> =>
  rows(
    tx,
    sql`select kind, resource_id from advice where state = 'dismissed' and resource_id = any(${[...resourceIds]}::uuid[])`,
  )
