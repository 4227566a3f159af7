import { isFailure } from '@yiduo/driver-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clearFaults, type SimFaultOrder } from '../../../drivers/src/sim/index.ts'
import { doneBy, firstTry, listOf, projectIn, small, tenancyIn } from './sim-things.ts'
import { cloudName, createSimWorld, type SimWorld } from './sim-world.ts'

const call = 'volumes.create'
const cases: readonly {
  readonly order: SimFaultOrder
  readonly answers: Record<string, unknown>
  readonly happens: boolean
}[] = [
  {
    order: { call, mode: 'error500' },
    answers: { outcome: 'transient', code: 'cloud-internal-error' },
    happens: false,
  },
  {
    order: { call, mode: 'rateLimited', retryAfterMs: 7_000 },
    answers: { outcome: 'transient', code: 'cloud-rate-limited', retryAfterMs: 7_000 },
    happens: false,
  },
  { order: { call, mode: 'quota' }, answers: { outcome: 'exhausted', code: 'cloud-quota-exceeded' }, happens: false },
  { order: { call, mode: 'denied' }, answers: { outcome: 'denied', code: 'cloud-permission-missing' }, happens: false },
  { order: { call, mode: 'lostBefore' }, answers: { outcome: 'transient', code: 'cloud-timeout' }, happens: false },
  { order: { call, mode: 'lostAfter' }, answers: { outcome: 'transient', code: 'cloud-timeout' }, happens: true },
  {
    order: { call, mode: 'slow', delayMs: 60_000 },
    answers: { outcome: 'transient', code: 'cloud-timeout' },
    happens: true,
  },
  { order: { call, mode: 'slow', delayMs: 5 }, answers: { outcome: 'done' }, happens: true },
]

describe('each fault strikes once, and its effect happens or not', () => {
  // One cloud for all: each case works under a mark of its own.
  let world: SimWorld
  beforeAll(async () => {
    world = await createSimWorld({ times: { volumeBuildMs: 0 } })
  })
  afterAll(() => world[Symbol.asyncDispose]())

  test.each(cases)('$order.mode answers $answers.outcome, happens: $happens', async ({ order, answers, happens }) => {
    const project = await projectIn(world)
    await using driver = world.connect({ callLimitMs: 20 })
    await using fault = await world.fault(order)
    const ask = { mark: world.mark(), name: 'v', project, sizeGib: 1 }
    const made = async () => (await listOf(world, 'volume')).filter((it) => it.mark === ask.mark).length
    expect(await driver.volumes.create(ask, firstTry)).toMatchObject(answers)
    expect(await fault.remaining()).toBe(0)
    expect(await made()).toBe(happens ? 1 : 0)
    doneBy(await driver.volumes.create(ask, { since: world.clock.now(), handle: null }))
    expect(await made()).toBe(1)
  })
})

test('a fault ordered once strikes one of many calls at once', async () => {
  await using world = await createSimWorld()
  await using driver = world.connect()
  for (let round = 0; round < 20; round += 1) {
    await using _ = await world.fault({ call: 'probe', mode: 'error500' })
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => driver.probe()))
    expect(outcomes.filter(isFailure)).toHaveLength(1)
  }
})

test('a cloud that is down answers nothing until the fault is taken back', async () => {
  await using world = await createSimWorld()
  {
    await using _ = await world.fault({ call: '*', mode: 'down' })
    for (let time = 0; time < 3; time += 1)
      expect(await world.driver.list('server', null)).toMatchObject({ outcome: 'transient', code: 'cloud-unreachable' })
    expect(await world.driver.probe()).toMatchObject({ code: 'cloud-unreachable' })
  }
  expect(doneBy(await world.driver.list('server', null)).complete).toBe(true)
})

test('a server ordered broken builds its time and ends in ERROR, and its mark makes no second one', async () => {
  await using world = await createSimWorld()
  const tenancy = await tenancyIn(world)
  await using _ = await world.fault({ call: 'servers.create', mode: 'broken' })
  const ask = await tenancy.askFor()
  const outcome = await world.settle((attempt) => world.driver.servers.create(ask, attempt))
  expect(outcome).toMatchObject({ outcome: 'permanent', code: 'cloud-thing-broken' })
  expect(await listOf(world, 'server')).toMatchObject([{ mark: ask.mark, state: 'broken', nativeState: 'ERROR' }])
})

test('a resize ordered broken leaves the server at its old size', async () => {
  await using world = await createSimWorld()
  const { server, project } = await tenancyIn(world)
  const { serverId } = await server()
  await using _ = await world.fault({ call: 'servers.resize', mode: 'broken' })
  const size = { vcpus: 8, memoryMib: 16_384, diskGib: 40 }
  const resize = () => world.settle((attempt) => world.driver.servers.resize({ project, serverId, size }, attempt))
  expect(await resize()).toMatchObject({ outcome: 'permanent', code: 'cloud-thing-broken' })
  expect(doneBy(await world.driver.get('server', serverId, project))).toMatchObject({
    state: 'active',
    facts: { vcpus: small.vcpus, memoryMib: small.memoryMib },
  })
  expect(doneBy(await resize()).size).toEqual(size)
})

test('a host disappears under its servers and returns when faults are cleared', async () => {
  await using world = await createSimWorld()
  const { server, project } = await tenancyIn(world)
  const first = await server()
  const second = await server()
  expect(first.hostName).not.toBe(second.hostName)
  await using _ = await world.fault({ call: 'probe', mode: 'hostDisappears', hostName: first.hostName ?? '' })
  doneBy(await world.driver.probe())
  const stateOf = async (id: string) => doneBy(await world.driver.get('server', id, project)).state
  expect((await listOf(world, 'host')).map((it) => it.name)).toEqual([second.hostName])
  expect(await stateOf(first.serverId)).toBe('broken')
  expect(await stateOf(second.serverId)).toBe('active')
  expect((await server()).hostName).toBe(second.hostName)
  await clearFaults(world.database, cloudName)
  expect(await listOf(world, 'host')).toHaveLength(2)
  expect(await stateOf(first.serverId)).toBe('active')
})

test('a capability that is switched off refuses its calls and is told with its reason', async () => {
  const missing = { reason: 'not-in-this-cloud', words: 'this cloud has no volumes' } as const
  await using world = await createSimWorld({ missing: { volumes: missing, hosts: { reason: 'needs-admin-rights' } } })
  const project = await projectIn(world)
  const ask = { mark: world.mark(), name: 'v', project, sizeGib: 1 }
  expect(await world.driver.volumes.create(ask, firstTry)).toEqual({
    outcome: 'permanent',
    code: 'cloud-unsupported',
    words: missing.words,
  })
  expect(await world.driver.list('host', null)).toMatchObject({ code: 'cloud-unsupported' })
  const report = doneBy(await world.driver.probe())
  expect(report.capabilities.volumes).toEqual({ supported: false, ...missing })
  expect(report.missingPermissions).toEqual(['hosts'])
})
