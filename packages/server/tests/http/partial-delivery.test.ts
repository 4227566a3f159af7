import {
  planCreate,
  requestAmendLine,
  requestCreate,
  requestDropLine,
  requestPassTest,
  requestRetry,
  requestSubmit,
  type ServiceRequest,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, problemOf, resourcesOf } from '../world/orders.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 8 })
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

type Ask = { name: string; quantity?: number }

/** Sent when the cloud refuses so many of the servers it is asked for. */
const refusedDelivery = async (refused: number, asks: readonly Ask[]): Promise<ServiceRequest> => {
  const planId = world.province.plans.small.id
  const systemId = (await createSystem(world)).id
  const lines = asks.map((it) => ({ planId, ...it }))
  const { id } = await world.call('department', requestCreate, { body: { systemId, lines } })
  await world.fault({ mode: 'denied', call: 'servers.create', times: refused })
  await world.call('department', requestSubmit, { params: { requestId: id }, body: {} })
  return world.requestIn(id, 'delivery-failed')
}

const failedLine = (request: ServiceRequest) => request.lines.find((line) => line.state === 'failed')
const paramsOf = (request: ServiceRequest, lineId = failedLine(request)?.id ?? '') => ({
  requestId: request.id,
  lineId,
})
const servers = async (requestId: string): Promise<string[]> =>
  (await resourcesOf(world, requestId))
    .filter((it) => it.kind === 'server')
    .map((it) => `${it.name} ${it.state}`)
    .sort()

test('of two lines one fails: it alone is tried again, and the one that stands is not touched', async () => {
  const request = await refusedDelivery(1, [{ name: '甲' }, { name: '乙' }])
  expect(request.lines.map((line) => line.state).sort()).toEqual(['delivered', 'failed'])
  const standing = (await resourcesOf(world, request.id)).map(({ id }) => id)
  const stands = request.lines.find((line) => line.state === 'delivered')?.id ?? ''
  const nothing = world.call('operator', requestRetry, {
    params: { requestId: request.id },
    body: { lineIds: [stands] },
  })
  expect(await problemOf(nothing)).toMatchObject({ status: 409, code: 'line-stands' })
  await world.call('operator', requestRetry, {
    params: { requestId: request.id },
    body: { lineIds: [failedLine(request)?.id ?? ''] },
  })
  const done = await world.requestIn(request.id, 'testing')
  expect(done.lines.map((line) => line.state)).toEqual(['delivered', 'delivered'])
  expect((await resourcesOf(world, request.id)).map(({ id }) => id)).toEqual(expect.arrayContaining(standing))
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a retry of one line while another still fails leaves the request failed, and says which', async () => {
  const request = await refusedDelivery(2, [{ name: '甲' }, { name: '乙' }])
  const [first, second] = request.lines
  await world.call('operator', requestRetry, {
    params: { requestId: request.id },
    body: { lineIds: [first?.id ?? ''] },
  })
  const half = await world.until(async () => {
    const now = await world.requestIn(request.id, 'delivery-failed', 'delivering')
    return now.state === 'delivery-failed' && now.track.length > request.track.length + 1 && now
  })
  expect(half.lines.map((line) => [line.id, line.state])).toEqual([
    [first?.id, 'delivered'],
    [second?.id, 'failed'],
  ])
  await world.call('department', requestDropLine, { params: paramsOf(half), body: {} })
  expect(await world.requestIn(request.id, 'testing')).toMatchObject({
    lines: [{ state: 'delivered' }, { state: 'dropped' }],
  })
})

test('what failed is given up: the rest goes to its test, costs what it is, and nothing stays reserved', async () => {
  const request = await refusedDelivery(2, [{ name: '组', quantity: 3 }])
  const dropped = await world.call('department', requestDropLine, {
    params: paramsOf(request),
    body: { remark: '一台已够' },
  })
  expect(dropped).toMatchObject({ state: 'testing', fault: null, lines: [{ quantity: 1, state: 'delivered' }] })
  expect(dropped.monthlyPriceYuanE4).toBe(request.monthlyPriceYuanE4 / 3)
  expect(dropped.testEndsAt).not.toBeNull()
  expect(await imbalances(world.databaseUrl)).toEqual([])
  const formal = await world.call('department', requestPassTest, { params: { requestId: request.id }, body: {} })
  expect(formal.state).toBe('formal')
  expect(await servers(request.id)).toHaveLength(1)
})

test('a request of which nothing was delivered and everything is given up is over', async () => {
  const request = await refusedDelivery(1, [{ name: '独' }])
  const dropped = await world.call('department', requestDropLine, { params: paramsOf(request), body: {} })
  expect(dropped.state).toBe('reclaimed')
  expect(await servers(request.id)).toEqual([])
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what failed is asked for otherwise, at its own price, and what stands stays as it is', async () => {
  const request = await refusedDelivery(1, [{ name: '组', quantity: 2 }])
  const { offering } = world.province
  const plan = await world.call('operator', planCreate, {
    params: { offeringId: offering.id },
    body: { code: 'c2m2', name: '2 核 2 GiB', vcpus: 2, memoryMib: 4_096, systemDiskGib: 20 },
  })
  const amended = await world.call('department', requestAmendLine, {
    params: paramsOf(request),
    body: { planId: plan.id },
  })
  expect(amended.lines.map((line) => [line.planId === plan.id, line.quantity])).toEqual([
    [false, 1],
    [true, 1],
  ])
  expect(amended.monthlyPriceYuanE4).toBe(amended.lines.reduce((sum, line) => sum + line.monthlyPriceYuanE4, 0))
  await world.call('operator', requestRetry, { params: { requestId: request.id }, body: {} })
  await world.requestIn(request.id, 'testing')
  const sizes = (await resourcesOf(world, request.id)).filter((it) => it.kind === 'server')
  expect(sizes.map((it) => it.desired.vcpus).sort()).toEqual([1, 2])
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what stands cannot be given up as if it had failed, nor another’s line', async () => {
  const request = await refusedDelivery(1, [{ name: '甲' }, { name: '乙' }])
  const stands = request.lines.find((line) => line.state === 'delivered')?.id ?? ''
  const drop = (login: string, lineId: string) =>
    problemOf(world.call(login, requestDropLine, { params: { requestId: request.id, lineId }, body: {} }))
  expect(await drop('department', stands)).toMatchObject({ status: 409, code: 'line-stands' })
  expect(await drop('department', 'lin_01ja8kz5v0e8y9m2n4p6q8r0st')).toMatchObject({ status: 404 })
  expect(await drop('other', stands)).toMatchObject({ status: 404 })
})
