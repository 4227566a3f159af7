import { type Budget, billGet, budgetList, budgetRemove, budgetSet, fromId } from '@yiduo/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { createSystem, formal, order, problemOf } from '../world/orders.ts'
import { prices } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

/** Midnight of the first of January, in Shanghai. */
const startsAt = new Date('2025-12-31T16:00:00Z')

let world: World
beforeEach(async () => {
  world = await createWorld({ startsAt })
  await connectTestCloud(world)
})
afterEach(() => world[Symbol.asyncDispose]())

const at = (iso: string) => world.shift(Date.parse(iso) - world.clock.now().getTime())
const params = () => ({ organisationId: world.province.department.id })
type Ask = Parameters<typeof world.call<typeof budgetSet>>[2]['body']
const set = (body: Ask): Promise<Budget> => world.call('operator', budgetSet, { params: params(), body })
const list = async () => (await world.call('department', budgetList, { params: params(), query: {} })).items
const watch = () => world.yiduo.reconcilers.runNow('budget')
const told = () =>
  rowsOf<{ type: string; percent: number; subject: string }>(
    world.databaseUrl,
    `select type, (data->>'percent')::int as percent, subject from events
     where type in ('budget.warning', 'budget.exceeded') order by position`,
  )

/** A small server with 20 GiB, a volume of 10 and an address: what it costs a month. */
const monthly = prices.vcpu + 2 * prices['memory-gib'] + 30 * prices['volume-gib'] + prices.address

test('what was spent is the bills, closed and open, and what is committed is what stands until the year ends', async () => {
  await formal(world)
  const budget = await set({ period: '2026', amountYuanE4: 100_000_000 })
  at('2026-02-05T00:00:00Z')
  await world.yiduo.reconcilers.runNow('closing')
  const [seen] = await list()
  const january = await world.call('department', billGet, { params: { ...params(), month: '2026-01' } })
  expect(january.state).toBe('closed')
  const february = await world.call('department', billGet, { params: { ...params(), month: '2026-02' } })
  expect(seen).toMatchObject({ id: budget.id, hard: false, warningPercents: [80, 100], reachedPercent: null })
  const difference = (seen?.spentYuanE4 ?? 0) - january.amountYuanE4 - february.amountYuanE4
  expect(Math.abs(difference)).toBeLessThan(1_000) // the clock runs on between the two readings
  // All of the year at one price, but for the moment before it became formal and for rounding.
  expect(Math.abs((seen?.spentYuanE4 ?? 0) + (seen?.committedYuanE4 ?? 0) - 12 * monthly)).toBeLessThan(monthly / 100)
})

test('a system or a component has a budget of its own beside the whole', async () => {
  const { id: systemId } = await createSystem(world)
  await formal(world)
  await formal(world, { systemId })
  at('2026-01-20T00:00:00Z')
  const componentId = world.province.componentIds.vcpu
  await set({ period: '2026-01', amountYuanE4: 10_000_000 })
  await set({ period: '2026-01', amountYuanE4: 10_000_000, systemId })
  await set({ period: '2026-01', amountYuanE4: 10_000_000, componentId })
  const items = await list()
  const spent = (it: Partial<Budget>) =>
    items.find((one) => one.systemId === it.systemId && one.componentId === it.componentId)?.spentYuanE4 ?? Number.NaN
  const whole = spent({ systemId: null, componentId: null })
  expect(spent({ systemId, componentId: null }) / whole).toBeCloseTo(0.5, 3)
  expect(spent({ systemId: null, componentId }) / whole).toBeCloseTo(prices.vcpu / monthly, 3)
  const foreign = { period: '2026', amountYuanE4: 1, systemId: 'sys_01ja8kz5v0e8y9m2n4p6q8r0st' }
  expect(await problemOf(set(foreign))).toMatchObject({ code: 'not-found' })
})

test('each level is told once, a raised budget tells anew, and a removed one no more', async () => {
  await formal(world)
  const { id } = await set({ period: '2026-01', amountYuanE4: monthly, warningPercents: [50, 100] })
  at('2026-01-10T00:00:00Z')
  await watch()
  expect(await told()).toEqual([])
  at('2026-01-20T00:00:00Z')
  await watch()
  await watch()
  expect(await told()).toEqual([{ type: 'budget.warning', percent: 50, subject: id }])

  await set({ period: '2026-01', amountYuanE4: monthly / 2 })
  await watch()
  expect((await told()).map((it) => [it.type, it.percent])).toEqual([
    ['budget.warning', 50],
    ['budget.exceeded', 100],
  ])
  await set({ period: '2026-01', amountYuanE4: monthly * 10 })
  await watch()
  await set({ period: '2026-01', amountYuanE4: monthly })
  await watch()
  expect((await told()).slice(2).map((it) => it.percent)).toEqual([50])

  await world.call('operator', budgetRemove, { params: { budgetId: id } })
  expect(await list()).toEqual([])
  expect(await problemOf(world.call('operator', budgetRemove, { params: { budgetId: id } }))).toMatchObject({
    code: 'not-found',
  })
})

const wouldExceed = (added: number, systemId = world.province.system.id) =>
  world.yiduo.database.transaction(programAct('test', 'demonstration.make', 'test'), (tx) =>
    world.yiduo.rooms.budgets.wouldExceed(
      tx,
      fromId('organisation', world.province.department.id) ?? '',
      fromId('system', systemId) ?? '',
      added,
    ),
  )

test('more than a budget holds to its end is told, the hard one first, with what is approved counted before it stands', async () => {
  expect(await wouldExceed(10 ** 12)).toBeNull() // without a budget nothing binds
  const { id: systemId } = await createSystem(world)
  await set({ period: '2026', amountYuanE4: 24 * monthly })
  expect(await wouldExceed(monthly)).toBeNull()
  expect(await wouldExceed(3 * monthly)).toMatchObject({
    hard: false,
    refusal: { refused: { code: 'budget-exceeded', parameters: { period: '2026', spent: '0.00' } } },
  })
  await set({ period: '2026', amountYuanE4: 12 * monthly + 100_000, systemId, hard: true })
  expect(await wouldExceed(3 * monthly)).toMatchObject({ hard: false })
  expect(await wouldExceed(3 * monthly, systemId)).toMatchObject({ hard: true })
  await order(world, { systemId, name: '其一' })
  expect(await wouldExceed(monthly, systemId)).toMatchObject({ hard: true })
  expect(await wouldExceed(0, systemId)).toBeNull()
  // What would exceed a hard one is not sent; another system's, under the soft one, is.
  expect(await problemOf(order(world, { systemId, name: '其二' }))).toMatchObject({ code: 'budget-exceeded' })
  expect(await order(world)).toMatchObject({ state: 'delivering' })
})
