import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createEmptyDatabase } from '../../../tests/world/database.ts'
import { migrate } from './migrator.ts'

const createFolder = async (files: Record<string, string>) => {
  const path = await mkdtemp(join(tmpdir(), 'yiduo-migrations-'))
  const write = async (more: Record<string, string>) => {
    for (const [name, sql] of Object.entries(more)) await writeFile(join(path, name), sql)
  }
  await write(files)
  return { path, write, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query({ text: sql, rowMode: 'array' })
  await client.end()
  return rows.flat()
}

const two = { '0001-make-a.sql': 'CREATE TABLE a (x int);', '0002-fill-a.sql': 'INSERT INTO a VALUES (1);' }

test('every migration runs once, in order, and what is new later runs then', async () => {
  await using database = await createEmptyDatabase()
  await using folder = await createFolder(two)
  expect(await migrate(database.url, folder.path)).toEqual({ applied: Object.keys(two) })
  expect(await migrate(database.url, folder.path)).toEqual({ applied: [] })
  await folder.write({ '0003-fill-a-again.sql': 'INSERT INTO a VALUES (2);' })
  expect(await migrate(database.url, folder.path)).toEqual({ applied: ['0003-fill-a-again.sql'] })
  expect(await ask(database.url, 'SELECT x FROM a ORDER BY x')).toEqual([1, 2])
})

test('several processes that start at once apply each migration once', async () => {
  await using database = await createEmptyDatabase()
  await using folder = await createFolder(two)
  const runs = await Promise.all([1, 2, 3].map(() => migrate(database.url, folder.path)))
  expect(runs.flatMap(({ applied }) => applied)).toEqual(Object.keys(two))
  expect(await ask(database.url, 'SELECT x FROM a')).toEqual([1])
})

test('a migration that fails leaves no half of itself, keeps those before it, and is named with its line', async () => {
  await using database = await createEmptyDatabase()
  await using folder = await createFolder({ ...two, '0003-fail.sql': 'CREATE TABLE half ();\n\nSELECT nonsense;' })
  await expect(migrate(database.url, folder.path)).rejects.toMatchObject({
    code: 'migration-failed',
    message: expect.stringMatching(/0003-fail\.sql:3: .*nonsense/),
  })
  expect(await ask(database.url, "SELECT to_regclass('half'), (SELECT count(*)::int FROM migrations)")).toEqual([
    null,
    2,
  ])
})

test('an applied migration that was edited is refused by name', async () => {
  await using database = await createEmptyDatabase()
  await using folder = await createFolder(two)
  await migrate(database.url, folder.path)
  await folder.write({ '0001-make-a.sql': 'CREATE TABLE a (x bigint);' })
  await expect(migrate(database.url, folder.path)).rejects.toMatchObject({
    code: 'migration-changed',
    message: expect.stringContaining('0001-make-a.sql'),
  })
})

test('line ends of another system are no change', async () => {
  await using database = await createEmptyDatabase()
  await using folder = await createFolder({ '0001-make-a.sql': 'CREATE TABLE a (\n  x int\n);\n' })
  await migrate(database.url, folder.path)
  await folder.write({ '0001-make-a.sql': 'CREATE TABLE a (\r\n  x int\r\n);\r\n' })
  expect(await migrate(database.url, folder.path)).toEqual({ applied: [] })
})

test.each([
  ['a gap', { '0001-a.sql': '', '0003-c.sql': '' }, 'migration-gap'],
  ['a number used twice', { '0001-a.sql': '', '0001-b.sql': '' }, 'migration-gap'],
  ['a name that says nothing', { '0001.sql': '' }, 'migration-misnamed'],
])('%s is refused before anything runs', async (_, files, code) => {
  await using database = await createEmptyDatabase()
  await using folder = await createFolder(files)
  await expect(migrate(database.url, folder.path)).rejects.toMatchObject({ code })
  expect(await ask(database.url, "SELECT to_regclass('migrations')")).toEqual([null])
})

test('a release still starts on a database that a newer one has migrated', async () => {
  await using database = await createEmptyDatabase()
  await using newer = await createFolder(two)
  await using older = await createFolder({ '0001-make-a.sql': two['0001-make-a.sql'] })
  await migrate(database.url, newer.path)
  expect(await migrate(database.url, older.path)).toEqual({ applied: [] })
})

test('a database of another line of releases is refused', async () => {
  await using database = await createEmptyDatabase()
  await using ours = await createFolder(two)
  await using theirs = await createFolder({ ...two, '0002-fill-a.sql': '' })
  await rm(join(theirs.path, '0002-fill-a.sql'))
  await theirs.write({ '0002-something-else.sql': 'SELECT 1;' })
  await migrate(database.url, theirs.path)
  await expect(migrate(database.url, ours.path)).rejects.toMatchObject({ code: 'migration-gap' })
})
