import { type Driver, done, failure, type Observed, pending } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { eachPage, listAll } from './listing.ts'

const thing = (externalId: string): Observed => ({
  kind: 'host',
  externalId,
  mark: null,
  name: externalId,
  projectId: null,
  state: 'active',
  nativeState: 'up',
  facts: {},
  createdAt: null,
})

/** A driver of which only `list` is asked. */
const listing = (list: (cursor: string | null) => ReturnType<Driver['list']>) =>
  ({ list: (_kind: string, cursor: string | null) => list(cursor) }) as unknown as Driver // nothing else is called

const page = (nextCursor: string | null, complete = false, items = [thing('one')]) =>
  done({ items, nextCursor, complete, count: items.length })

test('a list is everything up to its complete page', async () => {
  const pages = [page('b'), page('c'), page(null, true)]
  const found = await listAll(
    listing(async () => pages.shift() ?? page(null)),
    'host',
  )
  expect(found).toMatchObject({ outcome: 'done', value: { length: 3 } })
})

test('a page of very many things is no more than a page', async () => {
  const many = Array.from({ length: 150_000 }, (_, index) => thing(`${index}`))
  const found = await listAll(
    listing(async () => page(null, true, many)),
    'host',
  )
  expect(found).toMatchObject({ outcome: 'done', value: { length: 150_000 } })
})

const unreadable = { code: 'cloud-answer-unreadable' }

test('a cloud that answers the same page for ever is told, not listened to for ever', async () => {
  expect(
    await listAll(
      listing(async () => page('same')),
      'host',
    ),
  ).toMatchObject({ outcome: 'permanent', ...unreadable })
})

test('a cloud whose pages go in a circle, or never end, is given up', async () => {
  const circle = listing(async (cursor) => page(cursor === 'a' ? 'b' : 'a', false, []))
  expect(await eachPage(circle, 'server', () => undefined)).toMatchObject({ outcome: 'permanent', ...unreadable })
  const many = Array.from({ length: 50_000 }, (_, index) => thing(`${index}`))
  let pages = 0
  const growing = listing(async () => page(`${++pages}`, false, many))
  expect(await listAll(growing, 'host')).toMatchObject({ outcome: 'permanent', ...unreadable })
  expect(pages).toBe(5)
})

test('a list that breaks off, or comes to nothing that a list may come to, is no list', async () => {
  expect(
    await listAll(
      listing(async () => page(null)),
      'host',
    ),
  ).toMatchObject({ outcome: 'transient', ...unreadable })
  expect(
    await listAll(
      listing(async () => pending(null, 1)),
      'host',
    ),
  ).toMatchObject(unreadable)
  const down = failure('transient', 'cloud-unreachable', 'ECONNREFUSED')
  expect(
    await listAll(
      listing(async () => down),
      'host',
    ),
  ).toBe(down)
})
