import fc from 'fast-check'
import { expect, test } from 'vitest'
import { monthBounds } from './calendar.ts'
import type { DatedPrice, HeldInterval, RatedLine } from './model.ts'
import { rateMonth } from './rate-month.ts'

const month = '2026-02'
const { startsAt, endsAt, seconds: monthSeconds } = monthBounds(month)
const dayMs = 86_400_000
const after = (ms: number): Date => new Date(startsAt.getTime() + ms)

/** Any instant from ten days before the month to ten days after it, to the millisecond. */
const instantMs = fc.integer({ min: -10 * dayMs, max: monthSeconds * 1_000 + 10 * dayMs })
const priceE4 = fc.integer({ min: 0, max: 50_000_000 })
const component = fc.constantFrom('vcpu', 'memory')

const interval: fc.Arbitrary<HeldInterval> = fc
  .record({
    resourceId: fc.constantFrom('server-1', 'server-2'),
    componentId: component,
    phase: fc.constantFrom('test' as const, 'formal' as const),
    quantity: fc.integer({ min: 0, max: 4_096 }),
    bounds: fc.tuple(instantMs, instantMs),
    open: fc.boolean(),
  })
  .map(({ bounds, open, ...it }) => ({
    ...it,
    resourceName: it.resourceId,
    organisationId: 'organisation-1',
    systemId: 'system-1',
    componentName: it.componentId,
    measure: 'vcpu' as const,
    startedAt: after(Math.min(...bounds)),
    endedAt: open ? null : after(Math.max(...bounds)),
  }))

/** A list without gaps: both components are priced long before the month, then any number of times in it. */
const priceList: fc.Arbitrary<DatedPrice[]> = fc
  .tuple(
    priceE4,
    fc.uniqueArray(fc.record({ componentId: component, at: instantMs, price: priceE4 }), {
      selector: ({ componentId, at }) => `${componentId} ${at}`,
    }),
  )
  .map(([first, later]) => [
    ...['vcpu', 'memory'].map((componentId) => datedPrice(componentId, new Date('2020-01-01Z'), first)),
    ...later.map(({ componentId, at, price }) => datedPrice(componentId, after(at), price)),
  ])

const datedPrice = (componentId: string, validFrom: Date, monthlyPriceYuanE4: number): DatedPrice => ({
  componentId,
  phase: 'formal',
  validFrom,
  monthlyPriceYuanE4,
})

const ask = fc.record({
  intervals: fc.array(interval, { maxLength: 12 }),
  prices: priceList,
  month: fc.constant(month),
  asOf: instantMs.map(after),
})

const rated = (of: Parameters<typeof rateMonth>[0]): { lines: readonly RatedLine[]; amountYuanE4: number } => {
  const rating = rateMonth(of)
  if ('gaps' in rating) throw new Error('the price list has no gaps')
  return rating
}

test('cutting intervals in two changes nothing', () => {
  fc.assert(
    fc.property(ask, fc.array(fc.integer({ min: 0, max: 1_000 })), (whole, cuts) => {
      const intervals = whole.intervals.flatMap((it, index) => {
        const end = (it.endedAt ?? endsAt).getTime()
        const cut = new Date(
          Math.floor(it.startedAt.getTime() + (end - it.startedAt.getTime()) * ((cuts[index] ?? 500) / 1_000)),
        )
        return it.startedAt <= cut && cut.getTime() <= end
          ? [
              { ...it, endedAt: cut },
              { ...it, startedAt: cut },
            ]
          : [it]
      })
      expect(rateMonth({ ...whole, intervals })).toEqual(rateMonth(whole))
    }),
  )
})

test('the order of intervals and prices changes nothing, and rating again gives the same bill', () => {
  const withShuffle = ask.chain((it) =>
    fc.record({
      sorted: fc.constant(it),
      intervals: fc.shuffledSubarray(it.intervals, { minLength: it.intervals.length }),
      prices: fc.shuffledSubarray(it.prices, { minLength: it.prices.length }),
    }),
  )
  fc.assert(
    fc.property(withShuffle, ({ sorted, intervals, prices }) => {
      expect(rateMonth({ ...sorted, intervals, prices })).toEqual(rateMonth(sorted))
      expect(rateMonth(sorted)).toEqual(rateMonth(sorted))
    }),
  )
})

test('the bill is the sum of its lines, and every line is whole fen within half a fen of the exact amount', () => {
  fc.assert(
    fc.property(ask, (it) => {
      const { lines, amountYuanE4 } = rated(it)
      expect(amountYuanE4).toBe(lines.reduce((sum, line) => sum + line.amountYuanE4, 0))
      for (const line of lines) {
        expect(line.amountYuanE4 % 100).toBe(0)
        const exact = BigInt(line.monthlyPriceYuanE4) * BigInt(line.quantity) * BigInt(line.seconds)
        const off = BigInt(line.amountYuanE4) * BigInt(monthSeconds) - exact
        // Half up: at most half a fen (50) above, less than half a fen below.
        expect(off <= 50n * BigInt(monthSeconds) && off > -50n * BigInt(monthSeconds)).toBe(true)
      }
    }),
  )
})

test('lines of one bill all differ in what makes a line', () => {
  fc.assert(
    fc.property(ask, (it) => {
      const keys = rated(it).lines.map((line) =>
        [line.resourceId, line.componentId, line.phase, line.quantity, line.monthlyPriceYuanE4].join(),
      )
      expect(new Set(keys).size).toBe(keys.length)
    }),
  )
})

test('a whole month costs exactly price × quantity, rounded to the fen', () => {
  fc.assert(
    fc.property(interval, priceE4, (it, price) => {
      const whole: HeldInterval = { ...it, phase: 'formal', startedAt: startsAt, endedAt: null }
      const prices = [datedPrice(it.componentId, new Date('2020-01-01Z'), price)]
      const { amountYuanE4 } = rated({ intervals: [whole], prices, month, asOf: endsAt })
      expect(amountYuanE4).toBe(Math.floor((price * it.quantity + 50) / 100) * 100)
    }),
  )
})

test('holding longer, more, or looking later never costs less', () => {
  const more = fc.record({
    ms: fc.nat({ max: 20 * dayMs }),
    quantity: fc.nat({ max: 100 }),
    asOf: fc.nat({ max: 9 * dayMs }),
  })
  fc.assert(
    fc.property(ask, more, (less, extra) => {
      const longer = less.intervals.map((it) => ({
        ...it,
        quantity: it.quantity + extra.quantity,
        endedAt: it.endedAt && new Date(it.endedAt.getTime() + extra.ms),
      }))
      // One interval at a time: two that had a line in common might part, and each rounds for itself.
      for (const [index, it] of less.intervals.entries()) {
        const costs = (some: HeldInterval | undefined, asOf: Date) =>
          rated({ ...less, intervals: some ? [some] : [], asOf }).amountYuanE4
        const before = costs(it, less.asOf)
        expect(costs(longer[index], less.asOf)).toBeGreaterThanOrEqual(before)
        expect(costs(it, new Date(less.asOf.getTime() + extra.asOf))).toBeGreaterThanOrEqual(before)
      }
    }),
  )
})

test('over months, one interval at one price stays within a fen a month of the exact amount', () => {
  const months = Array.from({ length: 12 }, (_, index) => `2026-${String(index + 1).padStart(2, '0')}`)
  const yearMs = 365 * dayMs
  const newYear = monthBounds('2026-01').startsAt.getTime()
  const twoInstants = fc.tuple(fc.nat({ max: yearMs }), fc.nat({ max: yearMs }))
  fc.assert(
    fc.property(interval, priceE4, twoInstants, (it, price, bounds) => {
      const startedAt = new Date(newYear + Math.min(...bounds))
      const endedAt = new Date(newYear + Math.max(...bounds))
      const whole: HeldInterval = { ...it, phase: 'formal', startedAt, endedAt }
      const prices = [datedPrice(it.componentId, new Date('2020-01-01Z'), price)]
      let charged = 0
      let exact = 0
      for (const each of months) {
        const of = monthBounds(each)
        charged += rated({ intervals: [whole], prices, month: each, asOf: endedAt }).amountYuanE4
        const from = Math.max(Math.floor(startedAt.getTime() / 1_000), of.startsAt.getTime() / 1_000)
        const to = Math.min(Math.floor(endedAt.getTime() / 1_000), of.endsAt.getTime() / 1_000)
        exact += (price * it.quantity * Math.max(0, to - from)) / of.seconds
      }
      expect(Math.abs(charged - exact)).toBeLessThanOrEqual(100 * months.length)
    }),
  )
})
