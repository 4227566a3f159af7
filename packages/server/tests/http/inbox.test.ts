import { type InboxItem, inboxList, quotaSet, requestCreate, requestList, requestReturn } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bodyOf, createSystem, draft, order, problemOf, submit } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

type Query = NonNullable<Parameters<typeof ask>[1]>

let world: World
const ids: Record<'early' | 'late' | 'returned' | 'draft' | 'delivered', string> = {
  early: '',
  late: '',
  returned: '',
  draft: '',
  delivered: '',
}

const ask = async (login: string, query: { [key: string]: unknown } = {}): Promise<InboxItem[]> =>
  (await world.call(login, inboxList, { query: query as never })).items // the test's own words for a query
const idsOf = async (login: string, query: Query): Promise<string[]> => (await ask(login, query)).map((it) => it.id)

beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 1 })
  const platformId = await connectTestCloud(world)
  const { medium } = world.province.plans
  const waiting = async (name: string): Promise<string> => {
    const system = await createSystem(world, name)
    const big = { systemId: system.id, planId: medium.id, quantity: 2, platformId }
    return (await submit(world, (await draft(world, big)).id)).id
  }
  ids.early = await waiting('先到的系统')
  world.shift(60_000)
  ids.late = await waiting('后到的系统')
  ids.returned = await waiting('退回的系统')
  await world.call('operator', requestReturn, { params: { requestId: ids.returned }, body: { remark: '补充说明' } })
  ids.draft = (await draft(world)).id
  ids.delivered = (await order(world)).id
  await world.requestIn(ids.delivered, 'testing')
})
afterAll(() => world[Symbol.asyncDispose]())

test('what is due soonest comes first, page by page, and what has no clock not at all', async () => {
  const whole = await ask('operator', { order: 'due' })
  const dues = whole.map((it) => it.dueAt ?? '')
  expect(dues).toEqual(dues.toSorted())
  expect(dues).not.toContain('')
  expect(whole.map((it) => it.id).toSorted()).toEqual([ids.early, ids.late, ids.returned, ids.delivered].toSorted())
  const seen: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query: { [key: string]: unknown } = { order: 'due', limit: 1, ...(cursor ? { cursor } : {}) }
    const page = await world.call('operator', inboxList, { query: query as never })
    seen.push(...page.items.map((it) => it.id))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(whole.map((it) => it.id))
  expect((await world.call('operator', requestList, { query: { order: 'due' } })).items.map((it) => it.id)).toEqual(
    seen,
  )
})

test('a row says who asks, for what, where and what is left of the quota after it', async () => {
  const { department } = world.province
  await world.call('operator', quotaSet, {
    params: { organisationId: department.id, measure: 'vcpu' },
    body: { limit: 6 },
  })
  const [row] = (await ask('operator', { text: '先到的' })).filter((it) => it.id === ids.early)
  expect(row).toMatchObject({
    organisationName: '省民政厅',
    systemName: '先到的系统',
    sentByName: 'department',
    side: 'operator',
    step: 'approve',
    isOverdue: false,
    lines: [{ quantity: 2, planName: 'c2m4', platformName: '测试云平台', changeKind: null }],
  })
  // One small server is on test: one of the six is held, four are asked for.
  expect(row?.quotas.find((it) => it.measure === 'vcpu')).toEqual({
    measure: 'vcpu',
    wanted: 4,
    held: 1,
    limit: 6,
    left: 1,
  })
  const [delivered] = (await ask('operator', { stateIn: ['testing'] })).filter((it) => it.id === ids.delivered)
  expect(delivered?.quotas).toEqual([])
})

test('it is cut by states, step, organisation and what waits for oneself', async () => {
  const { department, city, province } = world.province
  expect(await idsOf('operator', { stateIn: ['submitted', 'returned'] })).toEqual([ids.returned, ids.late, ids.early])
  expect(await idsOf('operator', { step: 'test' })).toEqual([ids.delivered])
  expect(await idsOf('operator', { step: 'apply', organisationId: department.id })).toEqual([ids.draft, ids.returned])
  expect((await idsOf('operator', { organisationId: province.id })).length).toBe(5)
  expect(await idsOf('operator', { organisationId: city.id })).toEqual([])
  expect(await idsOf('operator', { waitingForMe: true, order: 'due' })).toEqual([ids.early, ids.late])
  expect(await idsOf('department', { waitingForMe: true })).toEqual([])
})

test('nobody sees what their own list of requests would not show', async () => {
  expect((await idsOf('department', {})).length).toBe(5)
  for (const login of ['other', 'city-department', 'city-operator'])
    for (const query of [{}, { order: 'due' }, { organisationId: world.province.department.id }])
      expect(await idsOf(login, query)).toEqual([])
  const body = { ...bodyOf(world), systemId: (await createSystem(world)).id }
  await problemOf(world.call('city-department', requestCreate, { body }))
})

test('the clock beside a request is the one that its track shows', async () => {
  const parted = await rowsOf(
    world.databaseUrl,
    `select r.id from service_requests r join request_track t on t.request_id = r.id and t.ended_at is null
     where r.due_at is distinct from t.due_at`,
  )
  expect(parted).toEqual([])
})

test('what is late is told from what is not', async () => {
  expect(await idsOf('operator', { overdue: true })).toEqual([])
  world.shift(20 * 86_400_000)
  expect(await idsOf('operator', { overdue: true, order: 'due', stateIn: ['submitted'] })).toEqual([
    ids.early,
    ids.late,
  ])
  expect((await ask('operator', { text: '先到的' }))[0]?.isOverdue).toBe(true)
})

const dayOfTest = '2026-11-22T00:00:00.000Z'

test('a cursor that is none is refused in either order', async () => {
  const uuid = '019ab000-0000-7000-8000-000000000000'
  const places = ['nothing here', `${uuid} soon`, `${uuid} 2026-02-31T25:00:00.000Z`, `${'-'.repeat(36)} ${dayOfTest}`]
  for (const order of ['newest', 'due'])
    for (const cursor of ['x', ...places.map((it) => Buffer.from(it).toString('base64url'))])
      expect(await problemOf(ask('operator', { order, cursor }))).toMatchObject({ code: 'cursor-invalid' })
})
