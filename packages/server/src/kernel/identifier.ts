import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

/** Makes UUIDv7: time-ordered, so that keys grow at one end of their index. */
export type NewId = () => string

/** Of one millisecond too: an act's entries are listed in the order in which they were written. */
export const createIdentifierSource = (clock: Clock): NewId => {
  let last = 0
  let seq = 0
  return () => {
    const msecs = clock.now().getTime()
    seq = msecs === last ? seq + 1 : 0
    last = msecs
    return v7({ msecs, seq })
  }
}
