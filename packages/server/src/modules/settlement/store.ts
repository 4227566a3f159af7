import type { Measure, Phase, ResourceKind } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, rows, run, type Tx } from '../../platform/database/index.ts'

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
    sql`select resource_id, resource_kind, resource_name, system_id, component_id, component_name, measure, phase, quantity,
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
    sql`insert into bill_lines
        select ${billId}, x.position, x."resourceId", x."resourceKind", x."resourceName", x."systemId", x."componentId",
               x."componentName", x.measure, x.phase, x.quantity, x.seconds, x."heldUntil", x."monthSeconds", x."monthlyPriceYuanE4", x."amountYuanE4"
        from jsonb_to_recordset(${JSON.stringify(lines.map((line, position) => ({ position, ...line })))}::jsonb) as x(
          position integer, "resourceId" uuid, "resourceKind" text, "resourceName" text, "systemId" uuid, "componentId" uuid,
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
