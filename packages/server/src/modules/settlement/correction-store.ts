import sql from 'sql-template-tag'
import { maybeRow, oneRow, rows, type Tx, write } from '../../platform/database/index.ts'

export interface CorrectionRow {
  readonly id: string
  readonly organisationId: string
  /** Into which it was put. */
  readonly month: string
  readonly billId: string | null
  readonly correctsBillId: string
  readonly correctsMonth: string
  readonly correctsPosition: number | null
  readonly systemId: string | null
  readonly componentId: string | null
  readonly platformId: string | null
  readonly amountYuanE4: number
  readonly reason: string
  readonly correctedBy: string
  readonly createdAt: Date
}

const columns = sql`id, organisation_id, month, bill_id, corrects_bill_id, corrects_month, corrects_position, system_id,
  component_id, platform_id, amount_yuan_e4, reason, corrected_by, created_at`

export const insertCorrection = (tx: Tx, it: CorrectionRow): Promise<void> =>
  write(
    tx,
    sql`insert into bill_corrections (${columns})
        values (${it.id}, ${it.organisationId}, ${it.month}, ${it.billId}, ${it.correctsBillId}, ${it.correctsMonth},
                ${it.correctsPosition}, ${it.systemId}, ${it.componentId}, ${it.platformId}, ${it.amountYuanE4},
                ${it.reason}, ${it.correctedBy}, ${it.createdAt})`,
  )

export const correctionsOf = (tx: Tx, billId: string): Promise<CorrectionRow[]> =>
  rows(tx, sql`select ${columns} from bill_corrections where bill_id = ${billId} order by id`)

/** Those that no bill holds yet: whichever of the organisation’s closes next takes them. */
export const openCorrections = (tx: Tx, organisationId: string): Promise<CorrectionRow[]> =>
  rows(
    tx,
    sql`select ${columns} from bill_corrections where organisation_id = ${organisationId} and bill_id is null order by id`,
  )

/** A month that was closed by the release before this one left them to the next. */
export const takeCorrections = (tx: Tx, ids: readonly string[], billId: string, month: string): Promise<void> =>
  write(tx, sql`update bill_corrections set bill_id = ${billId}, month = ${month} where id = any(${[...ids]}::uuid[])`)

/** What earlier corrections have made of a bill’s line, or of the bill as a whole. */
export const correctedSoFar = (tx: Tx, billId: string, position: number | null): Promise<{ amountYuanE4: number }> =>
  oneRow(
    tx,
    sql`select coalesce(sum(amount_yuan_e4), 0)::bigint as amount_yuan_e4 from bill_corrections
        where corrects_bill_id = ${billId} and (${position}::integer is null or corrects_position = ${position})`,
  )

export interface CorrectedLine {
  readonly systemId: string
  readonly componentId: string
  readonly platformId: string | null
  readonly amountYuanE4: number
}

export const lineAt = (tx: Tx, billId: string, position: number): Promise<CorrectedLine | null> =>
  maybeRow(
    tx,
    sql`select system_id, component_id, platform_id, amount_yuan_e4 from bill_lines
        where bill_id = ${billId} and position = ${position}`,
  )

export const hasSystem = async (tx: Tx, billId: string, systemId: string): Promise<boolean> =>
  (await maybeRow(
    tx,
    sql`select 1 as one from bill_lines where bill_id = ${billId} and system_id = ${systemId} limit 1`,
  )) !== null
