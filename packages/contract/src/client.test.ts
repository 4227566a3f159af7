import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { ConnectionError, createClient, ProblemError, UnexpectedAnswerError } from './client.ts'
import type { Event } from './event.ts'
import { organisationList } from './organisation.ts'
import { requestEdit, requestSubmit } from './request.ts'

type Answer = (request: IncomingMessage, response: ServerResponse, nth: number) => void

const opened: AsyncDisposable[] = []
afterEach(async () => {
  for (const it of opened.splice(0)) await it[Symbol.asyncDispose]()
})

/** A loopback server that answers as told and remembers what it was sent. */
const listen = async (answer: Answer) => {
  const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { method = '', url = '', headers } = request
    seen.push({ method, url, headers, body })
    answer(request, response, seen.length)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  opened.push({
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
  const { port } = server.address() as AddressInfo // it listens on a port
  return { seen, baseUrl: `http://127.0.0.1:${port}`, retryDelaysMs: [1, 1, 1] }
}

const json = (response: ServerResponse, status: number, value: unknown, type = 'application/json') => {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(value))
}

const requestId = 'req_01ja8kz5v0e8y9m2n4p6q8r0st'
const problem = {
  type: 't',
  title: '标题',
  status: 409,
  code: 'step-not-allowed',
  detail: '不行',
  next: '看看',
  trace: 'x',
}

test('a call carries its parts where the contract puts them', async () => {
  const server = await listen((_, response) => json(response, 200, { items: [], nextCursor: null }))
  const client = createClient({ ...server, token: 'secret', locale: 'en' })
  const page = await client.call(organisationList, { query: { limit: 5, actor: 'department' } })
  expect(page.items).toEqual([])
  const [seen] = server.seen
  expect(seen?.url).toBe('/api/v1/organisations?limit=5&actor=department')
  expect(seen?.headers.authorization).toBe('Bearer secret')
  expect(seen?.headers['accept-language']).toBe('en')
  expect(seen?.headers['idempotency-key']).toBeUndefined()
})

test('an edit carries the revision that was read', async () => {
  const server = await listen((_, response) => json(response, 200, {}))
  const body = { systemId: 'sys_01ja8kz5v0e8y9m2n4p6q8r0st', lines: [] }
  await createClient(server).call(requestEdit, { params: { requestId }, body, revision: 7 })
  expect(server.seen[0]).toMatchObject({
    method: 'PUT',
    url: `/api/v1/requests/${requestId}`,
    body: JSON.stringify(body),
  })
  expect(server.seen[0]?.headers['if-match']).toBe('"7"')
})

test('a POST whose answer is lost is repeated under the same key, also while the first try still runs', async () => {
  const server = await listen((request, response, nth) => {
    if (nth === 1) return request.socket.destroy()
    if (nth === 2)
      return json(response, 409, { ...problem, code: 'idempotency-key-in-flight' }, 'application/problem+json')
    json(response, 200, { id: requestId })
  })
  expect(await createClient(server).call(requestSubmit, { params: { requestId } })).toEqual({ id: requestId })
  const keys = server.seen.map(({ headers }) => headers['idempotency-key'])
  expect(keys).toHaveLength(3)
  expect(new Set(keys).size).toBe(1)
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
})

test('what was called off while it was waited for is not tried again', async () => {
  const server = await listen((request) => request.socket.destroy())
  let looks = 0
  const again = () => looks++ === 0
  const calling = createClient(server).call(requestSubmit, { params: { requestId }, again })
  await expect(calling).rejects.toBeInstanceOf(ConnectionError)
  expect(server.seen).toHaveLength(1)
})

test('two acts never share a key', async () => {
  const server = await listen((_, response) => json(response, 200, {}))
  const client = createClient(server)
  await client.call(requestSubmit, { params: { requestId } })
  await client.call(requestSubmit, { params: { requestId } })
  expect(new Set(server.seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(2)
})

test('a problem is thrown with all its fields, and not repeated', async () => {
  const server = await listen((_, response) => json(response, 409, problem, 'application/problem+json; charset=utf-8'))
  const error = await createClient(server)
    .call(requestSubmit, { params: { requestId } })
    .catch((it: unknown) => it)
  expect(error).toBeInstanceOf(ProblemError)
  expect((error as ProblemError).problem).toEqual(problem)
  expect(server.seen).toHaveLength(1)
})

test('no answer at all is told apart from an answer of something else', async () => {
  const gone = await listen((request) => request.socket.destroy())
  await expect(createClient(gone).call(organisationList, {})).rejects.toBeInstanceOf(ConnectionError)
  expect(gone.seen).toHaveLength(4)
  const proxy = await listen((_, response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>'))
  await expect(createClient(proxy).call(organisationList, {})).rejects.toBeInstanceOf(UnexpectedAnswerError)
})

const event = (id: string): Event => ({
  id,
  type: 'request.approve',
  subject: requestId,
  at: '2026-11-22T00:00:00Z',
  data: {},
})

test('events survive a broken stream without loss, however the bytes are cut', async () => {
  const server = await listen((request, response, nth) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (nth === 1) {
      const text = `retry: 1\r\n\r\n: beat\n\nid: 1\r\ndata: ${JSON.stringify(event('1'))}\r\n\r\nid: 2\ndata: {"half`
      // Cut between `\r` and `\n`, and once more within an event that must then not be delivered.
      const cut = text.indexOf('\r\n\r\n:') + 1
      response.write(text.slice(0, cut), () => response.write(text.slice(cut), () => request.socket.end()))
    } else response.write(`id: 2\ndata: ${JSON.stringify(event('2')).replace(',', ',\ndata: ')}\n\n`)
  })
  const stop = new AbortController()
  const got: Event[] = []
  for await (const it of createClient(server).events(
    { subject: requestId },
    { lastEventId: '0', signal: stop.signal },
  )) {
    got.push(it)
    if (got.length === 2) stop.abort()
  }
  expect(got).toEqual([event('1'), event('2')])
  expect(server.seen.map(({ headers }) => headers['last-event-id'])).toEqual(['0', '1'])
  expect(server.seen[0]?.url).toBe(`/api/v1/events?subject=${requestId}`)
})

test('a stream that broke before its first event goes on from where it began', async () => {
  const server = await listen((request, response, nth) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    if (nth === 1) response.write('retry: 1\nid: 41\n\n', () => request.socket.end())
    else response.write(`id: 42\ndata: ${JSON.stringify(event('42'))}\n\n`)
  })
  const events = createClient(server).events()
  expect(await events.next()).toEqual({ done: false, value: event('42') })
  await events.return()
  expect(server.seen.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '41'])
})

test('a stream that is refused says why', async () => {
  const server = await listen((_, response) =>
    json(response, 401, { ...problem, status: 401 }, 'application/problem+json'),
  )
  await expect(createClient(server).events().next()).rejects.toBeInstanceOf(ProblemError)
})
