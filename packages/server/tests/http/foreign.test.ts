import {
  adviceList,
  billGet,
  budgetSet,
  demandPlanSet,
  findingRaise,
  grantList,
  identityProviderCreate,
  operationList,
  operations,
  personList,
  platformGet,
  powerScheduleCreate,
  requestGet,
  requestList,
  resourceGet,
  resourceList,
  roles,
  systemList,
  usageList,
  webhookCreate,
} from '@yiduo/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formal, resourceOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { mayBy } from '../world/permissions.ts'
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
  const [person] = (await world.call('sysadmin', personList, { query: { organisationId: department.id } })).items
  const [grant] = (await world.call('secadmin', grantList, { query: { personId: person?.id ?? '' } })).items
  const webhook = await world.call('department', webhookCreate, {
    body: { organisationId: department.id, endpoint: 'https://example.com/' },
  })
  const plan = await world.call('department', demandPlanSet, {
    params: { organisationId: department.id },
    body: { year: 2098, lines: [{ quarter: 1, offeringId: offering.id, measure: 'vcpu', quantity: 1 }] },
  })
  await addPerson(world.yiduo, 'watch', { role: 'security-operator', at: world.province.province, reach: 'all' })
  const finding = await world.call('watch', findingRaise, {
    body: { subject: system.id, title: '弱口令', detail: '管理口可猜', severity: 'high' },
  })
  const provider = await world.call('sysadmin', identityProviderCreate, {
    body: {
      ...{ code: 'ca', name: '省政务 CA', settings: { kind: 'certificate', authorities: null } },
      claims: { login: 'serialNumber', name: 'CN', organisation: null, roles: null },
    },
  })
  things = {
    identityProviderId: provider.id,
    findingId: finding.id,
    webhookId: webhook.id,
    demandPlanId: plan.id,
    personId: person?.id ?? '',
    grantId: grant?.id ?? '',
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
  'identity-provider.set-rules': () => ({
    ...{ newcomers: 'refuse', adopts: false, organisationId: null, organisations: [], roles: [] },
  }),
  'request.edit': () => ({
    systemId: world.province.system.id,
    lines: [{ planId: world.province.plans.small.id, name: '别人的' }],
  }),
  'collection.edit': () => ({ name: '别人的', requestIds: [things.requestId] }),
  'advice.dismiss': () => ({ remark: '' }),
  'advice.assign': () => ({ ownerId: things.personId, dueOn: '2099-01-01' }),
  'advice.decline': () => ({ reason: '别人的' }),
  'finding.order': () => ({ dueOn: '2099-01-01' }),
  'finding.answer': () => ({ answer: '别人的' }),
  'service-token.create': () => ({ name: '别人的', operations: ['system.list'], expiresAt: '2027-01-01T00:00:00Z' }),
  'organisation.abolish': () => ({ successorId: world.province.city.id }),
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
      Object.keys(spec.params.properties).every((name) => name !== 'adviceId') &&
      mayBy(login === 'other' ? 'department' : 'operator', spec.name),
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

// ── every role, of another organisation ──

/** Of the whole province, or of the caller alone; nobody's but theirs. */
const commons = new Set([...shared, 'working-day.set', 'price.set'])
const withThing = operations.filter((spec) => spec.access === undefined && spec.params && !commons.has(spec.name))

const needed: Readonly<Record<string, string>> = {
  'search.find': '?text=%E6%A0%B8%E5%AF%B9',
  'working-day.list': '?year=2027',
  'bill.summary': '?month=2026-01',
  'demand-plan.compare': '?year=2027',
  'request.attach': '?name=foreign.txt',
}
const ask = async (login: string, spec: (typeof operations)[number], given: Readonly<Record<string, string>> = {}) =>
  rawCall(world, methodOf(spec), pathWith(spec, given) + (needed[spec.name] ?? ''), {
    token: await world.tokenOf(login),
    ...(spec.body ? { body: bodies[spec.name.replace('quote-', '')]?.() ?? {} } : {}),
  })

describe.each(roles)('a person with the role %s over another city', (role) => {
  const login = `city-${role}-2`
  beforeAll(() => addPerson(world.yiduo, login, { role, at: world.province.city, reach: 'subtree' }))

  test('is told the same of what is there and of what is not', { timeout: 120_000 }, async () => {
    const told: unknown[] = []
    for (const spec of withThing) {
      const [there, nowhere] = [await ask(login, spec, things), await ask(login, spec)]
      const expected = mayBy(role, spec.name) ? [404, 'not-found'] : [403, 'not-permitted']
      for (const it of [there, nowhere])
        if (it.status !== expected[0] || problemIn(it).code !== expected[1])
          told.push([spec.name, it.status, problemIn(it).code, problemIn(it).detail])
    }
    expect(told).toEqual([])
  })

  test('finds nothing of it in any list', async () => {
    const own = Object.entries(things).filter(([name]) => !['offeringId', 'dataCentreId'].includes(name))
    const shown: unknown[] = []
    for (const spec of operations.filter(
      (it) => it.http.startsWith('GET') && !it.params && it.name !== 'event.stream' && mayBy(role, it.name),
    )) {
      const answer = await ask(login, spec)
      expect([spec.name, answer.status]).toEqual([spec.name, 200])
      const text = JSON.stringify(answer.body)
      shown.push(...own.filter(([, id]) => text.includes(id)).map(([name]) => [spec.name, name]))
    }
    expect(shown).toEqual([])
  })
})

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
