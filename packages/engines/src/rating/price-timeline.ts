import type { Phase } from '@yiduo/contract'
import { secondOf } from './calendar.ts'
import type { DatedPrice } from './model.ts'

/** One price over [fromSecond, toSecond); null where there is none. */
interface PricePeriod {
  readonly fromSecond: number
  readonly toSecond: number
  readonly monthlyPriceYuanE4: number | null
}

/** Periods without holes from the beginning of time to its end, oldest first. */
export type PriceTimeline = readonly PricePeriod[]

const nothing: PriceTimeline = [
  { fromSecond: Number.NEGATIVE_INFINITY, toSecond: Number.POSITIVE_INFINITY, monthlyPriceYuanE4: null },
]

const timelineOf = (prices: readonly DatedPrice[]): PriceTimeline => {
  const sorted = prices.toSorted((a, b) => a.validFrom.getTime() - b.validFrom.getTime())
  const starts = [
    { fromSecond: Number.NEGATIVE_INFINITY, monthlyPriceYuanE4: null },
    ...sorted.map((it) => ({ fromSecond: secondOf(it.validFrom), monthlyPriceYuanE4: it.monthlyPriceYuanE4 })),
  ]
  return starts.map((it, index) => ({ ...it, toSecond: starts[index + 1]?.fromSecond ?? Number.POSITIVE_INFINITY }))
}

/** What a component costs in a phase, over all time. */
export const createPriceBook = (
  prices: Iterable<DatedPrice>,
): ((componentId: string, phase: Phase) => PriceTimeline) => {
  const keyOf = (componentId: string, phase: Phase) => `${phase} ${componentId}`
  const byKey = Map.groupBy(prices, (it) => keyOf(it.componentId, it.phase))
  const timelines = new Map(byKey.entries().map(([key, some]) => [key, timelineOf(some)]))
  return (componentId, phase) => timelines.get(keyOf(componentId, phase)) ?? nothing
}

/**
 * Price that applies where the price list is silent. Test time is free unless somebody priced it;
 * formal time must be priced.
 */
export const defaultPriceYuanE4 = { test: 0, formal: null } as const satisfies Record<Phase, number | null>

/** The price a month of one unit at an instant, in 1/10000 yuan; null where a formal price is missing. */
export const priceAt = (prices: Iterable<DatedPrice>, componentId: string, phase: Phase, at: Date): number | null => {
  const second = secondOf(at)
  const period = createPriceBook(prices)(componentId, phase).find(
    (it) => it.fromSecond <= second && second < it.toSecond,
  )
  return period?.monthlyPriceYuanE4 ?? defaultPriceYuanE4[phase]
}
