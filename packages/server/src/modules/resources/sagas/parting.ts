import { done, type Outcome } from '@yiduo/driver-api'

/** A detachment that works takes seconds. */
const patienceMs = 60_000

/**
 * What a detachment means to whoever deletes the server next. It is asked for so that a sound volume is let go in
 * order, but clouds refuse it for a server that is broken or suspended, and a volume may be stuck half attached for
 * ever. Deleting the server frees its volumes in any case, and deleting the volume tells whether it did. So only what
 * would stop those as well, a credential that is denied, is a failure here.
 */
export const partedFrom = (outcome: Outcome<unknown>, waitedMs: number): Outcome<unknown> => {
  switch (outcome.outcome) {
    case 'permanent':
    case 'exhausted':
      return done(null)
    case 'pending':
    case 'transient':
      return waitedMs > patienceMs ? done(null) : outcome
    default:
      return outcome
  }
}
