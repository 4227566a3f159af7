import {
  priceSet,
  quotaSet,
  type RequestState,
  requestApprove,
  requestDiscard,
  requestReclaim,
  requestReject,
  requestRetry,
  serverResize,
  volumeExtend,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, formal, problemOf, resourceOf, tested } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({
    ruleVcpus: 2,
    cloud: { times: { serverBuildMs: 0, volumeBuildMs: 0, serverResizeMs: 300, serverRemoveMs: 0 } },
  })
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const resize = (serverId: string, plan: 'small' | 'medium' | 'large') =>
  world.call('department', serverResize, { params: { serverId }, body: { planId: world.province.plans[plan].id } })
const extend = (volumeId: string, sizeGib: number) =>
  world.call('department', volumeExtend, { params: { volumeId }, body: { sizeGib } })
const decide = (verb: typeof requestApprove | typeof requestReject, requestId: string) =>
  world.call('operator', verb, { params: { requestId }, body: {} })
const unit = async (make: typeof formal = formal) => {
  const { id } = await make(world, { systemId: (await createSystem(world)).id })
  return { id, server: await resourceOf(world, id, 'server'), volume: await resourceOf(world, id, 'volume') }
}

test('a small change the rule approves, a larger one an operator', async () => {
  const { id, server } = await unit()
  const small = await resize(server.id, 'medium')
  expect(small).toMatchObject({ kind: 'change', state: 'delivering', approvedByRule: true, aboutRequestId: id })
  expect(await world.requestIn(small.id, 'completed')).toMatchObject({ step: 'change' })
  const large = await resize(server.id, 'large')
  expect(large).toMatchObject({ state: 'submitted', approvedByRule: false })
  await decide(requestApprove, large.id)
  await world.requestIn(large.id, 'completed')
  expect(await resourceOf(world, id, 'server')).toMatchObject({ desired: { vcpus: 4 }, observed: { vcpus: 4 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what is in its test time can be changed as well', async () => {
  const { id, server, volume } = await unit(tested)
  await world.requestIn((await resize(server.id, 'medium')).id, 'completed')
  await world.requestIn((await extend(volume.id, 12)).id, 'completed')
  expect(await resourceOf(world, id, 'server')).toMatchObject({ state: 'test', desired: { vcpus: 2 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a smaller size gives back what it does not need any more, once the cloud has done it', async () => {
  const { id, server } = await unit()
  await world.requestIn((await resize(server.id, 'medium')).id, 'completed')
  await world.requestIn((await resize(server.id, 'small')).id, 'completed')
  expect(await resourceOf(world, id, 'server')).toMatchObject({ desired: { vcpus: 1, memoryMib: 2_048 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a change that changes nothing, or shrinks a volume, is refused', async () => {
  const { server, volume } = await unit()
  expect(await problemOf(resize(server.id, 'small'))).toMatchObject({ status: 409, code: 'nothing-to-change' })
  expect(await problemOf(extend(volume.id, 10))).toMatchObject({ status: 409, code: 'nothing-to-change' })
  expect(await problemOf(extend(volume.id, 9))).toMatchObject({ status: 400, code: 'volume-not-shrinkable' })
})

test('a quota that was raised reaches the cloud before the change that needs it', async () => {
  const system = await createSystem(world)
  const { id: organisationId } = world.province.department
  const limitTo = (measure: 'vcpu' | 'volume-gib', limit: number) =>
    world.call('operator', quotaSet, { params: { organisationId, measure }, body: { limit } })
  const onCloud = async () =>
    (
      await rowsOf<{ quota: object }>(world.databaseUrl, 'select quota from sim.project where name = $1', [system.name])
    )[0]
  await limitTo('vcpu', 100)
  await limitTo('volume-gib', 5_000)
  const { id } = await formal(world, { systemId: system.id })
  expect(await onCloud()).toMatchObject({ quota: { vcpus: 100, volumeGib: 5_000 } })
  await limitTo('vcpu', 101)
  await world.requestIn((await resize((await resourceOf(world, id, 'server')).id, 'medium')).id, 'completed')
  expect(await onCloud()).toMatchObject({ quota: { vcpus: 101, volumeGib: 5_000 } })
  await limitTo('volume-gib', 5_001)
  await world.requestIn((await extend((await resourceOf(world, id, 'volume')).id, 20)).id, 'completed')
  expect(await onCloud()).toMatchObject({ quota: { vcpus: 101, volumeGib: 5_001 } })
})

test('one change of a thing at a time', async () => {
  const { server } = await unit()
  const waiting = await resize(server.id, 'large')
  const busy = {
    status: 409,
    code: 'resource-busy',
    detail: expect.any(String),
    next: expect.stringContaining(waiting.id),
  }
  expect(await problemOf(resize(server.id, 'medium'))).toMatchObject(busy)
  await decide(requestReject, waiting.id)
  await world.requestIn((await resize(server.id, 'medium')).id, 'completed')
})

test('of two changes at once one is refused', async () => {
  const { id, server } = await unit()
  const answers = await Promise.allSettled([resize(server.id, 'medium'), resize(server.id, 'medium')])
  expect(answers.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
  await world.until(async () => (await resourceOf(world, id, 'server')).desired.vcpus === 2)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('what is under change is not reclaimed, neither asked for nor approved', async () => {
  const { id, server } = await unit(tested)
  const ask = () => world.call('department', requestReclaim, { params: { requestId: id }, body: {} })
  const asked = await ask()
  const changing = await resize(server.id, 'medium')
  expect(await problemOf(decide(requestApprove, asked.id))).toMatchObject({ status: 409, code: 'resource-busy' })
  await world.requestIn(changing.id, 'completed')
  await decide(requestApprove, asked.id)
  await world.requestIn(id, 'reclaimed')
  expect(await problemOf(resize(server.id, 'large'))).toMatchObject({ status: 409, code: 'resource-not-changeable' })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('discarding a change that failed frees nothing that another one holds', async () => {
  const { server } = await unit()
  await world.fault({ call: 'servers.resize', mode: 'denied' })
  const failed = await resize(server.id, 'medium')
  await world.requestIn(failed.id, 'delivery-failed')
  const waiting = await resize(server.id, 'large')
  await world.call('department', requestDiscard, { params: { requestId: failed.id }, body: {} })
  expect(await problemOf(resize(server.id, 'medium'))).toMatchObject({ code: 'resource-busy' })
  await decide(requestApprove, waiting.id)
  await world.requestIn(waiting.id, 'completed')
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a resize that the cloud has to put back keeps the old size', async () => {
  const { id, server } = await unit()
  await world.fault({ call: 'servers.resize', mode: 'broken' })
  const change = await resize(server.id, 'medium')
  const end: RequestState[] = ['completed', 'delivery-failed']
  expect(await world.requestIn(change.id, ...end)).toMatchObject({
    state: 'delivery-failed',
    fault: { code: 'cloud-thing-broken' },
  })
  expect(await resourceOf(world, id, 'server')).toMatchObject({ desired: { vcpus: 1 }, observed: { vcpus: 1 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a change that failed is not tried again over a newer one', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const { id: volumeId } = await resourceOf(world, id, 'volume')
  await world.fault({ call: 'volumes.extend', mode: 'denied' })
  const older = await extend(volumeId, 40)
  await world.requestIn(older.id, 'delivery-failed')
  await world.requestIn((await extend(volumeId, 60)).id, 'completed')
  const retry = world.call('operator', requestRetry, { params: { requestId: older.id }, body: {} })
  expect(await problemOf(retry)).toMatchObject({ status: 409, code: 'resource-changed' })
  expect(await resourceOf(world, id, 'volume')).toMatchObject({ desired: { sizeGib: 60 }, observed: { sizeGib: 60 } })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a change costs what it costs when it is approved', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const { id: serverId } = await resourceOf(world, id, 'server')
  const asked = await resize(serverId, 'large')
  const price = { componentId: world.province.componentIds.vcpu, phase: 'formal' as const, monthlyPriceYuanE4: 100 }
  await world.call('operator', priceSet, { body: { ...price, validFrom: world.clock.now().toISOString() } })
  const approved = await decide(requestApprove, asked.id)
  expect(approved.monthlyPriceYuanE4).toBeLessThan(asked.monthlyPriceYuanE4)
  await world.requestIn(asked.id, 'completed')
})
