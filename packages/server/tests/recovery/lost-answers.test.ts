import { serverResize, volumeExtend } from '@yiduo/contract'
import type { SimCallName } from '@yiduo/drivers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, createSystem, formal, order, resourceOf, tested } from '../world/orders.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const creations: SimCallName[] = [
  'projects.ensure',
  'networks.ensure',
  'networks.createPort',
  'volumes.create',
  'servers.create',
  'volumes.attach',
  'addresses.bind',
]
const removals: SimCallName[] = [
  'addresses.release',
  'volumes.detach',
  'servers.remove',
  'networks.removePort',
  'volumes.remove',
  'networks.remove',
  'projects.remove',
]

// lostAfter: it happened, and nobody heard. lostBefore: it never came there, which looks the same from here.
describe.each(['lostAfter', 'lostBefore'] as const)('when an answer is %s', (mode) => {
  test.each(creations)('%s has exactly one effect', async (call) => {
    const system = await createSystem(world)
    await using fault = await world.fault({ call, mode })
    const { id } = await order(world, { systemId: system.id })
    expect(await world.requestIn(id, 'testing', 'delivery-failed')).toMatchObject({ state: 'testing', fault: null })
    expect(await fault.remaining()).toBe(0)
    expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
    expect(await imbalances(world.databaseUrl)).toEqual([])
  })

  test.each(removals)('%s leaves nothing', async (call) => {
    const system = await createSystem(world)
    const { id } = await tested(world, { systemId: system.id })
    await using fault = await world.fault({ call, mode })
    await askReclaim(world, id)
    expect(await world.requestIn(id, 'reclaimed', 'reclaim-failed')).toMatchObject({ state: 'reclaimed', fault: null })
    expect(await fault.remaining()).toBe(0)
    expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
    expect(await imbalances(world.databaseUrl)).toEqual([])
  })

  test('servers.resize comes to the new size once', async () => {
    const system = await createSystem(world)
    const { id } = await formal(world, { systemId: system.id })
    const { id: serverId } = await resourceOf(world, id, 'server')
    await using fault = await world.fault({ call: 'servers.resize', mode })
    const body = { planId: world.province.plans.medium.id }
    const resize = await world.call('department', serverResize, { params: { serverId }, body })
    await world.requestIn(resize.id, 'completed')
    expect(await fault.remaining()).toBe(0)
    expect(await resourceOf(world, id, 'server')).toMatchObject({ desired: { vcpus: 2 }, observed: { vcpus: 2 } })
    expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
    expect(await imbalances(world.databaseUrl)).toEqual([])
  })

  test('volumes.extend comes to the new size once', async () => {
    const system = await createSystem(world)
    const { id } = await formal(world, { systemId: system.id })
    const { id: volumeId } = await resourceOf(world, id, 'volume')
    await using fault = await world.fault({ call: 'volumes.extend', mode })
    const extend = await world.call('department', volumeExtend, { params: { volumeId }, body: { sizeGib: 25 } })
    await world.requestIn(extend.id, 'completed')
    expect(await fault.remaining()).toBe(0)
    expect(await resourceOf(world, id, 'volume')).toMatchObject({ desired: { sizeGib: 25 }, observed: { sizeGib: 25 } })
    expect(await imbalances(world.databaseUrl)).toEqual([])
  })
})
