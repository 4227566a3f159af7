import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { databaseUrl, templateName } from './template.ts'

export interface TestDatabase extends AsyncDisposable {
  readonly url: string
}

/** A migrated database of the test's own, cloned in some tens of milliseconds; disposing drops it. */
export const createTestDatabase = async (): Promise<TestDatabase> => createDatabase(templateName)

/** One with nothing in it, for the migrator's own tests. */
export const createEmptyDatabase = async (): Promise<TestDatabase> => createDatabase('template0')

const createDatabase = async (template: string): Promise<TestDatabase> => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  // Copying files is many times faster than writing all pages to the log, now that fsync is off.
  await maintain(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`)
  return {
    url: databaseUrl(inject('postgresUrl'), name),
    [Symbol.asyncDispose]: () => drop(name),
  }
}

/**
 * Waits some seconds for connections that are just closing (pg's `end` settles before the server knows): cut off,
 * they would fail the test by an error that nobody listens for.
 */
const drop = async (name: string): Promise<void> => {
  await maintain(`DROP DATABASE ${name}`).catch(() => maintain(`DROP DATABASE ${name} WITH (FORCE)`))
}

const maintain = async (sql: string): Promise<void> => {
  const client = new Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
