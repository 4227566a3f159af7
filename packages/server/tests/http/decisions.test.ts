import {
  type OperationSpec,
  requestApprove,
  requestCreate,
  requestDiscard,
  requestEdit,
  requestFailTest,
  requestGet,
  requestList,
  requestPassTest,
  requestReclaim,
  requestReject,
  requestReturn,
  requestSubmit,
} from '@yiduo/contract'
import { afterWorkingMinutes, chinaCalendar } from '@yiduo/engines'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, bodyOf, createSystem, draft, problemOf, submit, tested } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { pathWith, problemIn, rawCall } from '../world/raw.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 2 })
  await connectTestCloud(world)
  await addPerson(world.yiduo, 'operator-2', { role: 'operator', at: world.province.province, reach: 'subtree' })
})
afterAll(() => world[Symbol.asyncDispose]())

type Verb =
  | typeof requestApprove
  | typeof requestReturn
  | typeof requestReject
  | typeof requestSubmit
  | typeof requestDiscard
const act = (login: string, verb: Verb, requestId: string, remark = '') =>
  world.call(login, verb, { params: { requestId }, body: { remark } })

/** Too large for the rule: an operator decides. */
const sent = async () => submit(world, (await draft(world, { planId: world.province.plans.large.id })).id)

test('what is too large for the rule waits for an operator, who approves it', async () => {
  const request = await sent()
  expect(request).toMatchObject({ state: 'submitted', step: 'approve', approvedByRule: false })
  expect(request.track.at(-1)).toMatchObject({ side: 'operator', by: 'department' })
  const approved = await act('operator', requestApprove, request.id, '同意')
  expect(approved).toMatchObject({ state: 'delivering', step: 'provision' })
  expect(approved.track.at(-1)).toMatchObject({ by: 'operator', remark: '同意' })
  await world.requestIn(request.id, 'testing')
})

test('each step has a clock: the side whose move it is, since when, until when', async () => {
  const { track } = await sent()
  expect(track.map((it) => [it.state, it.side])).toEqual([
    ['draft', 'department'],
    ['submitted', 'operator'],
  ])
  const [drafted, submitted] = track
  expect(drafted?.endedAt).toBe(submitted?.startedAt)
  const due = afterWorkingMinutes(chinaCalendar(), new Date(submitted?.startedAt ?? ''), 480)
  // The stage begins in the same transaction, a moment before the step: in working hours that moment counts.
  expect(Math.abs(Date.parse(submitted?.dueAt ?? '') - due.getTime())).toBeLessThan(1_000)
})

test('of two operators who approve at once one wins, and one set of things is made', async () => {
  const request = await sent()
  const answers = await Promise.allSettled([
    act('operator', requestApprove, request.id),
    act('operator-2', requestApprove, request.id),
  ])
  expect(answers.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
  const lost = answers.find((it) => it.status === 'rejected')
  expect(await problemOf(Promise.reject(lost?.reason))).toMatchObject({ status: 409, code: 'step-not-allowed' })
  const { lines } = await world.requestIn(request.id, 'testing')
  expect(lines[0]?.operationIds).toHaveLength(1)
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('of approving and rejecting at once one wins', async () => {
  const request = await sent()
  const answers = await Promise.allSettled([
    act('operator', requestApprove, request.id),
    act('operator-2', requestReject, request.id),
  ])
  expect(answers.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
  await world.requestIn(request.id, 'testing', 'rejected')
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('nobody approves what they sent themselves, though they hold both roles', async () => {
  await addPerson(world.yiduo, 'both', { role: 'operator', at: world.province.province, reach: 'subtree' })
  const { id: own } = await tested(world, { systemId: (await createSystem(world)).id })
  const asked = await world.call('both', requestReclaim, { params: { requestId: own }, body: {} })
  expect(await problemOf(act('both', requestApprove, asked.id))).toMatchObject({ status: 403, code: 'own-request' })
  await act('operator', requestApprove, asked.id)
  await world.requestIn(own, 'reclaimed')
})

test('returned for correction, edited and sent again', async () => {
  const request = await sent()
  const returned = await act('operator', requestReturn, request.id, '请减少核数')
  expect(returned.track.at(-1)).toMatchObject({ state: 'returned', side: 'department', remark: '请减少核数' })
  await world.call('department', requestEdit, {
    params: { requestId: request.id },
    body: bodyOf(world, { planId: world.province.plans.small.id }),
    revision: returned.revision,
  })
  const again = await act('department', requestSubmit, request.id)
  expect(again).toMatchObject({ state: 'delivering', approvedByRule: true })
  await world.requestIn(request.id, 'testing')
})

test('an edit of what somebody else changed meanwhile is refused', async () => {
  const request = await draft(world)
  const params = { requestId: request.id }
  const edit = (revision: number, dataVolumeGib: number) =>
    world.call('department', requestEdit, { params, body: bodyOf(world, { dataVolumeGib }), revision })
  const read = await rawCall(world, 'GET', pathWith(requestGet, params), { token: await world.tokenOf('department') })
  expect(read.headers.get('etag')).toBe(`"${request.revision}"`)
  const edited = await edit(request.revision, 20)
  expect(edited.revision).toBe(request.revision + 1)
  expect(edited.monthlyPriceYuanE4).toBe(request.monthlyPriceYuanE4 + 10 * 3_000)
  expect(await problemOf(edit(request.revision, 30))).toMatchObject({ status: 409, code: 'revision-stale' })
  const both = await Promise.allSettled([edit(edited.revision, 40), edit(edited.revision, 50)])
  expect(both.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('an If-Match that is no ETag of ours is refused', async () => {
  const request = await draft(world)
  for (const ifMatch of ['W/"1"', '"abc"', '1']) {
    const answer = await rawCall(world, 'PUT', pathWith(requestEdit, { requestId: request.id }), {
      token: await world.tokenOf('department'),
      headers: { 'if-match': ifMatch },
      body: bodyOf(world),
    })
    expect(problemIn(answer)).toMatchObject({ status: 400, code: 'input-invalid' })
  }
})

test('each step is allowed in its own state only, and what is refused changes nothing', async () => {
  const request = await draft(world, { planId: world.province.plans.large.id })
  const verbs: readonly (readonly [string, OperationSpec])[] = [
    ['operator', requestApprove],
    ['operator', requestReturn],
    ['operator', requestReject],
    ['department', requestPassTest],
    ['department', requestFailTest],
    ['department', requestReclaim],
  ]
  const refusals = async (except: readonly OperationSpec[]) => {
    for (const [login, verb] of verbs.filter(([, it]) => !except.includes(it))) {
      const call = (await world.as(login)).send(verb, { params: { requestId: request.id }, body: {} })
      expect(await problemOf(call), verb.name).toMatchObject({ status: 409, code: 'step-not-allowed' })
    }
  }
  await refusals([])
  await submit(world, request.id)
  const before = await world.call('department', requestGet, { params: { requestId: request.id } })
  await refusals([requestApprove, requestReturn, requestReject])
  expect(await world.call('department', requestGet, { params: { requestId: request.id } })).toEqual(before)
  await act('operator', requestReject, request.id, '不符合规定')
  await refusals([])
  expect(await problemOf(act('department', requestSubmit, request.id))).toMatchObject({ code: 'step-not-allowed' })
})

test('a draft that is discarded is gone for good', async () => {
  const { id } = await draft(world)
  expect(await act('department', requestDiscard, id)).toMatchObject({ state: 'discarded' })
  expect(await problemOf(submit(world, id))).toMatchObject({ status: 409, code: 'step-not-allowed' })
})

test('a test that fails gives everything back', async () => {
  const { id } = await tested(world, { systemId: (await createSystem(world)).id })
  await world.call('department', requestFailTest, { params: { requestId: id }, body: { remark: '性能不足' } })
  const reclaimed = await world.requestIn(id, 'reclaimed')
  expect(reclaimed.track.map((it) => it.state).slice(-2)).toEqual(['reclaiming', 'reclaimed'])
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('one reclaim at a time, and its approval completes the request that asked', async () => {
  const { id } = await tested(world, { systemId: (await createSystem(world)).id })
  const ask = () => world.call('department', requestReclaim, { params: { requestId: id }, body: {} })
  const first = await ask()
  expect(await problemOf(ask())).toMatchObject({ status: 409, code: 'resource-busy' })
  await act('operator', requestReject, first.id)
  const { id: asked } = await askReclaim(world, id)
  await world.requestIn(id, 'reclaimed')
  expect(await world.requestIn(asked, 'completed')).toMatchObject({ kind: 'reclaim', step: 'reclaim', fault: null })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('the reclaim of what was never delivered completes at once', async () => {
  await using _fault = await world.fault({ call: 'projects.ensure', mode: 'denied' })
  const created = await world.call('department', requestCreate, {
    body: bodyOf(world, { systemId: (await createSystem(world)).id }),
  })
  await submit(world, created.id)
  await world.requestIn(created.id, 'delivery-failed')
  const asked = await askReclaim(world, created.id)
  expect(asked.state).toBe('completed')
  await world.requestIn(created.id, 'reclaimed')
})

test('an operator of another level decides nothing of it, though it sees it', async () => {
  await addPerson(world.yiduo, 'below', { role: 'operator', at: world.province.department, reach: 'subtree' })
  const { id } = await sent()
  expect((await world.call('below', requestGet, { params: { requestId: id } })).state).toBe('submitted')
  for (const verb of [requestApprove, requestReturn, requestReject])
    expect(await problemOf(act('below', verb, id))).toMatchObject({ status: 403, code: 'request-of-another-operator' })
  const inbox = { query: { operatorOrganisationId: world.province.operator.id, state: 'submitted' as const } }
  expect((await world.call('operator', requestList, inbox)).items.map((it) => it.id)).toContain(id)
  const elsewhere = { query: { operatorOrganisationId: world.province.cityOperator.id } }
  expect((await world.call('operator', requestList, elsewhere)).items).toEqual([])
  expect((await act('operator', requestReject, id)).state).toBe('rejected')
})

test('where no operator was made yet nothing is drafted, and who can help is said', async () => {
  const become = (from: string, to: string) =>
    world.yiduo.database.pool.query('update organisations set actor = $2 where actor = $1', [from, to])
  await become('operator', 'regulator')
  try {
    expect(await problemOf(draft(world))).toMatchObject({ status: 409, code: 'operator-missing' })
  } finally {
    await become('regulator', 'operator')
  }
})
