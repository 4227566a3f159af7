import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { expect, test } from 'vitest'
import { createEmptyDatabase, createTestDatabase } from '../../../tests/world/database.ts'
import { migrationsFolder } from '../../../tests/world/template.ts'
import { dumpSchema } from './dump.ts'
import { migrate } from './migrator.ts'

const run = async (url: string, sql: string): Promise<void> => {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query(sql)
  await client.end()
}

test('all migrations end in the committed schema, and running them again changes nothing', async () => {
  await using database = await createEmptyDatabase()
  await migrate(database.url, migrationsFolder)
  const schema = await dumpSchema(database.url)
  // If this is the intended change of a new migration: npm run golden -- --write
  expect(schema).toBe(await readFile(join(migrationsFolder, '../schema.sql'), 'utf8'))
  expect(await migrate(database.url, migrationsFolder)).toEqual({ applied: [] })
  expect(await dumpSchema(database.url)).toBe(schema)
})

test.each([
  ['a column', 'ALTER TABLE a ADD y text COLLATE "C"', 'y text collate "C"'],
  ['a default', 'ALTER TABLE a ALTER x SET DEFAULT 7', 'x integer default 7'],
  ['a duty to be there', 'ALTER TABLE a ALTER x SET NOT NULL', 'x integer not null'],
  ['an identity', 'ALTER TABLE a ADD i bigint GENERATED ALWAYS AS IDENTITY', 'i bigint generated always as identity'],
  [
    'a generated column',
    'ALTER TABLE a ADD g int GENERATED ALWAYS AS (x + 1) STORED',
    'generated always as ((x + 1)) stored',
  ],
  ['a check', 'ALTER TABLE a ADD CONSTRAINT c CHECK (x > 0)', 'constraint c CHECK ((x > 0))'],
  ['a key', 'ALTER TABLE a ADD PRIMARY KEY (x)', 'constraint a_pkey PRIMARY KEY (x)'],
  ['an index', 'CREATE INDEX i ON a (x) WHERE x > 1', 'CREATE INDEX i ON public.a USING btree (x) WHERE (x > 1);'],
  ['a sequence', 'CREATE SEQUENCE s', 'create sequence public.s as bigint increment 1 start 1;'],
  ['a function', 'CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 8 $$', 'SELECT 8'],
  [
    'a trigger',
    'CREATE TRIGGER t BEFORE UPDATE ON a EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    'CREATE TRIGGER t',
  ],
  ['an enumeration', "CREATE TYPE e AS ENUM ('b', 'a')", "create type public.e as enum ('b', 'a');"],
  ['a view', 'CREATE VIEW v AS SELECT x FROM a', 'create view public.v as'],
  ['a comment', "COMMENT ON COLUMN a.x IS 'why'", "comment on column public.a.x is 'why';"],
  ['a partitioned table', 'CREATE TABLE p (x int) PARTITION BY RANGE (x)', ') partition by RANGE (x);'],
  ['a table of the simulated cloud', 'CREATE SCHEMA sim; CREATE TABLE sim.c ()', 'create table sim.c ('],
])('the dump shows %s', async (_, sql, line) => {
  await using database = await createEmptyDatabase()
  await run(database.url, 'CREATE TABLE a (x int)')
  expect(await dumpSchema(database.url)).not.toContain(line)
  await run(database.url, sql)
  expect(await dumpSchema(database.url)).toContain(line)
})

test('the partitions of the months are not part of the schema, the default one is', async () => {
  await using database = await createEmptyDatabase()
  await run(database.url, 'CREATE TABLE p (x int) PARTITION BY RANGE (x); CREATE TABLE p_rest PARTITION OF p DEFAULT')
  const before = await dumpSchema(database.url)
  expect(before).toContain('create table public.p_rest partition of public.p default;')
  await run(database.url, 'CREATE TABLE p_1 PARTITION OF p FOR VALUES FROM (1) TO (2)')
  expect(await dumpSchema(database.url)).toBe(before)
})

test('a test database is a migrated one', async () => {
  await using empty = await createEmptyDatabase()
  await migrate(empty.url, migrationsFolder)
  await using clone = await createTestDatabase()
  expect(await dumpSchema(clone.url)).toBe(await dumpSchema(empty.url))
})
