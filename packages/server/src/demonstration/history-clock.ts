import type { Clock } from '../kernel/clock.ts'

export interface HistoryClock extends Clock {
  /** Goes to a past instant, once, before anything is made. */
  setBackTo(past: Date): void
  /** Goes on to a later instant; one that has passed changes nothing, and none lies beyond the present. */
  moveTo(later: Date): void
  /** Is the given clock again, from now on. */
  catchUp(): void
}

/**
 * A clock that can be behind the one it is given, at the same pace. What the demonstration tells took weeks; lived
 * through in seconds, with this as the program's clock, it has its true dates in usage, bills, tracks and audit trail.
 */
export const createHistoryClock = (present: Clock): HistoryClock => {
  let behindMs = 0
  const behind = (at: Date): number => Math.max(0, present.now().getTime() - at.getTime())
  return {
    now: () => new Date(present.now().getTime() - behindMs),
    setBackTo: (past) => {
      behindMs = behind(past)
    },
    moveTo: (later) => {
      behindMs = Math.min(behindMs, behind(later))
    },
    catchUp: () => {
      behindMs = 0
    },
  }
}
