import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPoster } from './poster.ts'

let server: Server
let url: string
const seen: { method: string | undefined; path: string | undefined; body: string }[] = []
const read = async (request: IncomingMessage) => {
  let body = ''
  for await (const part of request) body += part
  return body
}
beforeAll(async () => {
  server = createServer(async (request, answer) => {
    seen.push({ method: request.method, path: request.url, body: await read(request) })
    if (request.url === '/elsewhere') answer.writeHead(307, { location: '/taken' }).end()
    else if (request.url === '/endless')
      answer.writeHead(200).write('x'.repeat(100_000)) // and never an end
    else answer.writeHead(request.url === '/broken' ? 500 : 204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a port was taken: it is no pipe
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const nowherePrivate = createPoster([])
const local = createPoster(['127.0.0.0/8', '::1/128'])

test.each([
  'ftp://example.org/x',
  'http://example.org/x',
  'https://user:word@example.org/',
  'https://example.org/#part',
  'https://127.0.0.1/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::ffff:10.1.2.3]/',
  'https://169.254.169.254/latest/meta-data',
  'https://10.0.0.1/',
  'https://[fd00::1]/',
  'http://localhost:7070/',
  'no url',
])('nothing is posted to %s', async (target) => {
  expect(nowherePrivate.refusalOf(target)).not.toBeNull()
  expect(await nowherePrivate.post(target, {}, '{}')).toMatchObject({ kind: 'failed' })
})

test('public addresses are taken, and private ones that were let through', () => {
  for (const target of ['https://example.org/a?b=c', 'https://8.8.8.8/', 'https://[2400:3200::1]/'])
    expect([target, nowherePrivate.refusalOf(target)]).toEqual([target, null])
  expect(createPoster(['10.0.0.0/8']).refusalOf('https://10.1.2.3/')).toBeNull()
  expect(createPoster(['10.0.0.0/8']).refusalOf('https://192.168.0.1/')).not.toBeNull()
  expect(createPoster(['10.0.0.0/8']).refusalOf('http://10.1.2.3/')).toBe('not https')
})

test('a name that leads to a private address is stopped where the connection is made', async () => {
  const misleading = createPoster([], (_, settle) => settle(null, [{ address: '127.0.0.1', family: 4 }]))
  const target = url.replace('http://127.0.0.1', 'https://hooks.example.org')
  expect(misleading.refusalOf(target)).toBeNull() // judged by its name it is public
  expect(await misleading.post(target, {}, '{}')).toEqual({
    kind: 'failed',
    problem: '127.0.0.1 is a private address',
  })
  expect(await local.post(url.replace('127.0.0.1', 'localhost'), {}, '"by name"')).toEqual({ kind: 'delivered' })
})

test('what is posted arrives; what is not taken says how it was refused; a redirect is not followed', async () => {
  expect(await local.post(`${url}/taken`, {}, '{"name":"核对"}')).toEqual({ kind: 'delivered' })
  expect(seen.at(-1)).toEqual({ method: 'POST', path: '/taken', body: '{"name":"核对"}' })
  expect(await local.post(`${url}/broken`, {}, '{}')).toEqual({ kind: 'failed', problem: 'HTTP 500' })
  expect(await local.post(`${url}/elsewhere`, {}, '{}')).toEqual({ kind: 'failed', problem: 'HTTP 307' })
  expect(seen.at(-1)?.path).toBe('/elsewhere')
  expect(await local.post(`${url}/endless`, {}, '{}')).toEqual({ kind: 'delivered' })
})
