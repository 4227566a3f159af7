import sql, { empty, type Sql } from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BareDatabase, createBareDatabase } from '../../../tests/world/bare-database.ts'
import { rowsOf } from '../../../tests/world/statements.ts'
import { everything, nothingAtAll, type Scope } from '../../kernel/act.ts'
import { listVisible } from './listing-store.ts'
import { createTx, rows } from './query.ts'
import type { Called } from './text-store.ts'
import { visible } from './visible.ts'

const tree = ['/1/2/', '/1/2/3/', '/1/20/']

// 5,000 rows, the newest nearly all of one city: the other has some where the walk ends, and the rest far behind it.
let bare: BareDatabase
const ids = new Map<string, string>()
beforeAll(async () => {
  bare = await createBareDatabase()
  for (const path of tree) {
    const [row] = await rowsOf<{ id: string }>(
      bare.url,
      `insert into organisations (id, parent_id, path, name, actor, level, division_code, created_at)
       values (gen_random_uuid(), (select id from organisations where path = '/1/'), $1, $1, 'authority', 'city', '320100', now())
       returning id`,
      [path],
    )
    ids.set(path, row?.id ?? '')
  }
  await rowsOf(bare.url, 'create table things (id uuid primary key, organisation_id uuid, kind text, name text)')
  await rowsOf(
    bare.url,
    `insert into things
     select lpad(to_hex(n), 32, '0')::uuid,
            case when n <= 100 then $1 when n between 2990 and 3010 then $2 when n % 1000 = 0 then null else $3 end::uuid,
            case when n % 3 = 0 then 'third' else 'other' end,
            'thing ' || n || case when n < 4000 then ' 云' else ' 云朵' end
     from generate_series(1, 5000) n`,
    ['/1/2/3/', '/1/2/', '/1/20/'].map((path) => ids.get(path)),
  )
})
beforeAll(async () => {
  await rowsOf(bare.url, 'create index on things (organisation_id, id)')
  await rowsOf(bare.url, 'create index on things using gin (bigrams(variadic array[name]))')
  await rowsOf(bare.url, 'analyze things, organisations')
})
afterAll(() => bare[Symbol.asyncDispose]())

const scope = (it: Partial<Scope>): Scope => ({ ...nothingAtAll, ...it })
const own = (...paths: string[]): Partial<Scope> => ({ organisations: paths.map((path) => ids.get(path) ?? '') })
const scopes: readonly [string, () => Scope][] = [
  ['everything', () => everything],
  ['nothing', () => nothingAtAll],
  ['the whole province', () => scope({ subtrees: ['/1/'] })],
  ['the city whose rows are the newest', () => scope({ subtrees: ['/1/20/'] })],
  ['the city whose rows lie where the walk ends and behind', () => scope({ subtrees: ['/1/2/'] })],
  ['the county whose rows are the oldest', () => scope({ subtrees: ['/1/2/3/'] })],
  ['both, the one within the other', () => scope({ subtrees: ['/1/2/', '/1/2/3/'] })],
  ['one organisation', () => scope(own('/1/2/3/'))],
  ['two organisations', () => scope(own('/1/2/3/', '/1/2/'))],
  ['an organisation and a subtree', () => scope({ ...own('/1/2/'), subtrees: ['/1/2/3/'] })],
]

const called = (text: string): Called => ({
  it: { table: 'things', names: ['name'] },
  sought: { text, match: 'inside' },
})
const listing = { table: 'things', columns: sql`id`, owner: 'organisation_id', filters: empty }

const walk = async (of: Scope, filters: Sql, limit: number, text: string | null): Promise<string[]> => {
  const seen: string[] = []
  for (let after: string | null = null; ; ) {
    const page = { limit, after }
    const sought = text === null ? null : called(text)
    const found: { id: string }[] = await listVisible(bare.database.plain, of, { ...listing, filters }, page, sought)
    expect(found.length).toBeLessThanOrEqual(limit + 1)
    seen.push(...found.slice(0, limit).map((it) => it.id))
    if (found.length <= limit) return seen
    after = found[limit - 1]?.id ?? null
  }
}

test.each(scopes)('pages of %s show all of it once, the newest first, however the pages are cut', async (_, make) => {
  for (const filters of [empty, sql`and kind = ${'third'}`, sql`and kind = ${'none'}`]) {
    const all = await rows<{ id: string }>(
      bare.database.plain,
      sql`select id from things where ${visible(make(), 'organisation_id')} ${filters} order by id desc`,
    )
    for (const limit of [7, 10, 500]) expect(await walk(make(), filters, limit, null)).toEqual(all.map((it) => it.id))
  }
})

// Of all, of many that are few among the newest, of many that are none of them, of few, of one and of none.
test.each(scopes)('and so do pages of what of %s is called so', async (_, make) => {
  for (const text of ['thing', '云朵', '1', '77', '2999', 'nothing'])
    for (const filters of [empty, sql`and kind = ${'third'}`]) {
      const all = await rows<{ id: string }>(
        bare.database.plain,
        sql`select id from things where ${visible(make(), 'organisation_id')} ${filters}
            and strpos(name, ${text}) > 0 order by id desc`,
      )
      for (const limit of [7, 500]) expect(await walk(make(), filters, limit, text)).toEqual(all.map((it) => it.id))
    }
})

interface Plan {
  readonly Plans?: readonly Plan[]
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
}

/** How many rows of the table were touched below a node of a plan. */
const touchedBelow = (plan: Plan): number => {
  const own = plan['Actual Loops'] * (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0))
  const below = (plan.Plans ?? []).reduce((sum, it) => sum + touchedBelow(it), 0)
  return below + (plan['Relation Name'] === 'things' ? own : 0)
}

/** Runs everything, and has it explained. */
const createExplained = () => {
  const seen = { touched: 0 }
  const query = async ({ text, values }: { text: string; values: unknown[] }) => {
    const explained = await bare.database.pool.query(`explain (analyze, format json) ${text}`, values)
    seen.touched += touchedBelow(explained.rows[0]['QUERY PLAN'][0].Plan)
    return bare.database.pool.query(text, values)
  }
  // The one overload of pg's that stores use.
  return { seen, tx: createTx({ query: query as typeof bare.database.pool.query }, null) }
}

test.each(scopes)('for a page of %s not all rows are gone through', async (_, make) => {
  const { seen, tx } = createExplained()
  await listVisible(tx, make(), listing, { limit: 50, after: null })
  expect(seen.touched).toBeLessThan(2_500)
})

test('a text finds the few organisations of a subtree that are called so behind many that are not', async () => {
  await rowsOf(
    bare.url,
    `insert into organisations (id, parent_id, path, name, actor, level, division_code, created_at)
     select lpad(to_hex(n), 32, '0')::uuid, $1, '/1/2/3/' || n || '/', 'unit ' || n, 'department', 'village', '320100', now()
     from generate_series(1, 1500) n`,
    [ids.get('/1/2/3/')],
  )
  const units = { table: 'organisations', columns: sql`name`, owner: 'id', filters: empty }
  const sought = {
    it: { table: 'organisations', names: ['name'] },
    sought: { text: 'unit 77', match: 'inside' },
  } as const
  const find = (of: Scope) =>
    listVisible<{ id: string; name: string }>(bare.database.plain, of, units, { limit: 50, after: null }, sought)
  const found = await find(scope({ subtrees: ['/1/2/'] }))
  expect(found.map((it) => it.name)).toEqual([
    'unit 779',
    ...[8, 7, 6, 5, 4, 3, 2, 1, 0].map((it) => `unit 77${it}`),
    'unit 77',
  ])
  expect(await find(scope({ subtrees: ['/1/20/'] }))).toEqual([])
})
