import { requestFailTest, requestGet, serverResize, usageList } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, formal, problemOf, resourceOf, resourcesOf, tested } from '../world/orders.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

const dayMs = 86_400_000

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

test('formal resources go back at their end, and are counted until then', async () => {
  const system = await createSystem(world)
  const expiresAt = new Date(world.clock.now().getTime() + 30 * dayMs).toISOString()
  const { id } = await formal(world, { systemId: system.id, expiresAt })
  const server = await resourceOf(world, id, 'server')
  expect(server.expiresAt).toBe(expiresAt)
  world.shift(30 * dayMs - 60_000)
  await expire()
  expect(await stateOf(id)).toBe('formal')
  world.shift(60_000)
  await expire()
  await world.requestIn(id, 'reclaimed')
  expect(await resourcesOf(world, id)).toEqual([])
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  const { items } = await world.call('department', usageList, { query: { resourceId: server.id } })
  for (const it of items.filter(({ phase }) => phase === 'formal'))
    expect(Date.parse(it.endedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(expiresAt))
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what is being changed when its end comes goes back after the change', async () => {
  const expiresAt = new Date(world.clock.now().getTime() + dayMs).toISOString()
  const { id } = await formal(world, { systemId: (await createSystem(world)).id, expiresAt })
  const { id: serverId } = await resourceOf(world, id, 'server')
  const body = { planId: world.province.plans.medium.id }
  world.shift(dayMs - 500)
  const resize = await world.call('department', serverResize, { params: { serverId }, body })
  world.clock.shift(500)
  await expire()
  expect(await stateOf(id)).toBe('formal')
  await world.requestIn(resize.id, 'completed')
  await expire()
  await world.requestIn(id, 'reclaimed')
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
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a reservation that no saga claims is free again after half an hour', async () => {
  const { pool } = world.yiduo.database
  const expiresAt = new Date(world.clock.now().getTime() + 30 * 60_000)
  await pool.query(
    `insert into reservations (resource_id, organisation_id, pool_id, vcpus, memory_mib, volume_gib, addresses, expires_at)
     select gen_random_uuid(), (select organisation_id from service_requests limit 1), id, 4, 8192, 0, 0, $1 from pools`,
    [expiresAt],
  )
  await pool.query(
    'update pools set vcpus_promised = vcpus_promised + 4, memory_mib_promised = memory_mib_promised + 8192',
  )
  const left = async () => {
    await world.yiduo.reconcilers.runNow('reservation')
    return (await pool.query('select from reservations')).rowCount
  }
  expect(await left()).toBe(1)
  world.shift(30 * 60_000 + 1)
  expect(await left()).toBe(0)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})
