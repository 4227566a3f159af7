import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../src/platform/migrations/migrator.ts'
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts'
import { databaseUrl, migrationsFolder, templateName } from './template.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the maintenance database on the PostgreSQL of this run. */
    readonly postgresUrl: string
  }
}

/** One PostgreSQL for the whole run, and in it one migrated database that every test clones. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await sweepAbandoned()
  const dataFolder = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`))
  const postgres = await startEmbeddedPostgres({
    dataFolder,
    log: () => undefined,
    // What a test wrote need not survive the machine.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' },
  })
  await createTemplate(postgres.url)
  project.provide('postgresUrl', postgres.url)
  const endNow = () => endAbruptly(dataFolder)
  process.once('exit', endNow)
  return async () => {
    process.off('exit', endNow)
    await postgres[Symbol.asyncDispose]()
    await rm(dataFolder, { recursive: true, force: true })
  }
}

const createTemplate = async (url: string): Promise<void> => {
  const maintenance = new Client({ connectionString: url })
  await maintenance.connect()
  await maintenance.query(`CREATE DATABASE ${templateName}`)
  await migrate(databaseUrl(url, templateName), migrationsFolder)
  await maintenance.end()
}

/** Ctrl-C ends vitest without any teardown. The folder is left to the next run. */
const endAbruptly = (dataFolder: string): void => {
  const [pid] = readFileSync(join(dataFolder, 'data', 'postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(pid), 'SIGQUIT')
}

const prefix = 'yiduo-test-'

/** A run that was killed left its database behind; the pid in the folder's name tells. */
const sweepAbandoned = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const pid = Number(name.startsWith(prefix) ? name.slice(prefix.length).split('-')[0] : Number.NaN)
    if (Number.isNaN(pid) || lives(pid)) continue
    await stopEmbeddedPostgres(join(tmpdir(), name))
    await rm(join(tmpdir(), name), { recursive: true, force: true })
  }
}

const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
