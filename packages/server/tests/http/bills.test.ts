import {
  type Bill,
  billClose,
  billGet,
  priceSet,
  requestCreate,
  requestGet,
  serverResize,
  usageList,
  volumeExtend,
} from '@yiduo/contract'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, bodyOf, formal, order, problemOf, purged, resourceOf } from '../world/orders.ts'
import { prices } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

/** Noon of the first of a month of 31 days, in Shanghai. */
const startsAt = new Date('2026-01-01T04:00:00Z')
const monthSeconds = 31 * 86_400

let world: World
beforeEach(async () => {
  world = await createWorld({ startsAt })
  await connectTestCloud(world)
})
afterEach(() => world[Symbol.asyncDispose]())

/** To an instant of the story; everybody signs in anew. */
const at = (iso: string) => world.shift(Date.parse(iso) - world.clock.now().getTime())
const bill = (month: string, login = 'department'): Promise<Bill> =>
  world.call(login, billGet, { params: { organisationId: world.province.department.id, month } })
const close = (month: string) =>
  world.call('operator', billClose, { params: { organisationId: world.province.department.id, month } })

interface Interval {
  readonly resource: string
  readonly measure: keyof typeof prices
  readonly phase: string
  readonly quantity: number
  readonly started: number
  readonly ended: number | null
}

/** The intervals as they stand in the table, cut to whole seconds as a bill counts them. */
const intervals = () =>
  rowsOf<Interval>(
    world.databaseUrl,
    `select resource_id as resource, c.measure, phase, quantity::int,
            floor(extract(epoch from started_at))::float8 as started, floor(extract(epoch from ended_at))::float8 as ended
     from usage_intervals u join components c on c.id = u.component_id order by started_at`,
  )

/**
 * The sum by hand, apart from the server's own arithmetic: price × quantity × seconds ÷ seconds of the month, each
 * line (resource, component, phase, quantity, price) rounded half up to the fen.
 */
const byHand = async (
  from: string,
  to: string,
  asOf: string,
  priceOf = (measure: keyof typeof prices) => prices[measure],
) => {
  const [start, end] = [
    Date.parse(from) / 1_000,
    Math.min(Date.parse(to) / 1_000, Math.floor(Date.parse(asOf) / 1_000)),
  ]
  const seconds = new Map<string, { price: number; quantity: number; held: number }>()
  for (const it of await intervals()) {
    if (it.phase === 'test') continue
    const held = Math.min(it.ended ?? end, end) - Math.max(it.started, start)
    if (held <= 0) continue
    const key = [it.resource, it.measure, it.quantity].join(' ')
    const line = seconds.get(key) ?? { price: priceOf(it.measure), quantity: it.quantity, held: 0 }
    seconds.set(key, { ...line, held: line.held + held })
  }
  const length = (Date.parse(to) - Date.parse(from)) / 1_000
  let fen = 0n
  for (const { price, quantity, held } of seconds.values()) {
    const divisor = BigInt(length) * 100n
    fen += (2n * BigInt(price) * BigInt(quantity) * BigInt(held) + divisor) / (2n * divisor)
  }
  return Number(fen) * 100
}

const january = ['2025-12-31T16:00:00Z', '2026-01-31T16:00:00Z'] as const
const february = ['2026-01-31T16:00:00Z', '2026-02-28T16:00:00Z'] as const

test('a month with its test time, a resize and an extension in the middle, and a reclaim comes to the fen', async () => {
  const { id } = await formal(world, { dataVolumeGib: 10 })
  const server = await resourceOf(world, id, 'server')
  const volume = await resourceOf(world, id, 'volume')
  at('2026-01-10T04:00:00Z')
  const body = { planId: world.province.plans.medium.id }
  const resize = await world.call('department', serverResize, { params: { serverId: server.id }, body })
  await world.requestIn(resize.id, 'completed')
  at('2026-01-16T16:30:00Z')
  const extend = await world.call('department', volumeExtend, {
    params: { volumeId: volume.id },
    body: { sizeGib: 33 },
  })
  await world.requestIn(extend.id, 'completed')
  at('2026-01-20T04:00:00Z')
  const open = await bill('2026-01')
  expect(open).toMatchObject({ state: 'provisional', id: null })
  expect(open.amountYuanE4).toBe(await byHand(...january, open.asOf))
  at('2026-01-25T04:00:00Z')
  await askReclaim(world, id)
  await world.requestIn(id, 'recycled')
  expect(await imbalances(world.databaseUrl)).toEqual([])

  expect(await problemOf(close('2026-01'))).toMatchObject({ status: 409, code: 'month-not-over' })
  at('2026-01-31T16:06:00Z')
  const closed = await close('2026-01')
  expect(closed.amountYuanE4).toBe(await byHand(...january, closed.asOf))
  expect(closed.amountYuanE4).toBe(closed.lines.reduce((sum, line) => sum + line.amountYuanE4, 0))
  expect(closed.lines.every((line) => line.amountYuanE4 % 100 === 0)).toBe(true)

  const vcpu = closed.lines.filter((line) => line.measure === 'vcpu' && line.phase === 'formal')
  expect(vcpu.map((line) => line.quantity)).toEqual([1, 2])
  const days = vcpu.map((line) => line.seconds / 86_400)
  expect(days[0]).toBeCloseTo(9, 2)
  expect(days[1]).toBeCloseTo(15, 2)
  expect(vcpu.map((line) => [line.monthSeconds, line.monthlyPriceYuanE4])).toEqual([
    [monthSeconds, prices.vcpu],
    [monthSeconds, prices.vcpu],
  ])
})

test('test time is shown and costs nothing', async () => {
  const { id } = await order(world)
  await world.requestIn(id, 'testing')
  at('2026-01-05T04:00:00Z')
  const { lines, amountYuanE4 } = await bill('2026-01')
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.every((line) => line.phase === 'test' && line.amountYuanE4 === 0 && line.seconds > 3 * 86_400)).toBe(
    true,
  )
  expect(amountYuanE4).toBe(0)
})

test('a closed month never changes, whatever comes after, and a second closing is refused', async () => {
  await formal(world)
  at('2026-02-01T00:00:00Z')
  const closed = await close('2026-01')
  expect(await problemOf(close('2026-01'))).toMatchObject({ status: 409, code: 'month-closed' })
  const { componentIds } = world.province
  const setPrice = (validFrom: string, monthlyPriceYuanE4: number) =>
    world.call('operator', priceSet, {
      body: { componentId: componentIds.vcpu, phase: 'formal', validFrom, monthlyPriceYuanE4 },
    })
  expect(await problemOf(setPrice('2026-01-15T00:00:00Z', 1))).toMatchObject({ status: 409, code: 'month-closed' })
  await setPrice('2026-02-10T16:00:00Z', 800_000)
  at('2026-02-28T16:06:00Z')
  expect(await bill('2026-01')).toEqual({ ...closed, asOf: closed.asOf })
  const next = await close('2026-02')
  const vcpu = next.lines.filter((line) => line.measure === 'vcpu')
  expect(vcpu.map((line) => [line.monthlyPriceYuanE4, line.seconds])).toEqual([
    [400_000, 10 * 86_400],
    [800_000, 18 * 86_400],
  ])
  const rest = (await byHand(...february, next.asOf)) - vcpuAt(prices.vcpu, 28)
  expect(next.amountYuanE4).toBe(rest + vcpuAt(400_000, 10) + vcpuAt(800_000, 18))
})

/** Of one core over so many days of February 2026, rounded as a bill does. */
const vcpuAt = (price: number, days: number): number => Math.floor((price * days) / 28 / 100 + 0.5) * 100

test('two closings at once close once', async () => {
  await formal(world)
  at('2026-02-01T00:00:00Z')
  await world.tokenOf('operator')
  const answers = await Promise.allSettled([close('2026-01'), close('2026-01')])
  expect(answers.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await rowsOf(world.databaseUrl, 'select month from bills')).toEqual([{ month: '2026-01' }])
})

test('what was reclaimed is settled when its month is closed', async () => {
  const { id } = await formal(world)
  at('2026-01-10T00:00:00Z')
  await askReclaim(world, id)
  await purged(world, id)
  at('2026-02-01T00:00:00Z')
  await close('2026-01')
  const settled = await world.call('department', requestGet, { params: { requestId: id } })
  expect(settled).toMatchObject({ state: 'settled', step: 'settle' })
})

test('a price list with a gap stops the bill, and says which component from when', async () => {
  await formal(world)
  const validFrom = '2026-01-05T00:00:00.000Z'
  await world.call('operator', priceSet, {
    body: {
      componentId: world.province.componentIds['volume-gib'],
      phase: 'formal',
      validFrom,
      monthlyPriceYuanE4: null,
    },
  })
  at('2026-01-06T00:00:00Z')
  const problem = await problemOf(bill('2026-01'))
  expect(problem).toMatchObject({ status: 409, code: 'price-missing' })
  expect(problem.detail).toContain('C-volume-gib')
  expect(problem.detail).toContain(validFrom)
  at('2026-02-01T00:00:00Z')
  expect(await problemOf(close('2026-01'))).toMatchObject({ code: 'price-missing' })
  // Somebody else's closed month that charged nothing of it keeps nobody from closing the gap.
  const params = { organisationId: world.province.otherDepartment.id, month: '2026-01' }
  expect((await world.call('operator', billClose, { params })).state).toBe('closed')
  const setPrice = (from: string) =>
    world.call('operator', priceSet, {
      body: {
        componentId: world.province.componentIds['volume-gib'],
        phase: 'formal',
        validFrom: from,
        monthlyPriceYuanE4: 3_000,
      },
    })
  expect(await problemOf(setPrice(validFrom))).toMatchObject({ status: 409, code: 'price-already-set' })
  await setPrice('2026-01-05T00:00:00.001Z')
  expect((await close('2026-01')).state).toBe('closed')
})

test('a month without use is a bill of nothing; one still to come is too', async () => {
  expect(await bill('2025-06')).toMatchObject({ amountYuanE4: 0, lines: [] })
  expect(await bill('2030-01')).toMatchObject({ amountYuanE4: 0, lines: [] })
  expect(await problemOf(bill('2026-13'))).toMatchObject({ status: 400, code: 'input-invalid' })
})

test('the usage that is listed is the usage that is billed', async () => {
  const { id } = await formal(world)
  const server = await resourceOf(world, id, 'server')
  at('2026-01-03T04:00:00Z')
  const { items } = await world.call('department', usageList, { query: { resourceId: server.id } })
  const open = items.filter((it) => it.endedAt === null)
  expect(open.map((it) => it.phase)).toEqual(open.map(() => 'formal'))
  const billed = (await bill('2026-01')).lines.filter(
    (line) => line.resourceId === server.id && line.phase === 'formal',
  )
  expect(billed.map((line) => line.componentId).sort()).toEqual(open.map((it) => it.componentId).sort())
})

test('the price a month that is shown before sending is what a whole month costs', async () => {
  const drafted = await world.call('department', requestCreate, { body: bodyOf(world) })
  at('2026-01-31T15:59:00Z')
  await formal(world)
  at('2026-02-28T16:06:00Z')
  const closed = await close('2026-02')
  expect(closed.amountYuanE4).toBe(drafted.monthlyPriceYuanE4)
})
