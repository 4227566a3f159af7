import {
  type DemandPlan,
  demandPlanAccept,
  demandPlanCompare,
  demandPlanGet,
  demandPlanList,
  demandPlanReturn,
  demandPlanSet,
  demandPlanSubmit,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formal, problemOf } from '../world/orders.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ startsAt: new Date('2026-11-01T00:00:00Z') })
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const year = 2027
const set = (login: string, organisationId: string, quantity: number, quarter = 2): Promise<DemandPlan> =>
  world.call(login, demandPlanSet, {
    params: { organisationId },
    body: { year, lines: [{ quarter, offeringId: world.province.offering.id, measure: 'vcpu', quantity }] },
  })
const compare = async (query: { submitted?: boolean } = {}, login = 'operator') =>
  (await world.call(login, demandPlanCompare, { query: { year, ...query } })).items

test('a plan is written, sent, returned, changed, sent again and accepted, and no step comes out of its order', async () => {
  const { department } = world.province
  const { id: demandPlanId } = await set('department', department.id, 10)
  const params = { demandPlanId }
  const submit = () => world.call('department', demandPlanSubmit, { params, body: {} })
  const accept = () => world.call('operator', demandPlanAccept, { params, body: {} })
  expect(await problemOf(accept())).toMatchObject({ status: 409, code: 'demand-plan-step-not-allowed' })
  expect(await submit()).toMatchObject({ state: 'submitted' })
  expect(await problemOf(set('department', department.id, 11))).toMatchObject({ code: 'demand-plan-step-not-allowed' })
  const returned = await world.call('operator', demandPlanReturn, { params, body: { remark: '请细化' } })
  expect(returned).toMatchObject({ state: 'returned', remark: '请细化' })
  expect(await set('department', department.id, 20)).toMatchObject({ id: demandPlanId, state: 'draft' })
  await submit()
  expect(await accept()).toMatchObject({ state: 'accepted', lines: [{ quantity: 20 }] })
  expect((await world.call('other', demandPlanList, {})).items).toEqual([])
  expect(await problemOf(world.call('other', demandPlanGet, { params }))).toMatchObject({ code: 'not-found' })
  const late = world.call('department', demandPlanSet, {
    params: { organisationId: department.id },
    body: { year: 2025, lines: [{ quarter: 1, offeringId: world.province.offering.id, measure: 'vcpu', quantity: 1 }] },
  })
  expect(await problemOf(late)).toMatchObject({ code: 'input-invalid' })
})

test('what is planned stands against what can be sold and is free, by city, with the shortage and its quarter', async () => {
  const province = (items: Awaited<ReturnType<typeof compare>>) =>
    items.find((it) => it.divisionCode === '320000' && it.measure === 'vcpu')
  const before = province(await compare())
  expect(before).toMatchObject({ sellable: 32, promised: 0, free: 32, demand: [0, 20, 20, 20], shortFromQuarter: null })
  await formal(world)
  const { otherDepartment, cityDepartment } = world.province
  const other = await set('other', otherDepartment.id, 15, 3)
  await world.call('other', demandPlanSubmit, { params: { demandPlanId: other.id }, body: {} })
  expect(province(await compare())).toMatchObject({ promised: 1, free: 31, shortage: 0 })
  expect(province(await compare({ submitted: true }))).toMatchObject({
    demand: [0, 20, 35, 35],
    shortage: 4,
    shortFromQuarter: 3,
  })
  const city = await set('city-department', cityDepartment.id, 2)
  await world.call('city-department', demandPlanSubmit, { params: { demandPlanId: city.id }, body: {} })
  await world.call('city-operator', demandPlanAccept, { params: { demandPlanId: city.id }, body: {} })
  // The city has no node of its own yet; its operator sees its own plans only.
  expect(await compare({}, 'city-operator')).toMatchObject([
    { divisionCode: '320100', sellable: 0, demand: [0, 2, 2, 2], shortage: 2, shortFromQuarter: 2 },
  ])
})
