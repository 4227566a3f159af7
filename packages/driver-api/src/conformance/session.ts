import type { Capabilities } from '../capabilities.ts'
import type { Attempt } from '../driver.ts'
import { isPending, type Outcome } from '../outcome.ts'
import { CheckFailure, wordsOf } from './expect.ts'
import { capabilityOf } from './kinds.ts'
import { listWhole } from './listing.ts'
import { overheard } from './overheard.ts'
import { createScope, type Scope } from './scope.ts'
import { createShared } from './shared.ts'
import type { ConformanceTarget } from './target.ts'
import type { Shared, World } from './world.ts'

export interface Run {
  /** The world with a scope of its own for one check. */
  worldFor(scope: Scope): World
  /** Removes what the checks shared. */
  close(): Promise<readonly unknown[]>
}

export const createRun = (target: ConformanceTarget, capabilities: Capabilities): Run => {
  const heard: string[] = []
  const marks = new Set<string>()
  const driver = overheard(target.driver, (words) => void heard.push(words))
  const wholeRun = createScope()

  const until = untilOf(target)
  const settle = settler(target, until)
  const listed: World['listed'] = (kind) => listWhole((cursor) => settle(() => driver.list(kind, cursor)), kind)
  const worldFor = (scope: Scope, shared: Shared): World => ({
    target,
    driver,
    capabilities,
    shared,
    scope,
    heard,
    marks,
    mark: () => {
      const mark = target.mark()
      marks.add(mark)
      return mark
    },
    until,
    settle,
    sees: (kind) => capabilities[capabilityOf[kind]].supported,
    listed,
    marked: async (kind, mark) => (await listed(kind)).filter((it) => it.mark === mark),
  })
  const shared: Shared = createShared(() => worldFor(wholeRun, shared))
  return { worldFor: (scope) => worldFor(scope, shared), close: () => wholeRun.close() }
}

/** Only the deadline rejects with anything but a CheckFailure: what a driver throws has become one already. */
const untilOf =
  (target: ConformanceTarget): World['until'] =>
  async (what, poll) => {
    try {
      return await target.until(poll)
    } catch (error) {
      if (error instanceof CheckFailure) throw error
      throw new CheckFailure(`${what}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }

const settler =
  (target: ConformanceTarget, until: World['until']): World['settle'] =>
  async <T>(call: (attempt: Attempt) => Promise<Outcome<T>>, since: Date | null = null): Promise<Outcome<T>> => {
    const startedAt = target.connection.now()
    let attempt: Attempt = { since, handle: null }
    let last = 'no answer'
    const once = async (): Promise<Outcome<T> | null> => {
      const outcome = await call(attempt)
      last = wordsOf(outcome)
      attempt = { since: attempt.since ?? startedAt, handle: isPending(outcome) ? outcome.handle : attempt.handle }
      return isPending(outcome) || outcome.outcome === 'transient' ? null : outcome
    }
    try {
      return await until('repeating the call', once)
    } catch (error) {
      throw error instanceof CheckFailure ? new CheckFailure(`${error.message}; the last answer was ${last}`) : error
    }
  }
