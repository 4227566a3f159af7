import { sessionDelete, sessionLogOut } from '@yiduo/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/**
 * Over HTTPS under a name that browsers take from this very host alone, and keep from plain HTTP: no other host of the same
 * domain can put a session of its own in its place (RFC 6265bis, §4.1.3.2). Over plain HTTP they would not take it at all.
 */
const nameFor = ({ protocol }: FastifyRequest): string =>
  protocol === 'https' ? '__Host-yiduo-session' : 'yiduo-session'
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD'])

const header = (request: FastifyRequest, key: string): string | null => {
  const value = request.headers[key]
  return typeof value === 'string' ? value : null
}

const bearerOf = (request: FastifyRequest): string | null =>
  /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null

/**
 * Whether a page of ours asks. `SameSite` keeps the cookie from other sites already; this keeps it from other ports and
 * subdomains as well. Browsers name the origin of whatever changes something, over plain HTTP too (fetch.spec.whatwg.org,
 * “append a request Origin header”).
 */
const isFromHere = (request: FastifyRequest): boolean => {
  const site = header(request, 'sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = header(request, 'origin')
  if (origin === null) return safeMethods.has(request.method)
  return URL.canParse(origin) && new URL(origin).host === header(request, 'host')
}

const cookieOf = (request: FastifyRequest): string | null => {
  const name = nameFor(request)
  const cookies = (header(request, 'cookie') ?? '').split(';').map((it) => it.trim())
  return cookies.find((it) => it.startsWith(`${name}=`))?.slice(name.length + 1) || null
}

/** Whether a page of another origin asks; a program names none. Of what lets in by something else than the cookie. */
export const isFromElsewhere = (request: FastifyRequest): boolean => !isFromHere(request)

/** Whether something came that is to prove who asks, good or not. */
export const bringsSession = (request: FastifyRequest): boolean =>
  request.headers.authorization !== undefined || cookieOf(request) !== null

/** Programs send the token as a bearer; browsers keep it in a cookie that no script can read. */
export const tokenOf = (request: FastifyRequest): string | null => {
  const bearer = bearerOf(request)
  if (bearer !== null) return bearer
  const cookie = cookieOf(request)
  return cookie !== null && isFromHere(request) ? cookie : null
}

const setCookie = (request: FastifyRequest, reply: FastifyReply, token: string, seconds: number): void => {
  const secure = request.protocol === 'https' ? '; Secure' : ''
  const attributes = `Path=/; HttpOnly; SameSite=Strict${secure}; Max-Age=${seconds}`
  reply.header('set-cookie', `${nameFor(request)}=${token}; ${attributes}`)
}

const logOuts: ReadonlySet<string> = new Set([sessionDelete, sessionLogOut].map(({ http }) => http))

const isLogOut = ({ method, routeOptions: { url = '' } }: FastifyRequest): boolean =>
  logOuts.has(`${method} ${url.replace('/api/v1', '')}`)

const asksForCookie = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'cookie' in body && body.cookie === true

/** Who came with a cookie gets the next token in it as well. */
const keepsCookie = (request: FastifyRequest): boolean =>
  asksForCookie(request.body) || (bearerOf(request) === null && cookieOf(request) !== null)

interface Entered {
  readonly token: string
  readonly expiresAt: string
  readonly stage: string
}
const isEntered = (payload: unknown): payload is Entered =>
  typeof payload === 'object' && payload !== null && 'token' in payload && 'stage' in payload && 'expiresAt' in payload

/** Longer than any session: the server knows when one ends, and a browser that did would forget one still in use. */
const cookieSeconds = 7 * 86_400

/** Moves a session's new token out of the answer into a cookie, and takes it back at the log-out. */
export const keepSessionsInCookies = (app: FastifyInstance): void => {
  app.addHook('preSerialization', async (request, reply, payload: unknown) => {
    if (!isEntered(payload) || !keepsCookie(request)) return payload
    const { token, ...session } = payload
    setCookie(request, reply, token, cookieSeconds)
    return session
  })
  app.addHook('onSend', async (request, reply) => {
    if (isLogOut(request) && reply.statusCode < 300) setCookie(request, reply, '', 0)
  })
}
