/** The only reader of time. Business time comes from here; leases and locks use the database's own clock. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** Runs with real time, from a place that tests may move. */
export const createShiftableClock = (offsetMs = 0): Clock & { shift(byMs: number): void } => {
  let offset = offsetMs
  return {
    now: () => new Date(Date.now() + offset),
    shift: (byMs) => {
      offset += byMs
    },
  }
}

/** Milliseconds that only ever run forwards, a stopped process's sleep included: for measuring how long, never when. */
export const monotonicMs = (): number => performance.now()
