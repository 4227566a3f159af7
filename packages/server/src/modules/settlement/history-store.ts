import sql from 'sql-template-tag'
import { run, type Tx } from '../../platform/database/index.ts'
import type { BillLineRow, BillRow } from './store.ts'

export const insertBills = (tx: Tx, bills: readonly BillRow[]): Promise<number> =>
  run(
    tx,
    sql`insert into bills (id, organisation_id, month, amount_yuan_e4, closed_at)
        select x.id, x."organisationId", x.month, x."amountYuanE4", x."closedAt"
        from json_to_recordset(${JSON.stringify(bills)}::json) as x(
          id uuid, "organisationId" uuid, month text, "amountYuanE4" bigint, "closedAt" timestamptz)`,
  )

export type PlacedBillLine = BillLineRow & { readonly billId: string; readonly position: number }

export const insertBillLines = (tx: Tx, lines: readonly PlacedBillLine[]): Promise<number> =>
  run(
    tx,
    sql`insert into bill_lines (bill_id, position, resource_id, resource_kind, resource_name, system_id, platform_id,
                                component_id, component_name, measure, phase, quantity, seconds, held_until, month_seconds,
                                monthly_price_yuan_e4, amount_yuan_e4)
        select x."billId", x.position, x."resourceId", x."resourceKind", x."resourceName", x."systemId", x."platformId",
               x."componentId", x."componentName", x.measure, x.phase, x.quantity, x.seconds, x."heldUntil", x."monthSeconds",
               x."monthlyPriceYuanE4", x."amountYuanE4"
        from json_to_recordset(${JSON.stringify(lines)}::json) as x(
          "billId" uuid, position integer, "resourceId" uuid, "resourceKind" text, "resourceName" text, "systemId" uuid,
          "platformId" uuid, "componentId" uuid, "componentName" text, measure text, phase text, quantity bigint, seconds bigint,
          "heldUntil" timestamptz, "monthSeconds" bigint, "monthlyPriceYuanE4" bigint, "amountYuanE4" bigint)`,
  )
