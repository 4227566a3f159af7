import {
  organisationList,
  personList,
  requestList,
  resourceList,
  type SearchKind,
  type SearchResult,
  searchFind,
  systemCreate,
  systemList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSystem, order, resourceOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rawCall } from '../world/raw.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let requestId = ''
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
  await addPerson(world.yiduo, 'guard', { role: 'security-admin', at: world.province.province, reach: 'all' })
  const system = await createSystem(world, '不动产登记系统')
  await createSystem(world, '不动产登记')
  await createSystem(world, '省不动产登记备份')
  const { cityDepartment } = world.province
  await world.call('city-department', systemCreate, {
    body: { organisationId: cityDepartment.id, name: '市不动产登记系统', securityGrade: 2 },
  })
  requestId = (await order(world, { systemId: system.id, name: '登记库' })).id
  await world.requestIn(requestId, 'testing')
})
afterAll(() => world[Symbol.asyncDispose]())

const find = (login: string, text: string, limit = 5): Promise<SearchResult> =>
  world.call(login, searchFind, { query: { text, limit } })

const namesOf = async (login: string, text: string, kind: SearchKind): Promise<string[]> =>
  ((await find(login, text)).groups.find((it) => it.kind === kind)?.items ?? []).map((it) => it.name)

const kindsOf = async (login: string, text: string): Promise<string[]> =>
  (await find(login, text)).groups.map((it) => it.kind)

test('what is called just so comes first, then what begins so, then what holds it', async () => {
  expect(await namesOf('department', '不动产登记', 'system')).toEqual([
    '不动产登记',
    '不动产登记系统',
    '省不动产登记备份',
  ])
  const { groups } = await find('department', '不动产登记', 1)
  expect(groups.find((it) => it.kind === 'system')).toMatchObject({ items: [{ name: '不动产登记' }], more: true })
})

test('a word of two characters is found, in whatever letters it was typed', async () => {
  expect(await namesOf('department', '备份', 'system')).toEqual(['省不动产登记备份'])
  expect(await namesOf('department', ' ECS ', 'offering')).toEqual(['云服务器'])
  expect(await namesOf('operator', 'Test-Cloud', 'platform')).toEqual(['测试云平台'])
})

test('nobody finds what their lists do not show', async () => {
  expect(await namesOf('city-department', '不动产', 'system')).toEqual(['市不动产登记系统'])
  expect(await namesOf('other', '不动产', 'system')).toEqual([])
  expect((await namesOf('city-operator', '不动产', 'system')).length).toBe(1)
  expect((await namesOf('operator', '不动产', 'system')).length).toBe(4)
  expect(await kindsOf('department', 'department')).toEqual([])
  expect(await kindsOf('operator', 'department')).toEqual(['person'])
  expect(await kindsOf('guard', '不动产')).toEqual([])
  expect(await namesOf('guard', '民政', 'organisation')).toEqual(['市民政局', '省民政厅'])
  expect(await kindsOf('other', requestId)).toEqual([])
})

test('a request is found by its system and by how its id begins', async () => {
  const named = (await find('department', '不动产登记系统')).groups.find((it) => it.kind === 'request')
  expect(named?.items).toMatchObject([
    { id: requestId, name: '不动产登记系统', note: '登记库', organisationName: '省民政厅' },
  ])
  const begun = (await find('operator', requestId.slice(0, 20).toUpperCase().replace('REQ', 'req'))).groups
  expect(begun.map((it) => it.kind)).toEqual(['request'])
})

test('a resource is found by its name, its address, the cloud’s own id and ours', async () => {
  const server = await resourceOf(world, requestId, 'server')
  const address = await resourceOf(world, requestId, 'address')
  const at = String(address.observed?.address)
  for (const text of [server.name, server.id, server.id.slice(0, 24), server.externalId?.slice(0, 8) ?? ''])
    expect((await find('department', text)).groups.flatMap((it) => it.items.map(({ id }) => id))).toContain(server.id)
  expect((await find('department', at)).groups.flatMap((it) => it.items.map(({ id }) => id))).toContain(address.id)
  expect(await kindsOf('other', at)).toEqual([])
  expect(await kindsOf('department', server.id.replace('srv_', 'vol_'))).toEqual([])
})

test('lists are cut by the same text, page by page', async () => {
  const systems = await world.call('operator', systemList, { query: { text: '不动产', limit: 3 } })
  expect(systems.items.length).toBe(3)
  const rest = await world.call('operator', systemList, { query: { text: '不动产', cursor: systems.nextCursor ?? '' } })
  expect(rest.items.map((it) => it.name)).toEqual(['不动产登记系统'])
  const requests = await world.call('operator', requestList, { query: { text: '不动产' } })
  expect(requests.items.map((it) => it.id)).toEqual([requestId])
  const resources = await world.call('operator', resourceList, { query: { text: '登记库', kind: 'server' } })
  expect(resources.items.length).toBe(1)
  const organisations = await world.call('operator', organisationList, { query: { text: '水利' } })
  expect(organisations.items.map((it) => it.name)).toEqual(['省水利厅'])
  const people = await world.call('operator', personList, { query: { text: 'city-' } })
  expect(people.items.map((it) => it.login).sort()).toEqual(['city-department', 'city-operator'])
})

test('a text that too many names hold finds the same as one that few hold', async () => {
  const { otherDepartment } = world.province
  const [{ id } = { id: '' }] = await rowsOf<{ id: string }>(
    world.databaseUrl,
    'select id::text from organisations where name = $1',
    [otherDepartment.name],
  )
  await rowsOf(
    world.databaseUrl,
    `insert into business_systems (id, organisation_id, name, security_grade, data_class, recovery_mode, zone, created_at)
     select gen_random_uuid(), $1, '水库监测' || n, 2, 'general', 'none', 'public', now() from generate_series(1, 2100) n`,
    [id],
  )
  expect(await namesOf('operator', '水库监测7', 'system')).toHaveLength(5)
  expect((await namesOf('other', '水库监测', 'system')).length).toBe(5)
  expect(await namesOf('other', '水库监测1234', 'system')).toEqual(['水库监测1234'])
  expect((await namesOf('operator', '水库监测77', 'system'))[0]).toBe('水库监测77')
  expect(await namesOf('department', '水库监测', 'system')).toEqual([])
  const page = await world.call('operator', systemList, { query: { text: '水库监测', limit: 500 } })
  expect(page.items.length).toBe(500)
})

test('signs that a pattern would understand are but signs', async () => {
  for (const text of ['%%', '__', "';--", '\\x', '🌊🌊', 'a'.repeat(120)])
    expect((await find('operator', text)).groups).toEqual([])
  for (const text of ['a', ' a ', '\u0002\u0003', 'a'.repeat(121), ''])
    expect(
      (
        await rawCall(world, 'GET', `/api/v1/search?text=${encodeURIComponent(text)}`, {
          token: await world.tokenOf('operator'),
        })
      ).status,
    ).toBe(400)
})
