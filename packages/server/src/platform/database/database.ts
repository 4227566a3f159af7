import pg from 'pg'
import type { Logger } from 'pino'
import type { Act } from '../../kernel/act.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { asFault, isContention } from './failure.ts'
import { rememberAnswer } from './idempotency.ts'
import { createTx, type Tx } from './query.ts'

export interface Database extends AsyncDisposable {
  /** For reading, and for the journals that record no act: each statement stands alone. */
  readonly plain: Tx
  /**
   * Runs `fn` as one act: all of it or nothing. A Refusal rolls back. What `fn` answers is kept under the
   * act's idempotency key in the same commit, so a repeated request gets the same answer.
   */
  transaction<T>(act: Act, fn: (tx: Tx) => Promise<T>): Promise<T>
  /** Runs `fn` as the act would and takes all of it back: what it answers is what the act would come to now. */
  rehearse<T>(act: Act, fn: (tx: Tx) => Promise<T>): Promise<T>
  /** The same for what is nobody's act: journals, leases, observations. */
  unrecorded<T>(fn: (tx: Tx) => Promise<T>): Promise<T>
  readonly pool: pg.Pool
}

export interface DatabaseSettings {
  readonly url: string
  readonly connections: number
  readonly log: Logger
  /** Wakes who waits on these channels. Without it nobody is woken: all who wait also look by themselves. */
  readonly ring?: (channels: Iterable<string>) => void
}

const attempts = 5

const settle = async (client: pg.PoolClient, statement: 'commit' | 'rollback'): Promise<void> => {
  await client.query(statement)
}

type Ending = 'kept' | 'rehearsed'

interface Ground {
  readonly pool: pg.Pool
  readonly ring: (channels: Iterable<string>) => void
}

const once = async <T>(ground: Ground, act: Act | null, fn: (tx: Tx) => Promise<T>, ending: Ending): Promise<T> => {
  const client = await ground.pool.connect()
  const rung = new Set<string>()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const tx = createTx(client, act, (channel) => rung.add(channel))
    const result = await fn(tx)
    if (isRefusal(result) || ending === 'rehearsed') {
      await settle(client, 'rollback')
      return result
    }
    if (act?.idempotency) await rememberAnswer(tx, act, result)
    await settle(client, 'commit')
    ground.ring(rung)
    return result
  } catch (error) {
    await settle(client, 'rollback').catch((failed: Error) => {
      broken = failed // a connection that cannot roll back is not given back to the pool
    })
    throw error
  } finally {
    client.release(broken)
  }
}

const repeated = async <T>(
  ground: Ground,
  act: Act | null,
  fn: (tx: Tx) => Promise<T>,
  ending: Ending = 'kept',
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(ground, act, fn, ending)
    } catch (error) {
      if (attempt >= attempts || !isContention(error)) throw asFault(error)
    }
  }
}

export const createDatabase = ({ url, connections, log, ring = () => undefined }: DatabaseSettings): Database => {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 15_000,
    idleTimeoutMillis: 60_000,
    application_name: 'yiduo',
    options: '-c timezone=UTC -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000',
  })
  // An idle connection that breaks is replaced by the pool; the next user notices nothing.
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'))
  // One that breaks in somebody's hands tells its user by the next query; unheard, its event would end the process.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug({ err: error }, 'database connection lost'))
  })
  const safely = {
    query: (async (config: pg.QueryConfig) => {
      try {
        return await pool.query(config)
      } catch (error) {
        throw asFault(error)
      }
    }) as pg.ClientBase['query'], // the one overload that `rows` uses
  }
  const ground: Ground = { pool, ring }
  return {
    pool,
    plain: createTx(safely, null, (channel) => ring([channel])),
    transaction: (act, fn) => repeated(ground, act, fn),
    rehearse: (act, fn) => repeated(ground, act, fn, 'rehearsed'),
    unrecorded: (fn) => repeated(ground, null, fn),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
