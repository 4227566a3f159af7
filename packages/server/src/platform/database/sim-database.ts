import type { SimDatabase } from '@yiduo/drivers'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Database } from './database.ts'
import { connectionOf, prepared, type Tx } from './query.ts'

type Work = <T>(work: (tx: SimDatabase) => Promise<T>) => Promise<T>

const speaking = (client: Pick<pg.ClientBase, 'query'>, within: Work): SimDatabase => ({
  query: async <Row>(text: string, values: readonly unknown[]) =>
    (await client.query(prepared(text, values))).rows as Row[], // the parsing edge of the simulation's own store
  transaction: within,
})

/** What is done to the simulated clouds stands or falls with what the transaction does to ours. */
export const simDatabaseWithin = (tx: Tx): SimDatabase => {
  const own: SimDatabase = speaking(connectionOf(tx), (work) => work(own))
  return own
}

/** The simulated clouds keep their world in the same PostgreSQL, in a schema of their own. */
export const simDatabase = ({ pool }: Pick<Database, 'pool'>): SimDatabase => {
  const over = (client: Pick<pg.ClientBase, 'query'>): SimDatabase => speaking(client, (work) => within(work))
  const within = async <T>(work: (tx: SimDatabase) => Promise<T>): Promise<T> => {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query('begin')
      const result = await work(over(client))
      await client.query('commit')
      return result
    } catch (error) {
      await client.query('rollback').catch((failed: Error) => {
        broken = failed // a connection that cannot roll back is not given back to the pool
      })
      throw error
    } finally {
      client.release(broken)
    }
  }
  return over({ query: pool.query.bind(pool) as pg.ClientBase['query'] }) // the overload used above
}

/**
 * The simulated clouds over connections of their own: their calls wait for one another as those of real clouds do, and
 * must not keep the connections busy that our own work needs. They need not wait for the disk at each commit either:
 * the log is written in order, so whatever our journal keeps of an answer, the effect that it tells of is kept before it.
 */
export const createSimDatabase = ({ url, log }: { url: string; log: Logger }): SimDatabase & AsyncDisposable => {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 15_000,
    application_name: 'yiduo-simulated-clouds',
    options: '-c timezone=UTC -c statement_timeout=60000 -c synchronous_commit=off',
  })
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection of the simulated clouds lost'))
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug({ err: error }, 'database connection of the simulated clouds lost'))
  })
  return { ...simDatabase({ pool }), [Symbol.asyncDispose]: () => pool.end() }
}
