import { encodeUuid } from '@yiduo/contract'
import { expect, test } from 'vitest'
import { keyset, pageFrom, toPage } from './keyset.ts'

const uuid = '0190a5c8-1111-7222-8333-444455556666'
const view = ({ id }: { id: string }) => id

test('a cursor says where to go on; none begins at the beginning', () => {
  expect(keyset({})).toEqual({ limit: 50, after: null })
  expect(keyset({ limit: 3, cursor: encodeUuid(uuid) })).toEqual({ limit: 3, after: uuid })
})

test.each(['', 'x', uuid, `${encodeUuid(uuid)}0`, encodeUuid(uuid).toUpperCase()])(
  'the cursor “%s” is refused',
  (cursor) => {
    expect(() => keyset({ cursor })).toThrow('cursor-invalid')
  },
)

test('one row more than asked for tells that there is more, and is not shown', () => {
  const page = { limit: 2, after: null }
  const other = '0190a5c8-1111-7222-8333-444455556667'
  expect(toPage([{ id: uuid }, { id: other }, { id: 'more' }], page, view)).toEqual({
    items: [uuid, other],
    nextCursor: encodeUuid(other),
  })
  expect(toPage([{ id: uuid }, { id: other }], page, view)).toEqual({ items: [uuid, other], nextCursor: null })
  expect(toPage([], page, view)).toEqual({ items: [], nextCursor: null })
})

test('the statement asks for one row more, below the cursor', () => {
  expect(pageFrom({ limit: 2, after: uuid }, 'p.id')).toMatchObject({
    text: 'and p.id < $1 order by p.id desc limit $2',
    values: [uuid, 3],
  })
  expect(pageFrom({ limit: 2, after: null })).toMatchObject({ text: ' order by id desc limit $1', values: [3] })
})
