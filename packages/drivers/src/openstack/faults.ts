import { type Absent, absent, type Failure, type FailureKind, failure } from '@yiduo/driver-api'
import type { HttpAnswer, Method } from './http.ts'

/**
 * What a refusing answer means. Bodies differ by service: Nova and Cinder `{badRequest: {code, message}}`,
 * Neutron `{NeutronError: {type, message}}`, Keystone `{error: {message}}`, Glance JSON or HTML, proxies HTML.
 * Null for a success.
 */
export function refusalOf(method: Method, answer: HttpAnswer, now: Date): Failure | Absent | null {
  const { status } = answer
  if (status >= 200 && status < 300) return null
  const said = readRefusal(answer.text)
  const words = `${status} ${said.message}`.trim()
  const wait = retryAfterMs(answer.header('retry-after'), now)
  const fail = (kind: FailureKind, code: Failure['code']) => failure(kind, code, words, wait ?? undefined)

  if (status < 400) return failure('permanent', 'cloud-endpoint-wrong', `${words} ${answer.header('location') ?? ''}`)
  if (outOfQuota(status, said)) return failure('exhausted', 'cloud-quota-exceeded', words)
  if (saysOutOfCapacity(`${said.type} ${said.message}`)) return failure('exhausted', 'cloud-capacity-exhausted', words)
  switch (status) {
    case 401:
      return fail('denied', 'cloud-credentials-refused')
    case 403:
      return fail('denied', 'cloud-permission-missing')
    case 404:
      return notFound(method, said, words)
    case 405:
    case 406:
    case 501:
      return fail('permanent', 'cloud-unsupported')
    case 408:
    case 504:
      return fail('transient', 'cloud-timeout')
    case 409:
      return passing.test(said.message) ? fail('transient', 'cloud-conflict') : fail('permanent', 'cloud-conflict')
    case 413:
    case 429:
      return fail('transient', 'cloud-rate-limited')
  }
  return status >= 500 ? fail('transient', 'cloud-internal-error') : fail('permanent', 'cloud-request-refused')
}

/** Nova refuses acts on a server that something else is being done to; that passes. */
const passing = /while it is in (task_state|vm_state (building|resized))|concurrent/i
const quotaWords = /quota|exceeds? available|limit exceeded|maximum number of/i
/** Neutron's pools of addresses, the schedulers of Nova and Cinder. */
const outOfCapacity =
  /IpAddressGenerationFailure|ExternalIpAddressExhausted|No more IP addresses|No valid host|No valid backend|weigh(t)?ed backend/i

export const saysOutOfCapacity = (words: string): boolean => outOfCapacity.test(words)

/** Nova 403 (413 until Kilo), Neutron 409 `OverQuota`, Cinder 413 with an own `Retry-After: 0`. */
function outOfQuota(status: number, said: Refusal): boolean {
  if (said.type === 'OverQuota') return true
  return (status === 403 || status === 413) && quotaWords.test(said.message)
}

/** A thing asked for that isn't there is an answer; one that an act needs is a failure. */
function notFound(method: Method, said: Refusal, words: string): Failure | Absent {
  if (method === 'GET' || method === 'DELETE') return absent
  if (said.type === 'ExternalGatewayForFloatingIPNotFound')
    return failure('permanent', 'cloud-no-external-network', words)
  return failure('permanent', 'cloud-thing-vanished', words)
}

interface Refusal {
  /** Neutron's class of the error; empty elsewhere. */
  readonly type: string
  readonly message: string
}

function readRefusal(text: string): Refusal {
  const body = parseJson(text)
  if (!isRecord(body)) return { type: '', message: textOfHtml(text) }
  const inner = Object.values(body).find(isRecord) ?? body
  const message = [inner.message, inner.faultstring, body.message, body.NeutronError, body.title].find(
    (it) => typeof it === 'string',
  )
  return {
    type: typeof inner.type === 'string' ? inner.type : '',
    message: message ?? text,
  }
}

/** Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (it: unknown): it is Record<string, unknown> =>
  typeof it === 'object' && it !== null && !Array.isArray(it)

const textOfHtml = (text: string): string =>
  text
    .slice(0, 4_000)
    .replace(/<(script|style)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Whoever waits has a limit of its own, and a proxy's maintenance page may well ask for a day. */
const longestWaitMs = 60_000

/** RFC 9110 §10.2.3: seconds, or a date. Null where there is none, or one that means nothing. */
export function retryAfterMs(value: string | null, now: Date): number | null {
  if (value === null) return null
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1_000 : Date.parse(value) - now.getTime()
  return Number.isNaN(ms) ? null : Math.min(longestWaitMs, Math.max(0, ms))
}
