import type { Attempt, Connection, Driver, Outcome } from '@yiduo/driver-api'
import { createPolling, isPending } from '@yiduo/driver-api'
import pg from 'pg'
import {
  createSimCloud,
  createSimFactory,
  type OrderedFault,
  orderFault,
  type SimCloudDescription,
  type SimDatabase,
  type SimFaultOrder,
} from '../../../drivers/src/sim/index.ts'
import { createTestDatabase } from '../world/database.ts'

export const markPrefix = 'yd-test01-'
export const token = 'sim-token-of-the-test'
export const cloudName = 'chengdu'

/** A simulated cloud in a database of its own, on a clock that the test turns. */
export interface SimWorld extends AsyncDisposable {
  readonly database: SimDatabase
  readonly driver: Driver
  readonly clock: TestClock
  /** As another process or another credential would see the same clouds. */
  connect(overrides?: Partial<Connection>): Driver
  mark(): string
  fault(order: SimFaultOrder): Promise<OrderedFault>
  /** Repeats a call and turns the clock until it is no longer pending. */
  settle<T>(call: (attempt: Attempt) => Promise<Outcome<T>>): Promise<Outcome<T>>
}

export interface TestClock {
  now(): Date
  advance(ms: number): void
}

export const createSimWorld = async (description: Partial<SimCloudDescription> = {}): Promise<SimWorld> => {
  const testDatabase = await createTestDatabase()
  const pool = new pg.Pool({ connectionString: testDatabase.url, max: 10 })
  const database = simDatabaseOf(pool)
  const clock = createTestClock()
  await createSimCloud(database, {
    name: cloudName,
    token,
    hosts: [{ prefix: 'compute', count: 2, vcpus: 16, memoryMib: 65_536, diskGib: 1_000 }],
    ...description,
  })
  const factory = createSimFactory({ database })
  const connect = (overrides: Partial<Connection> = {}): Driver =>
    factory.create({
      endpoint: `sim://${cloudName}`,
      settings: {},
      credential: { token },
      markPrefix,
      now: clock.now,
      callLimitMs: 1_000,
      underWay: new Map(),
      ...overrides,
    })
  let marks = 0
  const until = createPolling({ now: clock.now, deadlineMs: 600_000, pause: async () => clock.advance(1_000) })
  return {
    database,
    driver: connect(),
    clock,
    connect,
    mark: () => {
      marks += 1
      return `${markPrefix}${String(marks).padStart(6, '0')}`
    },
    fault: (order) => orderFault(database, cloudName, order),
    settle: async (call) => {
      const since = clock.now()
      let attempt: Attempt = { since: null, handle: null }
      return until(async () => {
        const outcome = await call(attempt)
        attempt = { since, handle: isPending(outcome) ? outcome.handle : null }
        return isPending(outcome) ? null : outcome
      })
    },
    [Symbol.asyncDispose]: async () => {
      await pool.end()
      await testDatabase[Symbol.asyncDispose]()
    },
  }
}

const createTestClock = (): TestClock => {
  let at = Date.UTC(2026, 0, 5, 1)
  return {
    now: () => new Date(at),
    advance: (ms) => {
      at += ms
    },
  }
}

/** A pool as the simulation wants it: a transaction holds one client from BEGIN to its end. */
const simDatabaseOf = (pool: pg.Pool): SimDatabase => ({
  query: (text, values) => rowsOf(pool, text, values),
  transaction: async (work) => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      const result = await work(within(client))
      await client.query('COMMIT')
      return result
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  },
})

const within = (client: pg.PoolClient): SimDatabase => {
  const tx: SimDatabase = { query: (text, values) => rowsOf(client, text, values), transaction: (work) => work(tx) }
  return tx
}

const rowsOf = async <Row>(on: pg.Pool | pg.PoolClient, text: string, values: readonly unknown[]): Promise<Row[]> => {
  // `pg` can't know what a statement answers; its writer says so by Row.
  const { rows } = await on.query(text, [...values])
  return rows as Row[]
}
