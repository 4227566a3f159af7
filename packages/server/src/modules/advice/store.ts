import type { Advice, ResourceKind } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  type Keyset,
  listVisible,
  maybeRow,
  oneRow,
  rows,
  run,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'

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
  readonly ownerPersonId: string | null
  /** A day, `2026-11-30`. */
  readonly dueOn: string | null
  readonly outcome: string | null
  /** What delivered the resource; null where it was found before that was noted. */
  readonly requestId: string | null
  readonly doneByRequestId: string | null
  readonly costYuanE4: number | null
  readonly savedYuanE4: number | null
  readonly savedFrom: Date | null
}

/** A day as text: a date of PostgreSQL has no zone, and must not be given one. */
const columns = sql`id, kind, resource_id, resource_kind, organisation_id, system_id, parameters, monthly_saving_yuan_e4,
  state, found_at, ended_at, owner_person_id, due_on::text as due_on, outcome, request_id, done_by_request_id,
  cost_yuan_e4, saved_yuan_e4, saved_from`

type Found = Pick<
  AdviceRow,
  | 'id'
  | 'kind'
  | 'resourceId'
  | 'resourceKind'
  | 'organisationId'
  | 'systemId'
  | 'parameters'
  | 'monthlySavingYuanE4'
  | 'foundAt'
  | 'requestId'
  | 'costYuanE4'
>

/** Found again while it stands, it stays the one that was found first. */
export const insertAdvice = (tx: Tx, it: Found): Promise<number> =>
  run(
    tx,
    sql`insert into advice (id, kind, resource_id, resource_kind, organisation_id, system_id, parameters,
          monthly_saving_yuan_e4, state, found_at, request_id, cost_yuan_e4)
        values (${it.id}, ${it.kind}, ${it.resourceId}, ${it.resourceKind}, ${it.organisationId}, ${it.systemId},
                ${JSON.stringify(it.parameters)}, ${it.monthlySavingYuanE4}, 'open', ${it.foundAt}, ${it.requestId},
                ${it.costYuanE4})
        on conflict do nothing`,
  )

/** What was looked at: all resources behind the first id up to the last; up to the end where that is null. */
export interface LookedAt {
  readonly after: string
  readonly last: string | null
}

/** What is not found any more among those that were looked at. */
export const lockVanished = (
  tx: Tx,
  { after, last }: LookedAt,
  found: readonly { kind: string; resourceId: string }[],
): Promise<AdviceRow[]> =>
  rows(
    tx,
    sql`select ${columns} from advice
        where state in ('open', 'assigned') and resource_id > ${after} ${when(last, sql`and resource_id <= ${last}`)}
          and (kind, resource_id) not in (
            select x.kind, x."resourceId" from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as x(kind text, "resourceId" uuid))
        order by id for update`,
  )

export const listAdvice = (tx: Tx, scope: Scope, state: string | null, page: Keyset): Promise<AdviceRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'advice',
      columns,
      owner: 'organisation_id',
      filters: when(state, sql`and state = ${state}`),
    },
    page,
  )

export const lockAdvice = (tx: Tx, scope: Scope, id: string): Promise<AdviceRow | null> =>
  maybeRow(tx, sql`select ${columns} from advice where id = ${id} and ${visible(scope, 'organisation_id')} for update`)

/** A task with a new day is told anew when that has passed. */
export const updateAdvice = (tx: Tx, it: AdviceRow): Promise<void> =>
  write(
    tx,
    sql`update advice set state = ${it.state}, ended_at = ${it.endedAt}, owner_person_id = ${it.ownerPersonId},
          overdue_at = case when due_on is distinct from ${it.dueOn}::date then null else overdue_at end,
          due_on = ${it.dueOn}::date, outcome = ${it.outcome}, done_by_request_id = ${it.doneByRequestId},
          saved_yuan_e4 = ${it.savedYuanE4}, saved_from = ${it.savedFrom}
        where id = ${it.id}`,
  )

/** Tasks whose day is over and of whom nobody was told yet; after this the caller tells, in the same commit. */
export const takeOverdue = (tx: Tx, today: string, now: Date, limit: number): Promise<AdviceRow[]> =>
  rows(
    tx,
    sql`update advice set overdue_at = ${now}
        where id in (select id from advice where state = 'assigned' and overdue_at is null and due_on < ${today}::date
                     order by due_on, id limit ${limit} for update skip locked)
        returning ${columns}`,
  )

/** What somebody decided to leave as it is is not advised on again for the same resource. */
export const putAsideOf = (tx: Tx, resourceIds: readonly string[]): Promise<{ kind: string; resourceId: string }[]> =>
  rows(
    tx,
    sql`select kind, resource_id from advice
        where state in ('dismissed', 'declined') and resource_id = any(${[...resourceIds]}::uuid[])`,
  )

export interface SummaryRow {
  readonly foundCount: number
  readonly openCount: number
  readonly assignedCount: number
  readonly overdueCount: number
  readonly doneCount: number
  readonly settledCount: number
  readonly declinedCount: number
  readonly possibleMonthlyYuanE4: number
  readonly savedMonthlyYuanE4: number
}

export const summarise = (tx: Tx, organisationId: string, it: { now: Date; today: string }): Promise<SummaryRow> =>
  oneRow(
    tx,
    sql`select count(*) as found_count,
          count(*) filter (where state = 'open') as open_count,
          count(*) filter (where state = 'assigned') as assigned_count,
          count(*) filter (where state = 'assigned' and due_on < ${it.today}::date) as overdue_count,
          count(*) filter (where state = 'done') as done_count,
          count(*) filter (where state = 'settled') as settled_count,
          count(*) filter (where state in ('declined', 'dismissed')) as declined_count,
          coalesce(sum(monthly_saving_yuan_e4) filter (where state in ('open', 'assigned')), 0)::bigint
            as possible_monthly_yuan_e4,
          coalesce(sum(saved_yuan_e4) filter (where saved_from <= ${it.now}), 0)::bigint as saved_monthly_yuan_e4
        from advice where organisation_id = ${organisationId}`,
  )

/** What somebody should do, and how much of it is late. */
export const countTasks = (tx: Tx, scope: Scope, today: string): Promise<{ count: number; overdue: number }> =>
  oneRow(
    tx,
    sql`select count(*) as count, count(*) filter (where state = 'assigned' and due_on < ${today}::date) as overdue
        from advice where state in ('open', 'assigned') and ${visible(scope, 'organisation_id')}`,
  )
