import type { EventRow, Position } from './store.ts'

/** The order of the stream. */
export const isBehind = (it: Position, other: Position): boolean => {
  const [xact, otherXact] = [BigInt(it.xact), BigInt(other.xact)]
  return xact === otherXact ? it.position < other.position : xact < otherXact
}

/** What a follower may leave lying before it has to read the table for itself. */
const most = 2_000

/** One who is told of new events as they are read, and takes them when there is time. */
export interface Follower {
  tell(events: readonly EventRow[]): void
  /** What was told since the last time; null when it was more than is kept. Waits until there is something. */
  take(signal: AbortSignal): Promise<readonly EventRow[] | null>
}

export const createFollower = (): Follower => {
  let waiting: readonly EventRow[] = []
  let missed = false
  let wake = () => {}
  return {
    tell(events) {
      missed ||= waiting.length + events.length > most
      waiting = missed ? [] : [...waiting, ...events]
      wake()
    },
    async take(signal) {
      while (waiting.length === 0 && !missed && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = () => {
            signal.removeEventListener('abort', wake)
            resolve()
          }
          signal.addEventListener('abort', wake)
        })
      const taken = waiting
      waiting = []
      return missed ? null : taken
    },
  }
}
