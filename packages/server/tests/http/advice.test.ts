import { type Advice, adviceDismiss, adviceList, type Resource } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIdentifierSource } from '../../src/kernel/identifier.ts'
import { createAdviceService } from '../../src/modules/advice/index.ts'
import { createRecord } from '../../src/platform/acts/record.ts'
import { createSystem, formal, problemOf, resourceOf, tested } from '../world/orders.ts'
import { prices } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const look = async () => {
  await world.yiduo.reconcilers.runNow('observation')
  await world.yiduo.reconcilers.runNow('advice')
}
const advised = async (resourceId: string): Promise<Advice[]> =>
  (await world.call('department', adviceList, { query: { limit: 500 } })).items.filter(
    (it) => it.resourceId === resourceId,
  )

/** Something that somebody did on the cloud itself, past us. */
const onCloud = (statement: string, externalId: string | null) => rowsOf(world.databaseUrl, statement, [externalId])

test('a volume that is attached to nothing is found, told with its saving, and settled when it is attached again', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const volume = await resourceOf(world, id, 'volume')
  const server = await resourceOf(world, id, 'server')
  await look()
  expect(await advised(volume.id)).toEqual([])
  await onCloud('update sim.volume set server_id = null where id = $1', volume.externalId)
  await look()
  await look()
  const [found, ...more] = await advised(volume.id)
  expect(more).toEqual([])
  expect(found).toMatchObject({
    kind: 'volume-unattached',
    state: 'open',
    monthlySavingYuanE4: 10 * prices['volume-gib'],
  })
  expect(found?.message).not.toMatch(/[{}]/)
  await rowsOf(world.databaseUrl, 'update sim.volume set server_id = $2 where id = $1', [
    volume.externalId,
    server.externalId,
  ])
  await look()
  expect(await advised(volume.id)).toMatchObject([{ state: 'settled' }])
})

test('all in use are looked at, few at a time, and what is settled is settled among these few only', async () => {
  const volumes: Resource[] = []
  for (let count = 0; count < 3; count++) {
    const { id } = await formal(world, { systemId: (await createSystem(world)).id })
    volumes.push(await resourceOf(world, id, 'volume'))
  }
  await world.yiduo.reconcilers.runNow('observation')
  const { database, rooms } = world.yiduo
  const newId = createIdentifierSource(world.clock)
  const read: number[] = []
  const advice = createAdviceService({
    database,
    clock: world.clock,
    newId,
    record: createRecord(world.clock, newId),
    catalogue: rooms.catalogue,
    testEnds: rooms.requests.testEnds,
    atOnce: 2,
    resources: async (tx, after, limit) => {
      const found = await rooms.resources.forAdvice(tx, after, limit)
      read.push(found.length)
      return found
    },
  })
  const observe = (id: string, observed: object) =>
    rowsOf(world.databaseUrl, 'update resources set observed = $2 where external_id = $1', [id, observed])
  const states = async () =>
    Promise.all(volumes.map(async ({ id }) => (await advised(id)).map((it) => it.state).join()))
  for (const { externalId } of volumes) await observe(externalId ?? '', { nativeState: 'available' })
  await advice.find()
  expect(await states()).toEqual(['open', 'open', 'open'])
  expect(Math.max(...read)).toBe(2)
  expect(read.length).toBeGreaterThan(3)
  await observe(volumes[1]?.externalId ?? '', { nativeState: 'in-use', serverId: 's' })
  await advice.find()
  expect(await states()).toEqual(['open', 'settled', 'open'])
})

test('an address that is bound to nothing is found; once dismissed it is not told again', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const address = await resourceOf(world, id, 'address')
  await onCloud('update sim.address set port_id = null where id = $1', address.externalId)
  await look()
  const [found] = await advised(address.id)
  expect(found).toMatchObject({ kind: 'address-unbound', state: 'open', monthlySavingYuanE4: prices.address })
  const adviceId = found?.id ?? ''
  const dismiss = (login: string) =>
    world.call(login, adviceDismiss, { params: { adviceId }, body: { remark: '下周启用' } })
  expect(await problemOf(dismiss('other'))).toMatchObject({ status: 404 })
  expect(await dismiss('department')).toMatchObject({ state: 'dismissed' })
  await look()
  expect(await advised(address.id)).toMatchObject([{ state: 'dismissed' }])
})

test('a test that has ended and is still there is found', async () => {
  const { id } = await tested(world, { systemId: (await createSystem(world)).id })
  const server = await resourceOf(world, id, 'server')
  world.shift(8 * 86_400_000)
  await look()
  expect(await advised(server.id)).toMatchObject([{ kind: 'test-expired', state: 'open' }])
  await world.yiduo.reconcilers.runNow('expiry')
  await world.requestIn(id, 'reclaimed')
  await look()
  expect(await advised(server.id)).toMatchObject([{ state: 'settled' }])
})
