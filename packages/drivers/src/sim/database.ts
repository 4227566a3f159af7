import type { Sql } from 'sql-template-tag'

/**
 * The PostgreSQL that holds the simulated world, as narrow as the simulation needs it. Rows come as `pg` gives
 * them: `timestamptz` as Date, `integer` as number, `jsonb` parsed. Isolation is READ COMMITTED.
 */
export interface SimDatabase {
  query<Row>(text: string, values: readonly unknown[]): Promise<Row[]>
  /** Commits what `work` did, or undoes all of it when `work` throws. */
  transaction<T>(work: (tx: SimDatabase) => Promise<T>): Promise<T>
}

export const rowsOf = <Row>(database: SimDatabase, statement: Sql): Promise<Row[]> =>
  database.query<Row>(statement.text, statement.values)

export const firstOf = async <Row>(database: SimDatabase, statement: Sql): Promise<Row | null> =>
  (await rowsOf<Row>(database, statement))[0] ?? null
