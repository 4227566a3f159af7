import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { eventChannel } from '../acts/record.ts'
import type { Database } from '../database/index.ts'
import type { Signals } from '../signals/listener.ts'
import type { Follower } from './follower.ts'
import { eventsAfter, latestPosition, type Position } from './store.ts'

/** Reads what is new once for the whole process, while anybody follows, and tells it to all who do. */
export interface Head extends AsyncDisposable {
  /** From the place that it answers on, the follower is told of everything. */
  join(follower: Follower): Promise<Position>
  leave(follower: Follower): void
}

export interface HeadDependencies {
  readonly database: Database
  readonly signals: Signals
  readonly log: Logger
}

const batch = 500
/** A transaction that stays open holds later events back; nothing notifies when it ends, so look now and then. */
const lookEveryMs = 1_000

export const createHead = ({ database, signals, log }: HeadDependencies): Head => {
  const stopping = new AbortController()
  const followers = new Set<Follower>()
  let place: Position | null = null
  let reading: Promise<void> | null = null
  let wake = () => {}
  const unsubscribe = signals.on(eventChannel, () => wake())

  const nextWake = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(finish, lookEveryMs)
      function finish() {
        clearTimeout(timer)
        resolve()
      }
      wake = finish
    })

  const look = async (after: Position): Promise<number> => {
    const found = await eventsAfter(database.plain, after, batch)
    place = found.at(-1) ?? after
    if (found.length > 0) for (const follower of followers) follower.tell(found)
    return found.length
  }

  const read = async (): Promise<void> => {
    while (followers.size > 0 && place !== null && !stopping.signal.aborted) {
      const woken = nextWake()
      try {
        if ((await look(place)) === batch) continue
      } catch (error) {
        log.warn({ err: error }, 'cannot read events')
        await delay(lookEveryMs, undefined, { signal: stopping.signal }).catch(() => undefined) // stopped while waiting
      }
      await woken
    }
    reading = null
    place = null // whoever comes next begins where the stream ends then
  }

  return {
    async join(follower) {
      const end = place ?? (await latestPosition(database.plain))
      place ??= end
      followers.add(follower)
      reading ??= read()
      return place
    },
    leave(follower) {
      followers.delete(follower)
      if (followers.size === 0) wake()
    },
    async [Symbol.asyncDispose]() {
      unsubscribe()
      stopping.abort()
      wake()
      await reading
    },
  }
}
