import sql from 'sql-template-tag'
import { maybeRow, run, type Tx } from '../../platform/database/index.ts'

export interface Cut {
  readonly number: number
  readonly position: number
}

/** The newest checkpoint of before an instant, but for the newest of all, no further on than so many positions. */
export const cutBefore = (tx: Tx, instant: Date, positions: number): Promise<Cut | null> =>
  maybeRow(
    tx,
    sql`with first as (select number, position from audit_checkpoints order by number limit 1)
        select c.number, c.position from audit_checkpoints c, first
        where c.at < ${instant} and c.number > first.number
          and c.number < (select max(number) from audit_checkpoints)
          and (c.position <= first.position + ${positions} or c.number = first.number + 1)
        order by c.number desc limit 1`,
  )

/** Within this transaction alone the tables let go of what is behind a checkpoint. */
export const removeUpTo = async (tx: Tx, { number, position }: Cut): Promise<number> => {
  await run(tx, sql`select set_config('yiduo.audit_retention', 'on', true)`)
  const removed = await run(
    tx,
    sql`delete from audit_entries e using audit_chain c
        where c.position <= ${position} and e.id = c.entry_id and e.at = c.at`,
  )
  await run(tx, sql`delete from audit_chain where position <= ${position}`)
  await run(tx, sql`delete from audit_checkpoints where number < ${number}`)
  await run(tx, sql`select set_config('yiduo.audit_retention', 'off', true)`)
  return removed
}
