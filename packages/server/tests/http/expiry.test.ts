import {
  offeringEdit,
  requestApprove,
  requestFailTest,
  requestGet,
  requestReclaim,
  serverResize,
  usageList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, draft, formal, problemOf, resourceOf, submit, tested } from '../world/orders.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

const dayMs = 86_400_000
const graceMs = 3 * dayMs

let world: World
beforeAll(async () => {
  world = await createWorld({
    cloud: { times: { serverBuildMs: 0, volumeBuildMs: 0, serverResizeMs: 1_000, serverRemoveMs: 0 } },
  })
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const expire = () => world.yiduo.reconcilers.runNow('expiry')
const stateOf = async (requestId: string) =>
  (await world.call('department', requestGet, { params: { requestId } })).state

test('a test that nobody passes goes back when its time is over, and not before', async () => {
  const system = await createSystem(world)
  const { id, testEndsAt } = await tested(world, { systemId: system.id })
  const endsInMs = Date.parse(testEndsAt ?? '') - world.clock.now().getTime()
  expect(Math.round(endsInMs / dayMs)).toBe(7)
  world.shift(endsInMs - 60_000)
  await expire()
  expect(await stateOf(id)).toBe('testing')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
  world.shift(60_001)
  await expire()
  const reclaimed = await world.requestIn(id, 'reclaimed')
  expect(reclaimed.track.map((it) => it.by)).toContain('expiry-reconciler')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('formal resources go into the recycle bin after their end and grace, and are counted until then', async () => {
  const system = await createSystem(world)
  const expiresAt = new Date(world.clock.now().getTime() + 30 * dayMs).toISOString()
  const { id } = await formal(world, { systemId: system.id, expiresAt })
  const server = await resourceOf(world, id, 'server')
  expect(server.expiresAt).toBe(expiresAt)
  world.shift(30 * dayMs - 60_000)
  await expire()
  expect(await stateOf(id)).toBe('formal')
  world.shift(60_000 + graceMs)
  await expire()
  await world.requestIn(id, 'recycled')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
  const { items } = await world.call('department', usageList, { query: { resourceId: server.id } })
  for (const it of items.filter(({ phase }) => phase === 'formal'))
    expect(Date.parse(it.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(expiresAt) + graceMs)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what is being changed when its end comes goes back after the change', async () => {
  const expiresAt = new Date(world.clock.now().getTime() + dayMs).toISOString()
  const { id } = await formal(world, { systemId: (await createSystem(world)).id, expiresAt })
  const { id: serverId } = await resourceOf(world, id, 'server')
  const body = { planId: world.province.plans.medium.id }
  world.shift(dayMs + graceMs - 500)
  const resize = await world.call('department', serverResize, { params: { serverId }, body })
  world.clock.shift(500)
  await expire()
  expect(await stateOf(id)).toBe('formal')
  await world.requestIn(resize.id, 'completed')
  await expire()
  await world.requestIn(id, 'recycled')
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('expiring twice at once, and failing the test meanwhile, gives back once', async () => {
  const { id } = await tested(world, { systemId: (await createSystem(world)).id })
  world.shift(8 * dayMs)
  const fail = () => world.call('department', requestFailTest, { params: { requestId: id }, body: {} })
  await world.tokenOf('department')
  const [, , failed] = await Promise.allSettled([expire(), expire(), fail()])
  const { lines } = await world.requestIn(id, 'reclaimed')
  expect(lines[0]?.operationIds).toHaveLength(2)
  if (failed.status === 'fulfilled')
    expect(await problemOf(fail())).toMatchObject({ status: 409, code: 'step-not-allowed' })
  // What lay in the recycle bin of other tests has had its time as well.
  await world.until(async () => (await imbalances(world.databaseUrl)).length === 0)
})

test('what expires before anybody has decided on its reclaim goes all the same, and the reclaim is void', async () => {
  const expiresAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
  const { id } = await formal(world, { expiresAt })
  const asked = await world.call('department', requestReclaim, { params: { requestId: id }, body: {} })
  world.shift(86_400_000 + graceMs + 60_000)
  await expire()
  await world.requestIn(id, 'recycled')
  await world.requestIn(asked.id, 'discarded')
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what would end before it was sent or approved is neither', async () => {
  const expiresAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
  const late = await draft(world, { expiresAt })
  const params = { offeringId: world.province.offering.id }
  await world.call('operator', offeringEdit, { params, body: { approvedByRuleUpToVcpus: 0 } })
  const sent = await submit(world, (await draft(world, { expiresAt })).id)
  world.shift(2 * 86_400_000)
  const refused = { status: 400, code: 'input-invalid', detail: expect.stringContaining('expiresAt') }
  expect(await problemOf(submit(world, late.id))).toMatchObject(refused)
  const approving = world.call('operator', requestApprove, { params: { requestId: sent.id }, body: {} })
  expect(await problemOf(approving)).toMatchObject(refused)
})
