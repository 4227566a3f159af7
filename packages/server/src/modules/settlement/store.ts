import type { Measure, Phase, ResourceKind } from '@yiduo/contract'
import sql, { empty, join, raw } from 'sql-template-tag'
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

export interface BillRow {
  readonly id: string
  readonly organisationId: string
  readonly month: string
  readonly amountYuanE4: number
  readonly closedAt: Date
}

export interface BillLineRow {
  readonly resourceId: string
  readonly resourceKind: ResourceKind
  readonly resourceName: string
  readonly systemId: string
  readonly platformId: string | null
  readonly componentId: string
  readonly componentName: string
  readonly measure: Measure
  readonly phase: Phase
  readonly quantity: number
  readonly seconds: number
  readonly heldUntil: Date
  readonly monthSeconds: number
  readonly monthlyPriceYuanE4: number
  readonly amountYuanE4: number
}

/**
 * Closing months and setting prices exclude each other until their commit: a price never reaches into a month that is
 * being closed with the price before it. Any number of months close at once.
 */
export const holdOffPrices = (tx: Tx): Promise<number> =>
  run(tx, sql`select pg_advisory_xact_lock_shared(hashtextextended('closing of months', 0))`)
export const holdOffClosing = (tx: Tx): Promise<number> =>
  run(tx, sql`select pg_advisory_xact_lock(hashtextextended('closing of months', 0))`)

export const findBill = (tx: Tx, organisationId: string, month: string): Promise<BillRow | null> =>
  maybeRow(
    tx,
    sql`select id, organisation_id, month, amount_yuan_e4, closed_at from bills
        where organisation_id = ${organisationId} and month = ${month}`,
  )

export const linesOf = (tx: Tx, billId: string): Promise<BillLineRow[]> =>
  rows(
    tx,
    sql`select resource_id, resource_kind, resource_name, system_id, platform_id, component_id, component_name, measure, phase, quantity,
               seconds, held_until, month_seconds, monthly_price_yuan_e4, amount_yuan_e4
        from bill_lines where bill_id = ${billId} order by position`,
  )

export const insertBill = (tx: Tx, it: BillRow): Promise<number> =>
  run(
    tx,
    sql`insert into bills (id, organisation_id, month, amount_yuan_e4, closed_at)
        values (${it.id}, ${it.organisationId}, ${it.month}, ${it.amountYuanE4}, ${it.closedAt}) on conflict do nothing`,
  )

export const insertLines = (tx: Tx, billId: string, lines: readonly BillLineRow[]): Promise<number> =>
  run(
    tx,
    sql`insert into bill_lines (bill_id, position, resource_id, resource_kind, resource_name, system_id, platform_id,
                                component_id, component_name, measure, phase, quantity, seconds, held_until,
                                month_seconds, monthly_price_yuan_e4, amount_yuan_e4)
        select ${billId}, x.position, x."resourceId", x."resourceKind", x."resourceName", x."systemId", x."platformId",
               x."componentId", x."componentName", x.measure, x.phase, x.quantity, x.seconds, x."heldUntil",
               x."monthSeconds", x."monthlyPriceYuanE4", x."amountYuanE4"
        from jsonb_to_recordset(${JSON.stringify(lines.map((line, position) => ({ position, ...line })))}::jsonb) as x(
          position integer, "resourceId" uuid, "resourceKind" text, "resourceName" text, "systemId" uuid, "platformId" uuid, "componentId" uuid,
          "componentName" text, measure text, phase text, quantity bigint, seconds bigint, "heldUntil" timestamptz, "monthSeconds" bigint,
          "monthlyPriceYuanE4" bigint, "amountYuanE4" bigint)`,
  )

/** The latest month of a closed bill that charged a component, in a phase, for time after an instant. */
export const latestChargedAfter = (
  tx: Tx,
  componentId: string,
  phase: string,
  at: Date,
): Promise<{ month: string } | null> =>
  maybeRow(
    tx,
    sql`select b.month from bill_lines l join bills b on b.id = l.bill_id
        where l.component_id = ${componentId} and l.phase = ${phase} and l.held_until > ${at}
        order by l.held_until desc limit 1`,
  )

/** One at a time for each organisation: what closes a month, and what is put into the open one. */
export const holdBills = (tx: Tx, organisationId: string): Promise<number> =>
  run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`bills ${organisationId}`}, 0))`)

/** The latest month that is closed, of each that has one. */
export const latestMonths = (
  tx: Tx,
  organisationIds: readonly string[],
): Promise<{ organisationId: string; month: string }[]> =>
  rows(
    tx,
    sql`select o.id as organisation_id, b.month
        from unnest(${[...organisationIds]}::uuid[]) as o(id)
        cross join lateral (select month from bills where organisation_id = o.id order by month desc limit 1) b`,
  )

export const listBills = (
  tx: Tx,
  scope: Scope,
  filter: { month: string | null; below: Scope | null },
  page: Keyset,
): Promise<BillRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'bills',
      columns: sql`id, organisation_id, month, amount_yuan_e4, closed_at`,
      owner: 'organisation_id',
      filters: sql`${when(filter.month, sql`and month = ${filter.month}`)}
        ${filter.below ? sql`and ${visible(filter.below, 'organisation_id')}` : empty}`,
    },
    page,
  )

export interface TotalRow {
  readonly organisationId: string | null
  readonly systemId: string | null
  readonly componentId: string | null
  readonly amountYuanE4: number
}

const totalColumns = { organisation: 'organisation_id', system: 'system_id', component: 'component_id' } as const

/** What the closed bills of a month charge, corrections among it, the dearest first. */
export const totalsOf = (
  tx: Tx,
  month: string,
  scopes: readonly Scope[],
  by: keyof typeof totalColumns,
): Promise<TotalRow[]> => {
  const key = raw(totalColumns[by])
  const reached = join(
    scopes.map((it) => visible(it, 'b.organisation_id')),
    ' and ',
  )
  return rows(
    tx,
    sql`select ${key}, sum(amount_yuan_e4)::bigint as amount_yuan_e4 from (
          select b.organisation_id, l.system_id, l.component_id, l.amount_yuan_e4
          from bills b join bill_lines l on l.bill_id = b.id where b.month = ${month} and ${reached}
          union all
          select b.organisation_id, c.system_id, c.component_id, c.amount_yuan_e4
          from bills b join bill_corrections c on c.bill_id = b.id where b.month = ${month} and ${reached}) as charged
        group by ${key} order by 2 desc, 1 limit 10000`,
  )
}

export const monthTotal = (
  tx: Tx,
  month: string,
  scopes: readonly Scope[],
): Promise<{ bills: number; amountYuanE4: number }> =>
  oneRow(
    tx,
    sql`select count(*) as bills, coalesce(sum(amount_yuan_e4), 0)::bigint as amount_yuan_e4 from bills b
        where month = ${month} and ${join(
          scopes.map((it) => visible(it, 'b.organisation_id')),
          ' and ',
        )}`,
  )

export interface ChargeRow {
  readonly month: string
  readonly systemId: string | null
  readonly componentId: string | null
  readonly amountYuanE4: number
}

/** What the closed bills of some months charge an organisation, by system and component, corrections among it. */
export const chargesOf = (tx: Tx, organisationId: string, first: string, last: string): Promise<ChargeRow[]> =>
  rows(
    tx,
    sql`select month, system_id, component_id, sum(amount_yuan_e4)::bigint as amount_yuan_e4 from (
          select b.month, l.system_id, l.component_id, l.amount_yuan_e4
          from bills b join bill_lines l on l.bill_id = b.id
          where b.organisation_id = ${organisationId} and b.month between ${first} and ${last}
          union all
          select b.month, c.system_id, c.component_id, c.amount_yuan_e4
          from bills b join bill_corrections c on c.bill_id = b.id
          where b.organisation_id = ${organisationId} and b.month between ${first} and ${last}) as charged
        group by month, system_id, component_id`,
  )

export const closedMonths = (
  tx: Tx,
  organisationId: string,
  first: string,
  last: string,
): Promise<{ month: string }[]> =>
  rows(
    tx,
    sql`select month from bills where organisation_id = ${organisationId} and month between ${first} and ${last}`,
  )

/** From an index alone (0041); the earliest first. */
export const chargedByMonth = (
  tx: Tx,
  scope: Scope,
  first: string,
  before: string,
): Promise<{ month: string; amountYuanE4: number }[]> =>
  rows(
    tx,
    sql`select month, sum(amount_yuan_e4)::bigint as amount_yuan_e4 from bills
        where month >= ${first} and month < ${before} and ${visible(scope, 'organisation_id')}
        group by month order by month`,
  )
