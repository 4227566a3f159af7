import {
  adviceList,
  billGet,
  budgetSet,
  operationList,
  operations,
  platformGet,
  powerScheduleCreate,
  requestGet,
  requestList,
  resourceGet,
  resourceList,
  rolePermissions,
  systemList,
  usageList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formal, resourceOf } from '../world/orders.ts'
import { methodOf, pathWith, problemIn, rawCall } from '../world/raw.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let things: Record<string, string>
beforeAll(async () => {
  world = await createWorld()
  const platformId = await connectTestCloud(world)
  const request = await formal(world)
  const { department, system, offering, dataCentre } = world.province
  const server = await resourceOf(world, request.id, 'server')
  const volume = await resourceOf(world, request.id, 'volume')
  const budget = await world.call('operator', budgetSet, {
    params: { organisationId: department.id },
    body: { period: '2026', amountYuanE4: 100 },
  })
  const schedule = await world.call('department', powerScheduleCreate, {
    body: { systemId: system.id, days: ['working-days'], stopAt: '20:00', startAt: '07:30' },
  })
  things = {
    powerScheduleId: schedule.id,
    budgetId: budget.id,
    organisationId: department.id,
    systemId: system.id,
    dataCentreId: dataCentre.id,
    platformId,
    offeringId: offering.id,
    requestId: request.id,
    lineId: request.lines[0]?.id ?? '',
    resourceId: server.id,
    serverId: server.id,
    volumeId: volume.id,
    addressId: (await resourceOf(world, request.id, 'address')).id,
    operationId: request.lines[0]?.operationIds[0] ?? '',
  }
})
afterAll(() => world[Symbol.asyncDispose]())

const snapshotId = 'snp_01ja8kz5v0e8y9m2n4p6q8r0st'

/** A body that is right as far as its form goes, so that only the thing itself is in question. */
const bodies: Readonly<Record<string, () => unknown>> = {
  'request.edit': () => ({
    systemId: world.province.system.id,
    lines: [{ planId: world.province.plans.small.id, name: '别人的' }],
  }),
  'collection.edit': () => ({ name: '别人的', requestIds: [things.requestId] }),
  'approval-route.edit': () => ({ name: '别人的', position: 1, conditions: {} }),
  'server.resize': () => ({ planId: world.province.plans.medium.id }),
  'server.add-volume': () => ({ name: '别人的', sizeGib: 1 }),
  'volume.extend': () => ({ sizeGib: 100 }),
  'volume.remove': () => ({ confirmation: '别人的' }),
  'server.rename': () => ({ name: '别人的' }),
  'volume.rename': () => ({ name: '别人的' }),
  'volume.take-snapshot': () => ({ name: '别人的' }),
  'volume.restore-snapshot': () => ({ snapshotId, confirmation: '别人的' }),
  'volume.remove-snapshot': () => ({ snapshotId, confirmation: '别人的' }),
  'power-schedule.edit': () => ({ days: ['working-days'], stopAt: '20:00', startAt: '07:30' }),
  'request.prolong': () => ({ expiresAt: null }),
  'request.transfer': () => ({ systemId: things.systemId }),
  'line.scale': () => ({ quantity: 2 }),
  'quota.set': () => ({ limit: 1 }),
  'request.purge': () => ({ confirmation: '别人的' }),
  'process-policy.set': () => ({ graceDays: 1, recycleDays: 1 }),
  'system-quota.set': () => ({ limit: 1 }),
  'discount.set': () => ({ validFrom: '2026-01', perMille: 100 }),
  'demand-plan.set': () => ({
    year: 2099,
    lines: [{ quarter: 1, offeringId: world.province.offering.id, measure: 'vcpu', quantity: 1 }],
  }),
  'budget.set': () => ({ period: '2026', amountYuanE4: 100 }),
  'bill.correct': () => ({ correctsMonth: '2026-01', amountYuanE4: 100, reason: '多收' }),
}
/** The same for what stands in the query. */
const queries: Readonly<Record<string, string>> = { 'request.attach': '?name=foreign.txt' }

// The catalogue is the whole province's.
const shared = new Set(['offering.get', 'offering.places', 'offering.edit', 'plan.create'])
const ownedBy = (login: 'other' | 'city-operator') =>
  operations.filter(
    (spec) =>
      spec.params &&
      !shared.has(spec.name) &&
      Object.keys(spec.params.properties).every((name) => name !== 'adviceId' && name !== 'grantId') &&
      rolePermissions[login === 'other' ? 'department' : 'operator'].includes(spec.name),
  )

const expectAbsent = async (login: string, spec: (typeof operations)[number]) => {
  const answer = await rawCall(world, methodOf(spec), pathWith(spec, things) + (queries[spec.name] ?? ''), {
    token: await world.tokenOf(login),
    ...(spec.body ? { body: bodies[spec.name.replace('quote-', '')]?.() ?? {} } : {}),
  })
  expect({ status: answer.status, code: problemIn(answer).code }).toEqual({ status: 404, code: 'not-found' })
}

test.each(ownedBy('other'))('to another department $name finds nothing', (spec) => expectAbsent('other', spec))

test.each(ownedBy('city-operator'))('to the operator of a city $name of the province’s things finds nothing', (spec) =>
  expectAbsent('city-operator', spec),
)

test('its owner finds every one of them', async () => {
  const { requestId = '', resourceId = '', organisationId = '', platformId = '' } = things
  expect(await world.call('department', requestGet, { params: { requestId } })).toMatchObject({ id: requestId })
  expect(await world.call('department', resourceGet, { params: { resourceId } })).toMatchObject({ id: resourceId })
  const month = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 7)
  expect(await world.call('department', billGet, { params: { organisationId, month } })).toMatchObject({ month })
  expect(await world.call('operator', platformGet, { params: { platformId } })).toMatchObject({ id: platformId })
})

const lists = [systemList, requestList, resourceList, operationList, usageList, adviceList]

test.each(lists)('$name shows each department its own only', async (spec) => {
  const { department, system } = world.province
  const owned = async (login: string) =>
    ((await world.as(login)).send(spec, {}) as Promise<{ items: { organisationId: string }[] }>).then(
      ({ items }) => items,
    )
  expect(await owned('other')).toEqual([])
  expect(await owned('city-department')).toEqual([])
  const seen = await owned('department')
  expect(seen.filter((it) => it.organisationId !== department.id)).toEqual([])
  if (spec !== adviceList) expect(seen.length).toBeGreaterThan(0)
  expect(system.organisationId).toBe(department.id)
})
