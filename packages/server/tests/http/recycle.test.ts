import {
  processPolicyGet,
  processPolicySet,
  quotaList,
  quotaSet,
  type RequestState,
  requestApprove,
  requestGet,
  requestPurge,
  requestPurgeQuote,
  requestReclaim,
  requestRestore,
  requestRestoreQuote,
  requestRetry,
  usageList,
  wipeRecordList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Alterations, createAlteredWorld } from '../world/altered-cloud.ts'
import { imbalances } from '../world/books.ts'
import { askReclaim, createSystem, formal, problemOf, resourceOf, resourcesOf } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, type World } from '../world/world.ts'

const dayMs = 86_400_000

let world: World
const altered: Alterations = {}
beforeAll(async () => {
  world = await createAlteredWorld(altered)
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const expire = () => world.yiduo.reconcilers.runNow('expiry')
const sound = async () => expect(await imbalances(world.databaseUrl)).toEqual([])
const get = (requestId: string) => world.call('department', requestGet, { params: { requestId } })
const restore = (requestId: string, body: { expiresAt?: string } = {}) =>
  world.call('department', requestRestore, { params: { requestId }, body })
const purge = (requestId: string, confirmation: string) =>
  world.call('operator', requestPurge, { params: { requestId }, body: { confirmation } })
const retry = (requestId: string) => world.call('operator', requestRetry, { params: { requestId }, body: {} })
const powerOf = async (systemName: string) =>
  (
    await rowsOf<{ power: string }>(
      world.databaseUrl,
      `select case when s.powered then 'running' else 'stopped' end as power from sim.server s join sim.project p on p.id = s.project_id where p.name = $1`,
      [systemName],
    )
  ).map((it) => it.power)

/** Formal, given back, and in the recycle bin. */
const recycled = async (ask: Parameters<typeof formal>[1] = {}) => {
  const system = await createSystem(world)
  const { id } = await formal(world, { systemId: system.id, ...ask })
  const asked = await askReclaim(world, id)
  await world.requestIn(id, 'recycled')
  await world.requestIn(asked.id, 'completed')
  return { id, system }
}

const limitVcpusTo = (limit: number) =>
  world.call('operator', quotaSet, {
    params: { organisationId: world.province.department.id, measure: 'vcpu' },
    body: { limit },
  })

test('what was formal is stopped and kept, uncharged and out of the quota, and comes back as it was', async () => {
  const { id, system } = await recycled()
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
  expect(await powerOf(system.name)).toEqual(['stopped'])
  const kept = await get(id)
  expect(Math.round((Date.parse(kept.purgeAt ?? '') - world.clock.now().getTime()) / dayMs)).toBe(7)
  expect((await resourcesOf(world, id)).map((it) => it.state)).toEqual(['recycled', 'recycled', 'recycled'])
  await sound()
  const quoted = await world.call('department', requestRestoreQuote, { params: { requestId: id }, body: {} })
  expect(quoted).toMatchObject({ monthlyPriceYuanE4Before: 0, approvedByRule: true, refusals: [] })
  const asked = await restore(id)
  expect(asked).toMatchObject({ approvedByRule: true, lines: [{ change: { kind: 'restore' } }] })
  await world.requestIn(asked.id, 'completed')
  expect(await get(id)).toMatchObject({ state: 'formal', purgeAt: null })
  expect(await powerOf(system.name)).toEqual(['running'])
  const { id: resourceId } = await resourceOf(world, id, 'server')
  const { items } = await world.call('department', usageList, { query: { resourceId } })
  expect(items.filter((it) => it.endedAt === null).map((it) => it.phase)).toEqual(['formal', 'formal', 'formal'])
  await sound()
})

test('a restore that the quota has no room for is refused, and nothing is lost', async () => {
  const { id } = await recycled()
  const { items } = await world.call('operator', quotaList, {
    params: { organisationId: world.province.department.id },
  })
  await limitVcpusTo(items.find((it) => it.measure === 'vcpu')?.held ?? 0)
  expect(await problemOf(restore(id))).toMatchObject({ status: 422, code: 'quota-exceeded' })
  expect(await get(id)).toMatchObject({ state: 'recycled' })
  await limitVcpusTo(1_000_000)
})

test('a restore on a cloud that has no room goes back into the bin for the rest of its time, and is tried again', async () => {
  const { id, system } = await recycled()
  const before = await get(id)
  await world.fault({ call: 'servers.setPower', mode: 'quota' })
  const asked = await restore(id)
  expect(await world.requestIn(asked.id, 'delivery-failed')).toMatchObject({ fault: { code: 'cloud-quota-exceeded' } })
  expect(await world.requestIn(id, 'recycled')).toMatchObject({ purgeAt: before.purgeAt })
  expect(await powerOf(system.name)).toEqual(['stopped'])
  await retry(asked.id)
  await world.requestIn(id, 'formal')
  expect(await powerOf(system.name)).toEqual(['running'])
})

test('a server that cannot be stopped is tried again, or brought back', async () => {
  const system = await createSystem(world)
  const { id } = await formal(world, { systemId: system.id })
  await world.fault({ call: 'servers.setPower', mode: 'denied' })
  const asked = await askReclaim(world, id)
  await world.requestIn(id, 'recycle-failed')
  await world.requestIn(asked.id, 'delivery-failed')
  await retry(id)
  await world.requestIn(id, 'recycled')
  await world.requestIn(asked.id, 'completed')
  expect(await powerOf(system.name)).toEqual(['stopped'])
})

test('when its time is over it is wiped, seen to be gone, and recorded', async () => {
  const { id, system } = await recycled()
  const externalIds = (await resourcesOf(world, id)).map((it) => it.externalId).sort()
  world.shift(7 * dayMs - 60_000)
  await expire()
  expect(await get(id)).toMatchObject({ state: 'recycled' })
  world.shift(61_000)
  await expire()
  await world.requestIn(id, 'reclaimed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  const { items } = await world.call('department', wipeRecordList, { query: { systemId: system.id } })
  expect(items.map((it) => it.externalId).sort()).toEqual(externalIds)
  for (const it of items)
    expect(it).toMatchObject({
      method: 'deleted-by-cloud',
      evidence: { answered: 'absent' },
      wipedBy: expect.any(String),
    })
})

test('an operator purges before its time by typing what is lost, and a restore in waiting is void', async () => {
  const { id, system } = await recycled()
  const losses = (await world.call('operator', requestPurgeQuote, { params: { requestId: id } })).losses
  expect(losses.map((it) => it.kind).sort()).toEqual(['address', 'server', 'volume'])
  expect(await problemOf(purge(id, 'something else'))).toMatchObject({ code: 'confirmation-wrong' })
  await purge(id, system.name)
  await world.requestIn(id, 'reclaimed')
  expect(await problemOf(restore(id))).toMatchObject({ status: 409 })
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
})

test('a wipe that the cloud refuses, or only says it did, is no wipe: tried again until it is gone', async () => {
  const { id, system } = await recycled()
  const wiped = async () =>
    (await world.call('department', wipeRecordList, { query: { systemId: system.id } })).items.length
  await world.fault({ call: 'volumes.remove', mode: 'denied' })
  await purge(id, system.name)
  const refused = await world.requestIn(id, 'reclaimed', 'reclaim-failed')
  expect(refused).toMatchObject({ state: 'reclaim-failed', fault: { code: 'cloud-permission-missing' } })
  expect(await wiped()).toBe(0)
  altered.get = async (kind, externalId) => ({
    outcome: 'done',
    value: {
      kind,
      externalId,
      mark: null,
      name: '',
      projectId: null,
      state: 'active',
      nativeState: 'in-use',
      facts: {},
      createdAt: null,
    },
  })
  await retry(id)
  const fault = { code: 'cloud-still-shows-it' }
  await world.until(async () => (await get(id)).fault?.code === fault.code)
  expect(await wiped()).toBe(0)
  delete altered.get
  await retry(id)
  expect(await world.requestIn(id, 'reclaimed')).toMatchObject({ fault: null })
  expect(await wiped()).toBe(3)
})

test('past its end it runs on through its grace, charged, then goes into the bin; another end brings it back', async () => {
  const { id: organisationId } = world.province.operator
  const params = { organisationId }
  expect(await world.call('operator', processPolicyGet, { params })).toMatchObject({ graceDays: 3, recycleDays: 7 })
  await world.call('operator', processPolicySet, { params, body: { graceDays: 2, recycleDays: 30 } })
  const system = await createSystem(world)
  const expiresAt = new Date(world.clock.now().getTime() + dayMs).toISOString()
  const { id } = await formal(world, { systemId: system.id, expiresAt })
  world.shift(dayMs + 60_000)
  await expire()
  const graceEndsAt = new Date(Date.parse(expiresAt) + 2 * dayMs).toISOString()
  expect(await get(id)).toMatchObject({ state: 'formal', graceEndsAt })
  expect(await powerOf(system.name)).toEqual(['running'])
  world.shift(2 * dayMs)
  await expire()
  await world.requestIn(id, 'recycled')
  expect(await problemOf(restore(id))).toMatchObject({ status: 400, code: 'input-invalid' })
  const end = new Date(world.clock.now().getTime() + 30 * dayMs).toISOString()
  await world.requestIn((await restore(id, { expiresAt: end })).id, 'completed')
  expect(await get(id)).toMatchObject({ state: 'formal', expiresAt: end, graceEndsAt: null })
  await world.call('operator', processPolicySet, { params, body: { graceDays: 3, recycleDays: 7 } })
})

test('nobody but the operator purges, and nothing but what lies in the bin', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const states: RequestState[] = ['formal']
  expect(states).toContain((await get(id)).state)
  expect(await problemOf(purge(id, 'x'))).toMatchObject({ status: 409, code: 'step-not-allowed' })
  const byDepartment = world.call('department', requestPurge, {
    params: { requestId: id },
    body: { confirmation: 'x' },
  })
  expect(await problemOf(byDepartment)).toMatchObject({ status: 403 })
  const reclaim = await world.call('department', requestReclaim, { params: { requestId: id }, body: {} })
  await world.call('operator', requestApprove, { params: { requestId: reclaim.id }, body: {} })
  await world.requestIn(id, 'recycled')
})
