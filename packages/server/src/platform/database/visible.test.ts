import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BareDatabase, createBareDatabase } from '../../../tests/world/bare-database.ts'
import { rowsOf } from '../../../tests/world/statements.ts'
import { everything, nothingAtAll, type Scope } from '../../kernel/act.ts'
import { rows } from './query.ts'
import { visible } from './visible.ts'

// A city whose label begins as another's does: `/1/2/` and `/1/20/`.
const tree = { '/1/2/': '南京', '/1/2/3/': '玄武', '/1/20/': '苏州' }

let bare: BareDatabase
const ids = new Map<string, string>()
beforeAll(async () => {
  bare = await createBareDatabase()
  for (const [path, name] of Object.entries(tree)) {
    const [row] = await rowsOf<{ id: string }>(
      bare.url,
      `insert into organisations (id, parent_id, path, name, actor, level, division_code, created_at)
       values (gen_random_uuid(), (select id from organisations where path = '/1/'), $1, $2, 'authority', 'city', '320100', now())
       returning id`,
      [path, name],
    )
    ids.set(name, row?.id ?? '')
  }
})
afterAll(() => bare[Symbol.asyncDispose]())

const seen = async (scope: Scope): Promise<string[]> => {
  const found = await rows<{ name: string }>(
    bare.database.plain,
    sql`select name from organisations where ${visible(scope, 'organisations.id')} order by path`,
  )
  return found.map(({ name }) => name)
}
const scope = (it: Partial<Scope>): Scope => ({ ...nothingAtAll, ...it })

test('all see all, and nobody nothing', async () => {
  expect(await seen(everything)).toEqual(['测试省', '南京', '玄武', '苏州'])
  expect(await seen(nothingAtAll)).toEqual([])
})

test('a subtree is what lies below, itself included, and not what only begins alike', async () => {
  expect(await seen(scope({ subtrees: ['/1/2/'] }))).toEqual(['南京', '玄武'])
  expect(await seen(scope({ subtrees: ['/1/2/3/', '/1/20/'] }))).toEqual(['玄武', '苏州'])
})

test('a single organisation is itself alone', async () => {
  expect(await seen(scope({ organisations: [ids.get('南京') ?? ''] }))).toEqual(['南京'])
})

test('what several grants reach is seen together, each thing once', async () => {
  const both = scope({ organisations: [ids.get('玄武') ?? '', ids.get('苏州') ?? ''], subtrees: ['/1/2/'] })
  expect(await seen(both)).toEqual(['南京', '玄武', '苏州'])
})
