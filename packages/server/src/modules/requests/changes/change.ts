import type { Resource } from '@yiduo/contract'
import type { Act } from '../../../kernel/act.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { ResourceRow } from '../../resources/index.ts'
import type { RequestDeps } from '../service.ts'
import type { LineRow, RequestRow } from '../store.ts'
import type { ChangeAsk, Receiver } from './ask.ts'

/**
 * What a change is about: one resource of a kind, a server with what hangs on it, or all that a line or a request
 * delivered.
 * All of it is locked while the change is asked for, and busy until it is done.
 */
export type About = 'server' | 'volume' | 'address' | 'unit' | 'line' | 'request'

/** What a change is about, as it stands: the request that delivered it, and its resources, locked. */
export interface Subjects {
  readonly about: RequestRow
  /** Never empty; the first is what the change is named after. */
  readonly resources: readonly [ResourceRow, ...ResourceRow[]]
}

/** What an ask comes to. */
export interface Plan<A extends ChangeAsk> {
  readonly ask: A
  /** What is charged for them a month now, where it is not what they would cost in use. */
  readonly priceBefore?: number
  /** What the subjects cost a month after, 1/10000 yuan. */
  readonly priceAfter: number
  /** Small enough for no person to approve it, unless a route says otherwise. */
  readonly byRule: boolean
  /** What a route may ask about it, where it has it. */
  readonly offeringId?: string
  readonly vcpus?: number
  /** Whose it will be, where it changes hands: a route asks about them, and they have their say. */
  readonly receiver?: Receiver
  /** What will be gone for good. */
  readonly losses?: readonly ResourceRow[]
}

/** A change that was approved, when it is begun: the first time, or again after a failure. */
export interface Approved<A extends ChangeAsk> extends Subjects {
  readonly row: RequestRow
  readonly line: LineRow
  readonly ask: A
}

export interface Begun {
  /** None: it is done in this very commit. */
  readonly operationIds: readonly string[]
  /** By the prices of now; they may have changed since it was asked for. */
  readonly priceAfter: number
}

/** One way to change what stands. Each lies in a file of its own; `registry.ts` lists them. */
export interface Change<A extends ChangeAsk, Body> {
  readonly kind: A['kind']
  readonly about: About
  /** In which states its subjects may be. */
  readonly states: readonly Resource['state'][]
  /** Judges what is asked and says what it comes to; has no effect. */
  plan(deps: RequestDeps, tx: Tx, act: Act, on: Subjects, body: Body): Promise<Plan<A> | Refusal>
  /** Takes what it needs and begins, in the commit that approves it. */
  start(deps: RequestDeps, tx: Tx, it: Approved<A>): Promise<Begun | Refusal>
  /** In the commit that ends the last of its operations; absent where nothing is left to do then. */
  ended?(deps: RequestDeps, tx: Tx, row: RequestRow, failed: boolean): Promise<void>
}

/** In use: on test or formal. */
export const inUse: readonly Resource['state'][] = ['test', 'formal']
