import { methodOf } from '../implied-faults.ts'
import type { OperationSpec } from '../operation.ts'
import { delay } from './delay.ts'
import { ConnectionError, ProblemError, UnexpectedAnswerError } from './errors.ts'
import { type AnyCall, type ClientOptions, readAnswer, requestOf, urlOf } from './wire.ts'

/** Methods that are repeated when the connection breaks; a POST carries its Idempotency-Key. */
const repeatable: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST'])

/** Our first try may still be running there when its connection broke. */
const isInFlight = (error: unknown): boolean =>
  error instanceof ProblemError && error.problem.code === 'idempotency-key-in-flight'

export const createSend = (options: ClientOptions) => {
  const { baseUrl, fetch = globalThis.fetch, timeoutMs = 60_000, retryDelaysMs = [150, 400, 1_000] } = options

  const once = async (operation: OperationSpec, url: string, init: RequestInit, signal?: AbortSignal) => {
    // A file goes on coming after its call was answered: only whoever called ends it.
    const signals = [...(signal ? [signal] : []), ...(operation.file ? [] : [AbortSignal.timeout(timeoutMs)])]
    try {
      return await readAnswer(url, operation, await fetch(url, { ...init, signal: AbortSignal.any(signals) }))
    } catch (error) {
      if (error instanceof ProblemError || error instanceof UnexpectedAnswerError || signal?.aborted) throw error
      throw new ConnectionError(url, error)
    }
  }

  return async (operation: OperationSpec, call: AnyCall): Promise<unknown> => {
    const url = urlOf(baseUrl, operation, call)
    const init = requestOf(options, operation, call)
    const waitsMs = repeatable.has(methodOf(operation)) ? retryDelaysMs : []
    for (let tries = 0; ; tries++) {
      try {
        return await once(operation, url, init, call.signal)
      } catch (error) {
        const waitMs = waitsMs[tries]
        const again = error instanceof ConnectionError || (tries > 0 && isInFlight(error))
        if (waitMs === undefined || !again) throw error
        if (call.again?.() === false) throw error
        await delay(waitMs, call.signal)
        if (call.again?.() === false) throw error
      }
    }
  }
}
