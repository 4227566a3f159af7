import type { DemandPlanState, Measure } from '@yiduo/contract'
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
} from '../../platform/database/index.ts'

export interface DemandLineRow {
  readonly quarter: number
  readonly offeringId: string
  readonly measure: Measure
  readonly quantity: number
}

export interface DemandPlanRow {
  readonly id: string
  readonly organisationId: string
  readonly year: number
  readonly state: DemandPlanState
  readonly remark: string
  /** Offerings by bare id. */
  readonly lines: readonly DemandLineRow[]
  readonly updatedAt: Date
}

const columns = sql`id, organisation_id, year, state, remark, lines, updated_at`

export const lockPlanOf = (tx: Tx, organisationId: string, year: number): Promise<DemandPlanRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from demand_plans where organisation_id = ${organisationId} and year = ${year} for update`,
  )

export const lockPlan = (tx: Tx, scope: Scope, id: string): Promise<DemandPlanRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from demand_plans where id = ${id} and ${visible(scope, 'organisation_id')} for update`,
  )

export const findPlan = (tx: Tx, scope: Scope, id: string): Promise<DemandPlanRow | null> =>
  maybeRow(tx, sql`select ${columns} from demand_plans where id = ${id} and ${visible(scope, 'organisation_id')}`)

export const savePlan = (tx: Tx, it: DemandPlanRow): Promise<DemandPlanRow> =>
  oneRow(
    tx,
    sql`insert into demand_plans (${columns})
        values (${it.id}, ${it.organisationId}, ${it.year}, ${it.state}, ${it.remark}, ${JSON.stringify(it.lines)}, ${it.updatedAt})
        on conflict (organisation_id, year) do update
        set state = excluded.state, remark = excluded.remark, lines = excluded.lines, updated_at = excluded.updated_at
        returning ${columns}`,
  )

/** Two first plans of one year: the second waits, and finds the first. */
export const holdPlans = (tx: Tx, organisationId: string): Promise<number> =>
  run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`demand ${organisationId}`}, 0))`)

export const listPlans = (tx: Tx, scope: Scope, year: number | null, page: Keyset): Promise<DemandPlanRow[]> =>
  listVisible(
    tx,
    scope,
    { table: 'demand_plans', columns, owner: 'organisation_id', filters: when(year, sql`and year = ${year}`) },
    page,
  )

export const plansOfYear = (tx: Tx, scope: Scope, year: number, states: readonly string[]): Promise<DemandPlanRow[]> =>
  rows(
    tx,
    sql`select ${columns} from demand_plans
        where year = ${year} and state = any(${[...states]}::text[]) and ${visible(scope, 'organisation_id')}
        order by id`,
  )
