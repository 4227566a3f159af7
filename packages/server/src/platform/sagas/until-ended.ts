import { setTimeout as delay } from 'node:timers/promises'
import { type Fault, fault } from '@yiduo/contract'
import { type Attempt, type Failure, isFailure, isPending, type Outcome } from '@yiduo/driver-api'
import { isDatabaseFault } from '../database/index.ts'
import { saveHandle } from './store.ts'
import { Abandoned, type Work } from './work.ts'

export type Ended = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: Fault }

/** One `run` or `undo` with all that bounds it. */
export interface Endeavour {
  readonly step: string
  readonly position: number
  readonly call: (attempt: Attempt) => Promise<Outcome<unknown>>
  /** What was known before this process began; `since` null on the very first call. */
  readonly attempt: Attempt
  /** The instant from which a repeated call must assume that the first may have taken effect. */
  readonly since: Date
  /** The instant from which the step's time limit runs. */
  readonly begun: Date
  readonly attempts: number
}

export const crashLimit = 3
const asFault = (failure: Failure): Fault => fault(failure.code, {}, failure.words)
const longestPauseMs = 60_000

/**
 * A cloud may ask to be left alone for an hour, or for longer than a timer can count. The step's limit is ours, and
 * a cloud that was only busy is often back before it said so.
 */
export const pauseMs = (askedMs: number, leftMs: number): number =>
  Math.max(0, Math.min(askedMs, leftMs, longestPauseMs))

export const backoffMs = (failures: number): number => Math.min(5_000, 100 * 2 ** Math.min(failures, 6))

/** A crash of ours counts as a passing failure, a few times: the world it met may have been in motion. */
const callSafely = async (work: Work, it: Endeavour, attempt: Attempt): Promise<Outcome<unknown> | 'crashed'> => {
  try {
    return await it.call(attempt)
  } catch (error) {
    if (isDatabaseFault(error) || error instanceof Abandoned) throw error
    work.log.error({ err: error, operation: work.operation.id, step: it.step }, 'a step crashed')
    return 'crashed'
  }
}

/** Calls until it ends: polls what is pending, repeats what is transient, gives up at the step's limit. */
export const untilEnded = async (work: Work, it: Endeavour): Promise<Ended> => {
  let { attempt, attempts } = it
  let failures = 0
  let crashes = 0
  for (;;) {
    if (work.signal.aborted) throw new Abandoned('stopping')
    if (!(await work.stillOurs())) throw new Abandoned('lease lost')
    const outcome = await callSafely(work, it, attempt)
    let waitMs: number
    if (outcome === 'crashed') {
      if (++crashes >= crashLimit) return { ok: false, fault: fault('step-crashed', { step: it.step }) }
      waitMs = backoffMs(failures++)
    } else if (outcome.outcome === 'done') return { ok: true, value: outcome.value }
    else if (outcome.outcome === 'absent') return { ok: true, value: null }
    else if (outcome.outcome !== 'pending' && outcome.outcome !== 'transient')
      return { ok: false, fault: asFault(outcome) }
    else {
      const leftMs = it.begun.getTime() + work.settings.stepLimitMs - work.clock.now().getTime()
      if (leftMs < 0)
        return { ok: false, fault: isFailure(outcome) ? asFault(outcome) : fault('step-timed-out', { step: it.step }) }
      const askedMs = isPending(outcome)
        ? outcome.retryAfterMs
        : Math.max(outcome.retryAfterMs ?? 0, backoffMs(failures++))
      waitMs = pauseMs(askedMs, leftMs)
      const handle = isPending(outcome) ? outcome.handle : attempt.handle
      if (handle !== attempt.handle)
        await saveHandle(work.database.plain, {
          id: work.operation.id,
          owner: work.settings.owner,
          position: it.position,
          handle,
          attempts,
        })
      attempt = { since: it.since, handle }
    }
    attempts += 1
    work.recalled.clear()
    await delay(waitMs, undefined, { signal: work.signal }).catch(() => undefined) // the loop's head sees the stop
  }
}
