import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { eventChannel } from '../acts/record.ts'
import type { Database } from '../database/index.ts'
import type { Signals } from '../signals/listener.ts'
import { type EventRow, eventsAfter, latestPosition, type Position } from './store.ts'

/** Reads the event table once for the whole process and hands each event to all who follow. */
export interface EventFeed extends AsyncDisposable {
  /** Where the stream ends now: who begins here misses nothing that comes after. */
  end(): Promise<Position>
  /** Events from a place on, until the signal aborts. */
  follow(from: Position, signal: AbortSignal): AsyncIterable<EventRow>
}

const batch = 500
/** A transaction that stays open holds later events back; nothing notifies when it ends, so look now and then. */
const lookEveryMs = 1_000

export const createEventFeed = ({
  database,
  signals,
  log,
}: {
  database: Database
  signals: Signals
  log: Logger
}): EventFeed => {
  const stopping = new AbortController()
  const waiting = new Set<() => void>()
  const unsubscribe = signals.on(eventChannel, () => {
    for (const wake of waiting) wake()
  })

  const nextWake = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(finish, lookEveryMs)
      function finish() {
        clearTimeout(timer)
        waiting.delete(finish)
        signal.removeEventListener('abort', finish)
        resolve()
      }
      waiting.add(finish)
      signal.addEventListener('abort', finish)
    })

  return {
    end: () => latestPosition(database.plain),
    async *follow(from, given) {
      const signal = AbortSignal.any([given, stopping.signal])
      let at = from
      while (!signal.aborted) {
        const woken = nextWake(signal)
        try {
          const found = await eventsAfter(database.plain, at, batch)
          yield* found
          at = found.at(-1) ?? at
          if (found.length === batch) continue
        } catch (error) {
          log.warn({ err: error }, 'cannot read events')
          await delay(lookEveryMs, undefined, { signal }).catch(() => undefined) // stopped while waiting
        }
        await woken
      }
    },
    async [Symbol.asyncDispose]() {
      unsubscribe()
      stopping.abort()
      for (const wake of waiting) wake()
    },
  }
}
