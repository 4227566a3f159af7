import type { ServerResponse } from 'node:http'
import { type Event, eventStream, fault } from '@yiduo/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Caller, Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { FaultError } from '../../kernel/refusal.ts'
import { authorise, bearerOf, scopeOf } from '../http/index.ts'
import type { EventFeed } from './feed.ts'
import type { EventRow, Position } from './store.ts'

/** What one must be allowed to read to be told that it changed; an event's type begins with what it is about. */
const readingOf: Readonly<Record<string, string>> = {
  request: 'request.get',
  server: 'resource.get',
  volume: 'resource.get',
  operation: 'operation.get',
  platform: 'platform.get',
  node: 'node.list',
  'data-centre': 'data-centre.list',
  organisation: 'organisation.get',
  system: 'system.get',
  offering: 'offering.get',
  plan: 'offering.get',
  component: 'component.list',
  price: 'price.list',
  quota: 'quota.list',
  bill: 'bill.get',
  advice: 'advice.list',
  person: 'person.list',
  grant: 'grant.list',
}

/** Where nothing is named, only those who read the audit trail are told. */
const operationFor = (type: string): string => readingOf[type.slice(0, type.indexOf('.'))] ?? 'audit.list'

const lies = (scope: Scope, event: EventRow): boolean =>
  scope.all ||
  (event.organisationId !== null && scope.organisations.includes(event.organisationId)) ||
  scope.subtrees.some((path) => event.organisationPath?.startsWith(path) ?? false)

const mayRead = (caller: Caller, event: EventRow, now: Date): boolean =>
  caller.kind === 'program' ||
  (caller.kind === 'person' && lies(scopeOf(caller.grants, operationFor(event.type), now), event))

const placeOf = (text: string | undefined): Position | null => {
  if (text === undefined || text === '') return null
  const match = /^(\d{1,19})-(\d{1,15})$/.exec(text)
  if (!match) throw new FaultError(fault('input-invalid', { field: 'Last-Event-ID', problem: 'not one of ours' }))
  return { xact: match[1] ?? '0', position: Number(match[2]) }
}

const idOf = ({ xact, position }: Position): string => `${xact}-${position}`

const view = (event: EventRow): Event => ({
  id: idOf(event),
  type: event.type,
  subject: event.subject,
  at: event.at.toISOString(),
  data: event.data,
})

const lastEventId = (request: FastifyRequest): string | undefined => {
  const value = request.headers['last-event-id']
  return typeof value === 'string' ? value : undefined
}

interface EventRouteDependencies {
  readonly feed: EventFeed
  readonly clock: Clock
  readonly authenticate: (token: string) => Promise<Caller>
}

/** Until the reader has room again, or there is nobody to wait for. */
const room = (raw: ServerResponse, over: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    raw.once('drain', resolve).once('close', resolve)
    over.addEventListener('abort', () => resolve(), { once: true })
  })

/** Server-sent events: the one route that is a stream, and so the one that does not go through `bind`. */
export const routeEvents = (app: FastifyInstance, { feed, clock, authenticate }: EventRouteDependencies): void => {
  // A stream never ends by itself: the server could not.
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())
  const reread = async (token: string | null): Promise<Caller> => {
    const now = token === null ? ({ kind: 'nobody' } as const) : await authenticate(token)
    authorise(eventStream, now, clock.now())
    return now
  }
  app.get<{ Querystring: { subject?: string } }>('/api/v1/events', async (request, reply) => {
    const token = bearerOf(request)
    let caller = await reread(token)
    const from = placeOf(lastEventId(request)) ?? (await feed.end())
    const { subject } = request.query
    const gone = new AbortController()
    request.raw.on('close', () => gone.abort())
    const over = AbortSignal.any([gone.signal, closing.signal])
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    // The place is told at once: a stream that breaks before its first event goes on from here.
    reply.raw.write(`: following\nid: ${idOf(from)}\n\n`)
    // A session that has ended, or a grant that was taken back, ends or narrows the stream at the next beat.
    const beat = setInterval(() => {
      reply.raw.write(': beat\n\n')
      reread(token)
        .then((now) => {
          caller = now
        })
        .catch(() => gone.abort())
    }, 15_000)
    try {
      for await (const event of feed.follow(from, over)) {
        if (!mayRead(caller, event, clock.now()) || (subject !== undefined && event.subject !== subject)) continue
        const it = view(event)
        const flowing = reply.raw.write(`id: ${it.id}\nevent: ${it.type}\ndata: ${JSON.stringify(it)}\n\n`)
        if (!flowing) await room(reply.raw, over)
      }
    } finally {
      clearInterval(beat)
      reply.raw.end()
      if (closing.signal.aborted) reply.raw.destroy() // one that reads nothing would hold the server up
    }
  })
}
