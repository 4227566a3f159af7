import sql, { raw } from 'sql-template-tag'
import { maybeRow, oneRow, rows, run, type Tx, write } from '../database/index.ts'
import type { SuiteName } from './suite.ts'

export interface DataKeyRow {
  readonly number: number
  /** Seals secrets, fingerprints requests, or signs what must be known again for years. */
  readonly purpose: 'seal' | 'print' | 'sign'
  readonly suite: SuiteName
  readonly wrapped: string
  readonly mark: string
  readonly createdAt: Date
  /** Null while it is announced only. */
  readonly usedFrom: Date | null
  readonly retiredAt: Date | null
}

const columns = sql`number, purpose, suite, wrapped, mark, created_at, used_from, retired_at`

export const listKeys = (tx: Tx): Promise<DataKeyRow[]> =>
  rows(tx, sql`select ${columns} from data_keys order by number`)

export const nextKeyNumber = async (tx: Tx): Promise<number> =>
  (await oneRow<{ number: number }>(tx, sql`select nextval(pg_get_serial_sequence('data_keys', 'number')) as number`))
    .number

type NewKey = Omit<DataKeyRow, 'usedFrom' | 'retiredAt'>

export const announceKey = (tx: Tx, it: NewKey): Promise<void> =>
  write(
    tx,
    sql`insert into data_keys (number, purpose, suite, wrapped, mark, created_at)
        values (${it.number}, ${it.purpose}, ${it.suite}, ${it.wrapped}, ${it.mark}, ${it.createdAt})`,
  )

/** The first of its purpose, in use at once; nothing where another process was first. */
export const insertFirstKey = (tx: Tx, it: NewKey): Promise<number> =>
  run(
    tx,
    sql`insert into data_keys (number, purpose, suite, wrapped, mark, created_at, used_from)
        values (${it.number}, ${it.purpose}, ${it.suite}, ${it.wrapped}, ${it.mark}, ${it.createdAt}, clock_timestamp())
        on conflict do nothing`,
  )

/** Whoever makes, wraps or takes keys into use does so alone. */
export const lockKeys = async (tx: Tx): Promise<void> => {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended('data keys', 0))`)
}

/** The newest announced key that no living server lacks. */
export const readyKey = (tx: Tx, lifeMs: number): Promise<{ number: number } | null> =>
  maybeRow(
    tx,
    sql`select number from data_keys k
        where purpose = 'seal' and used_from is null and not exists (
          select from key_readers r
          where r.seen_at > clock_timestamp() - ${lifeMs} * interval '1 ms' and k.number <> all(r.reads))
        order by number desc limit 1`,
  )

export const retireKeysBefore = (tx: Tx, number: number): Promise<void> =>
  write(
    tx,
    sql`update data_keys set used_from = coalesce(used_from, clock_timestamp()), retired_at = clock_timestamp()
        where purpose = 'seal' and number < ${number} and retired_at is null`,
  )

export const useKey = (tx: Tx, number: number): Promise<void> =>
  write(tx, sql`update data_keys set used_from = clock_timestamp() where number = ${number}`)

export const rewrapKey = (tx: Tx, number: number, wrapped: string): Promise<void> =>
  write(tx, sql`update data_keys set wrapped = ${wrapped} where number = ${number}`)

/** Of a server that reads `numbers` and seals with one of them; null: with the key ring itself. */
export const reportReader = (tx: Tx, id: string, numbers: readonly number[], sealsWith: number | null): Promise<void> =>
  write(
    tx,
    sql`insert into key_readers (id, seen_at, reads, seals_with)
        values (${id}, clock_timestamp(), ${[...numbers]}, ${sealsWith})
        on conflict (id) do update
          set seen_at = excluded.seen_at, reads = excluded.reads, seals_with = excluded.seals_with`,
  )

export const deleteReader = (tx: Tx, id: string): Promise<void> =>
  write(tx, sql`delete from key_readers where id = ${id}`)

export interface ReaderRow {
  readonly id: string
  readonly reads: number[]
  readonly sealsWith: number | null
}

export const livingReaders = (tx: Tx, lifeMs: number): Promise<ReaderRow[]> =>
  rows(
    tx,
    sql`select id, reads, seals_with from key_readers
        where seen_at > clock_timestamp() - ${lifeMs} * interval '1 ms' order by id`,
  )

export const forgetReaders = (tx: Tx): Promise<void> =>
  write(tx, sql`delete from key_readers where seen_at < clock_timestamp() - interval '1 day'`)

/** Keys that nobody has sealed with for an hour, however long a server was held up. */
export const restingKeys = (tx: Tx): Promise<{ number: number }[]> =>
  rows(
    tx,
    sql`select number from data_keys
        where purpose = 'seal' and retired_at < clock_timestamp() - interval '1 hour'`,
  )

export const deleteKey = (tx: Tx, number: number): Promise<void> =>
  write(tx, sql`delete from data_keys where number = ${number} and retired_at is not null`)

/** A column of a module's own table that holds sealed text, as the module describes it. */
export interface SealedColumn {
  readonly table: string
  readonly column: string
  /** The column that names the row. */
  readonly id: string
  /** The column that names whose the secret is; the row itself where it is not said. */
  readonly owner?: string
  /** What the secret was bound to. */
  readonly contextOf: (owner: string) => string
}

const placed = ({ table, column, id, owner = id }: SealedColumn) => ({
  table: raw(table),
  column: raw(column),
  id: raw(id),
  owner: raw(owner),
})

interface SealedRow {
  readonly id: string
  readonly owner: string
  readonly sealed: string
}

/** Rows behind an id whose secret is not sealed as `head` says, in their order. */
export const sealedOtherwise = (
  tx: Tx,
  it: SealedColumn,
  head: string,
  after: string | null,
  limit: number,
): Promise<SealedRow[]> => {
  const { table, column, id, owner } = placed(it)
  return rows(
    tx,
    sql`select ${id}::text as id, ${owner}::text as owner, ${column} as sealed from ${table}
        where ${column} is not null and not starts_with(${column}, ${head})
          and (${after}::text is null or ${id}::text > ${after}) order by ${id}::text limit ${limit}`,
  )
}

/** Only where nobody has stored another secret meanwhile. */
export const replaceSealed = (tx: Tx, it: SealedColumn, row: SealedRow, anew: string): Promise<number> => {
  const { table, column, id } = placed(it)
  return run(
    tx,
    sql`update ${table} set ${column} = ${anew} where ${id}::text = ${row.id} and ${column} = ${row.sealed}`,
  )
}

/** How many values each key seals, by its id. */
export const countSealed = (tx: Tx, it: SealedColumn): Promise<{ keyId: string; count: number }[]> => {
  const { table, column } = placed(it)
  return rows(
    tx,
    sql`select split_part(${column}, '.', 2) as key_id, count(*) as count from ${table}
        where ${column} is not null group by 1 order by 1`,
  )
}
