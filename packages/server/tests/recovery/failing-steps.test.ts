import {
  type Operation,
  operationGet,
  operationTakeBack,
  quotaList,
  quotaSet,
  requestRetry,
  type ServiceRequest,
  serverResize,
  volumeExtend,
} from '@yiduo/contract'
import type { SimCallName } from '@yiduo/drivers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, createSystem, formal, order, resourceOf, tested } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
  const { id: organisationId } = world.province.department
  await world.call('operator', quotaSet, { params: { organisationId, measure: 'vcpu' }, body: { limit: 100 } })
})
afterAll(() => world[Symbol.asyncDispose]())

const retry = (requestId: string): Promise<ServiceRequest> =>
  world.call('operator', requestRetry, { params: { requestId }, body: {} })

const operationOf = (request: ServiceRequest) =>
  world.call('operator', operationGet, { params: { operationId: request.lines[0]?.operationIds.at(-1) ?? '' } })

const takeBack = (operationId: string) => world.call('operator', operationTakeBack, { params: { operationId } })

const endOf = (operationId: string) =>
  world.until(async () => {
    const operation = await world.call('operator', operationGet, { params: { operationId } })
    return operation.endedAt !== null && operation
  })

const heldVcpus = async (): Promise<number> => {
  const { items } = await world.call('operator', quotaList, {
    params: { organisationId: world.province.department.id },
  })
  return items.find((it) => it.measure === 'vcpu')?.held ?? Number.NaN
}

const creations: readonly (readonly [SimCallName, string])[] = [
  ['projects.ensure', 'ensure-project'],
  ['networks.ensure', 'ensure-network'],
  ['networks.createPort', 'create-port'],
  ['volumes.create', 'create-volume'],
  ['servers.create', 'create-server'],
  ['volumes.attach', 'attach-volume'],
  ['addresses.bind', 'bind-address'],
]
const refusals = [
  ['denied', 'cloud-permission-missing'],
  ['quota', 'cloud-quota-exceeded'],
] as const

describe.each(refusals)('a provision that the cloud answers by %s', (mode, code) => {
  test.each(creations)('at %s is taken back whole, and a retry delivers', async (call, step) => {
    const system = await createSystem(world)
    const before = await heldVcpus()
    await world.fault({ call, mode })
    const { id } = await order(world, { systemId: system.id })
    const failed = await world.requestIn(id, 'testing', 'delivery-failed')
    expect(failed).toMatchObject({ state: 'delivery-failed', fault: { code } })
    const operation = await operationOf(failed)
    expect(operation).toMatchObject({ state: 'failed', residue: [], fault: { code } })
    const ended = operation.steps.findIndex((it) => it.name === step)
    expect(operation.steps.map((it) => it.state)).toEqual(
      operation.steps.map((_, position) => (position <= ended ? 'undone' : 'waiting')),
    )
    expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
    expect(await imbalances(world.databaseUrl)).toEqual([])
    expect(await heldVcpus()).toBe(before)

    await retry(id)
    expect(await world.requestIn(id, 'testing', 'delivery-failed')).toMatchObject({ state: 'testing', fault: null })
    expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
    expect(await imbalances(world.databaseUrl)).toEqual([])
    expect(await heldVcpus()).toBe(before + 1)
  })
})

const stepOf = (operation: Operation, name: string) => operation.steps.find((it) => it.name === name)

test('a server that ends in ERROR is made again unasked, and nothing is left of the first', async () => {
  const system = await createSystem(world)
  await world.fault({ call: 'servers.create', mode: 'broken' })
  const { id } = await order(world, { systemId: system.id })
  const delivered = await world.requestIn(id, 'testing', 'delivery-failed')
  expect(delivered).toMatchObject({ state: 'testing', fault: null })
  const operation = await operationOf(delivered)
  expect(operation).toMatchObject({ state: 'succeeded', fault: null, residue: [] })
  expect(stepOf(operation, 'create-server')).toMatchObject({
    state: 'done',
    remadeFor: { code: 'cloud-thing-broken', words: expect.stringContaining('is in state ERROR') },
  })
  expect(stepOf(operation, 'create-volume')).toMatchObject({ remadeFor: null })
  const { observed } = await resourceOf(world, id, 'server')
  expect(observed).toMatchObject({ state: 'active' })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a server that ends in ERROR twice is taken back, and a retry delivers', async () => {
  const system = await createSystem(world)
  await world.fault({ call: 'servers.create', mode: 'broken', times: 2 })
  const { id } = await order(world, { systemId: system.id })
  const failed = await world.requestIn(id, 'testing', 'delivery-failed')
  expect(failed).toMatchObject({ state: 'delivery-failed', fault: { code: 'cloud-thing-broken' } })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  await retry(id)
  await world.requestIn(id, 'testing')
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a port that the cloud took away after it was made is made again with its server', async () => {
  const system = await createSystem(world)
  await world.fault({ call: 'volumes.create', mode: 'slow', delayMs: 700 })
  const { id } = await order(world, { systemId: system.id })
  const gone = `delete from sim.port using sim.project p
    where port.project_id = p.id and port.cloud = p.cloud and p.name like $1 || '%' returning port.id`
  await world.until(async () => (await rowsOf(world.databaseUrl, gone, [system.name])).length === 1)
  const delivered = await world.requestIn(id, 'testing', 'delivery-failed')
  expect(delivered).toMatchObject({ state: 'testing', fault: null })
  expect(stepOf(await operationOf(delivered), 'create-server')).toMatchObject({
    remadeFor: { code: 'cloud-thing-vanished' },
  })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('one that ends in ERROR and cannot be taken back is not made again; it is listed, and goes when it can', async () => {
  const system = await createSystem(world)
  await world.fault({ call: 'servers.create', mode: 'broken' })
  await world.fault({ call: 'servers.remove', mode: 'denied', times: 2 })
  const { id } = await order(world, { systemId: system.id })
  const operation = await operationOf(await world.requestIn(id, 'testing', 'delivery-failed'))
  expect(operation).toMatchObject({ state: 'failed-with-residue', fault: { code: 'cloud-thing-broken' } })
  expect(operation.residue[0]).toMatchObject({ step: 'create-server', words: expect.stringMatching(/Policy/) })
  expect(await thingsOf(world.databaseUrl, system.name)).toMatchObject({ servers: 1 })
  await takeBack(operation.id)
  expect(await endOf(operation.id)).toMatchObject({ state: 'failed', residue: [] })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('of several servers the retry makes only those that do not stand', async () => {
  const system = await createSystem(world)
  await world.fault({ call: 'servers.create', mode: 'denied' })
  const { id } = await order(world, { systemId: system.id, quantity: 3 })
  await world.requestIn(id, 'delivery-failed')
  expect(await thingsOf(world.databaseUrl, system.name)).toMatchObject({ projects: 1, servers: 2, volumes: 2 })
  await retry(id)
  await world.requestIn(id, 'testing')
  const three = { ports: 3, servers: 3, volumes: 3, attached: 3, addresses: 3, bound: 3 }
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual({ ...oneSet, ...three })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('several servers that fail at once leave no project behind', async () => {
  const system = await createSystem(world)
  await world.fault({ call: 'volumes.attach', mode: 'denied', times: 4 })
  const { id } = await order(world, { systemId: system.id, quantity: 4 })
  await world.requestIn(id, 'delivery-failed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('several servers that are reclaimed at once leave no project behind', async () => {
  const system = await createSystem(world)
  const { id } = await tested(world, { systemId: system.id, quantity: 4 })
  await askReclaim(world, id)
  await world.requestIn(id, 'reclaimed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

const removals: readonly SimCallName[] = [
  'addresses.release',
  'volumes.detach',
  'servers.remove',
  'networks.removePort',
  'volumes.remove',
  'networks.remove',
  'projects.remove',
]

test.each(removals)('a reclaim that is denied at %s fails, and a retry leaves nothing', async (call) => {
  const system = await createSystem(world)
  const { id } = await tested(world, { systemId: system.id })
  await world.fault({ call, mode: 'denied' })
  const asked = await askReclaim(world, id)
  const failed = await world.requestIn(id, 'reclaimed', 'reclaim-failed')
  expect(failed).toMatchObject({ state: 'reclaim-failed', fault: { code: 'cloud-permission-missing' } })
  expect(await world.requestIn(asked.id, 'completed', 'delivery-failed')).toMatchObject({ state: 'delivery-failed' })
  await retry(id)
  expect(await world.requestIn(id, 'reclaimed', 'reclaim-failed')).toMatchObject({ state: 'reclaimed', fault: null })
  await world.requestIn(asked.id, 'completed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a server that the cloud will not detach from is reclaimed all the same', async () => {
  const system = await createSystem(world)
  const { id } = await tested(world, { systemId: system.id })
  await using _refused = await world.fault({ call: 'volumes.detach', mode: 'quota', times: 'until-cleared' })
  await askReclaim(world, id)
  expect(await world.requestIn(id, 'reclaimed', 'reclaim-failed')).toMatchObject({ state: 'reclaimed', fault: null })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a detachment that never ends is given up after a while, and the reclaim goes on', async () => {
  const system = await createSystem(world)
  const { id } = await tested(world, { systemId: system.id })
  await using stuck = await world.fault({ call: 'volumes.detach', mode: 'error500', times: 1_000 })
  await askReclaim(world, id)
  await world.until(async () => ((await stuck.remaining()) ?? 0) < 998)
  world.clock.shift(61_000)
  expect(await world.requestIn(id, 'reclaimed', 'reclaim-failed')).toMatchObject({ state: 'reclaimed', fault: null })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
})

test('a provision whose undo is refused the detachment is taken back whole', async () => {
  const system = await createSystem(world)
  await using _refused = await world.fault({ call: 'volumes.detach', mode: 'quota', times: 'until-cleared' })
  await world.fault({ call: 'addresses.bind', mode: 'denied' })
  const { id } = await order(world, { systemId: system.id })
  const operation = await operationOf(await world.requestIn(id, 'delivery-failed'))
  expect(operation).toMatchObject({ state: 'failed', residue: [] })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
})

test('an order that takes over a project half retired, and fails, leaves neither project nor network behind', async () => {
  const system = await createSystem(world)
  const { id } = await tested(world, { systemId: system.id })
  await world.fault({ call: 'networks.remove', mode: 'denied' })
  await askReclaim(world, id)
  await world.requestIn(id, 'reclaim-failed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual({ ...nothingThere, projects: 1, networks: 1 })
  await world.fault({ call: 'projects.ensure', mode: 'denied' })
  const next = await order(world, { systemId: system.id })
  const operation = await operationOf(await world.requestIn(next.id, 'delivery-failed'))
  expect(operation).toMatchObject({ state: 'failed', residue: [] })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  await retry(id)
  expect(await world.requestIn(id, 'reclaimed', 'reclaim-failed')).toMatchObject({ state: 'reclaimed' })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a resize that the cloud denies keeps the old size and its quota; a retry comes to the new one', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const before = await heldVcpus()
  const { id: serverId } = await resourceOf(world, id, 'server')
  await world.fault({ call: 'servers.resize', mode: 'denied' })
  const body = { planId: world.province.plans.medium.id }
  const resize = await world.call('department', serverResize, { params: { serverId }, body })
  await world.requestIn(resize.id, 'delivery-failed')
  expect(await resourceOf(world, id, 'server')).toMatchObject({ desired: { vcpus: 1 }, observed: { vcpus: 1 } })
  expect(await heldVcpus()).toBe(before)
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await retry(resize.id)
  await world.requestIn(resize.id, 'completed')
  expect(await resourceOf(world, id, 'server')).toMatchObject({ desired: { vcpus: 2 }, observed: { vcpus: 2 } })
  expect(await heldVcpus()).toBe(before + 1)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('taking back an old try touches nothing of the try that came after it', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const { id: serverId } = await resourceOf(world, id, 'server')
  await world.fault({ call: 'servers.resize', mode: 'denied', times: 2 })
  const body = { planId: world.province.plans.medium.id }
  const resize = await world.call('department', serverResize, { params: { serverId }, body })
  const first = await operationOf(await world.requestIn(resize.id, 'delivery-failed'))
  expect(first).toMatchObject({ state: 'failed-with-residue', residue: [{ step: 'resize-server' }] })
  await world.fault({ call: 'servers.resize', mode: 'slow', delayMs: 700 })
  await retry(resize.id)
  await takeBack(first.id)
  expect(await endOf(first.id)).toMatchObject({ state: 'failed', residue: [] })
  await world.requestIn(resize.id, 'completed')
  expect(await resourceOf(world, id, 'server')).toMatchObject({ desired: { vcpus: 2 }, observed: { vcpus: 2 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('an extension that the cloud denies keeps the old size; a retry comes to the new one', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const { id: volumeId } = await resourceOf(world, id, 'volume')
  await world.fault({ call: 'volumes.extend', mode: 'denied' })
  const extend = await world.call('department', volumeExtend, { params: { volumeId }, body: { sizeGib: 40 } })
  await world.requestIn(extend.id, 'delivery-failed')
  expect(await resourceOf(world, id, 'volume')).toMatchObject({ desired: { sizeGib: 10 }, observed: { sizeGib: 10 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await retry(extend.id)
  await world.requestIn(extend.id, 'completed')
  expect(await resourceOf(world, id, 'volume')).toMatchObject({ desired: { sizeGib: 40 }, observed: { sizeGib: 40 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what cannot be taken back is listed, and the system can go on', async () => {
  const system = await createSystem(world)
  await world.fault({ call: 'addresses.bind', mode: 'denied' })
  await world.fault({ call: 'volumes.remove', mode: 'denied' })
  const { id } = await order(world, { systemId: system.id })
  const operation = await operationOf(await world.requestIn(id, 'delivery-failed'))
  expect(operation.state).toBe('failed-with-residue')
  expect(operation.residue.map((it) => it.step)).toEqual(['create-volume', 'ensure-project'])
  expect(operation.residue[0]?.words).toMatch(/Policy does not allow/)
  const left = { ...nothingThere, projects: 1, networks: 1, volumes: 1 }
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(left)

  await tested(world, { systemId: system.id })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual({ ...oneSet, volumes: 2 })

  await takeBack(operation.id)
  expect(await endOf(operation.id)).toMatchObject({ state: 'failed', residue: [] })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what could not be taken back is held and shown until it can; then it goes, and nobody is told twice', async () => {
  const system = await createSystem(world)
  const before = await heldVcpus()
  await world.fault({ call: 'addresses.bind', mode: 'denied' })
  await world.fault({ call: 'volumes.remove', mode: 'denied', times: 2 })
  const { id } = await order(world, { systemId: system.id })
  const failed = await world.requestIn(id, 'delivery-failed')
  expect(await heldVcpus()).toBe(before + 1)
  expect(await resourceOf(world, id, 'volume')).toMatchObject({ state: 'failed' })

  const { id: operationId } = await operationOf(failed)
  expect((await takeBack(operationId)).state).toBe('undoing')
  expect(await endOf(operationId)).toMatchObject({ state: 'failed-with-residue' })
  await world.yiduo.reconcilers.runNow('residue')
  expect((await operationOf(failed)).state).toBe('failed-with-residue')
  world.clock.shift(11 * 60_000)
  await world.yiduo.reconcilers.runNow('residue')
  expect(await endOf(operationId)).toMatchObject({
    state: 'failed',
    residue: [],
    fault: { code: 'cloud-permission-missing' },
  })
  expect(await takeBack(operationId).catch((error: unknown) => error)).toHaveProperty(
    'problem.code',
    'nothing-left-behind',
  )

  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  expect(await heldVcpus()).toBe(before)
  expect(await imbalances(world.databaseUrl)).toEqual([])
  expect(await world.requestIn(id, 'delivery-failed')).toEqual(failed)
})

test('an extension whose answers are all lost keeps what the cloud has grown, held and charged', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const { id: volumeId } = await resourceOf(world, id, 'volume')
  await world.fault({ call: 'volumes.extend', mode: 'lostAfter' })
  await world.fault({ call: 'volumes.extend', mode: 'denied' })
  const extend = await world.call('department', volumeExtend, { params: { volumeId }, body: { sizeGib: 40 } })
  await world.requestIn(extend.id, 'delivery-failed')
  expect(await resourceOf(world, id, 'volume')).toMatchObject({ desired: { sizeGib: 40 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await retry(extend.id)
  await world.requestIn(extend.id, 'completed')
  expect(await resourceOf(world, id, 'volume')).toMatchObject({ desired: { sizeGib: 40 }, observed: { sizeGib: 40 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})
