import type { Logger } from 'pino'
import type { Clock } from '../../kernel/clock.ts'
import type { Database } from '../database/index.ts'
import type { Saga } from './saga.ts'
import type { ClaimedOperation } from './store.ts'

/** Of one that is made again also: the journal says so, the first is taken back, the second begins. */
export type Moment = 'begun' | 'effected' | 'undone' | 'remaking' | 'cleared' | 'begun-again'

export interface DriveSettings {
  /** This process, as the leases know it. */
  readonly owner: string
  /** How long one step may take in all, its repetitions included. */
  readonly stepLimitMs: number
  /** For tests that end the process at a given point; never set otherwise. */
  readonly at?: ((saga: string, step: string, moment: Moment) => void) | undefined
}

/** One operation in the hands of this process. */
export interface Work {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly settings: DriveSettings
  readonly definition: Saga<unknown>
  readonly operation: ClaimedOperation
  /** What ended steps answered, by name; grows as steps end. */
  readonly outputs: Map<string, unknown>
  /** What steps have read of their surroundings, by key; forgotten when one does not succeed at once. */
  readonly recalled: Map<string, unknown>
  /** When this process took it over from another; null when it began it. */
  readonly takenOverAt: Date | null
  readonly signal: AbortSignal
  /** Whether the operation is still this process's; asked before every call, since a process may have slept. */
  readonly stillOurs: () => Promise<boolean>
}

/** Thrown when the lease is lost or the process stops: the operation goes on elsewhere, from its journal. */
export class Abandoned extends Error {}
