import { EventEmitter } from 'node:events'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Act } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { asFault, isContention } from './failure.ts'
import { rememberAnswer } from './idempotency.ts'
import { createTx, prepared, type Tx } from './query.ts'
import { together } from './together.ts'

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
  /**
   * Calls back when anybody, in whichever process, has changed who may do what: before a commit of this process is
   * answered, and as soon as PostgreSQL tells of those of others.
   */
  onAuthorityChanged(listener: () => void): void
  readonly pool: pg.Pool
}

/** Triggers tell it: of sessions, tokens, people, factors, grants, delegations, organisations and the policy. */
const authorityChannel = 'yiduo_authority'

export interface DatabaseSettings {
  readonly url: string
  readonly connections: number
  readonly log: Logger
  /** Wakes who waits on these channels. Without it nobody is woken: all who wait also look by themselves. */
  readonly ring?: (channels: Iterable<string>) => void
}

const attempts = 5

/** The one overload that stores use. */
type Ask = (config: pg.QueryConfig) => Promise<pg.QueryResult>

/** A transaction on one connection, with as few journeys as its statements allow. */
interface Conversation {
  readonly ask: Ask
  /** Goes with the next question, or with the commit; what is wrong with it is told there. */
  readonly write: (statement: pg.QueryConfig) => void
  /** Sends what was written, so that what is wrong with it is told. */
  readonly settle: () => Promise<void>
  readonly commit: () => Promise<void>
  readonly rollback: () => Promise<void>
}

const begin = prepared('begin', [])
const commit = prepared('commit', [])
const rollback = prepared('rollback', [])

const converse = (client: pg.PoolClient): Conversation => {
  let unsent: readonly pg.QueryConfig[] = [begin]
  let begun: Promise<unknown> | null = null
  const send = async (...more: readonly pg.QueryConfig[]): Promise<pg.QueryResult> => {
    const statements = [...unsent, ...more]
    unsent = []
    // Of questions that are asked at once none goes before the transaction has begun.
    if (begun) await begun
    const answers = together(client, statements)
    begun ??= answers
    return present((await answers).at(-1), 'an answer')
  }
  return {
    ask: send,
    write(statement) {
      unsent = [...unsent, statement]
    },
    async settle() {
      if (unsent.length > 0) await send()
    },
    async commit() {
      // PostgreSQL answers so where a statement failed and nobody minded.
      if ((await send(commit)).command !== 'COMMIT') throw new Error('the transaction had failed and was rolled back')
    },
    async rollback() {
      if (begun) await client.query(rollback)
    },
  }
}

type Ending = 'kept' | 'rehearsed'

interface Ground {
  readonly pool: pg.Pool
  readonly ring: (channels: Iterable<string>) => void
}

const once = async <T>(ground: Ground, act: Act | null, fn: (tx: Tx) => Promise<T>, ending: Ending): Promise<T> => {
  const client = await ground.pool.connect()
  const conversation = converse(client)
  const rung = new Set<string>()
  let broken: Error | undefined
  try {
    const query = conversation.ask as pg.ClientBase['query'] // the one overload that stores use
    const tx = createTx({ query }, act, (channel) => rung.add(channel), conversation.write)
    const result = await fn(tx)
    if (isRefusal(result) || ending === 'rehearsed') {
      await conversation.settle()
      await conversation.rollback()
      return result
    }
    if (act?.idempotency) await rememberAnswer(tx, act, result)
    await conversation.commit()
    ground.ring(rung)
    return result
  } catch (error) {
    await conversation.rollback().catch((failed: Error) => {
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
    // A statement does not wait for the answer to the one before, unless somebody does.
    pipeline: true,
    options: '-c timezone=UTC -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000',
  })
  // An idle connection that breaks is replaced by the pool; the next user notices nothing.
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'))
  // One that breaks in somebody's hands tells its user by the next query; unheard, its event would end the process.
  const heard = new EventEmitter()
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug({ err: error }, 'database connection lost'))
    // Every connection hears it: the one that commits a change is told before it is told that it has committed.
    client.on('notification', () => heard.emit(authorityChannel))
    client.query(`listen ${authorityChannel}`).catch((error: unknown) => {
      log.warn({ err: error }, 'a connection does not hear of changed authority')
    })
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
    onAuthorityChanged: (listener) => void heard.on(authorityChannel, listener),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}
