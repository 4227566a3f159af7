import sql from 'sql-template-tag'
import { maybeRow, rows, type Tx } from '../database/index.ts'

export const canRead = async (tx: Tx): Promise<boolean> => (await maybeRow(tx, sql`select 1 as one`)) !== null

export const operationCounts = (tx: Tx): Promise<{ state: string; count: number }[]> =>
  rows(tx, sql`select state, count(*) as count from operations where ended_at is null group by state`)
