import type { Phase, StatementState } from '@yiduo/contract'
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
import type { StatementEvent } from './statement-model.ts'

export interface StatementRow {
  readonly id: string
  readonly providerOrganisationId: string
  readonly month: string
  readonly state: StatementState
  readonly listAmountYuanE4: number
  readonly amountYuanE4: number
  readonly perMille: number
  readonly draftedAt: Date
}

export interface StatementLineRow {
  readonly organisationId: string
  readonly systemId: string | null
  readonly componentId: string | null
  readonly componentName: string
  readonly platformId: string
  readonly phase: Phase | null
  readonly listAmountYuanE4: number
  readonly amountYuanE4: number
}

export interface MoveRow {
  readonly event: StatementEvent
  readonly by: string
  readonly remark: string
  readonly at: Date
}

const columns = sql`id, provider_organisation_id, month, state, list_amount_yuan_e4, amount_yuan_e4, per_mille, drafted_at`

export const insertStatement = (tx: Tx, it: StatementRow): Promise<number> =>
  run(
    tx,
    sql`insert into statements (${columns})
        values (${it.id}, ${it.providerOrganisationId}, ${it.month}, ${it.state}, ${it.listAmountYuanE4},
                ${it.amountYuanE4}, ${it.perMille}, ${it.draftedAt}) on conflict do nothing`,
  )

/** From the closed bills of the month and the corrections in them; each line at its contract price, rounded to the fen. */
export const insertStatementLines = (
  tx: Tx,
  { id, month, perMille }: StatementRow,
  platformIds: readonly string[],
): Promise<number> =>
  run(
    tx,
    sql`insert into statement_lines
        select ${id}, row_number() over (order by organisation_id, system_id, platform_id, component_id, phase) - 1,
               organisation_id, system_id, component_id, max(component_name), platform_id, phase, sum(charged)::bigint,
               (round(sum(charged) / 100 * (1000 - ${perMille}::integer) / 1000) * 100)::bigint
        from (
          select b.organisation_id, l.system_id, l.component_id, l.component_name, l.platform_id, l.phase,
                 l.amount_yuan_e4::numeric as charged
          from bills b join bill_lines l on l.bill_id = b.id
          where b.month = ${month} and l.platform_id = any(${[...platformIds]}::uuid[])
          union all
          select b.organisation_id, c.system_id, c.component_id, '', c.platform_id, null, c.amount_yuan_e4::numeric
          from bills b join bill_corrections c on c.bill_id = b.id
          where b.month = ${month} and c.platform_id = any(${[...platformIds]}::uuid[])) as used
        group by organisation_id, system_id, component_id, platform_id, phase`,
  )

/** A statement is the sum of its lines. */
export const sumUp = (tx: Tx, id: string): Promise<StatementRow> =>
  oneRow(
    tx,
    sql`update statements set (list_amount_yuan_e4, amount_yuan_e4) = (
          select coalesce(sum(list_amount_yuan_e4), 0)::bigint, coalesce(sum(amount_yuan_e4), 0)::bigint
          from statement_lines where statement_id = ${id})
        where id = ${id} returning ${columns}`,
  )

export const latestStatement = (tx: Tx, providerOrganisationId: string): Promise<{ month: string } | null> =>
  maybeRow(
    tx,
    sql`select month from statements where provider_organisation_id = ${providerOrganisationId}
        order by month desc limit 1`,
  )

export const listStatements = (tx: Tx, scope: Scope, month: string | null, page: Keyset): Promise<StatementRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'statements',
      columns,
      owner: 'provider_organisation_id',
      filters: when(month, sql`and month = ${month}`),
    },
    page,
  )

export const findStatement = (tx: Tx, scope: Scope, id: string): Promise<StatementRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from statements where id = ${id} and ${visible(scope, 'provider_organisation_id')}`,
  )

export const lockStatement = (tx: Tx, scope: Scope, id: string): Promise<StatementRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from statements where id = ${id} and ${visible(scope, 'provider_organisation_id')} for update`,
  )

export const saveState = (tx: Tx, id: string, state: StatementState): Promise<void> =>
  write(tx, sql`update statements set state = ${state} where id = ${id}`)

export const statementLines = (tx: Tx, id: string): Promise<StatementLineRow[]> =>
  rows(
    tx,
    sql`select organisation_id, system_id, component_id, component_name, platform_id, phase, list_amount_yuan_e4,
               amount_yuan_e4
        from statement_lines where statement_id = ${id} order by position`,
  )

export const insertMove = (tx: Tx, id: string, it: MoveRow): Promise<void> =>
  write(
    tx,
    sql`insert into statement_moves (statement_id, position, event, by, remark, at)
        select ${id}, count(*), ${it.event}, ${it.by}, ${it.remark}, ${it.at}
        from statement_moves where statement_id = ${id}`,
  )

export const movesOf = (tx: Tx, id: string): Promise<MoveRow[]> =>
  rows(tx, sql`select event, by, remark, at from statement_moves where statement_id = ${id} order by position`)

export interface DiscountRow {
  readonly validFrom: string
  readonly perMille: number
}

export const listDiscounts = (tx: Tx, providerOrganisationId: string): Promise<DiscountRow[]> =>
  rows(
    tx,
    sql`select valid_from, per_mille from provider_discounts
        where provider_organisation_id = ${providerOrganisationId} order by valid_from`,
  )

export const saveDiscount = (tx: Tx, providerOrganisationId: string, it: DiscountRow): Promise<DiscountRow> =>
  oneRow(
    tx,
    sql`insert into provider_discounts (provider_organisation_id, valid_from, per_mille)
        values (${providerOrganisationId}, ${it.validFrom}, ${it.perMille})
        on conflict (provider_organisation_id, valid_from) do update set per_mille = excluded.per_mille
        returning valid_from, per_mille`,
  )

/** One at a time for each provider: a discount is not set while a statement is made with the one before. */
export const holdStatements = (tx: Tx, providerOrganisationId: string): Promise<number> =>
  run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`statements ${providerOrganisationId}`}, 0))`)

/** At list prices: what of the departments' charges each provider delivered. */
export const deliveredByMonth = (
  tx: Tx,
  scope: Scope,
  first: string,
  before: string,
): Promise<Pick<StatementRow, 'month' | 'providerOrganisationId' | 'listAmountYuanE4'>[]> =>
  rows(
    tx,
    sql`select month, provider_organisation_id, list_amount_yuan_e4 from statements
        where month >= ${first} and month < ${before} and ${visible(scope, 'provider_organisation_id')}
        order by month, list_amount_yuan_e4 desc`,
  )
