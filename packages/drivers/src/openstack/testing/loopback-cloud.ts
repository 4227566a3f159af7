import { createServer as createPlainServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Connection, Driver } from '@yiduo/driver-api'
import { openstackFactory } from '../index.ts'
import { selfSignedCertificate, selfSignedKey } from './self-signed.ts'

/** A cloud of our own on the loopback that speaks as much of the protocol as a test says, for the days no lab has. */

export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
  /** What lies in the body at this path; undefined where it ends before. */
  at(...path: readonly string[]): unknown
}

interface Said {
  /** 200 if not said. */
  readonly status?: number
  readonly json?: unknown
  readonly text?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Said only then. */
  readonly after?: Promise<void>
}
/** Or nothing at all, ever; or the line cut, after whatever the handler has done. */
export type Reply = Said | 'silence' | 'cut'
type Handler = (asked: Asked) => Reply

export interface LoopbackCloud extends AsyncDisposable {
  readonly url: string
  /** Everything asked so far. */
  readonly asked: readonly Asked[]
  count(method: string, path: RegExp): number
  /** The newest handler that matches answers. */
  on(method: string, path: RegExp, handler: Handler): void
  driver(change?: Partial<Connection>): Driver
}

export interface LoopbackOptions {
  readonly tls?: boolean
  readonly admin?: boolean
  /** Highest microversions. */
  readonly compute?: string
  readonly volume?: string
  readonly now?: () => Date
}

export const ownProject = 'p-own'
export const password = 'correct "horse" battery'
export const markPrefix = 'yd-test01-'

export async function startLoopbackCloud(options: LoopbackOptions = {}): Promise<LoopbackCloud> {
  const asked: Asked[] = []
  const handlers: { readonly method: string; readonly path: RegExp; readonly handler: Handler }[] = []
  const listener = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = await read(request)
    asked.push(one)
    const match = handlers.findLast((it) => it.method === one.method && it.path.test(one.path))
    const reply = match?.handler(one) ?? { status: 404, json: { itemNotFound: { code: 404, message: 'not found' } } }
    if (typeof reply !== 'string') await reply.after
    answer(response, options.admin || !asksForAll(one) || hasFailed(reply) ? reply : forbidden)
  }
  const server = options.tls
    ? createTlsServer({ cert: selfSignedCertificate, key: selfSignedKey }, listener)
    : createPlainServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server listening on a port has an address of that form.
  const { port } = server.address() as AddressInfo
  const url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`
  const now = options.now ?? (() => new Date())
  const drivers: Driver[] = []
  const on: LoopbackCloud['on'] = (method, path, handler) => void handlers.push({ method, path, handler })
  speakBasics(on, url, options, now)
  return {
    url,
    asked,
    on,
    count: (method, path) => asked.filter((it) => it.method === method && path.test(it.path)).length,
    driver(change) {
      const driver = openstackFactory.create({
        endpoint: `${url}/identity`,
        settings: { region: 'east', projectName: 'own' },
        credential: { username: 'yiduo', password },
        markPrefix,
        now,
        callLimitMs: 2_000,
        underWay: new Map(),
        ...change,
      })
      drivers.push(driver)
      return driver
    },
    async [Symbol.asyncDispose]() {
      for (const driver of drivers) await driver[Symbol.asyncDispose]()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Nova lets administrators only look beyond their project. */
const asksForAll = ({ path, query }: Asked): boolean => path.startsWith('/compute/') && query.has('all_tenants')
const hasFailed = (reply: Reply): boolean => typeof reply === 'string' || (reply.status ?? 200) >= 300
const forbidden: Said = { status: 403, json: { forbidden: { code: 403, message: "Policy doesn't allow it" } } }

/** What every test needs: tokens, catalogue, versions, and what an administrator may. */
function speakBasics(on: LoopbackCloud['on'], url: string, options: LoopbackOptions, now: () => Date): void {
  let tokens = 0
  on('POST', /^\/identity\/v3\/auth\/tokens$/, ({ at }) => {
    tokens += 1
    const projectId = at('auth', 'scope', 'project', 'id')
    return tokenReply(url, `token-${tokens}`, typeof projectId === 'string' ? projectId : ownProject, now())
  })
  on('GET', /^\/identity\/v3\/projects$/, () =>
    options.admin
      ? { json: { projects: [] } }
      : { status: 403, json: { error: { code: 403, message: 'not authorized: identity:list_projects' } } },
  )
  on('GET', /\/os-simple-tenant-usage$/, () => (options.admin ? { json: { tenant_usages: [] } } : forbidden))
  for (const path of [/^\/identity\/v3\/roles$/, /^\/compute\/v2\.1\/os-hypervisors$/])
    on('GET', path, () => (options.admin ? { json: { roles: [], hypervisors: [] } } : forbidden))
  on('DELETE', /\/flavors\/yd-nobody-has-this-name$/, () => (options.admin ? { status: 404 } : forbidden))
  on('GET', /^\/compute\/v2\.1\/servers\/detail$/, () => ({ json: { servers: [] } }))
  on('GET', /^\/volume\/v3\/[^/]+\/volumes\/detail$/, () => ({ json: { volumes: [] } }))
  on('GET', /^\/image\/v2\/images$/, () => ({ json: { images: [] } }))
  on('GET', /^\/compute\/v2\.1\/$/, () => ({
    json: { version: { id: 'v2.1', version: options.compute ?? '2.93', min_version: '2.1' } },
  }))
  on('GET', /^\/volume\/v3\/$/, () => ({
    json: { versions: [{ id: 'v3.0', version: options.volume ?? '3.70', min_version: '3.0' }] },
  }))
}

export function tokenReply(url: string, token: string, projectId: string, now: Date): Said {
  const endpoints = (path: string) => [
    { interface: 'public', region: 'west', url: `http://127.0.0.1:1${path}` },
    { interface: 'public', region: 'east', url: `${url}${path}` },
  ]
  return {
    status: 201,
    headers: { 'x-subject-token': token },
    json: {
      token: {
        expires_at: new Date(now.getTime() + 3_600_000).toISOString(),
        user: { id: 'u-yiduo', password_expires_at: null },
        roles: [{ id: 'r-member', name: 'member' }],
        project: { id: projectId, domain: { id: 'default' } },
        catalog: [
          { type: 'compute', endpoints: endpoints('/compute/v2.1') },
          { type: 'block-storage', endpoints: endpoints(`/volume/v3/${projectId}`) },
          { type: 'network', endpoints: endpoints('/network') },
          { type: 'image', endpoints: endpoints('/image') },
        ],
      },
    },
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString()
  const url = new URL(request.url ?? '/', 'http://loopback')
  const body: unknown = text === '' ? null : JSON.parse(text)
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    at: (...path) => path.reduce(within, body),
  }
}

const within = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined

function answer(response: ServerResponse, reply: Reply): void {
  if (reply === 'silence') return
  if (reply === 'cut') {
    response.destroy()
    return
  }
  response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers })
  response.end(reply.text ?? (reply.json === undefined ? '' : JSON.stringify(reply.json)))
}
