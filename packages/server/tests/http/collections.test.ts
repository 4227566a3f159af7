import {
  type Collection,
  collectionApprove,
  collectionCreate,
  collectionDiscard,
  collectionEdit,
  collectionGet,
  collectionReject,
  collectionReturn,
  collectionSubmit,
  measures,
  noticeList,
  type Organisation,
  organisationAbolish,
  quotaList,
  requestApprove,
  requestCreate,
  requestDiscard,
  requestFailTest,
  requestForward,
  requestGet,
  requestList,
  requestPassTest,
  requestReturn,
  requestSubmit,
  resourceList,
  type ServiceRequest,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { imbalances } from '../world/books.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
const units = new Map<string, { organisation: Organisation; systemId: string }>()

beforeAll(async () => {
  world = await createWorld({
    ruleVcpus: 2,
    cloud: { hosts: [{ prefix: 'h', count: 4, vcpus: 32, memoryMib: 131_072, diskGib: 4_000 }] },
  })
  await connectTestCloud(world)
  const { yiduo, province } = world
  const act = programAct('test', 'demonstration.make', 'test')
  const organisation = async (parentId: string, name: string, level: Organisation['level'], consolidates = false) =>
    agreed(
      await yiduo.rooms.organisations.create(act, {
        ...{ parentId, name, level, consolidates },
        actor: level === 'county' && name.endsWith('县') ? 'authority' : 'department',
        divisionCode: '320124',
      }),
    )
  const county = await organisation(province.city.id, '某县', 'county')
  const bureau = await organisation(county.id, '某县大数据局', 'county', true)
  await addPerson(yiduo, 'bureau', { role: 'department', at: bureau, reach: 'own' })
  const agriculture = await organisation(county.id, '某县农业农村局', 'county')
  const health = await organisation(county.id, '某县卫健局', 'county')
  const township = await organisation(county.id, '某镇', 'township')
  for (const [login, it] of Object.entries({ bureau, agriculture, health, township })) {
    if (login !== 'bureau') await addPerson(yiduo, login, { role: 'department', at: it, reach: 'own' })
    for (const measure of measures) agreed(await yiduo.rooms.quota.set(act, it.id, measure, { limit: 1_000 }))
    const system = { organisationId: it.id, name: `${it.name}系统`, securityGrade: 2 }
    units.set(login, { organisation: it, systemId: agreed(await yiduo.rooms.systems.create(act, system)).id })
  }
})
afterAll(() => world[Symbol.asyncDispose]())

const draftOf = (login: string, lines = 1): Promise<ServiceRequest> =>
  world.call(login, requestCreate, {
    body: {
      systemId: units.get(login)?.systemId ?? '',
      lines: Array.from({ length: lines }, (_, index) => ({
        planId: world.province.plans.small.id,
        name: `服务器${index + 1}`,
      })),
    },
  })
const sent = async (login: string, lines = 1): Promise<ServiceRequest> =>
  world.call(login, requestSubmit, { params: { requestId: (await draftOf(login, lines)).id }, body: {} })
const look = (login: string, requestId: string) => world.call(login, requestGet, { params: { requestId } })
const collect = (...requests: ServiceRequest[]): Promise<Collection> =>
  world.call('bureau', collectionCreate, { body: { name: '本月汇总', requestIds: requests.map(({ id }) => id) } })
const act = (
  login: string,
  verb: typeof collectionSubmit | typeof collectionReturn | typeof collectionReject | typeof collectionDiscard,
  { id }: Collection,
) => world.call(login, verb, { params: { collectionId: id }, body: { remark: '说明' } })
const held = async (login: string): Promise<number> => {
  const { items } = await world.call(login, quotaList, {
    params: { organisationId: units.get(login)?.organisation.id ?? '' },
  })
  return items.find(({ measure }) => measure === 'vcpu')?.held ?? Number.NaN
}

test('what a county asks for waits at its bureau, however small it is, and the city cannot decide on it yet', async () => {
  const request = await sent('agriculture')
  expect(request).toMatchObject({
    state: 'collecting',
    approvedByRule: false,
    stages: [{ name: '县级归集', state: 'open', seats: [{ party: 'bureau' }] }],
  })
  const inbox = await world.call('bureau', requestList, { query: { waitingForMe: true } })
  expect(inbox.items.map(({ id }) => id)).toContain(request.id)
  const early = world.call('city-operator', requestApprove, { params: { requestId: request.id }, body: {} })
  expect(await problemOf(early)).toMatchObject({ status: 409, code: 'step-not-allowed' })
  const other = world.call('health', requestForward, { params: { requestId: request.id }, body: {} })
  expect(await problemOf(other)).toMatchObject({ status: 404 })
  const own = world.call('agriculture', requestForward, { params: { requestId: request.id }, body: {} })
  expect(await problemOf(own)).toMatchObject({ status: 403, code: 'request-of-another-operator' })
})

test('the bureau sends one on by itself, and where a rule approves it is built at once', async () => {
  const request = await sent('township')
  const forwarded = await world.call('bureau', requestForward, { params: { requestId: request.id }, body: {} })
  expect(forwarded).toMatchObject({ state: 'delivering', approvedByRule: true })
  await world.requestIn(request.id, 'testing')
})

test('a bureau decides what goes on, and does nothing else in the place of those who asked', async () => {
  const request = await sent('agriculture')
  const call = { params: { requestId: request.id }, body: {} }
  expect(await problemOf(world.call('bureau', requestDiscard, call))).toMatchObject({ status: 404 })
  await world.call('bureau', requestForward, call)
  await world.requestIn(request.id, 'testing')
  expect(await problemOf(world.call('bureau', requestFailTest, call))).toMatchObject({ status: 404 })
  expect(await problemOf(world.call('bureau', requestPassTest, call))).toMatchObject({ status: 404 })
})

test('the bureau returns what is not in order, and it comes to the bureau again', async () => {
  const { id } = await sent('health')
  const returned = await world.call('bureau', requestReturn, { params: { requestId: id }, body: { remark: '补材料' } })
  expect(returned).toMatchObject({ state: 'returned' })
  const again = await world.call('health', requestSubmit, { params: { requestId: id }, body: {} })
  expect(again).toMatchObject({ state: 'collecting', stages: [{ state: 'ended' }, { state: 'open' }] })
  expect(await world.call('health', requestDiscard, { params: { requestId: id }, body: {} })).toMatchObject({
    state: 'discarded',
    stages: [{ state: 'ended' }, { state: 'ended' }],
  })
})

test('requests of three units go to the city as one, and each keeps its own resources, quota and cost', async () => {
  const before = { agriculture: await held('agriculture'), health: await held('health') }
  const requests = [await sent('agriculture', 2), await sent('health'), await sent('township')] as const
  const collection = await collect(...requests)
  expect(collection.monthlyPriceYuanE4).toBe(requests.reduce((sum, it) => sum + it.monthlyPriceYuanE4, 0))
  expect(collection.members.map((it) => [it.organisationName, it.state])).toEqual([
    ['某县农业农村局', 'consolidated'],
    ['某县卫健局', 'consolidated'],
    ['某镇', 'consolidated'],
  ])
  expect(await problemOf(collect(requests[0]))).toMatchObject({ code: 'request-not-collectable' })
  expect(await act('bureau', collectionSubmit, collection)).toMatchObject({ state: 'submitted' })
  const [first, second] = requests[0].lines
  const approved = await world.call('city-operator', collectionApprove, {
    params: { collectionId: collection.id },
    body: { remark: '同意，其余缓办', exceptLineIds: [second?.id ?? '', requests[2].lines[0]?.id ?? ''] },
  })
  expect(approved).toMatchObject({ state: 'approved' })
  const delivered = await world.requestIn(requests[0].id, 'testing')
  expect(delivered.lines.map((line) => line.state)).toEqual(['delivered', 'refused'])
  expect(delivered.monthlyPriceYuanE4).toBe(first?.monthlyPriceYuanE4)
  await world.requestIn(requests[1].id, 'testing')
  expect(await look('township', requests[2].id)).toMatchObject({ state: 'rejected' })
  expect(await held('agriculture')).toBe(before.agriculture + 1)
  expect(await held('health')).toBe(before.health + 1)
  const owned = await world.call('agriculture', resourceList, { query: { requestId: requests[0].id } })
  expect(new Set(owned.items.map((it) => it.organisationId))).toEqual(
    new Set([units.get('agriculture')?.organisation.id]),
  )
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a collection that is returned is changed by its bureau: what is left out waits there again', async () => {
  const [one, two] = [await sent('agriculture'), await sent('health')]
  const collection = await collect(one, two)
  await act('bureau', collectionSubmit, collection)
  expect(await act('city-operator', collectionReturn, collection)).toMatchObject({ state: 'returned' })
  const edited = await world.call('bureau', collectionEdit, {
    params: { collectionId: collection.id },
    body: { name: '改后', requestIds: [two.id] },
  })
  expect(edited.members.map((it) => it.requestId)).toEqual([two.id])
  expect(await look('agriculture', one.id)).toMatchObject({ state: 'collecting', collectionId: null })
  expect((await act('bureau', collectionSubmit, collection)).stages.map((it) => it.round)).toEqual([1, 2])
  expect(await act('city-operator', collectionReject, collection)).toMatchObject({ state: 'rejected' })
  expect(await look('health', two.id)).toMatchObject({ state: 'rejected' })
})

test('the bureau is told what comes to it, the city what the bureau sends, and the bureau what comes back', async () => {
  const request = await sent('health')
  const collection = await collect(request)
  await act('bureau', collectionSubmit, collection)
  await act('city-operator', collectionReturn, collection)
  const told = (login: string, subject: string) =>
    world.until(async () => {
      await world.yiduo.reconcilers.runNow('notices')
      const { items } = await world.call(login, noticeList, { query: { limit: 500 } })
      const codes = items.filter((it) => it.subject === subject).map((it) => it.code)
      return codes.length > 0 && codes
    })
  expect(await told('bureau', request.id)).toEqual(['request-to-decide'])
  expect(await told('city-operator', collection.id)).toEqual(['collection-to-decide'])
  expect(await told('bureau', collection.id)).toEqual(['collection-returned'])
})

test('a dissolved collection leaves nothing behind that nobody can move', async () => {
  const request = await sent('agriculture')
  const collection = await collect(request)
  expect(
    await problemOf(world.call('agriculture', collectionGet, { params: { collectionId: collection.id } })),
  ).toMatchObject({ status: 404 })
  expect(await act('bureau', collectionDiscard, collection)).toMatchObject({ state: 'discarded' })
  expect(await look('agriculture', request.id)).toMatchObject({ state: 'collecting' })
  const forwarded = await world.call('bureau', requestForward, { params: { requestId: request.id }, body: {} })
  expect(forwarded.state).toBe('delivering')
})

test('one member over its quota keeps the whole from being approved, is named, and can be left out', async () => {
  const admin = programAct('test', 'demonstration.make', 'test')
  const [one, two] = [await sent('agriculture'), await sent('health')]
  const collection = await collect(one, two)
  await act('bureau', collectionSubmit, collection)
  const organisationId = units.get('health')?.organisation.id ?? ''
  agreed(await world.yiduo.rooms.quota.set(admin, organisationId, 'vcpu', { limit: await held('health') }))
  const approve = (exceptLineIds: string[]) =>
    world.call('city-operator', collectionApprove, {
      params: { collectionId: collection.id },
      body: exceptLineIds.length > 0 ? { exceptLineIds } : {},
    })
  const problem = await problemOf(approve([]))
  expect(problem).toMatchObject({ status: 422, code: 'member-refused' })
  expect(problem.detail).toContain('某县卫健局')
  expect(await look('agriculture', one.id)).toMatchObject({ state: 'consolidated' })
  await approve(two.lines.map(({ id }) => id))
  await world.requestIn(one.id, 'testing')
  expect(await look('health', two.id)).toMatchObject({ state: 'rejected' })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a bureau that is abolished while its county’s requests are on their way leaves them to its successor', async () => {
  const { yiduo, province } = world
  const admin = programAct('test', 'demonstration.make', 'test')
  const quota = { params: { organisationId: units.get('health')?.organisation.id ?? '' } }
  expect((await world.call('health', quotaList, quota)).items).toHaveLength(measures.length)
  const waiting = await sent('agriculture')
  const returned = await collect(await sent('township'))
  await act('bureau', collectionSubmit, returned)
  await act('city-operator', collectionReturn, returned)
  const county = units.get('agriculture')?.organisation.parentId ?? ''
  const bureau = units.get('bureau')?.organisation
  const make = async (name: string, consolidates: boolean) =>
    agreed(
      await yiduo.rooms.organisations.create(admin, {
        ...{ parentId: county, name, consolidates, level: 'county', divisionCode: '320124' },
        actor: 'department',
      }),
    )
  const successor = await make('某区数据局', true)
  const abolish = (successorId: string) =>
    yiduo.rooms.abolition.abolish({ ...admin, operation: organisationAbolish.name }, bureau?.id ?? '', { successorId })
  expect(await abolish(province.cityDepartment.id)).toMatchObject({ refused: { code: 'successor-unsuitable' } })
  const ended = agreed(await abolish(successor.id))
  expect(ended).toMatchObject({ successorId: successor.id })
  expect(await abolish(successor.id)).toMatchObject({ refused: { code: 'organisation-ended' } })
  await addPerson(yiduo, 'new-bureau', { role: 'department', at: successor, reach: 'own' })
  world.shift(0)
  expect(await problemOf(world.call('bureau', collectionGet, { params: { collectionId: returned.id } }))).toMatchObject(
    {
      code: 'not-permitted',
    },
  )
  const forwarded = await world.call('new-bureau', requestForward, { params: { requestId: waiting.id }, body: {} })
  expect(['submitted', 'delivering']).toContain(forwarded.state)
  expect(await act('new-bureau', collectionSubmit, returned)).toMatchObject({ state: 'submitted' })
  const next = await sent('township')
  expect(next.stages.at(-1)?.seats[0]?.organisationId).toBe(successor.id)
  const inUse = yiduo.rooms.abolition.abolish(
    { ...admin, operation: organisationAbolish.name },
    quota.params.organisationId,
    {
      successorId: units.get('agriculture')?.organisation.id ?? '',
    },
  )
  expect(await inUse).toMatchObject({ refused: { code: 'organisation-in-use' } })
})
