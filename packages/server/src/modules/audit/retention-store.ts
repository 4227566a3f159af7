import sql, { raw } from 'sql-template-tag'
import { maybeRow, rows, run, type Tx } from '../../platform/database/index.ts'

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

/** Partitions of whole months before an instant, by their names: `audit_entries_2026_01`. */
export const monthsBehind = async (tx: Tx, instant: Date): Promise<string[]> =>
  (
    await rows<{ name: string }>(
      tx,
      sql`select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'audit_entries'::regclass and c.relname ~ '^audit_entries_[0-9]{4}_[0-9]{2}$'
            and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'Asia/Shanghai' <= ${instant}
          order by c.relname`,
    )
  ).map(({ name }) => name)

/** Whoever writes entries waits behind it: it waits no longer itself than they would not notice. */
export const dropEmptyMonth = async (tx: Tx, name: string): Promise<void> => {
  await run(tx, sql`set local lock_timeout = '1s'`)
  await run(tx, sql`lock table ${raw(name)} in access exclusive mode`)
  if ((await maybeRow(tx, sql`select from ${raw(name)} limit 1`)) === null) await run(tx, sql`drop table ${raw(name)}`)
}
