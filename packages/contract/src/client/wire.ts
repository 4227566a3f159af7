import { type FileContent, nameIn, uploadMediaType } from '../file.ts'
import { methodOf, pathOf } from '../implied-faults.ts'
import type { Locale } from '../message/catalogue.ts'
import type { OperationSpec } from '../operation.ts'
import { type Problem, problemMediaType } from '../problem.ts'
import { ProblemError, UnexpectedAnswerError } from './errors.ts'

export interface ClientOptions {
  /** `http://localhost:7070`; empty in a browser that was served from there. */
  readonly baseUrl: string
  readonly token?: string
  /** Language of problems; the server's own default if absent. */
  readonly locale?: Locale
  readonly fetch?: typeof globalThis.fetch
  /** Limit of one try of one call; a stream has none. */
  readonly timeoutMs?: number
  /** Waits before each further try when the connection breaks; as many tries more as there are waits. */
  readonly retryDelaysMs?: readonly number[]
}

export interface CallOptions {
  readonly idempotencyKey?: string | undefined
  /** Revision that was read; for edits. */
  readonly revision?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** Whether a broken call may still be tried again; unlike `signal` it leaves alone what is on its way. */
  readonly again?: (() => boolean) | undefined
  /** The file to send, where the operation takes one; a Blob can be read anew when the call is tried again. */
  readonly content?: Blob | undefined
}

/** What a call carries when the operation is not known beforehand, as in the CLI. */
export interface AnyCall extends CallOptions {
  readonly params?: Readonly<Record<string, unknown>> | undefined
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly body?: unknown
}

/** Not `crypto.randomUUID`: browsers offer that on https and localhost only. */
const freshKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')

export const urlOf = (baseUrl: string, operation: OperationSpec, { params, query }: AnyCall): string => {
  const path = pathOf(operation).replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params?.[name] ?? '')),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {}))
    for (const one of Array.isArray(value) ? value : [value])
      if (one !== undefined && one !== null) search.append(name, String(one))
  return `${baseUrl.replace(/\/+$/, '')}/api/v1${path}${search.size > 0 ? `?${search}` : ''}`
}

export const headersOf = ({ token, locale }: ClientOptions, accept: string): Record<string, string> => ({
  accept,
  ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  ...(locale === undefined ? {} : { 'accept-language': locale }),
})

export const requestOf = (options: ClientOptions, operation: OperationSpec, call: AnyCall): RequestInit => {
  const method = methodOf(operation)
  return {
    method,
    headers: {
      ...headersOf(
        options,
        operation.file ? `${operation.file.mediaTypes.join(', ')}, ${problemMediaType}` : 'application/json',
      ),
      ...(operation.body ? { 'content-type': 'application/json' } : {}),
      ...(operation.upload ? { 'content-type': uploadMediaType } : {}),
      ...(method === 'POST' ? { 'idempotency-key': call.idempotencyKey ?? freshKey() } : {}),
      ...(call.revision === undefined ? {} : { 'if-match': `"${call.revision}"` }),
    },
    ...(operation.body ? { body: JSON.stringify(call.body ?? {}) } : {}),
    ...(operation.upload ? { body: call.content ?? new Blob([]) } : {}),
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // cut off on the way, or never JSON: not an answer of the contract
  }
}

/** The file that was answered, its content still to come; null where the answer is no such file. */
const fileIn = (operation: OperationSpec, answer: Response): FileContent | null => {
  const mediaType = answer.headers.get('content-type') ?? ''
  if (!answer.ok || !answer.body || !operation.file?.mediaTypes.includes(mediaType)) return null
  return { mediaType, name: nameIn(answer.headers.get('content-disposition')) ?? operation.name, content: answer.body }
}

/**
 * The value that was answered, null where the answer is empty.
 *
 * @throws ProblemError for a problem, UnexpectedAnswerError for anything that is not the contract's.
 */
export const readAnswer = async (url: string, operation: OperationSpec, answer: Response): Promise<unknown> => {
  if (answer.status === 204) return null
  const file = fileIn(operation, answer)
  if (file) return file
  const mediaType = answer.headers.get('content-type') ?? ''
  const text = await answer.text()
  const value = /^application\/(problem\+)?json\b/.test(mediaType) ? parsed(text) : undefined
  if (value === undefined) throw new UnexpectedAnswerError(url, answer.status, text)
  if (answer.ok) return value
  if (!mediaType.startsWith(problemMediaType)) throw new UnexpectedAnswerError(url, answer.status, text)
  throw new ProblemError(value as Problem) // the server checks what it answers against this same contract
}
