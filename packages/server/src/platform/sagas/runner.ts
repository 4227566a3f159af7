import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { callerName } from '../../kernel/act.ts'
import { type Clock, monotonicMs } from '../../kernel/clock.ts'
import { invariant, present } from '../../kernel/invariant.ts'
import { type Database, isDatabaseFault, type Tx } from '../database/index.ts'
import type { Signals } from '../signals/listener.ts'
import { drive } from './drive.ts'
import type { Saga } from './saga.ts'
import * as journal from './store.ts'
import { Abandoned, type DriveSettings } from './work.ts'

export interface StartAsk<Input> {
  readonly operationId: string
  readonly input: Input
  readonly organisationId: string
  /** Typed id of what it works on, for people to find it by. */
  readonly subject: string | null
}

export interface Sagas {
  /** Starts in the transaction of the decision; nothing happens unless that commits. */
  start<Input>(tx: Tx, definition: Saga<Input>, ask: StartAsk<Input>): Promise<void>
  /** Many of one kind in one statement. */
  startEach<Input>(tx: Tx, definition: Saga<Input>, asks: readonly StartAsk<Input>[]): Promise<void>
}

export interface SagaRunner extends Sagas, AsyncDisposable {
  /** From now on this process works on operations of these kinds. */
  serve(definitions: readonly Saga<never>[]): void
}

export interface RunnerSettings extends Omit<DriveSettings, 'owner'> {
  readonly leaseMs: number
  /** Operations one process has in hand at once. */
  readonly limit: number
}

interface RunnerDependencies {
  readonly database: Database
  readonly signals: Signals
  readonly clock: Clock
  readonly log: Logger
  readonly settings: RunnerSettings
}

/** An operation this process works on, until it has ended or somebody else has taken it over. */
interface InHand {
  readonly lost: AbortController
  /** When the lease was last known to begin, on the monotonic clock. */
  leasedAt: number
  over: Promise<void>
}

class Runner implements SagaRunner {
  readonly #owner = randomUUID()
  readonly #with: RunnerDependencies
  readonly #definitions = new Map<string, Saga<unknown>>()
  readonly #inHand = new Map<string, InHand>()
  readonly #stopping = new AbortController()
  readonly #unsubscribe: () => void
  readonly #loops: readonly Promise<void>[]
  #wake = () => {}

  constructor(dependencies: RunnerDependencies) {
    this.#with = dependencies
    this.#unsubscribe = dependencies.signals.on(journal.operationChannel, () => this.#wake())
    this.#loops = [this.#look(), this.#renew()]
  }

  start<Input>(tx: Tx, definition: Saga<Input>, ask: StartAsk<Input>): Promise<void> {
    return this.startEach(tx, definition, [ask])
  }

  async startEach<Input>(tx: Tx, definition: Saga<Input>, asks: readonly StartAsk<Input>[]): Promise<void> {
    const { act } = tx
    invariant(act, 'a saga starts within an act')
    const startedBy = { login: act.onBehalfOf ?? callerName(act.caller), trace: act.trace }
    const now = this.#with.clock.now()
    await journal.insertOperations(
      tx,
      asks.map(({ operationId: id, input, organisationId, subject }) => ({
        id,
        saga: definition.name,
        input,
        organisationId,
        subject,
        startedBy,
        now,
      })),
    )
  }

  serve(definitions: readonly Saga<never>[]): void {
    // A saga's input is its own affair: it comes back from the journal as it was put there.
    for (const definition of definitions) this.#definitions.set(definition.name, definition as Saga<unknown>)
    this.#wake()
  }

  /** Looks when woken, and every so often for what a dead process left behind. */
  async #look(): Promise<void> {
    const { log, settings } = this.#with
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve
      })
      await this.#claim().catch((error: Error) => log.warn({ err: error }, 'cannot look for operations'))
      const awhile = delay(Math.min(1_000, settings.leaseMs / 2), undefined, { signal })
      await Promise.race([woken, awhile]).catch(() => undefined) // stopped while waiting
    }
  }

  async #claim(): Promise<void> {
    const { database, settings } = this.#with
    const limit = settings.limit - this.#inHand.size
    if (limit <= 0 || this.#definitions.size === 0) return
    const leasedAt = monotonicMs()
    const claimed = await journal.claim(database.plain, {
      owner: this.#owner,
      leaseMs: settings.leaseMs,
      limit,
      held: [...this.#inHand.keys()],
      sagas: [...this.#definitions.keys()],
    })
    for (const operation of claimed) {
      const lost = new AbortController()
      const inHand: InHand = { lost, leasedAt, over: Promise.resolve() }
      this.#inHand.set(operation.id, inHand)
      inHand.over = this.#work(operation, inHand)
    }
  }

  async #work(operation: journal.ClaimedOperation, inHand: InHand): Promise<void> {
    const { database, clock, log, settings } = this.#with
    const signal = AbortSignal.any([this.#stopping.signal, inHand.lost.signal])
    const definition = present(this.#definitions.get(operation.saga), operation.saga)
    try {
      await drive({
        database,
        clock,
        log,
        settings: { ...settings, owner: this.#owner },
        definition,
        operation,
        signal,
        stillOurs: () => this.#stillOurs(operation.id, inHand),
      })
    } catch (error) {
      const expected = error instanceof Abandoned || isDatabaseFault(error)
      log[expected ? 'info' : 'error']({ err: error, operation: operation.id }, 'an operation was put down')
      await delay(expected ? 0 : 1_000, undefined, { signal }).catch(() => undefined) // a defect must not spin
      await journal.letGo(database.plain, this.#owner, operation.id).catch(() => undefined) // else the lease runs out
    } finally {
      this.#inHand.delete(operation.id)
      this.#wake()
    }
  }

  /** Within the lease there is no doubt. Past it (this process slept) only the table knows. */
  async #stillOurs(id: string, inHand: InHand): Promise<boolean> {
    if (monotonicMs() - inHand.leasedAt < this.#with.settings.leaseMs) return true
    await this.#renewOnce([[id, inHand]])
    return !inHand.lost.signal.aborted
  }

  async #renew(): Promise<void> {
    const { log, settings } = this.#with
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await delay(settings.leaseMs / 3, undefined, { signal }).catch(() => undefined) // stopped while waiting
      await this.#renewOnce([...this.#inHand]).catch((error: Error) => log.warn({ err: error }, 'cannot renew leases'))
    }
  }

  /** What is no longer ours (this process slept too long) somebody else works on: not one call more from here. */
  async #renewOnce(inHand: readonly (readonly [string, InHand])[]): Promise<void> {
    if (inHand.length === 0) return
    const { database, settings } = this.#with
    const ids = inHand.map(([id]) => id)
    const leasedAt = monotonicMs()
    const kept = await journal.renew(database.plain, this.#owner, settings.leaseMs, ids)
    const ours = new Set(kept.map(({ id }) => id))
    for (const [id, it] of inHand) {
      if (ours.has(id)) it.leasedAt = leasedAt
      else it.lost.abort()
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#unsubscribe()
    this.#stopping.abort()
    await Promise.all([...this.#loops, ...[...this.#inHand.values()].map(({ over }) => over)])
  }
}

export const createSagaRunner = (dependencies: RunnerDependencies): SagaRunner => new Runner(dependencies)
