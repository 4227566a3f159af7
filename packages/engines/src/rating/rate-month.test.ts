import { describe, expect, test } from 'vitest'
import type { DatedPrice, HeldInterval, RatedLine, RatingAsk } from './model.ts'
import { priceAt } from './price-timeline.ts'
import { rateMonth } from './rate-month.ts'

/** Wall clock of Shanghai. */
const at = (wall: string): Date => new Date(`${wall}+08:00`)

const held = (
  quantity: number,
  from: string,
  until: string | null,
  more: Partial<HeldInterval> = {},
): HeldInterval => ({
  resourceId: 'server-1',
  resourceName: 'web-1',
  organisationId: 'organisation-1',
  systemId: 'system-1',
  componentId: 'vcpu-1',
  componentName: 'vCPU',
  measure: 'vcpu',
  phase: 'formal',
  quantity,
  startedAt: at(from),
  endedAt: until === null ? null : at(until),
  ...more,
})

const price = (monthlyPriceYuanE4: number | null, from = '2026-01-01T00:00:00'): DatedPrice => ({
  componentId: 'vcpu-1',
  phase: 'formal',
  validFrom: at(from),
  monthlyPriceYuanE4,
})

const never = at('2099-01-01T00:00:00')
const rate = (month: string, intervals: HeldInterval[], prices: DatedPrice[], asOf = never) =>
  rateMonth({ intervals, prices, month, asOf })

const linesOf = (ask: RatingAsk): readonly RatedLine[] => {
  const rating = rateMonth(ask)
  if ('gaps' in rating) throw new Error(`gaps: ${JSON.stringify(rating.gaps)}`)
  return rating.lines
}

// ¥38.50 a core and month.
const list = [price(385_000)]

describe('worked by hand', () => {
  test('half of February: 2 cores for 14 of 28 days cost ¥38.50', () => {
    const rating = rate('2026-02', [held(2, '2026-02-01T00:00:00', '2026-02-15T00:00:00')], list)
    expect(rating).toMatchObject({ amountYuanE4: 385_000, lines: [{ seconds: 1_209_600, monthSeconds: 2_419_200 }] })
  })

  test('the same 14 days of a leap February: 38.50 × 2 × 14 ÷ 29 = 37.172… → ¥37.17', () => {
    const rating = rate('2028-02', [held(2, '2028-02-01T00:00:00', '2028-02-15T00:00:00')], list)
    expect(rating).toMatchObject({ amountYuanE4: 371_700, lines: [{ monthSeconds: 2_505_600 }] })
  })

  test('a resize in mid-month: 2 cores for 10 days, then 4 for 20, are two lines of ¥25.67 and ¥102.67', () => {
    const rating = rate(
      '2026-11',
      [held(2, '2026-11-01T00:00:00', '2026-11-11T00:00:00'), held(4, '2026-11-11T00:00:00', null)],
      list,
    )
    // 38.50 × 2 × 10 ÷ 30 = 25.666…; 38.50 × 4 × 20 ÷ 30 = 102.666…
    expect(rating).toMatchObject({
      amountYuanE4: 1_283_400,
      lines: [
        { quantity: 2, seconds: 864_000, amountYuanE4: 256_700 },
        { quantity: 4, seconds: 1_728_000, amountYuanE4: 1_026_700 },
      ],
    })
  })

  test('back to the old size: both times at 2 cores are one line, rounded once', () => {
    const lines = linesOf({
      intervals: [
        held(2, '2026-11-01T00:00:00', '2026-11-02T00:00:00'),
        held(4, '2026-11-02T00:00:00', '2026-11-03T00:00:00'),
        held(2, '2026-11-03T00:00:00', '2026-11-04T00:00:00'),
      ],
      prices: [price(450)],
      month: '2026-11',
      asOf: never,
    })
    // ¥0.045 × 2 ÷ 30 is 0.3 fen a day: rounded each by itself both days would be free, together they are a fen.
    expect(lines.map(({ quantity, seconds, amountYuanE4 }) => [quantity, seconds, amountYuanE4])).toEqual([
      [2, 172_800, 100],
      [4, 86_400, 100],
    ])
  })

  test('a new price at midnight of the 15th: 14 days at ¥30, 16 at ¥45 make ¥14.00 + ¥24.00', () => {
    const rating = rate(
      '2026-11',
      [held(1, '2026-10-20T08:30:00', null)],
      [price(300_000), price(450_000, '2026-11-15T00:00:00')],
    )
    expect(rating).toMatchObject({
      amountYuanE4: 380_000,
      lines: [
        { monthlyPriceYuanE4: 300_000, seconds: 14 * 86_400, amountYuanE4: 140_000 },
        { monthlyPriceYuanE4: 450_000, seconds: 16 * 86_400, amountYuanE4: 240_000 },
      ],
    })
  })

  test('one second of one core costs nothing at ¥38.50, one fen from 2,592,000 × half a fen on', () => {
    const second = [held(1, '2026-11-30T23:59:59', null)]
    expect(rate('2026-11', second, list)).toMatchObject({ amountYuanE4: 0, lines: [{ seconds: 1 }] })
    expect(rate('2026-11', second, [price(2_592_000 * 50)])).toMatchObject({ amountYuanE4: 100 })
    expect(rate('2026-11', second, [price(2_592_000 * 50 - 1)])).toMatchObject({ amountYuanE4: 0 })
  })
})

describe('the edges of an interval', () => {
  test('milliseconds are dropped on both ends', () => {
    const rating = rate('2026-11', [held(1, '2026-11-01T00:00:00.999', '2026-11-01T00:00:02.001')], list)
    expect(rating).toMatchObject({ lines: [{ seconds: 2 }] })
    expect(rate('2026-11', [held(1, '2026-11-01T00:00:00.1', '2026-11-01T00:00:00.9')], list)).toMatchObject({
      lines: [],
    })
  })

  test('what is still held ends now on a provisional bill, and at the month’s end on a late one', () => {
    const open = [held(1, '2026-11-10T00:00:00', null)]
    expect(rate('2026-11', open, list, at('2026-11-11T00:00:00'))).toMatchObject({ lines: [{ seconds: 86_400 }] })
    expect(rate('2026-11', open, list, at('2026-12-24T00:00:00'))).toMatchObject({ lines: [{ seconds: 21 * 86_400 }] })
    expect(rate('2026-11', open, list, at('2026-11-09T00:00:00'))).toEqual({ lines: [], amountYuanE4: 0 })
  })

  test('what ended after the bill’s instant was still held at it', () => {
    const closed = [held(1, '2026-11-10T00:00:00', '2026-11-20T00:00:00')]
    expect(rate('2026-11', closed, list, at('2026-11-11T00:00:00'))).toMatchObject({ lines: [{ seconds: 86_400 }] })
  })

  test('other months are left to their own bills', () => {
    const autumn = [held(1, '2026-09-01T00:00:00', '2026-11-01T00:00:00')]
    expect(rate('2026-11', autumn, list)).toEqual({ lines: [], amountYuanE4: 0 })
    expect(rate('2026-10', autumn, list)).toMatchObject({ amountYuanE4: 385_000 })
  })
})

describe('phases and gaps', () => {
  test('test time without a price is free and shown before the formal time', () => {
    const rating = rate(
      '2026-11',
      [held(1, '2026-11-02T00:00:00', null), held(1, '2026-11-01T00:00:00', '2026-11-02T00:00:00', { phase: 'test' })],
      list,
    )
    expect(rating).toMatchObject({
      lines: [
        { phase: 'test', seconds: 86_400, monthlyPriceYuanE4: 0, amountYuanE4: 0 },
        { phase: 'formal', seconds: 29 * 86_400 },
      ],
    })
  })

  test('test time that has a price costs it, and still comes first', () => {
    const testPrice: DatedPrice = { ...price(600_000), phase: 'test' }
    const rating = rate(
      '2026-11',
      [held(1, '2026-11-16T00:00:00', null), held(1, '2026-11-01T00:00:00', '2026-11-16T00:00:00', { phase: 'test' })],
      [...list, testPrice],
    )
    expect(rating).toMatchObject({
      amountYuanE4: 492_500,
      lines: [
        { phase: 'test', amountYuanE4: 300_000 },
        { phase: 'formal', amountYuanE4: 192_500 },
      ],
    })
  })

  test('formal time before the first price is a gap, said once per component from its first instant', () => {
    const rating = rate(
      '2026-11',
      [
        held(1, '2026-11-05T00:00:00', null),
        held(1, '2026-11-03T00:00:00', null, { resourceId: 'server-2' }),
        held(1, '2026-11-01T00:00:00', null, { resourceId: 'server-3', phase: 'test' }),
      ],
      [price(385_000, '2026-11-10T00:00:00')],
    )
    expect(rating).toEqual({ gaps: [{ componentId: 'vcpu-1', phase: 'formal', at: at('2026-11-03T00:00:00') }] })
  })

  test('a withdrawn price is a gap until the next one; each hole is told', () => {
    const prices = [
      price(100_000),
      price(null, '2026-11-05T00:00:00'),
      price(120_000, '2026-11-06T00:00:00'),
      price(null, '2026-11-20T00:00:00'),
    ]
    expect(rate('2026-11', [held(1, '2026-11-01T00:00:00', null)], prices)).toMatchObject({
      gaps: [{ at: at('2026-11-05T00:00:00') }, { at: at('2026-11-20T00:00:00') }],
    })
    expect(rate('2026-11', [held(1, '2026-11-06T00:00:00', '2026-11-20T00:00:00')], prices)).toHaveProperty('lines')
  })

  test('the price of an instant is the newest one not later than it', () => {
    const prices = [price(450_000, '2026-11-15T00:00:00'), price(300_000), price(null, '2026-12-01T00:00:00')]
    const of = (wall: string, phase: 'test' | 'formal' = 'formal') => priceAt(prices, 'vcpu-1', phase, at(wall))
    expect(of('2025-12-31T23:59:59')).toBeNull()
    expect(of('2026-11-14T23:59:59')).toBe(300_000)
    expect(of('2026-11-15T00:00:00')).toBe(450_000)
    expect(of('2026-12-01T00:00:00')).toBeNull()
    expect(of('2026-12-01T00:00:00', 'test')).toBe(0)
  })
})

describe('whose line it is', () => {
  test('a renamed resource keeps its line, under its newest name', () => {
    const intervals = [
      held(1, '2026-11-11T00:00:00', null, { resourceName: 'portal' }),
      held(1, '2026-11-01T00:00:00', '2026-11-11T00:00:00', { resourceName: 'web-1' }),
    ]
    for (const some of [intervals, intervals.toReversed()]) {
      const lines = linesOf({ intervals: some, prices: list, month: '2026-11', asOf: never })
      expect(lines).toMatchObject([{ resourceName: 'portal', amountYuanE4: 385_000 }])
    }
  })

  test('a resource that changed hands is a line for each owner', () => {
    const lines = linesOf({
      intervals: [
        held(1, '2026-11-01T00:00:00', '2026-11-16T00:00:00'),
        held(1, '2026-11-16T00:00:00', null, { systemId: 'system-2' }),
      ],
      prices: list,
      month: '2026-11',
      asOf: never,
    })
    expect(lines.map(({ systemId, amountYuanE4 }) => [systemId, amountYuanE4])).toEqual([
      ['system-1', 192_500],
      ['system-2', 192_500],
    ])
  })

  test('an amount too large for an exact number is refused, not rounded in silence', () => {
    const month = held(2 ** 30, '2026-11-01T00:00:00', null)
    expect(() => rate('2026-11', [month], [price(1_000_000_000_000)])).toThrow(RangeError)
  })
})
