import pg from 'pg'
import type { Sql } from 'sql-template-tag'
import type { Act } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'

/**
 * What a store function takes first. Opaque to services: they pass it on, stores alone can query with it.
 * Inside a transaction it carries the act, so that what is recorded names who did it.
 */
export interface Tx {
  readonly act: Act | null
  readonly [connection]: Pick<pg.ClientBase, 'query'>
  readonly [ringing]: Ring
  readonly [writing]: Write
}
const connection: unique symbol = Symbol('connection')
const ringing: unique symbol = Symbol('ringing')
const writing: unique symbol = Symbol('writing')

/** Wakes whoever waits on a channel. */
export type Ring = (channel: string) => void

/** Takes a statement; in a transaction without waiting for what comes of it. */
type Write = (statement: pg.QueryConfig) => unknown

/** For the simulated clouds alone, whose own store speaks to PostgreSQL: its world within the transaction of ours. */
export const connectionOf = (tx: Tx): Pick<pg.ClientBase, 'query'> => tx[connection]

export const createTx = (
  client: Pick<pg.ClientBase, 'query'>,
  act: Act | null,
  ring: Ring = () => undefined,
  write: Write = (statement) => client.query(statement),
): Tx => ({
  act,
  [connection]: client,
  [ringing]: ring,
  [writing]: write,
})

/** Whoever waits on the channel looks again once what was written is there to be seen: now, or after the commit. */
export const ring = (tx: Tx, channel: string): void => tx[ringing](channel)

// int8 as a number: money in 1/10000 yuan and byte counts stay below 2^53; anything larger is a defect and says so.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new Error(`integer out of range: ${text}`)
  return value
})

/** Statement texts that recur get a name, so that PostgreSQL plans each once a connection. */
const names = new Map<string, string>()
const limit = 1_000
const nameOf = (text: string): string | undefined => {
  const known = names.get(text)
  if (known) return known
  if (names.size >= limit) return undefined
  const name = `y${names.size}`
  names.set(text, name)
  return name
}

const camel = (column: string): string => column.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const columnNames = new Map<string, string>()
const camelCached = (column: string): string => {
  const known = columnNames.get(column)
  if (known) return known
  const name = camel(column)
  columnNames.set(column, name)
  return name
}

type Result = pg.QueryResult<Record<string, unknown>>

/** The same statement under its name. */
export const prepared = (text: string, values: readonly unknown[]): pg.QueryConfig => {
  const name = nameOf(text)
  return { ...(name ? { name } : {}), text, values: [...values] }
}

const execute = async (tx: Tx, { text, values }: Sql): Promise<Result> => tx[connection].query(prepared(text, values))

const parsed = <Row>({ rows: found }: Result): Row[] =>
  found.map((row) => {
    const out: Record<string, unknown> = {}
    for (const column in row) out[camelCached(column)] = row[column]
    return out as Row // the parsing edge: the store's SQL and its Row are written side by side
  })

/** All rows; columns in camelCase. `Row` is the store's own word for the shape its SQL gives. */
export const rows = async <Row>(tx: Tx, statement: Sql): Promise<Row[]> => parsed(await execute(tx, statement))

/**
 * The same for statements whose right plan depends on the values: a rare state or a common one, a large organisation
 * or an empty one. A named statement is after some calls planned once for all of them.
 */
export const rowsPlannedAnew = async <Row>(tx: Tx, { text, values }: Sql): Promise<Row[]> =>
  parsed(await tx[connection].query({ text, values }))

/** The first row, or null. */
export const maybeRow = async <Row>(tx: Tx, statement: Sql): Promise<Row | null> =>
  (await rows<Row>(tx, statement))[0] ?? null

/** The one row that must be there. */
export const oneRow = async <Row>(tx: Tx, statement: Sql): Promise<Row> =>
  present(await maybeRow<Row>(tx, statement), 'row')

/** Runs a statement and says how many rows it touched. */
export const run = async (tx: Tx, statement: Sql): Promise<number> => (await execute(tx, statement)).rowCount ?? 0

/**
 * Runs a statement whose count nobody needs. In a transaction it goes with the next that is waited for, before it, or
 * with the commit: where it fails, they do.
 */
export const write = async (tx: Tx, { text, values }: Sql): Promise<void> =>
  void (await tx[writing](prepared(text, values)))
