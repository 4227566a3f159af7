import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'

/** Work of which one runs at a time, in all processes together. */
export interface Locks extends AsyncDisposable {
  /** Runs `fn` if nobody else holds the lock; false when somebody does. */
  ifFree(name: string, fn: () => Promise<void>): Promise<boolean>
  /** For work that must be done before going on: waits for whoever holds the lock. */
  under(name: string, fn: () => Promise<void>): Promise<void>
}

/**
 * All locks of the process lie on one connection of their own: who holds one waits for nothing that the work below it
 * needs too. If it breaks they are free at once; whatever still runs then may be run a second time, as a reconciler may.
 */
export const createLocks = ({ url, log }: { url: string; log: Logger }): Locks => {
  // A pool of one makes the connection anew after it was lost, and never ends it for being idle.
  const connection = new pg.Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 5_000,
    application_name: 'yiduo-locks',
  })
  connection.on('error', (error) => log.warn({ err: error }, 'the connection that held the locks was lost'))
  // The database lets one session take a lock twice: within the process this keeps it from that.
  const held = new Set<string>()

  const lock = async (name: string): Promise<boolean> => {
    const { rows } = await connection.query<{ free: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as free',
      [name],
    )
    return rows[0]?.free ?? false
  }

  const ifFree = async (name: string, fn: () => Promise<void>): Promise<boolean> => {
    if (held.has(name)) return false
    held.add(name)
    try {
      if (!(await lock(name))) return false
      try {
        await fn()
      } finally {
        await connection
          .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
          .catch((error: Error) => log.warn({ err: error }, 'a lock went with its connection'))
      }
      return true
    } finally {
      held.delete(name)
    }
  }

  return {
    ifFree,
    async under(name, fn) {
      while (!(await ifFree(name, fn))) await delay(100)
    },
    [Symbol.asyncDispose]: () => connection.end(),
  }
}
