import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type ClockWatch, createClockWatch } from '../../kernel/clock.ts'
import type { Locks } from './store.ts'

/** No input but the database and the cloud; safe to run twice, or at once in two processes. */
export interface Reconciler {
  readonly name: string
  readonly everyMs: number
  /** Ends what the calendar says is over: it rests while the clock is in doubt, for much of it cannot be taken back. */
  readonly byCalendar?: boolean
  run(): Promise<void>
}

export const reconciler = (name: string, everyMs: number, run: () => Promise<void>): Reconciler => ({
  name,
  everyMs,
  run,
})

export const byCalendar = (it: Reconciler): Reconciler => ({ ...it, byCalendar: true })

const lockOf = (it: Reconciler): string => `reconciler ${it.name}`

/** Those with one period never begin together, and none waits for its first time longer than its period. */
export const firstWaitMs = (everyMs: number, index: number, count: number): number => (everyMs * (index + 1)) / count

export interface ReconcilerRunner extends AsyncDisposable {
  serve(reconcilers: readonly Reconciler[]): void
  /** Runs one now and answers when it is through; tests and operators use it. */
  runNow(name: string): Promise<void>
}

interface RunnerDependencies {
  readonly locks: Locks
  readonly log: Logger
  readonly watch?: ClockWatch
}

export const createReconcilerRunner = ({
  locks,
  log,
  watch = createClockWatch(),
}: RunnerDependencies): ReconcilerRunner => {
  const stopping = new AbortController()
  const known = new Map<string, Reconciler>()
  const loops: Promise<void>[] = []

  const loop = async (it: Reconciler, firstMs: number): Promise<void> => {
    for (let waitMs = firstMs; !stopping.signal.aborted; waitMs = it.everyMs) {
      await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined) // stopped while waiting
      if (stopping.signal.aborted) return
      if (it.byCalendar && !watch.isSteady()) {
        log.error(
          { reconciler: it.name },
          'the clock jumped: nothing is ended by it for an hour, unless it is set right',
        )
        continue
      }
      await locks
        .ifFree(lockOf(it), () => it.run())
        .catch((error: Error) => log.warn({ err: error, reconciler: it.name }, 'a reconciler failed; it runs again'))
    }
  }

  return {
    serve(reconcilers) {
      for (const [index, it] of reconcilers.entries()) {
        known.set(it.name, it)
        if (it.everyMs > 0) loops.push(loop(it, firstWaitMs(it.everyMs, index, reconcilers.length)))
      }
    },
    async runNow(name) {
      const it = known.get(name)
      if (!it) throw new Error(`no reconciler ${name}`)
      await locks.under(lockOf(it), () => it.run()) // another process may hold it: ours comes after
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}
