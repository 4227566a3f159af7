import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  auditList,
  type WebhookBody,
  type WebhookDelivery,
  webhookCreate,
  webhookDelete,
  webhookDeliveryList,
  webhookList,
  webhookTest,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSystem, order, problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { methodOf, pathWith, rawCall } from '../world/raw.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

const minuteMs = 60_000

interface Hook {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let world: World
let server: Server
let origin: string
const hooks: Hook[] = []
let status = 204
beforeAll(async () => {
  server = createServer(async (request, answer) => {
    hooks.push({ path: request.url ?? '', headers: request.headers, body: await text(request) })
    answer.writeHead(status).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a port was taken: it is no pipe
  world = await createWorld({ environment: { YIDUO_WEBHOOK_PRIVATE_NETWORKS: '127.0.0.0/8' } })
  await connectTestCloud(world)
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: world.province.province, reach: 'all' })
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  server.close()
})

const at = (path: string) => hooks.filter((it) => it.path === path)
const create = (path: string, login = 'operator', organisationId = world.province.operator.id) =>
  world.call(login, webhookCreate, { body: { organisationId, endpoint: `${origin}${path}` } })
const deliver = () => world.yiduo.reconcilers.runNow('outbox')
const remove = (webhookId: string, login = 'operator') => world.call(login, webhookDelete, { params: { webhookId } })
const deliveries = async (webhookId: string): Promise<WebhookDelivery[]> =>
  (await world.call('operator', webhookDeliveryList, { params: { webhookId }, query: {} })).items

const toDecide = async (): Promise<string> => {
  const { large } = world.province.plans
  return (await order(world, { systemId: (await createSystem(world)).id, planId: large.id, quantity: 2 })).id
}

test('what an organisation is told is posted to it once, signed so that the receiver can tell', async () => {
  const { id: webhookId, secret } = await create('/signed')
  const requestId = await toDecide()
  await world.until(async () => {
    await world.yiduo.reconcilers.runNow('notices')
    await deliver()
    return at('/signed').length > 0
  })
  await deliver()
  const [hook, ...more] = at('/signed')
  expect(more).toEqual([])
  const body: WebhookBody = JSON.parse(hook?.body ?? '')
  expect(body).toMatchObject({ code: 'request-to-decide', subject: requestId })
  expect(body.texts['zh-CN'].message).toContain(requestId)
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = hook?.headers ?? {}
  const key = Buffer.from(secret?.replace('whsec_', '') ?? '', 'base64')
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${hook?.body}`).digest('base64')
  expect(signature).toBe(`v1,${expected}`)
  expect(Math.abs(Number(timestamp) * 1_000 - world.clock.now().getTime())).toBeLessThan(5 * minuteMs)
  expect(await deliveries(webhookId)).toMatchObject([{ id, state: 'delivered', attempts: 1, problem: null }])
  await remove(webhookId)
})

test('the secret is told once, and stands nowhere to be read', async () => {
  const call = { token: await world.tokenOf('operator'), headers: { 'idempotency-key': 'webhook-once' } }
  const body = { organisationId: world.province.operator.id, endpoint: `${origin}/secret-path` }
  const post = () => rawCall(world, methodOf(webhookCreate), pathWith(webhookCreate), { ...call, body })
  const [first, again] = [await post(), await post()].map((it) => it.body as { id: string; secret: string | null })
  expect(first?.secret).toMatch(/^whsec_/)
  expect(again).toEqual({ ...first, secret: null })
  const { items } = await world.call('operator', webhookList, { query: {} })
  expect(items.map((it) => it.secret)).toEqual(items.map(() => null))
  const tables = ['webhooks', 'audit_entries', 'events', 'idempotency_keys', 'outbox']
  for (const table of tables) {
    const rows = await rowsOf(world.databaseUrl, `select * from ${table}`)
    expect([table, JSON.stringify(rows).includes(first?.secret ?? '')]).toEqual([table, false])
  }
  const entries = (await world.call('auditor', auditList, { query: { operation: 'webhook.create' } })).items
  expect(JSON.stringify(entries)).toContain(origin)
  expect(JSON.stringify(entries)).not.toContain('secret-path')
  await remove(first?.id ?? '')
})

test('a receiver that is away gets everything afterwards, in order, and is not asked again and again meanwhile', async () => {
  const { id: webhookId } = await create('/away')
  const params = { webhookId }
  status = 503
  const sent: string[] = []
  for (let count = 0; count < 3; count++) sent.push((await world.call('operator', webhookTest, { params })).id)
  for (let time = 0; time < 5; time++) await deliver()
  expect(at('/away')).toHaveLength(1)
  const [webhook] = (await world.call('operator', webhookList, { query: {} })).items.filter((it) => it.id === webhookId)
  expect(webhook).toMatchObject({ waitingCount: 3, problem: 'HTTP 503', deliveredAt: null })
  world.shift(minuteMs)
  await deliver()
  expect(at('/away')).toHaveLength(2)
  status = 204
  world.shift(31 * minuteMs)
  await deliver()
  expect(at('/away').map((it) => it.headers['webhook-id'])).toEqual([sent[0], sent[0], ...sent])
  expect((await deliveries(webhookId)).map((it) => it.state)).toEqual(['delivered', 'delivered', 'delivered'])
  await remove(webhookId)
})

test('several who send at once post each delivery once', async () => {
  const { id: webhookId } = await create('/once')
  for (let count = 0; count < 4; count++) await world.call('operator', webhookTest, { params: { webhookId } })
  const { notices } = world.yiduo.rooms
  await Promise.all([notices.deliver(), notices.deliver(), notices.deliver()])
  await deliver()
  const ids = at('/once').map((it) => it.headers['webhook-id'])
  expect(ids).toHaveLength(4)
  expect(new Set(ids).size).toBe(4)
  await remove(webhookId)
})

test('what still waits for a webhook that is deleted is not posted', async () => {
  const { id: webhookId } = await create('/deleted')
  status = 503
  await world.call('operator', webhookTest, { params: { webhookId } })
  await deliver()
  await remove(webhookId)
  status = 204
  world.shift(31 * minuteMs)
  await deliver()
  expect(at('/deleted')).toHaveLength(1)
  expect(await problemOf(remove(webhookId))).toMatchObject({ status: 404 })
})

test('nobody makes, sees, tests or deletes a webhook of another organisation', async () => {
  const { department, operator } = world.province
  const { id: webhookId } = await create('/own', 'department', department.id)
  const params = { webhookId }
  expect(await problemOf(create('/foreign', 'department', operator.id))).toMatchObject({ status: 404 })
  expect(await problemOf(remove(webhookId, 'other'))).toMatchObject({ status: 404 })
  expect(await problemOf(world.call('other', webhookTest, { params }))).toMatchObject({ status: 404 })
  expect(await problemOf(world.call('other', webhookDeliveryList, { params, query: {} }))).toMatchObject({
    status: 404,
  })
  expect((await world.call('other', webhookList, { query: {} })).items).toEqual([])
  expect((await world.call('department', webhookList, { query: {} })).items.map((it) => it.id)).toEqual([webhookId])
  await remove(webhookId, 'department')
})

test('addresses nobody must reach through us, and too many, are refused with the reason', async () => {
  const refused = (endpoint: string) =>
    problemOf(world.call('operator', webhookCreate, { body: { organisationId: world.province.operator.id, endpoint } }))
  expect(await refused('https://10.0.0.1/')).toMatchObject({
    status: 400,
    code: 'webhook-url-refused',
    detail: expect.stringContaining('10.0.0.1 is a private address'),
  })
  expect(await refused('http://example.org/')).toMatchObject({ code: 'webhook-url-refused' })
  const made = await Promise.allSettled(Array.from({ length: 12 }, (_, count) => create(`/many/${count}`)))
  expect(made.filter((it) => it.status === 'fulfilled')).toHaveLength(10)
  expect(await problemOf(create('/one-more'))).toMatchObject({ status: 422, code: 'too-many-webhooks' })
})
