import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type BareDatabase, createBareDatabase, silent } from '../../../tests/world/bare-database.ts'
import { programAct } from '../../kernel/act.ts'
import { FaultError, refuse } from '../../kernel/refusal.ts'
import { createDatabase, oneRow, rows, run, type Tx, violatedConstraint, write } from './index.ts'

let bare: BareDatabase
beforeAll(async () => {
  bare = await createBareDatabase()
  await run(bare.database.plain, sql`create table things (id integer primary key, value integer not null)`)
})
afterAll(() => bare[Symbol.asyncDispose]())
beforeEach(async () => {
  await run(bare.database.plain, sql`delete from things`)
})

const act = programAct('test', 'demonstration.make', 'test')
const insert = (tx: Tx, id: number, value = 0) => run(tx, sql`insert into things values (${id}, ${value})`)
const ids = async () =>
  (await rows<{ id: number }>(bare.database.plain, sql`select id from things order by id`)).map(({ id }) => id)

test('an act is kept whole', async () => {
  expect(await bare.database.transaction(act, async (tx) => (await insert(tx, 1)) + (await insert(tx, 2)))).toBe(2)
  expect(await ids()).toEqual([1, 2])
})

test('a refusal, an error and a rehearsal keep nothing of it', async () => {
  const { database } = bare
  const refused = await database.transaction(act, async (tx) => {
    await insert(tx, 1)
    return refuse('not-found')
  })
  expect(refused).toEqual(refuse('not-found'))
  const failing = database.transaction(act, async (tx) => {
    await insert(tx, 2)
    throw new Error('halfway')
  })
  await expect(failing).rejects.toThrow('halfway')
  expect(await database.rehearse(act, (tx) => insert(tx, 3))).toBe(1)
  expect(await ids()).toEqual([])
})

test('two acts in each other’s way both come through', async () => {
  const { database } = bare
  await insert(database.plain, 1)
  await insert(database.plain, 2)
  const both = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const
  let tries = 0
  const crossing = (first: number, then: number, mine: 0 | 1) =>
    database.transaction(act, async (tx) => {
      tries += 1
      await run(tx, sql`update things set value = value + 1 where id = ${first}`)
      both[mine].resolve()
      await both[mine === 0 ? 1 : 0].promise
      await run(tx, sql`update things set value = value + 1 where id = ${then}`)
      return null
    })
  await Promise.all([crossing(1, 2, 0), crossing(2, 1, 1)])
  expect(tries).toBeGreaterThanOrEqual(3) // one was the deadlock's victim, and was repeated until the other was through
  const values = await rows<{ value: number }>(database.plain, sql`select value from things`)
  expect(values).toEqual([{ value: 2 }, { value: 2 }])
})

test('a violated rule is named, and is not taken for an absent database', async () => {
  await insert(bare.database.plain, 1)
  const error = await insert(bare.database.plain, 1).catch((it: unknown) => it)
  expect(violatedConstraint(error)).toBe('things_pkey')
  expect(error).not.toBeInstanceOf(FaultError)
})

test('a connection that is cut off under an act is an absent database, and the next act gets a sound one', async () => {
  const { database } = bare
  const cut = database.transaction(act, async (tx) => {
    const { pid } = await oneRow<{ pid: number }>(tx, sql`select pg_backend_pid() as pid`)
    await run(database.plain, sql`select pg_terminate_backend(${pid})`)
    return insert(tx, 1)
  })
  await expect(cut).rejects.toMatchObject({ fault: { code: 'database-unavailable' } })
  expect(await database.transaction(act, (tx) => insert(tx, 2))).toBe(1)
  expect(await ids()).toEqual([2])
})

test('a database that is not there is said to be so', async () => {
  await using nowhere = createDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', connections: 1, log: silent })
  const away = { fault: { code: 'database-unavailable' } }
  await expect(rows(nowhere.plain, sql`select 1`)).rejects.toMatchObject(away)
  await expect(nowhere.transaction(act, async () => null)).rejects.toMatchObject(away)
})

test('an integer that a double cannot hold is a defect, never a wrong sum', async () => {
  const read = (text: string) => oneRow<{ n: number }>(bare.database.plain, sql`select ${text}::bigint as n`)
  expect(await read('9007199254740991')).toEqual({ n: Number.MAX_SAFE_INTEGER })
  await expect(read('9007199254740992')).rejects.toThrow('integer out of range')
})

test('what is written without waiting is read by what follows, and kept with the commit', async () => {
  const { database } = bare
  await database.transaction(act, async (tx) => {
    await write(tx, sql`insert into things values (1, 0)`)
    expect(await rows(tx, sql`select id from things`)).toEqual([{ id: 1 }])
    await write(tx, sql`insert into things values (2, 0)`)
    return null
  })
  expect(await ids()).toEqual([1, 2])
  await write(database.plain, sql`insert into things values (3, 0)`)
  expect(await ids()).toEqual([1, 2, 3])
})

test('what fails unwaited for is told by the next that is waited for, by the commit, or by the end of a rehearsal', async () => {
  const { database } = bare
  await insert(database.plain, 1)
  const taken = { constraint: 'things_pkey' }
  const doubled = (tx: Tx) => write(tx, sql`insert into things values (1, 0)`)
  let wentOn = false
  const followed = async (tx: Tx) => {
    await doubled(tx)
    await insert(tx, 2)
    wentOn = true
  }
  await expect(database.transaction(act, followed)).rejects.toMatchObject(taken)
  expect(wentOn).toBe(false)
  await expect(database.transaction(act, doubled)).rejects.toMatchObject(taken)
  await expect(database.rehearse(act, doubled)).rejects.toMatchObject(taken)
  const refusedAfter = database.transaction(act, async (tx) => {
    await doubled(tx)
    return refuse('not-found')
  })
  await expect(refusedAfter).rejects.toMatchObject(taken)
  await expect(write(database.plain, sql`insert into things values (1, 0)`)).rejects.toMatchObject(taken)
  expect(await ids()).toEqual([1])
  expect(await database.transaction(act, (tx) => insert(tx, 3))).toBe(1)
})

test('a failure that nobody minded is not taken for a commit', async () => {
  const { database } = bare
  await insert(database.plain, 1)
  const minded = database.transaction(act, async (tx) => {
    await insert(tx, 2)
    await insert(tx, 1).catch(() => undefined)
    return 'done'
  })
  await expect(minded).rejects.toThrow('rolled back')
  expect(await ids()).toEqual([1])
})

test('nothing is done outside of a transaction that could not begin', async () => {
  await using one = createDatabase({ url: bare.url, connections: 1, log: silent })
  const threeAtOnce = () => one.transaction(act, (tx) => Promise.all([insert(tx, 1), insert(tx, 2), insert(tx, 3)]))
  const { rows: known } = await one
    .transaction(act, async () => null)
    .then(() => one.pool.query<{ name: string }>("select name from pg_prepared_statements where statement = 'begin'"))
  await one.pool.query(`deallocate ${known[0]?.name}`)
  await expect(threeAtOnce()).rejects.toThrow('does not exist')
  expect(await ids()).toEqual([])
  expect(await threeAtOnce()).toEqual([1, 1, 1])
})

test('a statement that failed when it was first used is of use again', async () => {
  await using one = createDatabase({ url: bare.url, connections: 1, log: silent })
  await insert(bare.database.plain, 1)
  const twice = (tx: Tx, id: number) => run(tx, sql`insert into things values (${id}, 7), (${id + 10}, 7)`)
  const unheard = (tx: Tx) => run(tx, sql`insert into nowhere values (1)`)
  const afterIt = (tx: Tx, id: number) => run(tx, sql`insert into things (value, id) values (8, ${id})`)
  const notReached = async (tx: Tx) => {
    await write(tx, sql`insert into things values (1, 9)`)
    return afterIt(tx, 2)
  }
  await expect(one.transaction(act, (tx) => twice(tx, 1))).rejects.toMatchObject({ constraint: 'things_pkey' })
  await expect(one.transaction(act, unheard)).rejects.toThrow('"nowhere" does not exist')
  await expect(one.transaction(act, notReached)).rejects.toMatchObject({ constraint: 'things_pkey' })
  expect(await one.transaction(act, async (tx) => (await twice(tx, 3)) + (await afterIt(tx, 4)))).toBe(3)
  await expect(one.transaction(act, unheard)).rejects.toThrow('"nowhere" does not exist')
  expect(await ids()).toEqual([1, 3, 4, 13])
})

test('a value that cannot be put into words is refused before anything is sent', async () => {
  const { database } = bare
  const odd = (tx: Tx) => run(tx, sql`insert into things values (1, ${{ n: 1n } as unknown as number})`)
  const writes = async (tx: Tx) => {
    await write(tx, sql`insert into things values (1, 0)`)
    await write(tx, sql`insert into things values (2, ${{ n: 1n } as unknown as number})`)
  }
  await expect(database.transaction(act, odd)).rejects.toThrow('BigInt')
  await expect(database.transaction(act, writes)).rejects.toThrow('BigInt')
  expect(await ids()).toEqual([])
})

test('a change of authority is heard before its commit is answered', async () => {
  const { database } = bare
  let heard = 0
  database.onAuthorityChanged(() => {
    heard += 1
  })
  for (let round = 1; round <= 50; round++) {
    await database.transaction(act, (tx) => run(tx, sql`select pg_notify('yiduo_authority', '')`))
    expect(heard).toBeGreaterThanOrEqual(round)
  }
  const before = heard
  await database.rehearse(act, (tx) => run(tx, sql`select pg_notify('yiduo_authority', '')`))
  expect(heard).toBe(before)
})
