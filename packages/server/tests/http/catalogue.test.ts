import {
  componentCreate,
  componentList,
  offeringCreate,
  offeringGet,
  offeringList,
  offeringPlaces,
  organisationCreate,
  organisationList,
  planCreate,
  priceSet,
  systemCreate,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../world/orders.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

test('a plan’s price is what its parts cost now, and none while one of them has none', async () => {
  const { offering, componentIds, plans } = world.province
  const params = { offeringId: offering.id }
  const priceNow = async () =>
    (await world.call('department', offeringGet, { params })).plans.find((it) => it.id === plans.small.id)
      ?.monthlyPriceYuanE4
  expect(await priceNow()).toBe(400_000 + 2 * 150_000 + 20 * 3_000)
  const setPrice = (componentId: string, monthlyPriceYuanE4: number | null, inMs: number) =>
    world.call('operator', priceSet, {
      body: {
        componentId,
        phase: 'formal',
        validFrom: new Date(world.clock.now().getTime() + inMs).toISOString(),
        monthlyPriceYuanE4,
      },
    })
  await setPrice(componentIds['memory-gib'], 200_000, 60_000)
  await setPrice(componentIds.vcpu, null, 120_000)
  expect(await priceNow()).toBe(760_000)
  world.shift(60_000)
  expect(await priceNow()).toBe(860_000)
  world.shift(60_000)
  expect(await priceNow()).toBeNull()
})

test('a component measures one thing, and an offering meters each measure by a component of it', async () => {
  const { componentIds, offering } = world.province
  const body = {
    code: 'ecs-2',
    name: '云服务器二',
    kind: 'server' as const,
    imageNames: ['tiny-linux'],
    metering: { ...componentIds, address: componentIds.vcpu },
  }
  expect(await problemOf(world.call('operator', offeringCreate, { body }))).toMatchObject({
    status: 400,
    code: 'component-wrong',
    detail: expect.stringContaining('address'),
  })
  expect((await world.call('department', offeringList, {})).items.map((it) => it.id)).toEqual([offering.id])
})

test('where an offering can be had is said with the reason why not elsewhere, and follows what happens', async () => {
  const { offering, componentIds: metering, plans } = world.province
  const places = async (offeringId: string, login = 'department') =>
    (await world.call(login, offeringPlaces, { params: { offeringId } })).items
  expect(await places(offering.id)).toEqual([])
  const platformId = await connectTestCloud(world)
  const [place] = await places(offering.id)
  expect(place).toMatchObject({ platformId, nodeName: expect.any(String), reason: null })
  expect(place?.planIds).toContain(plans.small.id)
  const elsewhere = { kind: 'server' as const, imageNames: ['tiny-linux'], metering }
  const chips = await world.call('operator', offeringCreate, {
    body: { ...elsewhere, code: 'chips', name: '信创', architecture: 'loongarch64' },
  })
  const system = await world.call('operator', offeringCreate, {
    body: { ...elsewhere, code: 'image', name: '镜像', imageNames: ['nobody-has-this'] },
  })
  const reason = async (id: string) => (await places(id)).map((it) => ({ code: it.reason?.code, plans: it.planIds }))
  expect(await reason(chips.id)).toEqual([{ code: 'architecture-differs', plans: [] }])
  expect(await reason(system.id)).toEqual([{ code: 'image-missing', plans: [] }])
  await world.call('operator', planCreate, {
    params: { offeringId: offering.id },
    body: { code: 'huge', name: '超大', vcpus: 1024, memoryMib: 1_024, systemDiskGib: 10 },
  })
  expect((await places(offering.id))[0]?.planIds).toEqual(place?.planIds)
  expect(await problemOf(places('off_00000000000000000000000000'))).toMatchObject({ code: 'not-found' })
})

test('a code is given once', async () => {
  const taken = { status: 409, code: 'code-taken' }
  const component = { code: 'C-vcpu', name: 'again', measure: 'vcpu' as const }
  expect(await problemOf(world.call('operator', componentCreate, { body: component }))).toMatchObject(taken)
  const params = { offeringId: world.province.offering.id }
  const plan = { code: 'c1m2', name: 'again', vcpus: 1, memoryMib: 1_024, systemDiskGib: 10 }
  expect(await problemOf(world.call('operator', planCreate, { params, body: plan }))).toMatchObject(taken)
  expect((await world.call('department', componentList, {})).items).toHaveLength(4)
})

test('an organisation stands below one of its own or a higher level', async () => {
  const { city } = world.province
  const create = (parentId: string, name: string, level: 'province' | 'city' | 'county', divisionCode: string) =>
    world.call('operator', organisationCreate, { body: { parentId, name, actor: 'department', level, divisionCode } })
  const county = await create(city.id, '某县民政局', 'county', '320111')
  expect(await problemOf(create(county.id, '某市局', 'city', '320100'))).toMatchObject({
    status: 400,
    code: 'organisation-level-wrong',
  })
  expect(await problemOf(create(city.id, '某县民政局', 'county', '320111'))).toMatchObject({
    status: 409,
    code: 'organisation-name-taken',
  })
  const below = await world.call('operator', organisationList, { query: { parentId: city.id, limit: 500 } })
  expect(below.items.map((it) => it.name)).toContain('某县民政局')
})

test('one name a system in an organisation, and the same name elsewhere', async () => {
  const { department, otherDepartment } = world.province
  const create = (login: string, organisationId: string) =>
    world.call(login, systemCreate, { body: { organisationId, name: '低保核对系统', securityGrade: 2 } })
  expect(await problemOf(create('department', department.id))).toMatchObject({ status: 409, code: 'system-name-taken' })
  await create('other', otherDepartment.id)
  expect(await problemOf(create('other', department.id))).toMatchObject({ status: 404 })
})
