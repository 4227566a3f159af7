import {
  dataCentreList,
  linkList,
  nodeCreate,
  nodeList,
  type Organisation,
  offeringPlaces,
  platformGet,
  platformList,
  poolList,
  searchFind,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let platformId: string
let provider: Organisation
let ownNodeId: string
const act = programAct('test', 'demonstration.make', 'test')

beforeAll(async () => {
  world = await createWorld()
  const { rooms } = world.yiduo
  const place = {
    parentId: world.province.province.id,
    actor: 'provider',
    level: 'province',
    divisionCode: '320000',
  } as const
  provider = agreed(await rooms.organisations.create(act, { ...place, name: '云服务商甲' }))
  const rival = agreed(await rooms.organisations.create(act, { ...place, name: '云服务商乙' }))
  platformId = await connectTestCloud(world)
  agreed(await rooms.nodes.editPlatform(act, platformId, { providerOrganisationId: provider.id }, null, 'en'))
  const node = await world.call('operator', nodeCreate, {
    body: {
      code: 'supplied',
      name: '服务商节点',
      kind: 'provider',
      divisionCode: '320000',
      operatorOrganisationId: world.province.operator.id,
      providerOrganisationId: rival.id,
    },
  })
  ownNodeId = node.id
  await addPerson(world.yiduo, 'supplier', { role: 'provider', at: provider, reach: 'own' })
  await addPerson(world.yiduo, 'rival', { role: 'provider', at: rival, reach: 'own' })
})
afterAll(() => world[Symbol.asyncDispose]())

/** Everything of clouds that one person is shown, by id. */
const seenBy = async (login: string) => ({
  nodes: (await world.call(login, nodeList, {})).items.map(({ id }) => id),
  dataCentres: (await world.call(login, dataCentreList, {})).items.map(({ id }) => id),
  links: (await world.call(login, linkList, {})).items.map(({ id }) => id),
  platforms: (await world.call(login, platformList, {})).items.map(({ id }) => id),
  pools: [...new Set((await world.call(login, poolList, {})).items.map((it) => it.platformId))],
  places: (await world.call(login, offeringPlaces, { params: { offeringId: world.province.offering.id } })).items.map(
    (it) => it.platformId,
  ),
})

test('a provider sees the nodes and platforms that it supplies, and no other’s', async () => {
  const { node, dataCentre } = world.province
  const own = { dataCentres: [dataCentre.id], links: [], platforms: [platformId], pools: [platformId] }
  expect(await seenBy('supplier')).toEqual({ ...own, nodes: [node.id], places: [platformId] })
  const none = { dataCentres: [], links: [], platforms: [], pools: [], places: [] }
  expect(await seenBy('rival')).toEqual({ ...none, nodes: [ownNodeId] })
  expect(await seenBy('operator')).toMatchObject({ platforms: [platformId], nodes: [ownNodeId, node.id] })
})

test('what a provider is not shown it neither opens nor finds', async () => {
  const get = { params: { platformId } }
  expect(await world.call('supplier', platformGet, get)).toMatchObject({ id: platformId })
  expect(await problemOf(world.call('rival', platformGet, get))).toMatchObject({ status: 404, code: 'not-found' })
  const found = async (login: string, text: string) =>
    (await world.call(login, searchFind, { query: { text } })).groups.flatMap(({ items }) => items.map(({ id }) => id))
  expect(await found('supplier', '测试云平台')).toEqual([platformId])
  expect(await found('rival', '测试云平台')).toEqual([])
  expect(await found('rival', '省级核心节点')).toEqual([])
  expect(await found('supplier', '省级核心节点')).toEqual([world.province.node.id])
})

test('the provider of a node is an organisation that is one', async () => {
  const { operator, department } = world.province
  const body = { code: 'wrong', name: '错误节点', kind: 'provider' as const, divisionCode: '320000' }
  const made = world.call('operator', nodeCreate, {
    body: { ...body, operatorOrganisationId: operator.id, providerOrganisationId: department.id },
  })
  expect(await problemOf(made)).toMatchObject({ status: 400, code: 'organisation-not-provider' })
})
