import type { SimDatabase } from '@yiduo/drivers'
import type pg from 'pg'
import type { Database } from './database.ts'

/** The simulated clouds keep their world in the same PostgreSQL, in a schema of their own. */
export const simDatabase = ({ pool }: Pick<Database, 'pool'>): SimDatabase => {
  const over = (client: Pick<pg.ClientBase, 'query'>): SimDatabase => ({
    query: async <Row>(text: string, values: readonly unknown[]) =>
      (await client.query({ text, values: [...values] })).rows as Row[], // the parsing edge of the simulation's own store
    transaction: (work) => within(work),
  })
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
