/** What a cloud call came to. Expected bad ends are values; an exception out of a driver is a defect of the driver. */
export type Outcome<T> = Done<T> | Pending | Absent | Failure

export interface Done<T> {
  readonly outcome: 'done'
  readonly value: T
}

/** Accepted and under way: call again with the same ask and the handle given here. */
export interface Pending {
  readonly outcome: 'pending'
  /** The cloud's own id of what is being made, once it is known. */
  readonly handle: string | null
  readonly retryAfterMs: number
  /** 0–100 where the cloud says so. */
  readonly progressPercent?: number
}

/** The thing is not there. An answer to `get` and a success to `remove`, never an error. */
export interface Absent {
  readonly outcome: 'absent'
}

/**
 * - `denied`: credentials or permissions; no repetition helps.
 * - `exhausted`: quota or capacity; another time or place may help.
 * - `transient`: the cloud or the way to it failed; repeating is right.
 * - `permanent`: the cloud understood and refused, or what was made is broken.
 */
export type FailureKind = 'denied' | 'exhausted' | 'transient' | 'permanent'

export interface Failure {
  readonly outcome: FailureKind
  /** A stable fault code of the contract, all of which begin with `cloud-`. */
  readonly code: CloudFaultCode
  /** The cloud's own words, for the operator; at most 2,000 characters, without secrets. */
  readonly words: string
  /** What the cloud asked us to wait (`Retry-After`), if it did. */
  readonly retryAfterMs?: number
}

export const cloudFaultCodes = [
  'cloud-credentials-refused',
  'cloud-permission-missing',
  'cloud-endpoint-wrong',
  'cloud-certificate-invalid',
  'cloud-unreachable',
  'cloud-timeout',
  'cloud-rate-limited',
  'cloud-answer-unreadable',
  'cloud-internal-error',
  'cloud-quota-exceeded',
  'cloud-capacity-exhausted',
  'cloud-no-fitting-flavour',
  'cloud-no-such-image',
  'cloud-no-external-network',
  'cloud-thing-broken',
  'cloud-thing-vanished',
  'cloud-still-shows-it',
  'cloud-conflict',
  'cloud-request-refused',
  'cloud-unsupported',
] as const
export type CloudFaultCode = (typeof cloudFaultCodes)[number]

export const done = <T>(value: T): Done<T> => ({ outcome: 'done', value })
export const absent: Absent = { outcome: 'absent' }
export const pending = (handle: string | null, retryAfterMs: number, progressPercent?: number): Pending =>
  progressPercent === undefined
    ? { outcome: 'pending', handle, retryAfterMs }
    : { outcome: 'pending', handle, retryAfterMs, progressPercent }
export const failure = (outcome: FailureKind, code: CloudFaultCode, words: string, retryAfterMs?: number): Failure => {
  const short = words.slice(0, 2_000)
  return retryAfterMs === undefined ? { outcome, code, words: short } : { outcome, code, words: short, retryAfterMs }
}

export const isDone = <T>(it: Outcome<T>): it is Done<T> => it.outcome === 'done'
export const isPending = <T>(it: Outcome<T>): it is Pending => it.outcome === 'pending'
export const isFailure = <T>(it: Outcome<T>): it is Failure =>
  it.outcome !== 'done' && it.outcome !== 'pending' && it.outcome !== 'absent'
