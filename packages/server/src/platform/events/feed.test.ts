import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BareDatabase, createBareDatabase, silent } from '../../../tests/world/bare-database.ts'
import { rowsOf } from '../../../tests/world/statements.ts'
import { waitUntil } from '../../../tests/world/world.ts'
import { everything, nothingAtAll, type Scope } from '../../kernel/act.ts'
import { eventChannel } from '../acts/record.ts'
import type { Database } from '../database/index.ts'
import { createTx } from '../database/query.ts'
import { createEventFeed, type EventFeed } from './feed.ts'
import { isBehind } from './follower.ts'
import type { Position } from './store.ts'

let bare: BareDatabase
let feed: EventFeed
beforeAll(async () => {
  bare = await createBareDatabase()
  feed = createEventFeed({ database: bare.database, signals: bare.signals(eventChannel), log: silent })
})
afterAll(async () => {
  await feed[Symbol.asyncDispose]()
  await bare[Symbol.asyncDispose]()
})

const insert = `insert into events (at, type, subject, organisation_id, data) values (now(), $1, 'x', null, '{}')`
const write = (type: string) => rowsOf(bare.url, insert, [type])

/** A transaction that stays open until it is told to commit. */
const openTransaction = async () => {
  const client = new Client({ connectionString: bare.url })
  await client.connect()
  await client.query('begin')
  return {
    write: (type: string) => client.query(insert, [type]),
    commit: async () => {
      await client.query('commit')
      await client.end()
    },
  }
}

const follow = async (from?: Position, { on = feed, scope = everything }: { on?: EventFeed; scope?: Scope } = {}) => {
  const stopping = new AbortController()
  const place = from ?? (await on.end())
  const interest = { scope: () => scope, subject: null }
  const types: string[] = []
  const reading = (async () => {
    for await (const event of on.follow(place, interest, stopping.signal)) types.push(event.type)
  })()
  return {
    types,
    place,
    stop: async () => {
      stopping.abort()
      await reading
      return types
    },
  }
}

test('events come in the order of their transactions, to every follower', async () => {
  const [one, other] = [await follow(), await follow()]
  for (const type of ['a', 'b', 'c']) await write(type)
  await waitUntil(async () => one.types.length === 3 && other.types.length === 3)
  expect(await one.stop()).toEqual(['a', 'b', 'c'])
  expect(await other.stop()).toEqual(['a', 'b', 'c'])
})

test('the end is behind the last transaction, however many digits its number has', async () => {
  const follower = await follow()
  await write('last')
  // Another database's open transaction may hold it back for a while.
  await waitUntil(async () => follower.types.includes('last'))
  await follower.stop()
  const end = await feed.end()
  for (const xact of ['9', '99'])
    await rowsOf(
      bare.url,
      `insert into events (xact, at, type, subject, organisation_id, data) values ($1, now(), 'old', 'x', null, '{}')`,
      [xact],
    )
  expect(await feed.end()).toEqual(end)
})

test('what is committed late is not skipped, though later events were written before', async () => {
  const follower = await follow()
  const late = await openTransaction()
  await late.write('first begun')
  await write('second')
  await write('third')
  await late.commit()
  await waitUntil(async () => follower.types.length === 3)
  expect(await follower.stop()).toEqual(['first begun', 'second', 'third'])
})

test('whoever begins while a transaction is open hears of it when it ends', async () => {
  const late = await openTransaction()
  await late.write('under way')
  const follower = await follow()
  await write('after')
  await late.commit()
  await waitUntil(async () => follower.types.includes('after'))
  expect(await follower.stop()).toEqual(['under way', 'after'])
})

test('whoever comes back to a place gets all behind it, and nothing twice', async () => {
  const before = await feed.end()
  for (const type of ['1', '2', '3', '4']) await write(type)
  const all = await follow(before)
  await waitUntil(async () => all.types.length === 4)
  await all.stop()
  const [second] = (
    await rowsOf<{ xact: string; position: string }>(
      bare.url,
      `select xact::text, position from events where type = '2'`,
    )
  ).map(({ xact, position }) => ({ xact, position: Number(position) }))
  const rest = await follow(second)
  await waitUntil(async () => rest.types.length === 2)
  expect(await rest.stop()).toEqual(['3', '4'])
})

test('more than one batch comes through whole', async () => {
  const follower = await follow()
  await rowsOf(
    bare.url,
    `insert into events (at, type, subject, organisation_id, data) select now(), n::text, 'x', null, '{}' from generate_series(1, 1200) as n`,
  )
  await waitUntil(async () => follower.types.length === 1_200)
  expect(await follower.stop()).toEqual(Array.from({ length: 1_200 }, (_, index) => String(index + 1)))
})

/** A feed of its own, and what it has asked of the database. */
const createCountedFeed = () => {
  const asked = { statements: 0, rows: 0 }
  const query = async (config: { text: string; values: unknown[] }) => {
    const answer = await bare.database.pool.query(config)
    asked.statements += 1
    asked.rows += answer.rows.length
    return answer
  }
  // The one overload of pg's that `rows` uses.
  const plain = createTx({ query: query as typeof bare.database.pool.query }, null)
  const database: Database = { ...bare.database, plain }
  return { asked, feed: createEventFeed({ database, signals: bare.signals(eventChannel), log: silent }) }
}

test('what is new is read once, however many follow', async () => {
  const { asked, feed: on } = createCountedFeed()
  const followers = await Promise.all(Array.from({ length: 100 }, () => follow(undefined, { on })))
  await write('to begin with')
  await waitUntil(async () => followers.every((it) => it.types.length === 1))
  const before = asked.rows
  for (const type of ['a', 'b', 'c']) await write(type)
  await waitUntil(async () => followers.every((it) => it.types.length === 4))
  expect(asked.rows - before).toBe(3)
  for (const it of followers) expect(await it.stop()).toEqual(['to begin with', 'a', 'b', 'c'])
  await on[Symbol.asyncDispose]()
})

test.each(['own', 'subtree'])('who comes back from far away reads nothing that lies outside: %s', async (reach) => {
  const from = await feed.end()
  await rowsOf(
    bare.url,
    `insert into events (at, type, subject, organisation_id, data)
     select now(), 'own', 'x', case when n in (1, 2500, 5000) then $1::uuid end, '{}' from generate_series(1, 5000) n`,
    [bare.organisationId],
  )
  await waitUntil(async () => isBehind(from, await feed.end())) // else some come unfiltered, as new ones
  const { asked, feed: on } = createCountedFeed()
  const scope =
    reach === 'own'
      ? { organisations: [bare.organisationId] }
      : { subtrees: ['/1/'], organisations: ['00000000-0000-0000-0000-000000000000'] }
  const follower = await follow(from, { on, scope: { ...nothingAtAll, ...scope } })
  await waitUntil(async () => follower.types.length === 3)
  expect(asked.rows).toBeLessThan(15)
  expect(asked.statements).toBeLessThan(15)
  expect(await follower.stop()).toEqual(['own', 'own', 'own'])
  await on[Symbol.asyncDispose]()
})

test('who is slow is told the rest all the same, once and in order', async () => {
  const from = await feed.end()
  const stopping = new AbortController()
  const seen: string[] = []
  const reading = feed.follow(from, { scope: () => everything, subject: null }, stopping.signal)[Symbol.asyncIterator]()
  const [fast, first] = [await follow(), reading.next()]
  await write('0')
  seen.push((await first).value.type)
  for (const [low, high] of [
    [1, 3_000],
    [3_001, 6_000],
  ])
    await rowsOf(
      bare.url,
      `insert into events (at, type, subject, organisation_id, data) select now(), n::text, 'x', null, '{}' from generate_series($1::int, $2::int) n`,
      [low, high],
    )
  await waitUntil(async () => fast.types.length === 6_001)
  while (seen.length < 6_001) seen.push((await reading.next()).value.type)
  expect(seen).toEqual(await fast.stop())
  stopping.abort()
})

test('a follower goes on after its database connection was cut off', async () => {
  const follower = await follow()
  await rowsOf(
    bare.url,
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await waitUntil(async () => (await write('after').catch(() => null)) !== null)
  await waitUntil(async () => follower.types.length === 1)
  expect(await follower.stop()).toEqual(['after'])
})
