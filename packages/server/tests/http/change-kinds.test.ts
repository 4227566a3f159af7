import {
  addressRemove,
  quotaSet,
  requestApprove,
  requestDiscard,
  requestGet,
  requestProlong,
  requestReclaim,
  requestRetry,
  type ServiceRequest,
  serverAddAddress,
  serverAddVolume,
  serverAddVolumeQuote,
  serverResizeQuote,
  volumeRemove,
  volumeRemoveQuote,
} from '@yiduo/contract'
import type { SimCallName } from '@yiduo/drivers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, createSystem, formal, problemOf, resourceOf, resourcesOf, tested } from '../world/orders.ts'
import { prices } from '../world/small-province.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

const dayMs = 86_400_000

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const approve = ({ id: requestId }: ServiceRequest) =>
  world.call('operator', requestApprove, { params: { requestId }, body: {} })
const retry = ({ id: requestId }: ServiceRequest) =>
  world.call('operator', requestRetry, { params: { requestId }, body: {} })
const addVolume = (serverId: string, sizeGib = 30, name = 'more') =>
  world.call('department', serverAddVolume, { params: { serverId }, body: { name, sizeGib } })
const removeVolume = (volumeId: string, confirmation: string) =>
  world.call('department', volumeRemove, { params: { volumeId }, body: { confirmation } })
const prolong = (requestId: string, expiresAt: string | null) =>
  world.call('department', requestProlong, { params: { requestId }, body: { expiresAt } })
const inDays = (days: number) => new Date(world.clock.now().getTime() + days * dayMs).toISOString()

const unit = async (make: typeof formal = formal, ask: Parameters<typeof formal>[1] = {}) => {
  const system = await createSystem(world)
  const { id } = await make(world, { systemId: system.id, ...ask })
  return { id, system, server: await resourceOf(world, id, 'server') }
}
const sound = async () => expect(await imbalances(world.databaseUrl)).toEqual([])

test('a volume is added to a server, charged with it, removed again by its name, and nothing of it is left', async () => {
  const { id, system, server } = await unit()
  const added = await addVolume(server.id)
  expect(added).toMatchObject({ approvedByRule: true, lines: [{ change: { kind: 'add-volume', sizeGib: 30 } }] })
  await world.requestIn(added.id, 'completed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual({ ...oneSet, volumes: 2, attached: 2 })
  const more = (await resourcesOf(world, id)).find((it) => it.name === 'more')
  expect(more).toMatchObject({ state: 'formal', serverId: server.id, desired: { sizeGib: 30 } })
  await sound()

  expect(await problemOf(removeVolume(more?.id ?? '', 'mroe'))).toMatchObject({ code: 'confirmation-wrong' })
  const removal = await removeVolume(more?.id ?? '', 'more')
  expect(removal).toMatchObject({ state: 'submitted', approvedByRule: false })
  await approve(removal)
  await world.requestIn(removal.id, 'completed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
  await sound()
})

test('what was added in test time is tested, made formal and given back with its server', async () => {
  const { id, system, server } = await unit(tested)
  await world.requestIn((await addVolume(server.id)).id, 'completed')
  expect((await resourcesOf(world, id)).find((it) => it.name === 'more')).toMatchObject({ state: 'test' })
  await askReclaim(world, id)
  await world.requestIn(id, 'reclaimed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  await sound()
})

test('a public address is given back and asked for again, and one server has one', async () => {
  const { id, system, server } = await unit()
  const params = { serverId: server.id }
  const ask = () => world.call('department', serverAddAddress, { params, body: {} })
  expect(await problemOf(ask())).toMatchObject({ code: 'address-held-already' })
  const { id: addressId } = await resourceOf(world, id, 'address')
  const removed = await world.call('department', addressRemove, { params: { addressId }, body: {} })
  await world.requestIn(removed.id, 'completed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual({ ...oneSet, addresses: 0, bound: 0 })
  await sound()
  const added = await ask()
  expect(added.state).toBe('submitted')
  await approve(added)
  await world.requestIn(added.id, 'completed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
  await sound()
})

const failures: readonly (readonly [SimCallName, 'add' | 'remove'])[] = [
  ['volumes.create', 'add'],
  ['volumes.attach', 'add'],
  ['volumes.remove', 'remove'],
]

test.each(failures)(
  'a change that is denied at %s (%s) loses nothing that is held, and a retry comes through',
  async (call, what) => {
    const { id, system, server } = await unit()
    const volume = await resourceOf(world, id, 'volume')
    await world.fault({ call, mode: 'denied' })
    const change = await (what === 'add' ? addVolume(server.id) : removeVolume(volume.id, volume.name))
    if (what === 'remove') await approve(change)
    await world.requestIn(change.id, 'delivery-failed')
    if (what === 'add') expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
    await sound()
    await retry(change)
    await world.requestIn(change.id, 'completed')
    const volumes = what === 'add' ? 2 : 0
    expect(await thingsOf(world.databaseUrl, system.name)).toEqual({ ...oneSet, volumes, attached: volumes })
    await sound()
  },
)

test('a removal that failed and was given up is asked for again', async () => {
  const { id } = await unit()
  const volume = await resourceOf(world, id, 'volume')
  await world.fault({ call: 'volumes.remove', mode: 'denied' })
  const first = await removeVolume(volume.id, volume.name)
  await approve(first)
  await world.requestIn(first.id, 'delivery-failed')
  await world.call('department', requestDiscard, { params: { requestId: first.id }, body: {} })
  const second = await removeVolume(volume.id, volume.name)
  await approve(second)
  await world.requestIn(second.id, 'completed')
  await sound()
})

test('a quote says price before and after, what will be lost and what is in the way, and changes nothing', async () => {
  const { id, server } = await unit()
  const volume = await resourceOf(world, id, 'volume')
  const { plans } = world.province
  const before = prices.vcpu + 2 * prices['memory-gib'] + 20 * prices['volume-gib']
  const params = { serverId: server.id }
  const resized = await world.call('department', serverResizeQuote, { params, body: { planId: plans.medium.id } })
  expect(resized).toEqual({
    monthlyPriceYuanE4Before: before,
    monthlyPriceYuanE4: before + prices.vcpu + 2 * prices['memory-gib'],
    approvedByRule: true,
    losses: [],
    refusals: [],
  })
  const same = await world.call('department', serverResizeQuote, { params, body: { planId: plans.small.id } })
  expect(same.refusals.map((it) => it.code)).toEqual(['nothing-to-change'])
  const lost = await world.call('department', volumeRemoveQuote, {
    params: { volumeId: volume.id },
    body: { confirmation: volume.name },
  })
  expect(lost).toMatchObject({ monthlyPriceYuanE4: 0, losses: [{ resourceId: volume.id, sizeGib: 10 }], refusals: [] })

  const organisationId = world.province.department.id
  const limitTo = (limit: number) =>
    world.call('operator', quotaSet, { params: { organisationId, measure: 'volume-gib' }, body: { limit } })
  await limitTo(500)
  const tooMuch = { name: 'more', sizeGib: 2_000 }
  const refused = await world.call('department', serverAddVolumeQuote, { params, body: tooMuch })
  expect(refused).toMatchObject({ refusals: [{ code: 'quota-exceeded' }] })
  expect(await problemOf(addVolume(server.id, 2_000))).toMatchObject({ status: 422, code: 'quota-exceeded' })
  await limitTo(1_000_000)
  expect(await resourceOf(world, id, 'server')).toMatchObject({ state: 'formal', desired: { vcpus: 1 } })
  await world.requestIn((await addVolume(server.id)).id, 'completed') // nothing was left busy
  await sound()
})

test('an end is put off by rule for a year, by the operator without end, and never into the past', async () => {
  const { id, server } = await unit(formal, { expiresAt: inDays(10) })
  const end = inDays(100)
  expect(await prolong(id, end)).toMatchObject({ state: 'completed', approvedByRule: true })
  expect(await resourceOf(world, id, 'server')).toMatchObject({ expiresAt: end })
  expect(await problemOf(prolong(id, inDays(-1)))).toMatchObject({ status: 400, code: 'input-invalid' })
  expect(await problemOf(prolong(id, end))).toMatchObject({ code: 'nothing-to-change' })
  const forever = await prolong(id, null)
  expect(forever).toMatchObject({ state: 'submitted', lines: [{ change: { kind: 'prolong', expiresAt: null } }] })
  expect(await problemOf(addVolume(server.id))).toMatchObject({ code: 'resource-busy' })
  expect(await approve(forever)).toMatchObject({ state: 'completed' })
  expect(await world.call('department', requestGet, { params: { requestId: id } })).toMatchObject({ expiresAt: null })
  await world.requestIn((await addVolume(server.id)).id, 'completed')
  const reclaim = await world.call('department', requestReclaim, { params: { requestId: id }, body: {} })
  expect(reclaim.state).toBe('submitted')
})
