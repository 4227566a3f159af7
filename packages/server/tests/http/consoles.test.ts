import { once } from 'node:events'
import { createServer, request } from 'node:http'
import {
  auditList,
  type ConsoleProtocol,
  platformProbe,
  serverOpenConsole,
  serverStart,
  serverStop,
  sessionDelete,
} from '@yiduo/contract'
import { createSimCloud } from '@yiduo/drivers'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { simDatabase } from '../../src/platform/database/sim-database.ts'
import { type Alterations, createAlteredWorld } from '../world/altered-cloud.ts'
import { connectConsole, viewConsole } from '../world/console-viewer.ts'
import { problemOf, resourceOf, tested } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rowsOf } from '../world/statements.ts'
import { cloudName, cloudToken, connectTestCloud, type World } from '../world/world.ts'

const altered: Alterations = {}
let world: World
let platformId: string
let serverId: string
const trust = { caCertificate: null, insecure: false }

beforeAll(async () => {
  world = await createAlteredWorld(altered, { consoleLimits: { beatMs: 100, ofPerson: 3 } })
  platformId = await connectTestCloud(world)
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: world.province.province, reach: 'all' })
  await addPerson(world.yiduo, 'colleague', { role: 'department', at: world.province.department, reach: 'own' })
  serverId = (await resourceOf(world, (await tested(world, { name: 'web' })).id, 'server')).id
})
afterAll(() => world[Symbol.asyncDispose]())
afterEach(() => {
  delete altered.openConsole
})

const ask = (login: string, protocol: ConsoleProtocol = 'vnc', id = serverId) =>
  world.call(login, serverOpenConsole, { params: { serverId: id }, body: { protocol } })
const connect = async (login = 'department', protocol: ConsoleProtocol = 'vnc') =>
  connectConsole(world.url, (await ask(login, protocol)).url)
const audited = async () =>
  (await world.call('auditor', auditList, { query: { limit: 100 } })).items.filter((it) => it.target === serverId)

test('whoever the server belongs to sees its screen and types, and all of it is audited without its keys', async () => {
  const opened = await ask('department')
  expect(opened).toMatchObject({ protocol: 'vnc', url: expect.stringMatching(/^\/api\/v1\/consoles\/yct_/) })
  const connection = connectConsole(world.url, opened.url)
  const viewer = await viewConsole(connection)
  expect(viewer).toMatchObject({
    title: 'web',
    handshake: { version: 'RFB 003.008\n', types: [1], result: 0, size: [720, 360] },
  })
  await viewer.refresh(false)
  const seen = viewer.read().join('\n')
  expect(seen).toContain(`Simulated cloud ${cloudName}`)
  expect(seen).toMatch(/name {3}web\n.* state {2}ACTIVE\n clock {2}20\d\d-/s)
  for (const character of 'Ok~') viewer.press(character.charCodeAt(0))
  viewer.press(0xff08)
  await world.until(async () => {
    await viewer.refresh()
    return viewer.read().some((line) => line === ' $ Ok_')
  })
  connection.socket.close()

  const acts = await world.until(async () => {
    const found = await audited()
    return found.some((it) => it.operation === 'server.leave-console') && found
  })
  const of = (operation: string) => acts.filter((it) => it.operation === operation)
  expect(of('server.open-console')).toMatchObject([{ actor: 'department', after: { protocol: 'vnc' } }])
  expect(of('server.enter-console')).toMatchObject([{ actor: 'department', after: { protocol: 'vnc' } }])
  expect(of('server.leave-console')).toMatchObject([{ after: { reason: null } }])
  expect(JSON.stringify(acts)).not.toContain(opened.url.slice(-20))
})

test('a page of elsewhere opens no console, and uses up no ticket of another', async () => {
  const { url } = await ask('department', 'text')
  const upgrade = async (headers: Record<string, string>) => {
    const { hostname, port, host } = new URL(world.url)
    const asked = request({
      ...{ hostname, port, path: url, agent: false },
      headers: {
        ...{ host, connection: 'Upgrade', upgrade: 'websocket' },
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
        ...headers,
      },
    })
    const status = new Promise<number | undefined>((resolve, reject) => {
      asked.on('error', reject)
      asked.on('response', (answer) => resolve(answer.resume().statusCode))
      asked.on('upgrade', (answer, socket) => {
        socket.destroy()
        resolve(answer.statusCode)
      })
    })
    asked.end()
    return status
  }
  expect(await upgrade({ origin: 'https://elsewhere.example' })).toBe(401)
  expect(await upgrade({ origin: 'null' })).toBe(401)
  expect(await upgrade({ 'sec-fetch-site': 'cross-site' })).toBe(401)
  expect(await upgrade({ origin: world.url })).toBe(101)
})

test('the serial line gives back what is typed, byte by byte; the operator may look too', async () => {
  const line = await connect('operator', 'text')
  await world.until(async () => line.received().toString().endsWith('$ '))
  line.socket.send(Buffer.from('核对\r'))
  await world.until(async () => line.received().toString().endsWith('核对\r\n$ '))
  line.socket.close()
  expect(await line.closed()).toBe('1005')
})

test('a ticket is good once, for half a minute, and dies with the session that it was given to', async () => {
  const { url } = await ask('department')
  const first = connectConsole(world.url, url)
  await first.take(12)
  expect(await connectConsole(world.url, url).closed()).toBe('console-ticket-invalid')
  first.socket.close()
  expect(await connectConsole(world.url, '/api/v1/consoles/yct_guessed').closed()).toBe('console-ticket-invalid')

  const late = await ask('department')
  world.shift(30_001)
  expect(await connectConsole(world.url, late.url).closed()).toBe('console-ticket-invalid')

  const left = await ask('colleague')
  const stays = await connect('colleague')
  await stays.take(12)
  await world.call('colleague', sessionDelete, {})
  expect(await connectConsole(world.url, left.url).closed()).toBe('console-ticket-invalid')
  expect(await stays.closed()).toBe('not-signed-in')
  expect(
    await rowsOf(world.databaseUrl, 'select * from console_tickets where expires_at > $1', [world.clock.now()]),
  ).toEqual([])
})

test('what is not one’s own is not there, and who only looks may not', async () => {
  expect(await problemOf(ask('other'))).toMatchObject({ code: 'not-found' })
  expect(await problemOf(ask('auditor'))).toMatchObject({ code: 'not-permitted', status: 403 })
  expect(await problemOf(ask('department', 'vnc', 'srv_01ja8kz5v0e8y9m2n4p6q8r0st'))).toMatchObject({
    code: 'not-found',
  })
})

test('a console nobody is at is closed, and nobody holds more than some', async () => {
  const open = await Promise.all([connect(), connect(), connect()])
  for (const it of open) await it.take(12)
  expect(await (await connect()).closed()).toBe('too-many-consoles')
  world.clock.shift(16 * 60_000)
  expect(await Promise.all(open.map((it) => it.closed()))).toEqual(['console-idle', 'console-idle', 'console-idle'])
})

test('a cloud that is away, refuses or leads elsewhere is told as what it is, and never shown', async () => {
  await world.fault({ mode: 'down', call: 'consoles.open', times: 1 })
  expect(await (await connect()).closed()).toBe('cloud-unreachable')
  await world.fault({ mode: 'denied', call: 'consoles.open' })
  expect(await (await connect()).closed()).toBe('cloud-permission-missing')

  let visitors = 0
  const elsewhere = createServer((_request, response) => {
    visitors++
    response.end()
  }).listen(0, '127.0.0.1')
  await once(elsewhere, 'listening')
  const portOf = (it: typeof elsewhere) => (it.address() as { port: number }).port // listening at one
  const proxy = createServer()
  proxy.on('upgrade', (_request, socket) =>
    socket.end(`HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:${portOf(elsewhere)}/\r\n\r\n`),
  )
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const url = `ws://127.0.0.1:${portOf(proxy)}/?token=secret`
  altered.openConsole = async () => ({
    outcome: 'done',
    value: { url, subprotocol: 'binary', expiresAt: null, trust },
  })
  expect(await (await connect()).closed()).toBe('cloud-unreachable')
  expect(visitors).toBe(0)
  for (const it of [elsewhere, proxy]) it.close()
})

test('a server that stops takes its console along, and has none until it runs', async () => {
  const connection = await connect()
  await connection.take(12)
  const power = async (operation: typeof serverStop | typeof serverStart) => {
    const asked = await world.call('department', operation, { params: { serverId }, body: {} })
    await world.requestIn(asked.id, 'completed')
  }
  await power(serverStop)
  expect(await connection.closed()).toBe('console-closed-by-cloud')
  expect(await problemOf(ask('department'))).toMatchObject({ code: 'server-not-running' })
  await power(serverStart)
  const again = await connect()
  await again.take(12)
  again.socket.close()
})

test('a cloud without consoles says why before anybody connects', async () => {
  await createSimCloud(simDatabase(world.yiduo.database), {
    name: cloudName,
    token: cloudToken,
    hosts: [],
    missing: { consoles: { reason: 'service-not-installed' } },
  })
  const probe = await world.call('operator', platformProbe, { params: { platformId } })
  await world.operationEnded('operator', probe.id)
  expect(await problemOf(ask('department'))).toMatchObject({
    code: 'platform-not-able',
    detail: expect.stringContaining('does not run that service'),
  })
})
