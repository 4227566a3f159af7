import type { Clock } from './kernel/clock.ts'
import type { ConsoleLimits } from './modules/consoles/index.ts'
import type { PasswordCost, Passwords } from './modules/identity/index.ts'
import type { DriverRegistry } from './modules/nodes/index.ts'

/** What a test may put in place of the real one. */
export interface Overrides {
  readonly clock?: Clock
  readonly registry?: DriverRegistry
  readonly passwordCost?: PasswordCost
  readonly passwords?: Passwords
  readonly consoleLimits?: Partial<ConsoleLimits>
}
