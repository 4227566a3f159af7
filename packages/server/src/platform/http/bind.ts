import { Readable } from 'node:stream'
import {
  type AnswerOf,
  type BodyOf,
  dispositionOf,
  type FileContent,
  type Locale,
  localeOf,
  type OperationSpec,
  operationNameOf,
  type ParamsOf,
  type QueryOf,
} from '@yiduo/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Act, Caller } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { FaultError, isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { NoteRead } from '../acts/reads.ts'
import type { NoteRefusal } from '../acts/refusals.ts'
import { type Database, recallAnswer } from '../database/index.ts'
import type { Secrets } from '../secrets/index.ts'
import { createAdmission } from './admission.ts'
import { emergencyFor, grantsFor, onBehalfOf, reachesSomething, scopeOf } from './authority.ts'
import type { ForwardedCertificate } from './forwarded-certificate.ts'
import { inputFault } from './input-problem.ts'
import { problemOf, problemType } from './problem.ts'
import type { RateLimits } from './rate-limits.ts'
import { sensitiveRead } from './sensitive-read.ts'
import { type Upload, uploadOf } from './upload.ts'
import { createCheck } from './validate.ts'

export interface Call<S extends OperationSpec> {
  readonly act: Act
  readonly params: ParamsOf<S>
  readonly query: QueryOf<S>
  readonly body: BodyOf<S>
  /** The file that was sent, where the operation takes one; null where none came, or none of a length that was said. */
  readonly upload: Upload | null
  readonly locale: Locale
  /** Where the client came to, as it names it itself: `https://cloud.example.cn`. */
  readonly origin: string
  /** That a TLS terminator says the client has. */
  readonly certificate: ForwardedCertificate
  /** Revision the client has in hand (`If-Match`), null when it did not say. */
  readonly revision: number | null
}

export type Handler<S extends OperationSpec> = (call: Call<S>) => Promise<AnswerOf<S> | Refusal>
export type Bind = <S extends OperationSpec>(spec: S, handler: Handler<S>) => void

export interface BindDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly authenticate: (token: string) => Promise<Caller>
  /** Told of every act, by their bare ids: what nobody uses is looked over. */
  readonly grantsUsed: (ids: readonly string[]) => void
  /** Of a body with all its secrets: a corrected password is another request, and none may be read out of the hash. */
  readonly fingerprint: Secrets['fingerprint']
  readonly limits: RateLimits
  readonly certificateOf: (request: FastifyRequest) => ForwardedCertificate
  /** Puts on record what of an answer must be. */
  readonly noteRead: NoteRead
  readonly noteRefusal: NoteRefusal
}

const header = (request: FastifyRequest, name: string): string | null => {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}

const revisionOf = (request: FastifyRequest): number | null => {
  const given = header(request, 'if-match')
  if (given === null || given === '*') return null
  const revision = /^"(\d{1,9})"$/.exec(given)?.[1]
  // Whoever says what they have in hand wants no edit without it.
  if (revision === undefined) throw new FaultError(inputFault('If-Match', 'not-ours'))
  return Number(revision)
}

const idempotencyOf = (request: FastifyRequest, fingerprint: Secrets['fingerprint']): Act['idempotency'] => {
  const key = request.method === 'POST' ? header(request, 'idempotency-key') : null
  if (key === null) return null
  // A file has no print before it has come: its length stands for it.
  const told =
    request.body instanceof Readable ? request.headers['content-length'] : JSON.stringify(request.body ?? null)
  if (key.length > 200) throw new FaultError(inputFault('Idempotency-Key', 'text-too-long', { limit: 200 }))
  return { key, bodyHash: fingerprint(`${request.url}\n${told}`) }
}

export const sendFault = (request: FastifyRequest, reply: FastifyReply, it: FaultError['fault']): FastifyReply => {
  const problem = problemOf(it, localeOf(header(request, 'accept-language') ?? undefined), request.id)
  const { seconds } = it.parameters ?? {}
  if (it.code === 'too-many-requests' && seconds !== undefined) reply.header('retry-after', String(seconds))
  return reply.code(problem.status).header('content-type', problemType).send(problem)
}

/** A cloud's own words may name other parties' hosts and things: they are for those who may look at platforms. */
const mayReadWords = (caller: Caller, now: Date): boolean => {
  if (caller.kind !== 'person') return caller.kind === 'program'
  return reachesSomething(scopeOf(caller.grants, 'platform.get', now))
}

const withoutWords = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutWords)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) =>
      key === 'words' ? [key, 'step' in value ? '' : null] : [key, withoutWords(inner)],
    ),
  )
}

/** Whether an answer may hold them: it says so, or it holds what its schema says nothing of. */
const carriesWords = ({ answers }: OperationSpec): boolean => /"words"|\{\}/.test(JSON.stringify(answers))

const successOf = (spec: OperationSpec): number => Number(Object.keys(spec.answers)[0])

const send = (reply: FastifyReply, status: number, answer: unknown): FastifyReply => {
  if (status === 204) return reply.code(204).send()
  if (typeof answer === 'object' && answer !== null && 'revision' in answer)
    reply.header('etag', `"${String(answer.revision)}"`)
  return reply.code(status).send(answer)
}

/** More than any sheet or report of a month holds: what goes on and on is broken off, and its reader is told. */
const fileLimitBytes = 1024 ** 3

const limited = (): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> => {
  let sent = 0
  return new TransformStream({
    transform(chunk, controller) {
      sent += chunk.byteLength
      if (sent > fileLimitBytes) controller.error(new Error(`a file of more than ${fileLimitBytes} bytes`))
      else controller.enqueue(chunk)
    },
  })
}

const sendFile = (reply: FastifyReply, { mediaType, name, content }: FileContent): FastifyReply =>
  reply
    .code(200)
    .header('content-type', mediaType)
    .header('content-disposition', dispositionOf(name))
    .send(content.pipeThrough(limited()))

/** What the handler came to; a fault that ended its transaction is a refusal too. */
const outcomeOf = async <T>(answering: Promise<T | Refusal>): Promise<T | Refusal> =>
  answering.catch((error: unknown) => {
    if (error instanceof FaultError) return { refused: error.fault }
    throw error
  })

/**
 * Makes an operation of the contract a route: check what came in, authorise, recall a repeated request's
 * answer, call, and turn a refusal into its problem. A refused act never answers 2xx.
 */
export const createBind = (app: FastifyInstance, dependencies: BindDependencies): Bind => {
  const { database, clock, authenticate, grantsUsed, fingerprint, limits, certificateOf } = dependencies
  const { noteRead, noteRefusal } = dependencies
  const { admit, refused } = createAdmission({ clock, authenticate, limits, noteRefusal })
  return (spec, handler) => {
    const [method = 'GET', path = '/'] = spec.http.split(' ')
    const checkParams = spec.params ? createCheck(spec.params, 'path', true) : null
    const checkQuery = spec.query ? createCheck(spec.query, 'query', true) : null
    const checkBody = spec.body ? createCheck(spec.body, 'body', false) : null
    const status = successOf(spec)
    const hasWords = carriesWords(spec)
    app.route({
      method,
      url: `/api/v1${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
      config: { upload: spec.upload ?? false, form: spec.form ?? false },
      handler: async (request, reply) => {
        const { caller, scope } = await admit(spec, request)
        const now = clock.now()
        const emergency = emergencyFor(spec.name, caller, now)
        if (caller.kind === 'person') grantsUsed(grantsFor(caller.grants, spec.name, now).map(({ id }) => id))
        const act: Act = {
          caller,
          onBehalfOf: onBehalfOf(spec, caller, now),
          ...(emergency ? { emergency } : {}),
          operation: operationNameOf(spec),
          scope,
          trace: request.id,
          address: request.ip,
          agent: header(request, 'user-agent')?.slice(0, 300) ?? null,
          idempotency: idempotencyOf(request, fingerprint),
        }
        const shown = (answer: unknown) =>
          !hasWords || mayReadWords(caller, clock.now()) ? answer : withoutWords(answer)
        const replay = async () => {
          const recalled = await recallAnswer(database.plain, act)
          return recalled && send(reply.header('idempotency-replayed', 'true'), status, shown(recalled.answer))
        }
        const replayed = await replay()
        if (replayed) return replayed
        // The checks answer what the schemas promise; this is the parsing edge.
        const call = {
          act,
          upload: spec.upload ? uploadOf(request) : null,
          params: checkParams?.(request.params),
          query: checkQuery?.(request.query),
          body: checkBody?.(request.body),
          locale: localeOf(header(request, 'accept-language') ?? undefined),
          origin: `${request.protocol}://${request.host}`,
          certificate: certificateOf(request),
          revision: revisionOf(request),
        } as Call<typeof spec>
        const answer = await outcomeOf(handler(call))
        if (!isRefusal(answer)) {
          const read = sensitiveRead(spec, call, answer, clock.now())
          if (read) noteRead(act, read)
          return spec.file ? sendFile(reply, answer as FileContent) : send(reply, status, shown(answer)) // as its type says
        }
        // The same request under the same key may have been first: then its answer is ours.
        const known = await replay()
        if (known) return known
        refused(spec, request, caller, answer.refused)
        return sendFault(request, reply, answer.refused)
      },
    })
  }
}
