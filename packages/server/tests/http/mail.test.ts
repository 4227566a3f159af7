import { noticeList, noticePreferenceGet, noticePreferenceSet, requestReturn } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServer, startMailServer } from '../world/mail-server.ts'
import { createSystem, order, problemOf } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

let world: World
let port: number
beforeAll(async () => {
  const first = await startMailServer() // takes a free port, and leaves: the mail server is away
  port = first.port
  await first[Symbol.asyncDispose]()
  const environment = { YIDUO_SMTP_URL: `smtp://127.0.0.1:${port}`, YIDUO_MAIL_FROM: '一朵 <yiduo@yiduo.test>' }
  // At noon: nobody's quiet hours begin while a test shifts the clock by minutes.
  world = await createWorld({ environment, startsAt: new Date('2026-03-02T12:00:00+08:00') })
  await connectTestCloud(world)
  await prefer('operator', 'operator@example.org')
  await prefer('department', 'department@example.org')
})
afterAll(() => world[Symbol.asyncDispose]())

const prefer = (login: string, email: string | null, more: { language?: 'en'; mail?: boolean } = {}) =>
  world.call(login, noticePreferenceSet, {
    body: { email, mail: email !== null, quietFromHour: null, quietUntilHour: null, language: 'zh-CN', ...more },
  })

/** Follows until the request's notice is there, then sends what is due. */
const told = (login: string, subject: string) =>
  world.until(async () => {
    await world.yiduo.reconcilers.runNow('notices')
    return (await world.call(login, noticeList, { query: { limit: 500 } })).items.some((it) => it.subject === subject)
  })
const deliver = () => world.yiduo.reconcilers.runNow('outbox')

const toDecide = async (): Promise<string> => {
  const { large } = world.province.plans
  const { id } = await order(world, { systemId: (await createSystem(world)).id, planId: large.id, quantity: 2 })
  await told('operator', id)
  return id
}

/** Puts what has come into mails, turns the clock, and sends what is due by then. */
const after = async (ms: number) => {
  await deliver()
  world.shift(ms)
  await deliver()
}
const attempts = async () =>
  (await rowsOf<{ attempts: number }>(world.databaseUrl, 'select sum(attempts)::int as attempts from outbox'))[0]
    ?.attempts

const arrivedAfter = async (server: MailServer, to: string) => {
  await after(31 * minuteMs)
  return server.arrived.filter((it) => it.to === to)
}

test('a mail server that is away for a day loses nothing and floods nobody', async () => {
  const ids: string[] = []
  for (let hour = 0; hour < 24; hour += 4) {
    ids.push(await toDecide())
    for (let time = 0; time < 4; time++) await after(60 * minuteMs)
  }
  const tried = (await attempts()) ?? 0
  expect(tried).toBeGreaterThan(5)
  expect(tried).toBeLessThan(60)
  await using server = await startMailServer(port)
  const [mail, ...more] = await arrivedAfter(server, 'operator@example.org')
  expect(more).toEqual([])
  for (const id of ids) expect(mail?.content).toContain(id)
  expect(mail?.content).toContain('您有 6 条通知')
  for (let time = 0; time < 3; time++) await after(31 * minuteMs)
  expect(server.arrived.map((it) => it.to)).toEqual(['operator@example.org'])
})

test('two who send at once send a mail once, and what comes soon after waits', async () => {
  await using server = await startMailServer(port)
  await toDecide()
  await deliver()
  expect(server.arrived).toEqual([]) // what else comes within half a minute goes with it
  world.shift(minuteMs)
  const { notices } = world.yiduo.rooms
  await Promise.all([notices.deliver(), notices.deliver(), notices.deliver()])
  expect(server.arrived).toHaveLength(1)
  await toDecide()
  await after(minuteMs)
  expect(server.arrived).toHaveLength(1)
  await after(5 * minuteMs)
  expect(server.arrived).toHaveLength(2)
})

test('a mail that may have arrived comes again as it was, under the same id; what is new comes in the next', async () => {
  await using server = await startMailServer(port)
  server.behave('hangs-up')
  const first = await toDecide()
  await after(10 * minuteMs)
  const second = await toDecide()
  server.behave('takes')
  await after(31 * minuteMs)
  await after(31 * minuteMs)
  const [before, again, next, ...more] = server.arrived
  expect(more).toEqual([])
  expect(again).toEqual(before)
  expect(again?.content).toContain(first)
  expect(again?.content).not.toContain(second)
  expect(next?.content).toContain(second)
  expect(next?.messageId).not.toBe(again?.messageId)
})

test('a process that dies over a mail leaves it to another, which waits for the lease', async () => {
  await using server = await startMailServer(port)
  await toDecide()
  await after(10 * minuteMs)
  const { notices } = world.yiduo.rooms
  // As it stands when the process died between the server's yes and the note of it.
  const [last] = await rowsOf<{ id: string }>(
    world.databaseUrl,
    `update outbox set ended_at = null, outcome = null, leased_until = clock_timestamp() + interval '1 minute'
     where id = (select max(id::text)::uuid from outbox) returning id`,
  )
  await notices.deliver()
  expect(server.arrived).toHaveLength(1)
  await rowsOf(world.databaseUrl, 'update outbox set leased_until = clock_timestamp() where id = $1', [last?.id])
  await notices.deliver()
  expect(server.arrived).toHaveLength(2)
  expect(server.arrived[1]).toEqual(server.arrived[0])
})

test('who is not known to the mail server sees why, and it is not tried again', async () => {
  await using server = await startMailServer(port)
  server.behave('refuses')
  await prefer('department', 'nobody@example.org')
  const id = await toDecide()
  await world.call('operator', requestReturn, { params: { requestId: id }, body: { remark: '请补充' } })
  await told('department', id)
  await after(31 * minuteMs)
  const { problem } = await world.call('department', noticePreferenceGet, {})
  expect(problem).toContain('no such user')
  const before = await attempts()
  await after(31 * minuteMs)
  expect(await attempts()).toBe(before)
  server.behave('takes')
  await prefer('department', 'department@example.org')
})

test('after three days the operator is told in the product what was given up, and no mail is sent of that', async () => {
  await toDecide()
  await after(10 * minuteMs)
  world.shift(3 * dayMs)
  await deliver()
  const notice = await world.until(async () => {
    await world.yiduo.reconcilers.runNow('notices')
    const { items } = await world.call('operator', noticeList, { query: { limit: 500 } })
    return items.find((it) => it.code === 'deliveries-given-up' && it.message.includes('1 mails'))
  })
  expect(notice.message).not.toContain('@')
  await using server = await startMailServer(port)
  await after(dayMs)
  expect(server.arrived).toEqual([])
})

test('who wants no more mail gets none of what waited; who wants it without an address is refused', async () => {
  await using server = await startMailServer(port)
  await toDecide()
  await prefer('operator', null)
  await after(31 * minuteMs)
  await after(31 * minuteMs)
  expect(server.arrived).toEqual([])
  await prefer('operator', 'operator@example.org')
  await after(31 * minuteMs)
  expect(server.arrived).toEqual([])
  expect(await problemOf(prefer('operator', null, { mail: true }))).toMatchObject({ code: 'input-invalid' })
  for (const email of ['a@b\r\nBcc: c@d', 'two@x.org, three@x.org', '<a@b>'])
    expect(await problemOf(prefer('operator', email))).toMatchObject({ code: 'input-invalid' })
})

test('a mail is written in the language its reader asked for', async () => {
  await using server = await startMailServer(port)
  await prefer('operator', 'operator@example.org', { language: 'en' })
  const id = await toDecide()
  const [mail] = await arrivedAfter(server, 'operator@example.org')
  expect(mail?.content).toContain(`The request ${id} for the system`)
})
