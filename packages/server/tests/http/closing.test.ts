import {
  type Bill,
  billClose,
  billCorrect,
  billGet,
  billList,
  billSummary,
  closingPolicySet,
  systemCreate,
} from '@yiduo/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formal, problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

/** Noon of the first of January, in Shanghai. */
const startsAt = new Date('2026-01-01T04:00:00Z')

let world: World
beforeEach(async () => {
  world = await createWorld({ startsAt })
  await connectTestCloud(world)
  await addPerson(world.yiduo, 'authority', { role: 'authority', at: world.province.province, reach: 'subtree' })
})
afterEach(() => world[Symbol.asyncDispose]())

const at = (iso: string) => world.shift(Date.parse(iso) - world.clock.now().getTime())
const bill = (month: string): Promise<Bill> =>
  world.call('department', billGet, { params: { organisationId: world.province.department.id, month } })
const runClosing = () => world.yiduo.reconcilers.runNow('closing')
const correct = (month: string, body: Parameters<typeof world.call<typeof billCorrect>>[2]['body']) =>
  world.call('operator', billCorrect, { params: { organisationId: world.province.department.id, month }, body })

test('the calendar closes a month on the fifth at two in the morning, once, and catches up on what it missed', async () => {
  await formal(world)
  at('2026-02-04T17:59:00Z')
  await runClosing()
  expect((await bill('2026-01')).state).toBe('provisional')
  at('2026-02-04T18:00:00Z')
  await runClosing()
  const closed = await bill('2026-01')
  expect(closed.state).toBe('closed')
  await Promise.all([runClosing(), runClosing()])
  expect(await bill('2026-01')).toEqual(closed)

  at('2026-05-06T00:00:00Z') // nobody was there in March and April
  await runClosing()
  const months = (await world.call('operator', billList, {})).items.map((it) => it.month)
  expect(months.toSorted()).toEqual(['2026-01', '2026-02', '2026-03', '2026-04'])
  expect((await world.call('other', billList, {})).items).toEqual([])
})

test('so many working days after its end, a weekend left out', async () => {
  await formal(world)
  const policy = { dayKind: 'working-day', day: 4, hour: 9 } as const // the first of February is a Sunday
  expect(await problemOf(world.call('operator', closingPolicySet, { body: policy }))).toMatchObject({ status: 403 })
  await world.call('authority', closingPolicySet, { body: policy })
  at('2026-02-05T00:59:00Z')
  await runClosing()
  expect((await bill('2026-01')).state).toBe('provisional')
  at('2026-02-05T01:00:00Z')
  await runClosing()
  expect((await bill('2026-01')).state).toBe('closed')
})

test('who wants to change a closed month is told the open one, and a correction stands there and nowhere else', async () => {
  await formal(world)
  at('2026-02-06T00:00:00Z')
  await runClosing()
  const january = await bill('2026-01')
  const line = january.lines.find((it) => it.measure === 'vcpu' && it.phase === 'formal')
  const ask = {
    correctsMonth: '2026-01',
    correctsPosition: line?.position ?? -1,
    amountYuanE4: -10_000,
    reason: '停机一天',
  }
  expect(await problemOf(correct('2026-01', ask))).toMatchObject({
    status: 409,
    code: 'month-closed',
    next: expect.stringContaining('2026-02'),
  })
  expect(await problemOf(correct('2026-03', ask))).toMatchObject({ code: 'month-not-open' })
  expect(await problemOf(correct('2026-02', { ...ask, correctsMonth: '2026-02' }))).toMatchObject({
    code: 'correction-of-open-month',
  })
  expect(await problemOf(correct('2026-02', { ...ask, amountYuanE4: -(10 ** 12) }))).toMatchObject({
    code: 'correction-too-large',
  })
  expect(await problemOf(correct('2026-02', { ...ask, amountYuanE4: -150 }))).toMatchObject({ code: 'input-invalid' })
  expect(await problemOf(correct('2026-02', { ...ask, correctsPosition: 999 }))).toMatchObject({ code: 'not-found' })

  await correct('2026-02', ask)
  const february = await bill('2026-02')
  const lines = february.lines.reduce((sum, it) => sum + it.amountYuanE4, 0)
  expect(february.amountYuanE4).toBe(lines - 10_000)
  expect(february.corrections).toMatchObject([{ month: null, amountYuanE4: -10_000, componentId: line?.componentId }])
  expect((await bill('2026-03')).corrections).toEqual([])
  expect(await bill('2026-01')).toEqual(january)

  at('2026-03-06T00:00:00Z')
  await runClosing()
  const closed = await bill('2026-02')
  expect(closed.corrections).toMatchObject([{ month: '2026-02', amountYuanE4: -10_000 }])
  expect(closed.amountYuanE4).toBe(closed.lines.reduce((sum, it) => sum + it.amountYuanE4, -10_000))
  expect((await bill('2026-03')).corrections).toEqual([])
})

test('the totals of a subtree are those of its bills, by organisation, system and component', async () => {
  const { department, city, province } = world.province
  const second = await world.call('department', systemCreate, {
    body: { organisationId: department.id, name: '第二系统', securityGrade: 2 },
  })
  await formal(world)
  await formal(world, { systemId: second.id })
  at('2026-02-06T00:00:00Z')
  await world.call('operator', billClose, { params: { organisationId: department.id, month: '2026-01' } })
  const { amountYuanE4 } = await bill('2026-01')
  for (const by of ['organisation', 'system', 'component'] as const) {
    const query = { month: '2026-01', by, organisationId: province.id }
    const summary = await world.call('operator', billSummary, { query })
    expect(summary).toMatchObject({ amountYuanE4, bills: 1 })
    expect(summary.items.reduce((sum, it) => sum + it.amountYuanE4, 0)).toBe(amountYuanE4)
    expect(summary.items.every((it) => it.name !== '')).toBe(true)
  }
  const query = { month: '2026-01', by: 'system', organisationId: province.id } as const
  const bySystem = await world.call('operator', billSummary, { query })
  expect(bySystem.items.map((it) => it.systemId).toSorted()).toEqual([world.province.system.id, second.id].toSorted())
  const elsewhere = await world.call('operator', billSummary, { query: { month: '2026-01', organisationId: city.id } })
  expect(elsewhere).toMatchObject({ amountYuanE4: 0, bills: 0, items: [] })
  expect((await world.call('operator', billList, { query: { organisationId: city.id } })).items).toEqual([])
})
