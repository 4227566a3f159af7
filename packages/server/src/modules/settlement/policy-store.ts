import type { ClosingPolicy } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { oneRow, type Tx } from '../../platform/database/index.ts'

export const findPolicy = (tx: Tx): Promise<ClosingPolicy> =>
  oneRow(tx, sql`select day_kind, day, hour from closing_policies`)

export const updatePolicy = (tx: Tx, it: ClosingPolicy): Promise<ClosingPolicy> =>
  oneRow(
    tx,
    sql`update closing_policies set day_kind = ${it.dayKind}, day = ${it.day}, hour = ${it.hour}
        returning day_kind, day, hour`,
  )
