import {
  type ApprovalRoute,
  delegationCreate,
  delegationEnd,
  type RouteConditions,
  type RouteStage,
  requestApprove,
  requestCreate,
  requestEdit,
  requestGet,
  requestList,
  requestReject,
  requestReturn,
  requestSubmit,
  routeCreate,
  routeEdit,
  routeWithdraw,
  type ServiceRequest,
  sessionGet,
  workingDaySet,
} from '@yiduo/contract'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { bodyOf, draft, problemOf, submit } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 2, startsAt: new Date('2026-11-23T02:00:00Z') }) // a Monday, 10:00 there
  await connectTestCloud(world)
  const { province, operator, cityOperator } = world.province
  await addPerson(world.yiduo, 'operator-2', { role: 'operator', at: operator, reach: 'own' })
  await addPerson(world.yiduo, 'authority', { role: 'authority', at: province, reach: 'subtree' })
  await addPerson(world.yiduo, 'city-only', { role: 'operator', at: cityOperator, reach: 'own' })
})
afterAll(() => world[Symbol.asyncDispose]())

const stage = (name: string, it: Partial<RouteStage> = {}): RouteStage => ({
  name,
  parties: ['operator'],
  needs: 'any',
  limitMinutes: 120,
  escalateTo: null,
  ...it,
})

const routes: ApprovalRoute[] = []
let count = 0
const addRoute = async (stages: RouteStage[] | undefined, conditions: RouteConditions = {}): Promise<ApprovalRoute> => {
  const body = {
    code: `r${++count}`,
    name: '路线',
    operatorOrganisationId: null,
    position: 1,
    conditions,
    ...(stages && { stages }),
  }
  const made = await world.call('authority', routeCreate, { body })
  routes.push(made)
  return made
}
afterEach(async () => {
  // Not by a person: one test takes everybody's grants away.
  for (const { id } of routes.splice(0))
    agreed(await world.yiduo.rooms.approvals.withdrawRoute(programAct('test', routeWithdraw.name, 'test'), id))
})

const sent = async (): Promise<ServiceRequest> =>
  submit(world, (await draft(world, { planId: world.province.plans.large.id })).id)
const decide = (
  login: string,
  verb: typeof requestApprove | typeof requestReturn | typeof requestReject,
  requestId: string,
  remark = '',
) => world.call(login, verb, { params: { requestId }, body: { remark } })
const look = (requestId: string) => world.call('department', requestGet, { params: { requestId } })
const inbox = async (login: string) =>
  (await world.call(login, requestList, { query: { waitingForMe: true } })).items.map(({ id }) => id)

test('two stages agree one after the other, each with its clock and its remark, and only then is anything built', async () => {
  await addRoute([stage('经办'), stage('主管审批', { parties: ['authority'], limitMinutes: 480 })])
  const request = await sent()
  expect(request.stages.map((it) => [it.name, it.state])).toEqual([
    ['经办', 'open'],
    ['主管审批', 'waiting'],
  ])
  expect(request.track.at(-1)?.dueAt).toBe(request.stages[0]?.dueAt)
  expect(await problemOf(decide('city-only', requestApprove, request.id))).toMatchObject({ status: 404 })
  const once = await decide('operator', requestApprove, request.id, '资料齐全')
  expect(once).toMatchObject({ state: 'submitted', stages: [{ state: 'agreed' }, { state: 'open' }] })
  expect(once.lines[0]?.operationIds).toEqual([])
  expect(once.stages[0]?.seats).toMatchObject([{ by: 'operator', verdict: 'agreed', remark: '资料齐全' }])
  expect(await problemOf(decide('operator-2', requestApprove, request.id))).toMatchObject({
    code: 'request-of-another-operator',
  })
  expect(await decide('authority', requestApprove, request.id)).toMatchObject({ state: 'delivering' })
  await world.requestIn(request.id, 'testing')
})

test('a stage that all must countersign waits for each of them, and nobody signs twice', async () => {
  await addRoute([stage('会签', { parties: ['operator', 'operator', 'authority'], needs: 'all' })])
  const request = await sent()
  await decide('authority', requestApprove, request.id)
  await decide('operator', requestApprove, request.id)
  expect(await problemOf(decide('operator', requestApprove, request.id))).toMatchObject({ code: 'seat-taken' })
  expect(await look(request.id)).toMatchObject({ state: 'submitted' })
  expect(await decide('operator-2', requestApprove, request.id)).toMatchObject({ state: 'delivering' })
})

test('the first route whose conditions hold is taken, the operator’s own before the province’s', async () => {
  const { operator } = world.province
  await addRoute([stage('全省')])
  const body = { code: 'own', name: '本级', operatorOrganisationId: operator.id, position: 9, stages: [stage('本级')] }
  const conditions = { vcpusFrom: 4, subjects: ['open' as const], zones: ['public' as const], securityGradeFrom: 2 }
  routes.push(await world.call('operator', routeCreate, { body: { ...body, conditions } }))
  expect((await sent()).stages[0]?.name).toBe('本级')
  const small = await draft(world, { planId: world.province.plans.small.id })
  expect((await submit(world, small.id)).stages[0]?.name).toBe('全省')
})

test('a route that is edited or withdrawn changes nothing that is under way', async () => {
  const made = await addRoute([stage('甲'), stage('乙')])
  const request = await sent()
  const { name, position, conditions } = made
  await world.call('authority', routeEdit, {
    params: { routeId: made.id },
    body: { name, position, conditions, stages: [stage('丙')] },
  })
  expect((await look(request.id)).stages.map((it) => it.name)).toEqual(['甲', '乙'])
  expect((await sent()).stages.map((it) => it.name)).toEqual(['丙'])
})

test('a route without stages approves by rule what is too large for the offering’s own', async () => {
  await addRoute(undefined, { vcpusUpTo: 4 })
  expect(await sent()).toMatchObject({ approvedByRule: true, state: 'delivering' })
})

test('what is returned is corrected, sent again and decided on anew, and what was said before stays to be read', async () => {
  const request = await sent()
  await decide('operator', requestReturn, request.id, '请写明用途')
  const { plans } = world.province
  await world.call('department', requestEdit, {
    params: { requestId: request.id },
    body: bodyOf(world, { planId: plans.large.id, name: '用途已写明' }),
  })
  const again = await submit(world, request.id)
  expect(again.stages.map((it) => [it.round, it.state, it.seats[0]?.verdict])).toEqual([
    [1, 'ended', 'returned'],
    [2, 'open', null],
  ])
  expect(again.stages[0]?.seats[0]?.remark).toBe('请写明用途')
  expect(await decide('operator', requestReject, request.id, '不属政务用途')).toMatchObject({ state: 'rejected' })
})

test('a price that changed while a request was returned is shown before it is sent, not after', async () => {
  const request = await sent()
  await decide('operator', requestReturn, request.id)
  const stale = request.monthlyPriceYuanE4 - 1
  const refused = world.call('department', requestSubmit, {
    params: { requestId: request.id },
    body: { monthlyPriceYuanE4: stale },
  })
  expect(await problemOf(refused)).toMatchObject({ status: 409, code: 'price-changed' })
  expect(await look(request.id)).toMatchObject({ state: 'returned' })
})

test('who is away lets a colleague decide, both may, and the record says for whom it was', async () => {
  await addRoute([stage('双人', { parties: ['authority', 'operator'], needs: 'all' })])
  await addPerson(world.yiduo, 'deputy', { role: 'regulator', at: world.province.operator, reach: 'own' })
  const request = await sent()
  expect(await problemOf(decide('deputy', requestApprove, request.id))).toMatchObject({ code: 'not-permitted' })
  const endsAt = new Date(world.clock.now().getTime() + 86_400_000).toISOString()
  const lent = await world.call('operator-2', delegationCreate, {
    body: { delegateLogin: 'deputy', endsAt, reason: '出差' },
  })
  expect(await inbox('deputy')).toContain(request.id)
  const once = await decide('deputy', requestApprove, request.id)
  expect(once.stages[0]?.seats[1]).toMatchObject({ by: 'deputy', onBehalfOf: 'operator-2', verdict: 'agreed' })
  // One voice: neither of the two adds a second one.
  expect(await problemOf(decide('operator-2', requestApprove, request.id))).toMatchObject({ code: 'seat-taken' })
  await world.call('deputy', delegationEnd, { params: { delegationId: lent.id } })
  expect(await problemOf(decide('deputy', requestApprove, request.id))).toMatchObject({ code: 'not-permitted' })
})

test('a delegation lends nothing but deciding, goes to no stranger, and ends by itself', async () => {
  const soon = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
  const late = new Date(world.clock.now().getTime() + 91 * 86_400_000).toISOString()
  const lend = (delegateLogin: string, endsAt: string) =>
    problemOf(world.call('operator', delegationCreate, { body: { delegateLogin, endsAt } }))
  expect(await lend('department', soon)).toMatchObject({ code: 'delegate-unsuitable' })
  expect(await lend('operator', soon)).toMatchObject({ code: 'delegate-unsuitable' })
  expect(await lend('operator-2', late)).toMatchObject({ code: 'delegation-too-long' })
})

test('nobody approves for a colleague what that colleague has sent', async () => {
  const { department, operator } = world.province
  const act = programAct('test', 'demonstration.make', 'test')
  const people = agreed(await world.yiduo.rooms.identity.listPeople(act, { limit: 100 })).items
  const personId = people.find(({ login }) => login === 'operator-2')?.id ?? ''
  const grant = agreed(
    await world.yiduo.rooms.identity.createGrant(act, {
      personId,
      role: 'department',
      organisationId: department.id,
      reach: 'own',
    }),
  )
  await addPerson(world.yiduo, 'deputy-2', { role: 'operator', at: operator, reach: 'own' })
  const endsAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
  await world.call('operator-2', delegationCreate, { body: { delegateLogin: 'deputy-2', endsAt } })
  const body = bodyOf(world, { planId: world.province.plans.large.id })
  const { id } = await world.call('operator-2', requestCreate, { body })
  await world.call('operator-2', requestSubmit, { params: { requestId: id }, body: {} })
  expect(await problemOf(decide('operator-2', requestApprove, id))).toMatchObject({ code: 'own-request' })
  // By a grant of one's own it is no longer for the colleague.
  expect(await decide('deputy-2', requestApprove, id)).toMatchObject({ state: 'delivering' })
  agreed(await world.yiduo.rooms.identity.revokeGrant(act, grant.id))
})

test('a stage past its time calls the next party, and either may then decide', async () => {
  await addRoute([stage('经办', { parties: ['authority'], limitMinutes: 60, escalateTo: 'operator' })])
  const request = await sent()
  expect(await inbox('operator-2')).not.toContain(request.id)
  world.shift(61 * 60_000)
  await world.yiduo.reconcilers.runNow('escalation')
  await world.yiduo.reconcilers.runNow('escalation') // again: nothing more is called
  const late = await look(request.id)
  expect(late.stages[0]?.seats.map((it) => it.party)).toEqual(['authority', 'operator'])
  expect(late.stages[0]?.escalatedAt).not.toBeNull()
  expect(await inbox('operator-2')).toContain(request.id)
  expect(await decide('operator-2', requestApprove, request.id)).toMatchObject({ state: 'delivering' })
})

test('a clock that runs over the weekend is not late on Monday morning', async () => {
  await addRoute([stage('经办', { limitMinutes: 60, escalateTo: 'authority' })])
  const now = world.clock.now()
  const tuesday = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10)
  await world.call('authority', workingDaySet, {
    params: { day: tuesday },
    body: { working: false, source: '测试' },
  })
  world.shift(Date.parse(`${now.toISOString().slice(0, 10)}T09:30:00Z`) - now.getTime()) // half past five
  const request = await sent()
  expect(request.stages[0]?.dueAt?.slice(0, 10)).toBe(
    new Date(now.getTime() + 2 * 86_400_000).toISOString().slice(0, 10),
  )
})

test('a stage whose only approver has left is escalated at once, without waiting for its time', async () => {
  const { yiduo, province } = world
  await addRoute([stage('专人', { parties: [province.otherDepartment.id], limitMinutes: 9_600 })])
  await addPerson(yiduo, 'finance', { role: 'authority', at: province.otherDepartment, reach: 'own' })
  const act = programAct('test', 'demonstration.make', 'test')
  // Whoever reaches the whole province could step in: with them nobody is missing.
  const overAll = agreed(await yiduo.rooms.identity.listGrants(act, { limit: 100 })).items.filter(
    (it) => it.organisationId === province.province.id && ['operator', 'authority'].includes(it.role),
  )
  const request = await sent()
  expect(await inbox('finance')).toContain(request.id)
  expect(await world.call('finance', requestGet, { params: { requestId: request.id } })).toMatchObject({
    state: 'submitted',
  })
  const { grants } = await world.call('finance', sessionGet, {})
  for (const { id } of [...grants, ...overAll]) agreed(await yiduo.rooms.identity.revokeGrant(act, id))
  await yiduo.reconcilers.runNow('escalation')
  const after = agreed(await yiduo.rooms.requests.get({ ...act, operation: 'request.get' }, request.id, 'en'))
  expect(after.stages[0]?.seats.map((it) => it.party)).toEqual([province.otherDepartment.id, 'authority'])
})
