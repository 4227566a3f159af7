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
}

const attempts = 5

const settle = async (client: pg.PoolClient, statement: 'commit' | 'rollback'): Promise<void> => {
  await client.query(statement)
}

type Ending = 'kept' | 'rehearsed'

const once = async <T>(pool: pg.Pool, act: Act | null, fn: (tx: Tx) => Promise<T>, ending: Ending): Promise<T> => {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const tx = createTx(client, act)
    const result = await fn(tx)
    if (isRefusal(result) || ending === 'rehearsed') {
      await settle(client, 'rollback')
      return result
    }
    if (act?.idempotency) await rememberAnswer(tx, act, result)
    await settle(client, 'commit')
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
  pool: pg.Pool,
  act: Act | null,
  fn: (tx: Tx) => Promise<T>,
  ending: Ending = 'kept',
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, act, fn, ending)
    } catch (error) {
      if (attempt >= attempts || !isContention(error)) throw asFault(error)
    }
  }
}

export const createDatabase = ({ url, connections, log }: DatabaseSettings): Database => {
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
  return {
    pool,
    plain: createTx(safely, null),
    transaction: (act, fn) => repeated(pool, act, fn),
    rehearse: (act, fn) => repeated(pool, act, fn, 'rehearsed'),
    unrecorded: (fn) => repeated(pool, null, fn),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
