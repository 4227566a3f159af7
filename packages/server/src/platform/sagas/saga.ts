import type { Fault } from '@yiduo/contract'
import type { Attempt, Outcome } from '@yiduo/driver-api'
import type { Act } from '../../kernel/act.ts'
import type { Tx } from '../database/index.ts'

/** What a step may know. Everything in it survives a crash. */
export interface StepContext<Input> {
  readonly operationId: string
  readonly input: Input
  /** The program acting on behalf of whoever decided this. */
  readonly act: Act
  /** When this step was first begun and what is known of it; both stored before the first call. */
  readonly attempt: Attempt
  /** What an earlier step of this saga answered; null where it has not ended. */
  output<T>(step: string): T | null
  /**
   * What surrounds the work and changes seldom, a platform for example, is read once for as long as step upon step
   * succeeds at once. Before anything is tried again, and before anything is taken back, it is read anew.
   */
  recall<T>(key: string, read: () => Promise<T>): Promise<T>
  /**
   * First thing in a transaction on tables of ours: a process that slept while another took the operation over writes
   * nothing any more, and nobody takes it over before the commit.
   */
  holdFast(tx: Tx): Promise<void>
  /** Only when taking back: something that a later step made is still there. */
  readonly leftover: boolean
  /** Only when making: the first was spoilt and taken back, and what it stood on may have gone with it. */
  readonly remade: boolean
}

/** Runs any number of times: it looks at what is there, and `pending` means “ask me again”. */
export type StepRun<Input> = (context: StepContext<Input>) => Promise<Outcome<unknown>>

/** A step on a cloud: its beginning is journalled before the first call and its end after the last. */
export interface CloudStep<Input> {
  readonly name: string
  readonly run: StepRun<Input>
  /** Takes back whatever `run` may have made, also when `run` never answered. Absent is success. */
  readonly undo: StepRun<Input> | Nothing
  /** What the cloud spoilt or lost in making it is taken back and made once more, unasked. */
  readonly remake?: true
}

/**
 * A step on tables of ours alone: it stands in the commit that journals it, with the end of the step before and the
 * beginning of the next, or none of them does. It needs no `holdFast`: without the lease that commit fails.
 */
export interface RowsStep<Input> {
  readonly name: string
  readonly rows: (tx: Tx, context: Omit<StepContext<Input>, 'attempt' | 'leftover' | 'remade'>) => Promise<unknown>
  readonly undo: StepRun<Input> | Nothing
}

export type Step<Input> = CloudStep<Input> | RowsStep<Input>

/** No undo, and why that is right. */
export interface Nothing {
  readonly nothing: string
}
export const nothing = (why: string): Nothing => ({ nothing: why })

export type SagaEnd =
  | { readonly state: 'succeeded' }
  | { readonly state: 'failed' | 'failed-with-residue'; readonly fault: Fault }

export interface Saga<Input> {
  /** A changed saga gets a new name (`…@2`): operations under way finish as they began. */
  readonly name: string
  readonly steps: readonly Step<Input>[]
  /** In the commit that ends the operation: what the rest of the program must know of it. */
  ended(tx: Tx, context: { operationId: string; input: Input }, end: SagaEnd): Promise<void>
}

export const saga = <Input>(
  name: string,
  steps: readonly Step<Input>[],
  ended: Saga<Input>['ended'] = async () => undefined,
): Saga<Input> => ({ name, steps, ended })
