import { setTimeout as delay } from 'node:timers/promises'
import type { Scope } from '../../kernel/act.ts'
import { createFollower, isBehind } from './follower.ts'
import { createHead, type HeadDependencies } from './head.ts'
import { type EventRow, eventsWithin, latestPosition, type Position, placeWithin } from './store.ts'

/** What of the stream somebody asks for. New events come unfiltered: they are read once for everybody. */
export interface Interest {
  /** Asked anew at every step: a grant may be taken back meanwhile. */
  readonly scope: () => Scope
  readonly subject: string | null
}

export interface EventFeed extends AsyncDisposable {
  /** Where the stream ends now: who begins here misses nothing that comes after. */
  end(): Promise<Position>
  /** Events from a place on, until the signal aborts. */
  follow(from: Position, interest: Interest, signal: AbortSignal): AsyncIterable<EventRow>
}

/** Of a long stretch so much is looked through at a time. */
const stepLength = 2_000
const againAfterMs = 1_000

interface Following {
  /** Up to here everything was told. */
  at: Position
  readonly interest: Interest
  readonly signal: AbortSignal
}

/** Nothing twice: one who comes back may be ahead of the head that is joined. */
function* told(following: Following, events: readonly EventRow[]) {
  for (const event of events) {
    if (!isBehind(following.at, event)) continue
    following.at = event
    yield event
  }
}

export const createEventFeed = (dependencies: HeadDependencies): EventFeed => {
  const { database, log } = dependencies
  const stopping = new AbortController()
  const head = createHead(dependencies)

  /** What was read before this follower came, from the table, and only what lies in the scope. */
  async function* replay(following: Following, to: Position) {
    const { interest, signal } = following
    while (isBehind(following.at, to) && !signal.aborted) {
      const stretch = { after: following.at, upTo: to, scope: interest.scope(), subject: interest.subject }
      const upTo = (await placeWithin(database.plain, stretch, stepLength)) ?? to
      yield* told(following, await eventsWithin(database.plain, { ...stretch, upTo }))
      following.at = upTo
    }
  }

  /** Up to where the head stands, then with it, until more was told than is kept: then on from there again. */
  async function* stay(following: Following) {
    const follower = createFollower()
    try {
      yield* replay(following, await head.join(follower))
      while (!following.signal.aborted) {
        const events = await follower.take(following.signal)
        if (events === null) return
        yield* told(following, events)
      }
    } finally {
      head.leave(follower)
    }
  }

  return {
    end: () => latestPosition(database.plain),
    async *follow(from, interest, given) {
      const signal = AbortSignal.any([given, stopping.signal])
      const following: Following = { at: from, interest, signal }
      while (!signal.aborted)
        try {
          yield* stay(following)
        } catch (error) {
          log.warn({ err: error }, 'cannot read events')
          await delay(againAfterMs, undefined, { signal }).catch(() => undefined) // stopped while waiting
        }
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await head[Symbol.asyncDispose]()
    },
  }
}
