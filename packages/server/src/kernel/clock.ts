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

/** Whether the clock on the wall may be believed. */
export interface ClockWatch {
  isSteady(): boolean
}

/** More than any slewing makes up between two looks; a jump of less ends nothing that people would miss. */
const jumpMs = 10 * 60_000
/** Time for somebody to set it right. After that the new time is taken for the true one: a laptop may have slept. */
const restMs = 60 * 60_000

/** Compares the wall’s clock with the one that only runs forwards: where both part, the wall’s has jumped. */
export const createClockWatch = (
  wallMs: () => number = () => Date.now(),
  elapsedMs: () => number = monotonicMs,
): ClockWatch => {
  let trusted = wallMs() - elapsedMs()
  let doubtfulSince: number | null = null
  return {
    isSteady() {
      const elapsed = elapsedMs()
      const offset = wallMs() - elapsed
      const hasJumped = Math.abs(offset - trusted) > jumpMs
      if (hasJumped) doubtfulSince ??= elapsed
      if (hasJumped && elapsed - (doubtfulSince ?? elapsed) < restMs) return false
      trusted = offset
      doubtfulSince = null
      return true
    },
  }
}
