import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import type { Caller } from '../../kernel/act.ts'
import { systemClock } from '../../kernel/clock.ts'
import type { EventFeed } from './feed.ts'
import { routeEvents } from './routes.ts'

/** A server whose authentication waits until it is told to go on. */
const listen = async (callerOf: (sessionId: string) => Promise<Caller> = () => Promise.reject(new Error('over'))) => {
  const app = Fastify()
  const [left, asked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const known = Promise.withResolvers<Caller>()
  const followed = Promise.withResolvers<AbortSignal>()
  const feed: EventFeed = {
    end: async () => ({ xact: '1', position: 1 }),
    async *follow(_from, _interest, signal) {
      followed.resolve(signal)
      if (!signal.aborted) await once(signal, 'abort')
      yield* []
    },
    [Symbol.asyncDispose]: async () => {},
  }
  app.addHook('onRequest', async ({ raw }) => {
    raw.on('close', left.resolve)
  })
  routeEvents(app, {
    feed,
    clock: systemClock,
    callerOf,
    noteRead: () => undefined,
    beatMs: 5,
    authenticate: () => {
      asked.resolve()
      return known.promise
    },
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as AddressInfo // it listens on a port
  return { app, port, left, asked, known, followed }
}

test('who goes before it is known who they are is told of nothing, and holds no stream open', async () => {
  const { app, port, left, asked, known, followed } = await listen()
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /api/v1/events HTTP/1.1\r\nhost: here\r\nauthorization: Bearer token\r\n\r\n')
  await asked.promise
  socket.destroy()
  await left.promise
  known.resolve({ kind: 'program', part: 'test' })
  expect((await followed.promise).aborted).toBe(true)
  await app.close()
})

test('a HEAD opens no stream', async () => {
  const { app, known } = await listen()
  known.resolve({ kind: 'program', part: 'test' })
  const headers = { authorization: 'Bearer token' }
  expect((await app.inject({ method: 'HEAD', url: '/api/v1/events', headers })).statusCode).toBe(404)
  await app.close()
})

test('a stream that is left open is no use of its session, and ends with it', async () => {
  const grant = {
    id: 'g',
    role: 'auditor',
    organisationId: 'o',
    organisationPath: '/1/',
    reach: 'all',
    until: null,
  } as const
  const caller: Caller = {
    ...{ kind: 'person', personId: 'p', login: 'wang', organisationId: 'o', sessionId: 's', stage: 'complete' },
    ...{ provenUntil: null, operations: null, grants: [grant] },
  }
  const looks: string[] = []
  const { app, port, known, followed } = await listen(async (sessionId) => {
    looks.push(sessionId)
    if (looks.length === 3) throw new Error('the session is over')
    return caller
  })
  known.resolve(caller)
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/events`, { headers: { authorization: 'Bearer token' } })
  expect(await answer.text()).toContain('following') // and it ended
  expect((await followed.promise).aborted).toBe(true)
  expect(looks).toEqual(['s', 's', 's'])
  await app.close()
})
