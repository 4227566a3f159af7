import { type Event, eventStream, fault } from '@yiduo/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Act, Caller } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { FaultError } from '../../kernel/refusal.ts'
import type { NoteRead, Read } from '../acts/reads.ts'
import { authorise, emergencyFor, tokenOf } from '../http/index.ts'
import type { EventFeed } from './feed.ts'
import { mayRead, reachOf } from './reading.ts'
import { room } from './room.ts'
import type { EventRow, Position } from './store.ts'
import { createStreamCount } from './stream-count.ts'

const placeOf = (text: string | undefined): Position | null => {
  if (text === undefined || text === '') return null
  const match = /^(\d{1,19})-(\d{1,15})$/.exec(text)
  if (!match) throw new FaultError(fault('input-invalid', { field: 'Last-Event-ID', problem: 'not-ours' }))
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

const subjectOf = ({ subject }: { subject?: unknown }): string | null => (typeof subject === 'string' ? subject : null)

/** That somebody listens by a grant for emergencies, at the place that it is for; not each thing that they hear. */
const emergencyListening = (caller: Caller, request: FastifyRequest, now: Date): { act: Act; read: Read } | null => {
  const emergency = emergencyFor(eventStream.name, caller, now)
  const woken = caller.kind === 'person' && caller.grants.find((it) => it.id === emergency?.grantId)
  if (!emergency || !woken) return null
  const { organisationId } = woken
  const act: Act = {
    ...{ caller, onBehalfOf: null, operation: eventStream.name, scope: emergency.without, emergency },
    ...{ trace: request.id, address: request.ip, agent: null, idempotency: null },
  }
  return { act, read: { on: 'event', organisationId, owners: [organisationId], when: 'in-emergency' } }
}

interface EventRouteDependencies {
  readonly feed: EventFeed
  readonly clock: Clock
  readonly authenticate: (token: string) => Promise<Caller>
  /** By the session, and no use of it: nobody sits before a stream that goes on by itself. */
  readonly callerOf: (sessionId: string) => Promise<Caller>
  readonly noteRead: NoteRead
  /** How often it is looked whether they may still hear. */
  readonly beatMs?: number
}

/** Server-sent events: the one route that is a stream, and so the one that does not go through `bind`. */
export const routeEvents = (
  app: FastifyInstance,
  { feed, clock, authenticate, callerOf, noteRead, beatMs = 15_000 }: EventRouteDependencies,
): void => {
  // A stream never ends by itself: the server could not.
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())
  const streams = createStreamCount()
  const authorised = (caller: Caller): Caller => {
    authorise(eventStream, caller, clock.now())
    return caller
  }
  const reread = async (caller: Caller): Promise<Caller> =>
    authorised(caller.kind === 'person' ? await callerOf(caller.sessionId) : caller)
  // A HEAD would be a stream that nobody reads and nobody ends.
  const options = { exposeHeadRoute: false }
  app.get<{ Querystring: { subject?: unknown } }>('/api/v1/events', options, async (request, reply) => {
    // Before anything is waited for: who goes meanwhile says so once, and would be told of events for ever.
    const gone = new AbortController()
    request.raw.on('close', () => gone.abort())
    const token = tokenOf(request)
    let caller = authorised(token === null ? { kind: 'nobody' } : await authenticate(token))
    const listening = emergencyListening(caller, request, clock.now())
    if (listening) noteRead(listening.act, listening.read)
    const place = placeOf(lastEventId(request))
    using _stream = streams.open(caller)
    const from = place ?? (await feed.end())
    const subject = subjectOf(request.query)
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
      reread(caller)
        .then((now) => {
          caller = now
        })
        .catch(() => gone.abort())
    }, beatMs)
    try {
      const interest = { scope: () => reachOf(caller, clock.now()), subject }
      for await (const event of feed.follow(from, interest, over)) {
        if (!mayRead(caller, event, clock.now()) || (subject !== null && event.subject !== subject)) continue
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
