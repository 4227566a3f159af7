import { v7 } from 'uuid'
import type { Clock } from './clock.ts'

/** Makes UUIDv7: time-ordered, so that keys grow at one end of their index. */
export type NewId = () => string

export const createIdentifierSource =
  (clock: Clock): NewId =>
  () =>
    v7({ msecs: clock.now().getTime() })
