import { setTimeout as pause } from 'node:timers/promises'
import { type Failure, failure } from '@yiduo/driver-api'
import { Agent, type Dispatcher, request } from 'undici'
import { createCongestion } from './congestion.ts'
import type { Redaction } from './redaction.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface HttpAsk {
  readonly method: Method
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
}

export interface HttpAnswer {
  readonly status: number
  header(name: string): string | null
  readonly text: string
  /** The beginning of the text, fit to be shown. */
  quote(): string
}

export interface Http extends AsyncDisposable {
  /** One exchange, over within the call's limit from its turn on, its body included. Any status is an answer; never throws. */
  send(ask: HttpAsk): Promise<HttpAnswer | Failure>
}

interface HttpOptions {
  readonly callLimitMs: number
  readonly insecure: boolean
  /** PEM. */
  readonly caCertificate: string | null
  /** Applied to every refusing answer before anyone reads it. */
  readonly redact: Redaction
}

/** The largest page (1,000 servers) is about 3 MiB; what is far beyond is not an answer of a cloud. */
const maxAnswerBytes = 64 * 1024 * 1024
const quoteLength = 300

export function createHttp(options: HttpOptions): Http {
  const agent = new Agent({
    pipelining: 1,
    maxResponseSize: maxAnswerBytes,
    connect: {
      rejectUnauthorized: !options.insecure,
      ...(options.caCertificate === null ? {} : { ca: options.caCertificate }),
    },
  })
  const congestion = createCongestion()
  return {
    async send(ask) {
      const asked = performance.now()
      const leave = await congestion.enter(originOf(ask.url))
      // Whoever looks for its effect has stopped waiting: another process may have taken over by now.
      if (performance.now() - asked > options.callLimitMs) {
        leave('unsent')
        return failure(
          'transient',
          'cloud-rate-limited',
          `${ask.method} ${ask.url}: the cloud is too slow for its turn`,
        )
      }
      let late = false
      try {
        const answer = await request(ask.url, {
          dispatcher: agent,
          method: ask.method,
          headers: { accept: 'application/json', 'content-type': 'application/json', ...ask.headers },
          body: ask.body === undefined ? null : JSON.stringify(ask.body),
          signal: AbortSignal.timeout(options.callLimitMs),
        })
        const text = await answer.body.text()
        const redacted = (): string => options.redact(text, ask.headers['x-auth-token'] ?? '')
        return {
          status: answer.statusCode,
          // What succeeded is read by us alone, and may be long.
          text: answer.statusCode < 300 ? text : redacted(),
          quote: () => redacted().slice(0, quoteLength),
          header: (name) => headerOf(answer, name),
        }
      } catch (error) {
        const failed = failureOfTransport(ask, error)
        late = failed.code === 'cloud-timeout'
        return failed
      } finally {
        leave(late ? 'late' : 'in-time')
      }
    },
    async [Symbol.asyncDispose]() {
      if (agent.destroyed) return
      // Calls under way may still make something: they end by themselves, each within its limit. What has not by then
      // hangs for another reason, and is cut.
      const cut = new AbortController()
      const late = pause(options.callLimitMs, null, { signal: cut.signal }).then(
        () => agent.destroy(),
        () => undefined,
      )
      await Promise.race([agent.close(), late])
      cut.abort()
    },
  }
}

/** Of a service; what is no address at all fails when it is called. */
const originOf = (url: string): string => URL.parse(url)?.origin ?? url

function headerOf(answer: Dispatcher.ResponseData, name: string): string | null {
  const value = answer.headers[name]
  return (Array.isArray(value) ? value[0] : value) ?? null
}

const unreachable = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
])

// Node's names for what OpenSSL found wrong with a certificate (tls.html#x509-certificate-error-codes).
const certificateCode = /CERT|SIGNATURE|CRL_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH|INVALID_PURPOSE/

function failureOfTransport(ask: HttpAsk, error: unknown): Failure {
  const code = codeOf(error)
  const reason = error instanceof Error ? error.message : String(error)
  const words = `${ask.method} ${ask.url}: ${reason.includes(code) ? reason : `${code} ${reason}`}`
  if (unreachable.has(code)) return failure('transient', 'cloud-unreachable', words)
  if (code === 'TimeoutError' || code.endsWith('_TIMEOUT')) return failure('transient', 'cloud-timeout', words)
  if (certificateCode.test(code)) return failure('permanent', 'cloud-certificate-invalid', words)
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') return failure('permanent', 'cloud-endpoint-wrong', words)
  if (code === 'ERR_INVALID_URL' || code === 'UND_ERR_INVALID_ARG')
    return failure('permanent', 'cloud-endpoint-wrong', words)
  if (code.startsWith('HPE_') || code === 'HTTPParserError' || code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE')
    return failure('transient', 'cloud-answer-unreadable', words)
  return failure('transient', 'cloud-unreachable', words)
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  // A name with several addresses fails as one AggregateError; what the last of them met tells as much as the first.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors.at(-1))
  if ('code' in error && typeof error.code === 'string') return error.code
  return error.cause instanceof Error ? codeOf(error.cause) : error.name
}
