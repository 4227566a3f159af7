import { randomUUID } from 'node:crypto'
import {
  type Notice,
  noticeList,
  noticeRead,
  noticeReadAll,
  processPolicySet,
  requestCreate,
  requestReject,
  requestRestore,
  requestRetry,
  requestReturn,
  requestSubmit,
  type ServiceRequest,
  systemCreate,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSystem, draft, formal, order, problemOf, submit, tested } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

const dayMs = 86_400_000

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const follow = () => world.yiduo.reconcilers.runNow('notices')
const noticesOf = async (login: string, subject: string): Promise<Notice[]> =>
  (await world.call(login, noticeList, { query: { limit: 500 } })).items.filter((it) => it.subject === subject)
const codesOf = async (login: string, subject: string) => (await noticesOf(login, subject)).map((it) => it.code)

/** Waits for it to come: an event is read only when every transaction begun before it is over. */
const told = (login: string, subject: string, code: Notice['code']): Promise<Notice> =>
  world.until(async () => {
    await follow()
    return (await noticesOf(login, subject)).find((it) => it.code === code)
  })

/** Too large for the rule: somebody has to decide. */
const toDecide = async (): Promise<ServiceRequest> => {
  const { large } = world.province.plans
  return order(world, { systemId: (await createSystem(world)).id, planId: large.id, quantity: 2 })
}

test('whoever decides a request is told when it is sent, and nobody else is', async () => {
  const { id } = await toDecide()
  const notice = await told('operator', id, 'request-to-decide')
  expect(notice).toMatchObject({ readAt: null, message: expect.stringContaining(id), fault: null })
  expect(notice.message + notice.next).not.toMatch(/[{}]/)
  for (const login of ['department', 'other', 'city-operator']) expect(await codesOf(login, id)).toEqual([])
})

test('what a rule approves nobody is asked to decide; that it is ready to be tested its department is told', async () => {
  const { id } = await tested(world, { systemId: (await createSystem(world)).id })
  const notice = await told('department', id, 'request-testing')
  expect(notice.message).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d/)
  expect(await codesOf('operator', id)).toEqual([])
})

test('what is returned and rejected is told with its reason, to the sender and to colleagues, in their language', async () => {
  const { department } = world.province
  await addPerson(world.yiduo, 'colleague', { role: 'department', at: department, reach: 'own' })
  const { id } = await toDecide()
  const params = { requestId: id }
  await world.call('operator', requestReturn, { params, body: { remark: '请补充说明' } })
  for (const login of ['department', 'colleague'])
    expect((await told(login, id, 'request-returned')).message).toContain('请补充说明')
  await submit(world, id)
  await world.call('operator', requestReject, { params, body: { remark: '重复申请' } })
  const { message } = await told('colleague', id, 'request-rejected')
  expect(message).toMatch(/was rejected; remark: 重复申请/)
  const chinese = await fetch(`${world.url}/api/v1/notices`, {
    headers: { authorization: `Bearer ${await world.tokenOf('colleague')}`, 'accept-language': 'zh-CN' },
  })
  expect(JSON.stringify(await chinese.json())).toContain('被驳回，意见：重复申请')
})

test('an operator’s office without people leaves no request unheard: the level above is told', async () => {
  const { cityDepartment, plans } = world.province
  const ask = async () => {
    const name = `市级系统 ${randomUUID()}`
    const body = { organisationId: cityDepartment.id, name, securityGrade: 2 }
    const { id: systemId } = await world.call('city-department', systemCreate, { body })
    const lines = [{ planId: plans.large.id, name: '市级', quantity: 2 }]
    const drafted = await world.call('city-department', requestCreate, { body: { systemId, lines } })
    await world.call('city-department', requestSubmit, { params: { requestId: drafted.id }, body: {} })
    return drafted.id
  }
  const grantsEnd = (at: Date | null) =>
    rowsOf(
      world.databaseUrl,
      `update grants set until = $1 where person_id = (select id from people where login = 'city-operator')`,
      [at],
    )
  await grantsEnd(world.clock.now())
  const unheard = await ask()
  await told('operator', unheard, 'request-to-decide')
  await grantsEnd(null)
  const heard = await ask()
  await told('city-operator', heard, 'request-to-decide')
  expect(await codesOf('operator', heard)).toEqual([])
})

test('reading is one’s own affair: marked once, counted, and nobody else’s', async () => {
  const { id } = await toDecide()
  const notice = await told('operator', id, 'request-to-decide')
  const read = (login: string) => world.call(login, noticeRead, { params: { noticeId: notice.id } })
  expect(await problemOf(read('department'))).toMatchObject({ status: 404 })
  const before = (await world.call('operator', noticeList, { query: {} })).unreadCount
  const first = await read('operator')
  expect(first.readAt).not.toBeNull()
  expect((await read('operator')).readAt).toBe(first.readAt)
  const unread = await world.call('operator', noticeList, { query: { unread: true, limit: 500 } })
  expect(unread.unreadCount).toBe(before - 1)
  expect(unread.items.map((it) => it.id)).not.toContain(notice.id)

  const later = await told('operator', (await toDecide()).id, 'request-to-decide')
  await world.call('operator', noticeReadAll, { body: { upTo: notice.id } })
  const left = await world.call('operator', noticeList, { query: { unread: true, limit: 500 } })
  expect(left.items.map((it) => it.id)).toContain(later.id)
  expect(left.items.filter((it) => it.id <= notice.id)).toEqual([])
  await world.call('operator', noticeReadAll, { body: {} })
  expect((await world.call('operator', noticeList, { query: {} })).unreadCount).toBe(0)
})

test('a place that was lost, or two who follow at once, tell nobody twice', async () => {
  const { id } = await toDecide()
  await told('operator', id, 'request-to-decide')
  const about = () => rowsOf(world.databaseUrl, 'select * from notices where subject = $1 order by id', [id])
  const before = await about()
  await rowsOf(world.databaseUrl, 'update event_places set position = 0')
  const { notices } = world.yiduo.rooms
  await Promise.all([notices.follow(), notices.follow(), follow()])
  await told('operator', (await toDecide()).id, 'request-to-decide')
  expect(await about()).toEqual(before)
})

test('an end is told 30, 7 and 1 days before, each once; what was missed is told once; a later end is told anew', async () => {
  const expiresAt = new Date(world.clock.now().getTime() + 40 * dayMs)
  const { id } = await formal(world, { systemId: (await createSystem(world)).id, expiresAt: expiresAt.toISOString() })
  const days = async () => {
    for (let time = 0; time < 2; time++) await world.yiduo.reconcilers.runNow('ending')
    return (
      await rowsOf<{ days: number }>(
        world.databaseUrl,
        `select (data->>'days')::int as days from events where type = 'request.ending' and subject = $1 order by position`,
        [id],
      )
    ).map((it) => it.days)
  }
  expect(await days()).toEqual([])
  world.shift(10 * dayMs)
  expect(await days()).toEqual([30])
  world.shift(22 * dayMs) // nothing ran for three weeks: eight days are left
  expect(await days()).toEqual([30])
  world.shift(dayMs)
  expect(await days()).toEqual([30, 7])
  const notice = await told('department', id, 'request-ending')
  expect(notice.message).toContain('within 7 days')
  await rowsOf(world.databaseUrl, `update service_requests set expires_at = expires_at + interval '10 days'`)
  expect(await days()).toEqual([30, 7, 30])
  world.shift(16 * dayMs)
  expect(await days()).toEqual([30, 7, 30, 1])
})

test('the end of a test is told a day before; then that it is over, and that all is given back', async () => {
  const { id } = await tested(world, { systemId: (await createSystem(world)).id })
  await world.yiduo.reconcilers.runNow('ending')
  world.shift(6 * dayMs + 60_000)
  await world.yiduo.reconcilers.runNow('ending')
  await told('department', id, 'test-ending')
  world.shift(dayMs)
  await world.yiduo.reconcilers.runNow('expiry')
  await world.requestIn(id, 'reclaimed')
  await told('department', id, 'request-reclaimed')
  expect((await codesOf('department', id)).toReversed()).toEqual([
    'request-testing',
    'test-ending',
    'test-expired',
    'request-reclaimed',
  ])
})

test('an operator says how early ends are told; grace, recycle bin, its end and a restore are told to whom they touch', async () => {
  const params = { organisationId: world.province.operator.id }
  const figures = { graceDays: 2, recycleDays: 10 }
  const set = await world.call('operator', processPolicySet, { params, body: { ...figures, noticeDays: [3, 14, 3] } })
  expect(set.noticeDays).toEqual([14, 3])
  const kept = await world.call('operator', processPolicySet, { params, body: figures })
  expect(kept).toEqual({ ...set, ...figures })

  const expiresAt = new Date(world.clock.now().getTime() + 20 * dayMs).toISOString()
  const { id } = await formal(world, { systemId: (await createSystem(world)).id, expiresAt })
  const run = (reconciler: string) => world.yiduo.reconcilers.runNow(reconciler)
  await run('ending')
  world.shift(6 * dayMs + 60_000)
  await run('ending')
  expect((await told('department', id, 'request-ending')).message).toContain('within 14 days')
  world.shift(14 * dayMs)
  await run('expiry')
  await told('department', id, 'grace-begun')

  await world.fault({ call: 'servers.setPower', mode: 'denied' })
  world.shift(2 * dayMs)
  await run('expiry')
  await world.requestIn(id, 'recycle-failed')
  expect((await told('operator', id, 'recycle-to-retry')).fault).not.toBeNull()
  await world.call('operator', requestRetry, { params: { requestId: id }, body: {} })
  await world.requestIn(id, 'recycled')
  expect((await told('department', id, 'request-recycled')).message).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d/)

  // Ten days in the bin: fourteen before its end it was not there yet.
  await run('ending')
  expect(await codesOf('department', id)).not.toContain('purge-coming')
  world.shift(7 * dayMs + 60_000)
  await run('ending')
  await run('ending')
  expect((await told('department', id, 'purge-coming')).message).toContain('within 3 days')
  const end = new Date(world.clock.now().getTime() + 60 * dayMs).toISOString()
  await world.call('department', requestRestore, { params: { requestId: id }, body: { expiresAt: end } })
  await world.requestIn(id, 'formal')
  await told('department', id, 'request-restored')
  const codes = await codesOf('department', id)
  expect(codes.filter((it) => it === 'purge-coming' || it === 'request-ending')).toHaveLength(2)
  await world.call('operator', processPolicySet, {
    params,
    body: { graceDays: 3, recycleDays: 7, noticeDays: [30, 7, 1] },
  })
})

test('a delivery that failed is told to both sides, with its reason and without the cloud’s words', async () => {
  await using _fault = await world.fault({ call: 'servers.create', mode: 'denied' })
  const { id } = await order(world, { systemId: (await createSystem(world)).id })
  await world.requestIn(id, 'delivery-failed')
  const own = await told('department', id, 'request-delivery-failed')
  expect(own.fault).toMatchObject({ code: expect.stringContaining('cloud-'), words: null })
  expect((await told('operator', id, 'delivery-to-retry')).message).toContain(id)
})

test('what happened long before there were notices is not told any more', async () => {
  const { id } = await draft(world, { systemId: (await createSystem(world)).id })
  const old = new Date(world.clock.now().getTime() - 20 * dayMs)
  await rowsOf(
    world.databaseUrl,
    `insert into events (at, type, subject, organisation_id, data)
     select $2, 'request.reclaimed', $1, id, '{}' from organisations where name = '省民政厅'`,
    [id, old],
  )
  await submit(world, id)
  await told('department', id, 'request-testing')
  expect(await codesOf('department', id)).toEqual(['request-testing'])
})
