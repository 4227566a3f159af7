import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Clock } from '../../kernel/clock.ts'
import type { Database } from '../../platform/database/index.ts'
import { saveUses } from './grant-review-store.ts'

export interface GrantUseLedger extends AsyncDisposable {
  /** Called with every act, so it only remembers. */
  note(ids: readonly string[]): void
  flush(): Promise<void>
}

const everyMs = 60_000

/** When each grant was last used: kept in this process, written once a minute at most and when it stops. */
export const createGrantUseLedger = ({
  database,
  clock,
  log,
}: {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
}): GrantUseLedger => {
  const stopping = new AbortController()
  let seen = new Map<string, Date>()

  const flush = async (): Promise<void> => {
    if (seen.size === 0) return
    const due = seen
    seen = new Map()
    try {
      await saveUses(
        database.plain,
        [...due].map(([id, at]) => ({ id, at })),
      )
    } catch (error) {
      // Later uses stand; what was not written is written with them.
      seen = new Map([...due, ...seen])
      log.warn({ err: error }, 'the last use of grants could not be written; it is tried again')
    }
  }

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await delay(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined) // stopped while waiting
      await flush()
    }
  }
  const looping = loop()

  return {
    note(ids) {
      const now = clock.now()
      for (const id of ids) seen.set(id, now)
    },
    flush,
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await looping
    },
  }
}
