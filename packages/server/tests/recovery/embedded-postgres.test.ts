import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import {
  EmbeddedPostgresError,
  startEmbeddedPostgres,
  stopEmbeddedPostgres,
} from '../../src/platform/postgres/embedded.ts'

const settings = { fsync: 'off', shared_buffers: '16MB' }

/** A folder of the test's own; whatever still runs in it at the end is ended. */
const createFolder = async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), `yiduo-test-${process.pid}-`))
  return {
    dataFolder,
    start: (log: (words: string) => void = () => undefined) => startEmbeddedPostgres({ dataFolder, log, settings }),
    pid: async () => Number((await readFile(join(dataFolder, 'data/postmaster.pid'), 'utf8')).split('\n')[0]),
    [Symbol.asyncDispose]: async () => {
      await stopEmbeddedPostgres(dataFolder)
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query({ text: sql, rowMode: 'array' })
    return rows[0]?.[0]
  } finally {
    await client.end()
  }
}

test('a new folder becomes a UTF-8 database whatever the locale around it, and what it held is there again', async () => {
  await using folder = await createFolder()
  const before = await folder.start()
  expect(await ask(before.url, 'SHOW server_encoding')).toBe('UTF8')
  expect(
    await ask(before.url, "SELECT upper('é') || datlocprovider::text FROM pg_database WHERE datname = 'yiduo'"),
  ).toBe('Éb')
  await ask(before.url, "CREATE TABLE kept AS SELECT '一朵' AS name")
  await before[Symbol.asyncDispose]()
  await expect(folder.pid()).rejects.toThrow('ENOENT')

  await using again = await folder.start()
  expect(await ask(again.url, 'SELECT name FROM kept')).toBe('一朵')
})

test('nobody else can read the password, and nobody gets in without it', async () => {
  await using folder = await createFolder()
  await using postgres = await folder.start()
  expect((await stat(join(folder.dataFolder, 'password'))).mode & 0o777).toBe(0o600)
  const url = new URL(postgres.url)
  url.password = 'guessed'
  await expect(ask(url.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
})

test('a database left behind by a killed process is adopted, not started beside', async () => {
  await using folder = await createFolder()
  const module = JSON.stringify(join(import.meta.dirname, '../../src/platform/postgres/embedded.ts'))
  const options = JSON.stringify({ dataFolder: folder.dataFolder, settings })
  const program = `const { startEmbeddedPostgres } = await import(${module})
    await startEmbeddedPostgres({ ...${options}, log() {} })
    process.kill(process.pid, 'SIGKILL')`
  const killed = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]).catch(
    (fault) => fault,
  )
  expect(killed.signal).toBe('SIGKILL')
  const survivor = await folder.pid()

  const said: string[] = []
  await using postgres = await folder.start((words) => said.push(words))
  expect(await folder.pid()).toBe(survivor)
  expect(said.join()).toContain('adopting')
  expect(await ask(postgres.url, 'SELECT 1')).toBe(1)
})

test('two that start at once share one database, and the last to leave ends it', async () => {
  await using folder = await createFolder()
  const [first, second] = await Promise.all([folder.start(), folder.start()])
  expect(first.url).toBe(second.url)
  await first[Symbol.asyncDispose]()
  expect(await ask(second.url, 'SELECT 1')).toBe(1)
  await second[Symbol.asyncDispose]()
  await expect(folder.pid()).rejects.toThrow('ENOENT')
})

test('a postmaster that was itself killed is replaced, stale pid file or not', async () => {
  await using folder = await createFolder()
  await folder.start()
  process.kill(await folder.pid(), 'SIGKILL')
  await using postgres = await folder.start()
  expect(await ask(postgres.url, 'SELECT 1')).toBe(1)
})

test('a pid file whose number now belongs to another program does not bar the start', async () => {
  await using folder = await createFolder()
  await (await folder.start())[Symbol.asyncDispose]()
  const other = [process.pid, join(folder.dataFolder, 'data'), 1, 5432, join(folder.dataFolder, 'run'), '', '', 'ready']
  await writeFile(join(folder.dataFolder, 'data/postmaster.pid'), other.join('\n'))
  await using postgres = await folder.start()
  expect(await ask(postgres.url, 'SELECT 1')).toBe(1)
})

test('a folder made by another major version is refused with what to do', async () => {
  await using folder = await createFolder()
  await (await folder.start())[Symbol.asyncDispose]()
  await writeFile(join(folder.dataFolder, 'data/PG_VERSION'), '15\n')
  const refusal = await folder.start().catch((fault: unknown) => fault)
  expect(refusal).toBeInstanceOf(EmbeddedPostgresError)
  expect(refusal).toMatchObject({
    code: 'postgres-version-differs',
    message: expect.stringContaining('move the folder'),
  })
})

test('a start that fails tells what PostgreSQL said', async () => {
  await using folder = await createFolder()
  await (await folder.start())[Symbol.asyncDispose]()
  await writeFile(join(folder.dataFolder, 'data/postgresql.auto.conf'), 'no_such_setting = 1\n')
  await expect(folder.start()).rejects.toThrow('no_such_setting')
})
