import {
  type BodyOf,
  billGet,
  offeringEdit,
  offeringList,
  poolList,
  priceSet,
  quotaList,
  quotaSet,
  requestApprove,
  requestCreate,
  requestQuote,
  serverResize,
  systemCreate,
  systemQuotaList,
  systemQuotaRemove,
  systemQuotaSet,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import {
  askReclaim,
  bodyOf,
  createSystem,
  draft,
  formal,
  order,
  problemOf,
  resourceOf,
  submit,
  tested,
} from '../world/orders.ts'
import { prices } from '../world/small-province.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let platformId: string
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 4 })
  platformId = await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const setQuota = (measure: 'vcpu' | 'memory-gib' | 'volume-gib' | 'address', limit: number) =>
  world.call('operator', quotaSet, {
    params: { organisationId: world.province.department.id, measure },
    body: { limit },
  })
const held = async (measure: string): Promise<number> => {
  const params = { organisationId: world.province.department.id }
  const { items } = await world.call('department', quotaList, { params })
  return items.find((it) => it.measure === measure)?.held ?? Number.NaN
}
const approve = (requestId: string) => world.call('operator', requestApprove, { params: { requestId }, body: {} })
const quote = (body: ReturnType<typeof bodyOf>) => world.call('department', requestQuote, { body })
const editOffering = (body: BodyOf<typeof offeringEdit>) =>
  world.call('operator', offeringEdit, { params: { offeringId: world.province.offering.id }, body })
const large = () => world.province.plans.large.id

test('a quota that is set for the first time counts what is held already', async () => {
  await tested(world)
  expect((await setQuota('vcpu', 1_000)).held).toBe(1)
  expect((await setQuota('memory-gib', 1_000)).held).toBe(2)
  expect((await setQuota('volume-gib', 1_000)).held).toBe(30)
  expect((await setQuota('address', 1_000)).held).toBe(1)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a system’s own quota binds beside the organisation’s, is given back alike, and binds no other system', async () => {
  for (const measure of ['vcpu', 'memory-gib', 'volume-gib', 'address'] as const) await setQuota(measure, 1_000_000)
  const { id: systemId } = await createSystem(world)
  const params = { systemId, measure: 'vcpu' } as const
  const set = (limit: number) => world.call('operator', systemQuotaSet, { params, body: { limit } })
  const { id } = await tested(world, { systemId })
  expect(await problemOf(set(0))).toMatchObject({ code: 'quota-below-held' })
  expect(await set(1)).toMatchObject({ limit: 1, held: 1 })
  expect((await quote(bodyOf(world, { systemId }))).refusals).toMatchObject([{ code: 'system-quota-exceeded' }])
  expect((await quote(bodyOf(world))).refusals).toEqual([])

  await askReclaim(world, id)
  await world.requestIn(id, 'reclaimed')
  const { items } = await world.call('department', systemQuotaList, { params: { systemId } })
  expect(items).toMatchObject([{ measure: 'vcpu', limit: 1, held: 0 }])
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await set(0)
  expect(await problemOf(order(world, { systemId }))).toMatchObject({ status: 422, code: 'system-quota-exceeded' })
  await world.call('operator', systemQuotaRemove, { params })
  expect((await quote(bodyOf(world, { systemId }))).refusals).toEqual([])
})

test.each(['vcpu', 'memory-gib', 'volume-gib', 'address'] as const)(
  'a quota of %s that is used up refuses at the quote and at the sending, and holds nothing',
  async (measure) => {
    const before = (await setQuota(measure, 1_000)).held
    await setQuota(measure, before)
    expect((await quote(bodyOf(world))).refusals).toMatchObject([{ code: 'quota-exceeded' }])
    const { id } = await draft(world)
    expect(await problemOf(submit(world, id))).toMatchObject({ status: 422, code: 'quota-exceeded' })
    expect(await held(measure)).toBe(before)
    expect(await imbalances(world.databaseUrl)).toEqual([])
    await setQuota(measure, 1_000)
    await submit(world, id)
    await world.requestIn(id, 'testing')
    expect(await held(measure)).toBeGreaterThan(before)
  },
)

test('a quota that no longer suffices when it is approved refuses, and the request waits on', async () => {
  await setQuota('vcpu', 1_000)
  const { id } = await order(world, { planId: large(), quantity: 2 })
  await setQuota('vcpu', (await held('vcpu')) + 7)
  expect(await problemOf(approve(id))).toMatchObject({ status: 422, code: 'quota-exceeded' })
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await setQuota('vcpu', 1_000)
  await approve(id)
  await world.requestIn(id, 'testing')
})

test('two requests that are approved at once never take the same quota', async () => {
  await setQuota('vcpu', 1_000)
  const both = [
    await order(world, { planId: large(), quantity: 2 }),
    await order(world, { planId: large(), quantity: 2 }),
  ]
  await setQuota('vcpu', (await held('vcpu')) + 8)
  const answers = await Promise.allSettled(both.map(({ id }) => approve(id)))
  expect(answers.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
  const won = both[answers.findIndex((it) => it.status === 'fulfilled')]
  await world.requestIn(won?.id ?? '', 'testing')
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await setQuota('vcpu', 1_000)
})

test('a quota below what is held is refused', async () => {
  expect(await problemOf(setQuota('vcpu', (await held('vcpu')) - 1))).toMatchObject({
    status: 409,
    code: 'quota-below-held',
  })
})

test('a resize beyond the quota is refused and changes nothing', async () => {
  const { id } = await formal(world)
  const { id: serverId } = await resourceOf(world, id, 'server')
  await setQuota('vcpu', await held('vcpu'))
  const resize = world.call('department', serverResize, { params: { serverId }, body: { planId: large() } })
  expect(await problemOf(resize)).toMatchObject({ status: 422, code: 'quota-exceeded' })
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await setQuota('vcpu', 1_000)
})

test('a system graded above every platform finds none, and the reasons say why', async () => {
  const { department } = world.province
  const body = { organisationId: department.id, name: '四级系统', securityGrade: 4 }
  const system = await world.call('department', systemCreate, { body })
  const [refusal] = (await quote(bodyOf(world, { systemId: system.id }))).refusals
  expect(refusal).toMatchObject({ code: 'no-platform-fits', message: expect.stringContaining('×1') })
})

test('a platform that is asked for by name must be there', async () => {
  const there = await quote(bodyOf(world, { platformId }))
  expect(there.refusals).toEqual([])
  const gone = bodyOf(world, { platformId: 'plt_01ja8kz5v0e8y9m2n4p6q8r0st' })
  expect(await problemOf(quote(gone))).toMatchObject({ status: 404, code: 'not-found' })
})

test('an image or an offering that is not offered is refused by name', async () => {
  const body = bodyOf(world, { imageName: 'windows-95' })
  expect(await problemOf(world.call('department', requestCreate, { body }))).toMatchObject({
    status: 400,
    code: 'image-not-offered',
    detail: expect.stringContaining('windows-95'),
  })
})

test('a price list with a gap refuses at quote, sending and approval, and at the bill', async () => {
  const { componentIds, department } = world.province
  const setVcpuPrice = (monthlyPriceYuanE4: number | null) =>
    world.call('operator', priceSet, {
      body: {
        componentId: componentIds.vcpu,
        phase: 'formal',
        validFrom: world.clock.now().toISOString(),
        monthlyPriceYuanE4,
      },
    })
  const waiting = await order(world, { planId: large(), quantity: 2 })
  const drafted = await draft(world)
  const month = new Date(world.clock.now().getTime() + 8 * 3_600_000).toISOString().slice(0, 7)
  const bill = () => world.call('department', billGet, { params: { organisationId: department.id, month } })
  await bill()
  await setVcpuPrice(null)
  world.clock.shift(5_000)
  const missing = { status: 409, code: 'price-missing', detail: expect.stringContaining('C-vcpu') }
  expect((await quote(bodyOf(world))).refusals).toMatchObject([{ code: 'price-missing' }])
  expect(await problemOf(draft(world))).toMatchObject(missing)
  expect(await problemOf(submit(world, drafted.id))).toMatchObject(missing)
  expect(await problemOf(approve(waiting.id))).toMatchObject(missing)
  expect(await problemOf(bill())).toMatchObject(missing)
  await setVcpuPrice(prices.vcpu)
  expect((await quote(bodyOf(world))).monthlyPriceYuanE4).toBeGreaterThan(0)
})

test('a pool that is full refuses at the sending and at the approval', async () => {
  const free = async () => {
    const [pool] = (await world.call('operator', poolList, { query: { platformId } })).items
    return (pool?.vcpus.sellable ?? 0) - (pool?.vcpus.promised ?? 0)
  }
  const quantity = Math.floor((await free()) / 4)
  const [first, second] = [
    await order(world, { planId: large(), quantity }),
    await order(world, { planId: large(), quantity }),
  ]
  await approve(first.id)
  expect(await problemOf(approve(second.id))).toMatchObject({ status: 422, code: 'no-platform-fits' })
  expect((await quote(bodyOf(world, { planId: large() }))).refusals).toMatchObject([{ code: 'no-platform-fits' }])
  await world.requestIn(first.id, 'testing', 'delivery-failed')
})

test('who approves is judged when it is sent: what the rule let pass when it was drafted may need a person by then', async () => {
  const drafted = await draft(world)
  expect(drafted.approvedByRule).toBe(true)
  const ruleUpTo = (approvedByRuleUpToVcpus: number) => editOffering({ approvedByRuleUpToVcpus })
  await ruleUpTo(0)
  try {
    expect(await submit(world, drafted.id)).toMatchObject({ state: 'submitted', approvedByRule: false })
  } finally {
    await ruleUpTo(4)
  }
})

test('without a quota for everything no rule approves, however small it is', async () => {
  const { pool } = world.yiduo.database
  await pool.query(`delete from quotas where measure = 'volume-gib'`)
  expect((await quote(bodyOf(world))).approvedByRule).toBe(false)
  const { id } = await order(world)
  expect(await approve(id)).toMatchObject({ state: 'delivering' })
  await world.requestIn(id, 'testing')
  await setQuota('volume-gib', 1_000_000)
  expect((await quote(bodyOf(world))).approvedByRule).toBe(true)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a withdrawn offering is asked for and approved no more, and can be released again', async () => {
  await editOffering({ approvedByRuleUpToVcpus: 0 })
  const waiting = await order(world)
  expect(waiting.state).toBe('submitted')
  expect(await editOffering({ released: false })).toMatchObject({ released: false })
  try {
    expect((await world.call('department', offeringList, {})).items).toEqual([])
    expect(await problemOf(draft(world))).toMatchObject({ status: 409, code: 'offering-not-released' })
    expect(await problemOf(approve(waiting.id))).toMatchObject({ code: 'offering-not-released' })
  } finally {
    await editOffering({ released: true, approvedByRuleUpToVcpus: 4 })
  }
  expect((await approve(waiting.id)).state).toBe('delivering')
  await world.requestIn(waiting.id, 'testing')
  expect(
    await problemOf(
      world.call('city-operator', offeringEdit, {
        params: { offeringId: world.province.offering.id },
        body: { released: false },
      }),
    ),
  ).toMatchObject({ status: 403 })
})
