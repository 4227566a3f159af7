import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { maybeRow, oneRow, rows, run, type Tx, visible, when, write } from '../../platform/database/index.ts'

export interface BudgetRow {
  readonly id: string
  readonly organisationId: string
  readonly systemId: string | null
  readonly componentId: string | null
  readonly period: string
  readonly amountYuanE4: number
  readonly hard: boolean
  readonly warningPercents: readonly number[]
  readonly updatedAt: Date
}

const columns = sql`id, organisation_id, system_id, component_id, period, amount_yuan_e4, hard, warning_percents, updated_at`

/** One at a time for each organisation: of two that would both fit a hard budget alone, the second sees the first. */
export const holdBudgets = (tx: Tx, organisationId: string): Promise<number> =>
  run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`budgets ${organisationId}`}, 0))`)

export const saveBudget = (tx: Tx, it: BudgetRow): Promise<BudgetRow> =>
  oneRow(
    tx,
    sql`insert into budgets (${columns})
        values (${it.id}, ${it.organisationId}, ${it.systemId}, ${it.componentId}, ${it.period}, ${it.amountYuanE4},
                ${it.hard}, ${JSON.stringify(it.warningPercents)}, ${it.updatedAt})
        on conflict (organisation_id, period, system_id, component_id) do update
        set amount_yuan_e4 = excluded.amount_yuan_e4, hard = excluded.hard,
            warning_percents = excluded.warning_percents, updated_at = excluded.updated_at
        returning ${columns}`,
  )

export const listBudgets = (tx: Tx, organisationId: string, year: string | null): Promise<BudgetRow[]> =>
  rows(
    tx,
    sql`select ${columns} from budgets where organisation_id = ${organisationId}
        ${when(year, sql`and left(period, 4) = ${year}`)} order by period, id`,
  )

/** Those of the organisation that hold in these periods, whatever they are about. */
export const budgetsOf = (tx: Tx, organisationId: string, periods: readonly string[]): Promise<BudgetRow[]> =>
  rows(
    tx,
    sql`select ${columns} from budgets
        where organisation_id = ${organisationId} and period = any(${[...periods]}::text[]) order by id`,
  )

/** Organisations with a budget in these periods, in the order of their ids. */
export const budgeted = (
  tx: Tx,
  periods: readonly string[],
  after: string,
  limit: number,
): Promise<{ organisationId: string }[]> =>
  rows(
    tx,
    sql`select distinct organisation_id from budgets
        where period = any(${[...periods]}::text[]) and organisation_id > ${after}
        order by organisation_id limit ${limit}`,
  )

export const deleteBudget = (tx: Tx, scope: Scope, id: string): Promise<BudgetRow | null> =>
  maybeRow(tx, sql`delete from budgets where id = ${id} and ${visible(scope, 'organisation_id')} returning ${columns}`)

/** Notes a level that was reached; zero when it was noted before. */
export const insertWarning = (
  tx: Tx,
  it: { budgetId: string; percent: number; spentYuanE4: number; warnedAt: Date },
): Promise<number> =>
  run(
    tx,
    sql`insert into budget_warnings (budget_id, percent, spent_yuan_e4, warned_at)
        select id, ${it.percent}, ${it.spentYuanE4}, ${it.warnedAt} from budgets where id = ${it.budgetId}
        on conflict do nothing`,
  )

/** A budget that was raised can reach its levels anew. */
export const forgetWarnings = (tx: Tx, budgetId: string, reached: readonly number[]): Promise<void> =>
  write(
    tx,
    sql`delete from budget_warnings where budget_id = ${budgetId} and percent <> all(${[...reached]}::integer[])`,
  )
