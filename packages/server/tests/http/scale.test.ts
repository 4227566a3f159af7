import {
  lineScale,
  lineScaleQuote,
  quotaSet,
  requestApprove,
  requestDiscard,
  requestGet,
  requestRetry,
  type ServiceRequest,
  usageList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, createSystem, formal, problemOf, resourcesOf, tested } from '../world/orders.ts'
import { thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({
    cloud: { hosts: [{ prefix: 'h', count: 4, vcpus: 32, memoryMib: 131_072, diskGib: 4_000 }] },
  })
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const scale = (lineId: string, quantity: number, confirmation?: string) =>
  world.call('department', lineScale, {
    params: { lineId },
    body: confirmation === undefined ? { quantity } : { quantity, confirmation },
  })
const bare = { dataVolumeGib: 0, publicAddress: false }
const group = async (make: typeof formal = formal, ask: Parameters<typeof formal>[1] = { ...bare, quantity: 2 }) => {
  const system = await createSystem(world)
  const { id, lines } = await make(world, { systemId: system.id, ...ask })
  return { id, system, lineId: lines[0]?.id ?? '' }
}
const serversOf = async (requestId: string) =>
  (await resourcesOf(world, requestId))
    .filter((it) => it.kind === 'server')
    .map((it) => `${it.name} ${it.state}`)
    .sort()
const sound = async () => expect(await imbalances(world.databaseUrl)).toEqual([])

test('a group grows by one call as its first servers are, and shrinks by its newest', async () => {
  const { id, lineId, system } = await group()
  const quote = await world.call('department', lineScaleQuote, { params: { lineId }, body: { quantity: 4 } })
  expect(quote).toMatchObject({ approvedByRule: true, refusals: [], losses: [] })
  expect(quote.monthlyPriceYuanE4).toBe(quote.monthlyPriceYuanE4Before * 2)
  const grown = await scale(lineId, 4)
  expect(grown).toMatchObject({ approvedByRule: true, lines: [{ change: { kind: 'scale', lineId, quantity: 4 } }] })
  await world.requestIn(grown.id, 'completed')
  expect(await serversOf(id)).toEqual(['核对-1 formal', '核对-2 formal', '核对-3 formal', '核对-4 formal'])
  expect(await thingsOf(world.databaseUrl, system.name)).toMatchObject({ servers: 4 })
  expect((await world.requestIn(id, 'formal')).lines).toMatchObject([{ quantity: 4 }])
  const { items } = await world.call('department', usageList, { query: { systemId: system.id, limit: 200 } })
  expect(new Set(items.filter((it) => it.endedAt === null).map((it) => it.phase))).toEqual(new Set(['formal']))
  await sound()

  const shrunk = await scale(lineId, 1)
  expect(shrunk).toMatchObject({ approvedByRule: true })
  await world.requestIn(shrunk.id, 'completed')
  expect(await serversOf(id)).toEqual(['核对-1 formal'])
  expect(await thingsOf(world.databaseUrl, system.name)).toMatchObject({ servers: 1 })
  await sound()
})

test('what joins a group in its test time is on test with it', async () => {
  const { id, lineId } = await group(tested, { ...bare, quantity: 1 })
  await world.requestIn((await scale(lineId, 2)).id, 'completed')
  expect(await serversOf(id)).toEqual(['核对 test', '核对-1 test'])
  await sound()
})

test('servers with volumes go only by the name of the line and a person’s word', async () => {
  const { id, lineId } = await group(formal, { quantity: 2 })
  expect((await problemOf(scale(lineId, 1))).code).toBe('confirmation-wrong')
  const asked = await scale(lineId, 1, '核对')
  expect(asked).toMatchObject({ state: 'submitted' })
  await world.call('operator', requestApprove, { params: { requestId: asked.id }, body: {} })
  await world.requestIn(asked.id, 'completed')
  expect(await serversOf(id)).toEqual(['核对-1 formal'])
  expect(await resourcesOf(world, id)).toHaveLength(3)
  await sound()
})

test('what failed of a growth is tried again alone, or given up; the group is what stands', async () => {
  const { id, lineId } = await group(formal, { ...bare, quantity: 1 })
  await world.fault({ call: 'servers.create', mode: 'denied', times: 1 })
  const failed = await world.requestIn((await scale(lineId, 3)).id, 'delivery-failed')
  expect(await serversOf(id)).toHaveLength(2)
  expect((await world.requestIn(id, 'formal')).lines).toMatchObject([{ quantity: 2 }])
  await sound()
  await world.call('operator', requestRetry, { params: { requestId: failed.id }, body: {} })
  await world.requestIn(failed.id, 'completed')
  expect(await serversOf(id)).toHaveLength(3)

  await world.fault({ call: 'servers.create', mode: 'denied', times: 1 })
  const again = await world.requestIn((await scale(lineId, 4)).id, 'delivery-failed')
  await world.call('department', requestDiscard, { params: { requestId: again.id }, body: {} })
  expect((await world.requestIn(id, 'formal')).lines).toMatchObject([{ quantity: 3 }])
  await sound()
})

test('beyond the rule a person decides, beyond the quota nobody, and a group that goes back is left alone', async () => {
  const { id, lineId } = await group()
  expect((await problemOf(scale(lineId, 2))).code).toBe('nothing-to-change')
  const large = await scale(lineId, 9)
  expect(large).toMatchObject({ state: 'submitted', approvedByRule: false })
  expect((await problemOf(scale(lineId, 3))).code).toBe('resource-busy')
  const discard = (it: ServiceRequest) =>
    world.call('department', requestDiscard, { params: { requestId: it.id }, body: {} })
  await discard(large)
  const { id: organisationId } = world.province.department
  const limit = (to: number) =>
    world.call('operator', quotaSet, { params: { organisationId, measure: 'vcpu' }, body: { limit: to } })
  const { held } = await limit(1_000_000)
  await limit(held + 1)
  expect((await problemOf(scale(lineId, 4))).code).toBe('quota-exceeded')
  await limit(1_000_000)

  await askReclaim(world, id)
  expect((await problemOf(scale(lineId, 3))).status).toBe(409)
  const foreign = world.call('other', lineScale, { params: { lineId }, body: { quantity: 3 } })
  expect((await problemOf(foreign)).status).toBe(404)
  expect(await world.call('department', requestGet, { params: { requestId: id } })).toMatchObject({
    lines: [{ quantity: 2 }],
  })
})
