import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'

/** Runs `fn` if nobody else holds the lock; false when somebody does. A dead holder's lock goes with its connection. */
export const withAdvisoryLock = async (pool: pg.Pool, name: string, fn: () => Promise<void>): Promise<boolean> => {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const held = await client.query<{ held: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 0)) as held', [
      name,
    ])
    if (!held.rows[0]?.held) return false
    try {
      await fn()
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [name]).catch((error: Error) => {
        broken = error // the lock goes with the connection, which is not given back
      })
    }
    return true
  } finally {
    client.release(broken)
  }
}

/** The same for work that must be done before going on: waits for whoever holds the lock. */
export const underLock = async (pool: pg.Pool, name: string, fn: () => Promise<void>): Promise<void> => {
  while (!(await withAdvisoryLock(pool, name, fn))) await delay(100)
}
