import { type Advice, adviceDismiss, adviceList } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
