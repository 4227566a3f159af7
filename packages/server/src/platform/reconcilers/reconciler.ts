import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Database } from '../database/index.ts'
import { underLock, withAdvisoryLock } from './store.ts'

/** No input but the database and the cloud; safe to run twice, or at once in two processes. */
export interface Reconciler {
  readonly name: string
  readonly everyMs: number
  run(): Promise<void>
}

export const reconciler = (name: string, everyMs: number, run: () => Promise<void>): Reconciler => ({
  name,
  everyMs,
  run,
})

const lockOf = (it: Reconciler): string => `reconciler ${it.name}`

export interface ReconcilerRunner extends AsyncDisposable {
  serve(reconcilers: readonly Reconciler[]): void
  /** Runs one now and answers when it is through; tests and operators use it. */
  runNow(name: string): Promise<void>
}

export const createReconcilerRunner = ({ database, log }: { database: Database; log: Logger }): ReconcilerRunner => {
  const stopping = new AbortController()
  const known = new Map<string, Reconciler>()
  const loops: Promise<void>[] = []

  const step = (it: Reconciler): Promise<boolean> => withAdvisoryLock(database.pool, lockOf(it), () => it.run())

  const loop = async (it: Reconciler): Promise<void> => {
    while (!stopping.signal.aborted) {
      await delay(it.everyMs, undefined, { signal: stopping.signal }).catch(() => undefined) // stopped while waiting
      if (stopping.signal.aborted) return
      await step(it).catch((error: Error) =>
        log.warn({ err: error, reconciler: it.name }, 'a reconciler failed; it runs again'),
      )
    }
  }

  return {
    serve(reconcilers) {
      for (const it of reconcilers) {
        known.set(it.name, it)
        if (it.everyMs > 0) loops.push(loop(it))
      }
    },
    async runNow(name) {
      const it = known.get(name)
      if (!it) throw new Error(`no reconciler ${name}`)
      await underLock(database.pool, lockOf(it), () => it.run()) // another process may hold it: ours comes after
    },
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}
