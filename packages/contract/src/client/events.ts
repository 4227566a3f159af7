import { type Event, eventStream } from '../event.ts'
import type { QueryOf } from '../operation.ts'
import { delay } from './delay.ts'
import { ConnectionError, ProblemError, UnexpectedAnswerError } from './errors.ts'
import { messagesOf } from './event-source.ts'
import { type ClientOptions, headersOf, readAnswer, urlOf } from './wire.ts'

export interface EventsOptions {
  /** Go on behind this event. */
  readonly lastEventId?: string | undefined
  readonly signal?: AbortSignal | undefined
}

export type EventQuery = QueryOf<typeof eventStream>

const firstWaitMs = 500
const longestWaitMs = 30_000

const openStream = async (
  options: ClientOptions,
  query: EventQuery,
  { lastEventId, signal }: EventsOptions,
): Promise<ReadableStream<Uint8Array>> => {
  const url = urlOf(options.baseUrl, eventStream, { query })
  const headers = {
    ...headersOf(options, 'text/event-stream'),
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  }
  const { fetch = globalThis.fetch } = options
  const answer = await fetch(url, { headers, ...(signal ? { signal } : {}) }).catch((error: unknown) => {
    throw new ConnectionError(url, error)
  })
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
  if (answer.ok && answer.body && isStream) return answer.body
  await readAnswer(url, eventStream, answer)
  throw new UnexpectedAnswerError(url, answer.status, '')
}

export const createEvents = (options: ClientOptions) =>
  async function* (
    query: EventQuery = {},
    { lastEventId, signal }: EventsOptions = {},
  ): AsyncGenerator<Event, void, void> {
    let behind = lastEventId
    let connected = false
    let waitMs = firstWaitMs
    while (!signal?.aborted) {
      try {
        const body = await openStream(options, query, { lastEventId: behind, signal })
        connected = true
        for await (const { id, data, retryMs } of messagesOf(body)) {
          behind = id ?? behind
          waitMs = retryMs ?? firstWaitMs
          if (data !== null) yield JSON.parse(data) as Event // the server checks what it sends against this same contract
        }
      } catch (error) {
        if (signal?.aborted) return
        const { status = 500 } = error instanceof ProblemError ? error.problem : {}
        const refused = status < 500 && status !== 429
        if (!connected || refused) throw error
        waitMs = Math.min(waitMs * 2, longestWaitMs)
      }
      await delay(waitMs, signal)
    }
  }
