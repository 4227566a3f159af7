import { createHash } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import { fault } from '@yiduo/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { Caller } from '../../kernel/act.ts'
import { FaultError } from '../../kernel/refusal.ts'
import type { NoteRefusal } from '../acts/refusals.ts'
import { isLoopback } from '../posting/index.ts'

/** So many in so long. */
export interface RateLimit {
  readonly count: number
  readonly seconds: number
}

/** Null lifts a limit. Each process counts for itself: behind n servers the limit is at most n times as high. */
export interface RateLimitSettings {
  /** Of an address, whoever asks from there. */
  readonly address: RateLimit | null
  /** Of a person, over all their sessions and tokens. */
  readonly account: RateLimit | null
  /** Of one session or token. */
  readonly token: RateLimit | null
  /** Attempts to log in from one address; a whole office may share it. */
  readonly logInAddress: RateLimit | null
  /** Attempts to log in as one person, from wherever. */
  readonly logInName: RateLimit | null
}

type Kind = keyof RateLimitSettings

/** An IPv6 network is what one household or office has: its 2^64 addresses count as one. */
const addressKey = (address: string): string => {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(mapped) || !isIPv6(address)) return mapped
  const [front = '', back] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const groups = front === '' ? [] : front.split(':')
  const behind = back === undefined || back === '' ? [] : back.split(':')
  const zeros = back === undefined ? 0 : 8 - groups.length - behind.length
  return [...groups, ...Array.from({ length: zeros }, () => '0'), ...behind]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/** Who sits at the server itself is not held up: a proxy there is named as one, and then asks for others. */
const isHere = (request: FastifyRequest): boolean => isLoopback(request.ip.replace(/^::ffff:(?=\d+\.)/i, ''))

export interface RateLimits {
  /** @throws FaultError where it is one too many */
  ofAddress(request: FastifyRequest): Promise<void>
  ofCaller(request: FastifyRequest, caller: Caller, token: string): Promise<void>
  /** `name` as it was sent, whether somebody has it or not. */
  ofLogIn(request: FastifyRequest, name: unknown): Promise<void>
}

export const createRateLimits = (settings: RateLimitSettings): RateLimits => {
  const limiterOf = (kind: Kind) => {
    const limit = settings[kind]
    return limit && new RateLimiterMemory({ points: limit.count, duration: limit.seconds })
  }
  const limiters = {
    address: limiterOf('address'),
    account: limiterOf('account'),
    token: limiterOf('token'),
    logInAddress: limiterOf('logInAddress'),
    logInName: limiterOf('logInName'),
  }
  const count = async (request: FastifyRequest, kind: Kind, key: string): Promise<void> => {
    const limiter = limiters[kind]
    if (!limiter || isHere(request)) return
    await limiter.consume(key).catch((refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused
      throw new FaultError(
        fault('too-many-requests', { seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1_000)) }),
      )
    })
  }
  return {
    ofAddress: (request) => count(request, 'address', addressKey(request.ip)),
    async ofCaller(request, caller, token) {
      if (isHere(request)) return
      await count(request, 'token', createHash('sha256').update(token).digest('base64'))
      if (caller.kind === 'person') await count(request, 'account', caller.personId)
    },
    async ofLogIn(request, name) {
      await count(request, 'logInAddress', addressKey(request.ip))
      // As long as no name is, so that nobody fills the memory with names.
      if (typeof name === 'string') await count(request, 'logInName', name.slice(0, 64).toLowerCase())
    },
  }
}

const uncounted: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics'])

/** Counts everything that comes in, before anything is read of it. */
export const limitAddresses = (app: FastifyInstance, limits: RateLimits, noteRefusal: NoteRefusal): void => {
  app.addHook('onRequest', async (request) => {
    if (uncounted.has(request.url)) return
    await limits.ofAddress(request).catch((error: unknown) => {
      const it = { operation: 'address.limit', on: 'address', code: 'too-many-requests' } as const
      noteRefusal({ caller: { kind: 'nobody' }, organisationId: null, ...it, address: request.ip, trace: request.id })
      throw error
    })
  })
}
