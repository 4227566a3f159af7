import { type Attempt, done, failure, type Outcome, pending } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { createInFlight, makeOnce, removeAll } from './once.ts'

const callLimitMs = 10_000

interface Orders {
  readonly fenced?: boolean
  readonly fails?: Outcome<string>
  readonly unprepared?: Outcome<null>
}

/** A cloud of one kind of thing, whose creations can be told to fail with or without effect. */
function createShelf() {
  let nowMs = Date.parse('2026-11-22T08:00:00Z')
  const things: string[] = []
  const inFlight = createInFlight({ now: () => new Date(nowMs), callLimitMs, underWay: new Map() })
  const first: Attempt = { since: null, handle: null }
  const again: Attempt = { since: new Date(nowMs), handle: null }
  const made: string[] = []
  const make = (attempt: Attempt, { fenced = false, fails, unprepared }: Orders = {}) =>
    makeOnce<string, null>({
      thing: 'volume yd-1',
      attempt,
      inFlight,
      fenced,
      look: async () => done(things[0] ?? null),
      prepare: async () => unprepared ?? done(null),
      async make() {
        if (fails) return fails
        made.push('made')
        things.push(`thing-${things.length + 1}`)
        return done(things.at(-1) ?? '')
      },
    })
  const pass = (ms: number) => {
    nowMs += ms
  }
  return { things, made, make, pass, first, again, inFlight }
}

const lost = failure('transient', 'cloud-timeout', 'no answer')
const limited = failure('transient', 'cloud-rate-limited', 'slow down')

test('what a lost call made is adopted whenever it shows, also while waiting', async () => {
  const shelf = createShelf()
  await shelf.make(shelf.first, { fails: lost })
  expect(await shelf.make(shelf.again)).toMatchObject({ outcome: 'pending' })
  shelf.things.push('late')
  expect(await shelf.make(shelf.again)).toEqual(done('late'))
  expect(shelf.made).toHaveLength(0)
})

test('without a fence nothing is made again before the lost call can no longer take effect', async () => {
  const shelf = createShelf()
  await shelf.make(shelf.first, { fails: lost })
  shelf.pass(callLimitMs - 1)
  expect((await shelf.make(shelf.again)).outcome).toBe('pending')
  shelf.pass(1)
  expect(await shelf.make(shelf.again)).toEqual(done('thing-1'))
})

test('a call that ran into its limit is waited out as long again: a slow cloud is still at it', async () => {
  const shelf = createShelf()
  shelf.inFlight.begun('volume yd-1')
  shelf.pass(callLimitMs)
  shelf.inFlight.ended('volume yd-1', lost)
  expect((await shelf.make(shelf.again)).outcome).toBe('pending')
  shelf.pass(callLimitMs)
  expect(await shelf.make(shelf.again)).toEqual(done('thing-1'))
})

test('with a fence it is made again at once', async () => {
  const shelf = createShelf()
  await shelf.make(shelf.first, { fails: lost, fenced: true })
  expect(await shelf.make(shelf.again, { fenced: true })).toEqual(done('thing-1'))
})

test('what failed before anything was sent is not waited out', async () => {
  const shelf = createShelf()
  expect(await shelf.make(shelf.first, { unprepared: lost })).toEqual(lost)
  expect(shelf.inFlight.possible('volume yd-1', shelf.first)).toBe(false)
})

test('a call that was refused before our eyes is repeated without waiting', async () => {
  const shelf = createShelf()
  await shelf.make(shelf.first, { fails: limited })
  expect(await shelf.make(shelf.again)).toEqual(done('thing-1'))
})

test('each lost call is waited out, not only the first', async () => {
  const shelf = createShelf()
  await shelf.make(shelf.first, { fails: lost })
  shelf.pass(callLimitMs)
  await shelf.make(shelf.again, { fails: lost })
  shelf.pass(callLimitMs - 1)
  expect((await shelf.make(shelf.again)).outcome).toBe('pending')
  shelf.pass(1)
  expect(await shelf.make(shelf.again)).toEqual(done('thing-1'))
})

test('what another process began is waited out from its first call', async () => {
  const shelf = createShelf()
  expect((await shelf.make(shelf.again)).outcome).toBe('pending')
  shelf.pass(callLimitMs)
  expect(await shelf.make(shelf.again)).toEqual(done('thing-1'))
})

test('a refusal is no excuse for a later call that was lost', async () => {
  const shelf = createShelf()
  await shelf.make(shelf.first, { fails: limited })
  await shelf.make(shelf.again, { fails: lost })
  expect((await shelf.make(shelf.again)).outcome).toBe('pending')
})

test('a conflict means that another call has won: its thing is adopted', async () => {
  const shelf = createShelf()
  const conflict = failure('permanent', 'cloud-conflict', 'taken')
  expect(await shelf.make(shelf.first, { fails: conflict, fenced: true })).toEqual(conflict)
  shelf.things.push('winner')
  expect(await shelf.make(shelf.first, { fails: conflict, fenced: true })).toEqual(done('winner'))
})

const remove = (
  shelf: ReturnType<typeof createShelf>,
  attempt: Attempt,
  externalId: string | null,
  others: Readonly<Record<string, 'ours' | 'strange'>> = {},
) =>
  removeAll({
    thing: 'volume yd-1',
    externalId,
    attempt,
    inFlight: shelf.inFlight,
    look: async () => done([...shelf.things]),
    async drop(id) {
      const at = shelf.things.indexOf(id)
      if (at >= 0) shelf.things.splice(at, 1)
      return pending(id, 200)
    },
    isStranger: async (id) => (others[id] === undefined ? { outcome: 'absent' } : done(others[id] === 'strange')),
  })

test('everything with the mark goes, and then it is done', async () => {
  const shelf = createShelf()
  shelf.things.push('one', 'two')
  const going = await remove(shelf, shelf.first, null)
  expect(going).toMatchObject({ outcome: 'pending', handle: 'two' })
  expect(shelf.things).toEqual([])
  expect(await remove(shelf, { ...shelf.again, handle: 'two' }, null)).toEqual(done(null))
})

test('what a call in flight may still make is waited for', async () => {
  const shelf = createShelf()
  expect((await remove(shelf, shelf.again, null)).outcome).toBe('pending')
  shelf.pass(callLimitMs)
  expect((await remove(shelf, shelf.again, null)).outcome).toBe('done')
})

test('a thing without our mark is never touched, even by its id', async () => {
  const shelf = createShelf()
  const outcome = await remove(shelf, shelf.first, 'theirs', { theirs: 'strange' })
  expect(outcome).toMatchObject({ outcome: 'permanent', code: 'cloud-conflict' })
  expect((await remove(shelf, shelf.first, 'gone')).outcome).toBe('done')
})
