import {
  type Finding,
  findingAnswer,
  findingClose,
  findingGet,
  findingList,
  findingOrder,
  findingRaise,
  noticeList,
  type Organisation,
  operations,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { mayBy } from '../world/permissions.ts'
import { agreed } from '../world/small-province.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let platformId: string
let provider: Organisation
beforeAll(async () => {
  world = await createWorld()
  const { province, city } = world.province
  const { rooms } = world.yiduo
  const act = programAct('test', 'demonstration.make', 'test')
  const place = { parentId: province.id, actor: 'provider', level: 'province', divisionCode: '320000' } as const
  provider = agreed(await rooms.organisations.create(act, { ...place, name: '云服务商甲' }))
  const rival = agreed(await rooms.organisations.create(act, { ...place, name: '云服务商乙' }))
  platformId = await connectTestCloud(world)
  agreed(await rooms.nodes.editPlatform(act, platformId, { providerOrganisationId: provider.id }, null, 'en'))
  await addPerson(world.yiduo, 'watch', { role: 'security-operator', at: province, reach: 'all' })
  await addPerson(world.yiduo, 'city-watch', { role: 'security-operator', at: city, reach: 'subtree' })
  await addPerson(world.yiduo, 'supplier', { role: 'provider', at: provider, reach: 'own' })
  await addPerson(world.yiduo, 'rival', { role: 'provider', at: rival, reach: 'own' })
})
afterAll(() => world[Symbol.asyncDispose]())

const raise = (subject: string, by = 'watch') =>
  world.call(by, findingRaise, { body: { subject, title: '弱口令', detail: '管理口可猜', severity: 'high' } })
const of = ({ id }: Finding) => ({ params: { findingId: id } })
const tomorrow = () => new Date(world.clock.now().getTime() + 32 * 3_600_000).toISOString().slice(0, 10)
const order = (it: Finding, dueOn = tomorrow(), by = 'watch') =>
  world.call(by, findingOrder, { ...of(it), body: { dueOn, remark: '换口令' } })
const answer = (it: Finding, by: string) => world.call(by, findingAnswer, { ...of(it), body: { answer: '已更换' } })
const close = (it: Finding, by = 'watch') => world.call(by, findingClose, { ...of(it), body: {} })
const sees = async (login: string, { id }: Finding) =>
  (await world.call(login, findingList, {})).items.some((it) => it.id === id)

test('a finding goes from raised to ordered, answered, ordered anew, answered and closed', async () => {
  const raised = await raise(world.province.system.id)
  expect(raised).toMatchObject({ state: 'raised', organisationId: world.province.department.id, raisedBy: 'watch' })
  expect(await order(raised)).toMatchObject({ state: 'ordered', dueOn: tomorrow(), remark: '换口令' })
  expect(await answer(raised, 'department')).toMatchObject({ state: 'answered', answer: '已更换' })
  expect(await order(raised)).toMatchObject({ state: 'ordered' })
  expect(await answer(raised, 'operator')).toMatchObject({ state: 'answered' })
  expect(await close(raised)).toMatchObject({ state: 'closed' })
  for (const late of [() => order(raised), () => answer(raised, 'department'), () => close(raised)])
    expect(await problemOf(late())).toMatchObject({ status: 409, code: 'finding-step-not-allowed' })
})

test('what was not ordered is not answered, and no day before today is ordered', async () => {
  const raised = await raise(world.province.department.id)
  expect(await problemOf(answer(raised, 'department'))).toMatchObject({ code: 'finding-step-not-allowed' })
  expect(await problemOf(order(raised, '2020-01-01'))).toMatchObject({ status: 400, code: 'finding-due-in-the-past' })
})

test('a finding about a platform is its operator’s and its provider’s, and nobody else’s', async () => {
  const raised = await raise(platformId)
  expect(raised).toMatchObject({ organisationId: world.province.operator.id, providerOrganisationId: provider.id })
  await order(raised)
  for (const login of ['operator', 'supplier', 'watch'])
    expect([login, await sees(login, raised)]).toEqual([login, true])
  for (const login of ['rival', 'department', 'city-operator', 'city-watch']) {
    expect([login, await sees(login, raised)]).toEqual([login, false])
    expect(await problemOf(world.call(login, findingGet, of(raised)))).toMatchObject({ status: 404 })
  }
  for (const login of ['rival', 'department', 'city-operator'])
    expect(await problemOf(answer(raised, login))).toMatchObject({ status: 404 })
  expect(await problemOf(close(raised, 'city-watch'))).toMatchObject({ status: 404 })
  expect(await answer(raised, 'supplier')).toMatchObject({ state: 'answered' })
})

test('nothing is found about what the security operator does not oversee, or what there is not', async () => {
  const { department, system } = world.province
  for (const subject of [department.id, system.id, platformId])
    expect(await problemOf(raise(subject, 'city-watch'))).toMatchObject({ status: 404, code: 'not-found' })
  for (const subject of ['srv_01ja8kz5v0e8y9m2n4p6q8r0st', 'req_01ja8kz5v0e8y9m2n4p6q8r0st', '?'])
    expect(await problemOf(raise(subject))).toMatchObject({ status: 404, code: 'not-found' })
})

test('those concerned are told of each step', async () => {
  const raised = await raise(platformId)
  await order(raised)
  await answer(raised, 'supplier')
  await close(raised)
  const told = async (login: string) =>
    (await world.call(login, noticeList, { query: { limit: 100 } })).items
      .filter((it) => it.subject === raised.id)
      .map(({ code }) => code)
      .sort()
  // The stream of events waits for whatever is still being written anywhere in the database.
  await world.until(async () => {
    await world.yiduo.reconcilers.runNow('notices')
    return (await told('supplier')).includes('finding-closed')
  })
  const concerned = ['finding-closed', 'finding-ordered', 'finding-raised']
  expect(await told('supplier')).toEqual(concerned)
  expect(await told('operator')).toEqual(concerned)
  expect(await told('watch')).toEqual(['finding-answered'])
  expect(await told('rival')).toEqual([])
})

test('the security operator raises, orders and closes, and changes nothing else', () => {
  const changes = operations.filter(
    ({ name, http, access }) => access === undefined && !http.startsWith('GET') && mayBy('security-operator', name),
  )
  expect(changes.map(({ name }) => name)).toEqual(['finding.raise', 'finding.order', 'finding.close'])
})
