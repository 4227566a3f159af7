import type { SimDatabase } from '@yiduo/drivers'
import { Client } from 'pg'

/** Runs one statement over a connection of its own: the test looks from outside, as an auditor would. */
export const rowsOf = async <Row>(databaseUrl: string, statement: string, values: unknown[] = []): Promise<Row[]> => {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query(statement, values)).rows as Row[] // the statement's writer says what it answers
  } finally {
    await client.end()
  }
}

/** All that is kept, a line a row with its table in front: for what must stand nowhere. */
export const everyRow = async (databaseUrl: string): Promise<string[]> => {
  const tables = await rowsOf<{ name: string }>(
    databaseUrl,
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const looks = tables.map(({ name }) => `select '${name} ' || t::text as row from "${name}" t`)
  return (await rowsOf<{ row: string }>(databaseUrl, looks.join(' union all '))).map(({ row }) => row)
}

/** The simulated clouds of a database, for orders to them from outside; each statement stands alone. */
export const simDatabaseAt = (databaseUrl: string): SimDatabase => {
  const database: SimDatabase = {
    query: (statement, values) => rowsOf(databaseUrl, statement, [...values]),
    transaction: (work) => work(database),
  }
  return database
}
