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

/** The simulated clouds of a database, for orders to them from outside; each statement stands alone. */
export const simDatabaseAt = (databaseUrl: string): SimDatabase => {
  const database: SimDatabase = {
    query: (statement, values) => rowsOf(databaseUrl, statement, [...values]),
    transaction: (work) => work(database),
  }
  return database
}
