import { createEvents, type EventQuery, type EventsOptions } from './client/events.ts'
import { createSend } from './client/send.ts'
import type { AnyCall, CallOptions, ClientOptions } from './client/wire.ts'
import type { Event } from './event.ts'
import type { AnswerOf, BodyOf, OperationSpec, ParamsOf, QueryOf } from './operation.ts'

export * from './client/errors.ts'
export type { EventQuery, EventsOptions } from './client/events.ts'
export type { AnyCall, CallOptions, ClientOptions } from './client/wire.ts'

/** Absent where the operation has none; optional where all in it is. */
type Field<K extends string, T> = [T] extends [undefined]
  ? { readonly [key in K]?: undefined }
  : object extends T
    ? { readonly [key in K]?: T }
    : { readonly [key in K]: T }

export type CallOf<S extends OperationSpec> = Field<'params', ParamsOf<S>> &
  Field<'query', QueryOf<S>> &
  Field<'body', BodyOf<S>> &
  CallOptions

export interface Client {
  /**
   * Calls an operation. Where the connection breaks, a GET, PUT or POST is tried again, a POST under the same
   * Idempotency-Key, so that it takes effect once.
   *
   * @throws ProblemError, ConnectionError, UnexpectedAnswerError
   */
  call<S extends OperationSpec>(operation: S, call: CallOf<S>): Promise<AnswerOf<S>>
  /** The same for an operation that is known at run time only. */
  send(operation: OperationSpec, call: AnyCall): Promise<unknown>
  /**
   * What happens, from now on or behind `lastEventId`. Connects again by itself, going on behind the last place that
   * it was told of, until `signal` is aborted; throws where the first connection fails or the server refuses.
   */
  events(query?: EventQuery, options?: EventsOptions): AsyncGenerator<Event, void, void>
}

/** Runs in browsers and in Node; needs `fetch` and nothing else. */
export const createClient = (options: ClientOptions): Client => {
  const send = createSend(options)
  return {
    send,
    // The server checks what it answers against this same contract.
    call: async <S extends OperationSpec>(operation: S, call: CallOf<S>) =>
      (await send(operation, call)) as AnswerOf<S>,
    events: createEvents(options),
  }
}
