import { amountOf, sumOf } from './amount.ts'
import { monthBounds, secondOf } from './calendar.ts'
import type { HeldInterval, PriceGap, RatedLine, Rating, RatingAsk } from './model.ts'
import { compareGaps, compareLines } from './order.ts'
import { createPriceBook, defaultPriceYuanE4, type PriceTimeline } from './price-timeline.ts'

/** A part of an interval, inside the month, over which one price holds. */
interface Piece {
  readonly fromSecond: number
  readonly seconds: number
  readonly priceStartsAt: number
  readonly monthlyPriceYuanE4: number | null
}

interface OpenLine {
  /** The newest interval gives the line its names: a renamed resource is billed under the name it has. */
  newest: HeldInterval
  readonly monthlyPriceYuanE4: number
  seconds: number
  untilSecond: number
}

function* piecesOf(interval: HeldInterval, timeline: PriceTimeline, from: number, to: number): Generator<Piece> {
  const start = Math.max(from, secondOf(interval.startedAt))
  const end = Math.min(to, interval.endedAt ? secondOf(interval.endedAt) : to)
  for (const period of timeline) {
    const fromSecond = Math.max(start, period.fromSecond)
    const seconds = Math.min(end, period.toSecond) - fromSecond
    if (seconds <= 0) continue
    const monthlyPriceYuanE4 = period.monthlyPriceYuanE4 ?? defaultPriceYuanE4[interval.phase]
    yield { fromSecond, seconds, priceStartsAt: period.fromSecond, monthlyPriceYuanE4 }
  }
}

/** Names are in no key: they may change while the thing stays the same. A new owner starts a new line. */
const lineKey = (it: HeldInterval, monthlyPriceYuanE4: number): string =>
  [it.organisationId, it.systemId, it.resourceId, it.componentId, it.phase, it.quantity, monthlyPriceYuanE4].join(' ')

const isNewer = (a: HeldInterval, b: HeldInterval): boolean =>
  a.startedAt.getTime() === b.startedAt.getTime()
    ? `${a.resourceName} ${a.componentName}` > `${b.resourceName} ${b.componentName}`
    : a.startedAt > b.startedAt

const addToLine = (lines: Map<string, OpenLine>, interval: HeldInterval, price: number, piece: Piece): void => {
  const { seconds } = piece
  const untilSecond = piece.fromSecond + seconds
  const key = lineKey(interval, price)
  const line = lines.get(key)
  if (!line) {
    lines.set(key, { newest: interval, monthlyPriceYuanE4: price, seconds, untilSecond })
    return
  }
  line.seconds += seconds
  line.untilSecond = Math.max(line.untilSecond, untilSecond)
  if (isNewer(interval, line.newest)) line.newest = interval
}

const addToGaps = (gaps: Map<string, PriceGap>, interval: HeldInterval, piece: Piece): void => {
  const { componentId, phase } = interval
  const key = `${componentId} ${phase} ${piece.priceStartsAt}`
  const at = new Date(piece.fromSecond * 1_000)
  const known = gaps.get(key)
  if (!known || at < known.at) gaps.set(key, { componentId, phase, at })
}

const ratedLine = (
  { newest, monthlyPriceYuanE4, seconds, untilSecond }: OpenLine,
  monthSeconds: number,
): RatedLine => ({
  resourceId: newest.resourceId,
  resourceName: newest.resourceName,
  organisationId: newest.organisationId,
  systemId: newest.systemId,
  componentId: newest.componentId,
  componentName: newest.componentName,
  measure: newest.measure,
  phase: newest.phase,
  quantity: newest.quantity,
  seconds,
  heldUntil: new Date(untilSecond * 1_000),
  monthSeconds,
  monthlyPriceYuanE4,
  amountYuanE4: amountOf(monthlyPriceYuanE4, newest.quantity, seconds, monthSeconds),
})

/**
 * What was held in one month, at the prices valid at the time. A function of its arguments alone: rating again,
 * in any order, however the intervals are cut, gives the same bill to the last fen.
 *
 * Each line's pieces are summed before the one rounding, half up to the fen; the bill is the sum of its lines.
 * Lines of zero amount stay: test time is shown. Overlapping intervals of one thing are counted twice; the
 * metering keeps them apart.
 */
export const rateMonth = ({ intervals, prices, month, asOf }: RatingAsk): Rating => {
  const bounds = monthBounds(month)
  const from = secondOf(bounds.startsAt)
  const to = Math.min(secondOf(bounds.endsAt), secondOf(asOf))
  const priceBook = createPriceBook(prices)
  const lines = new Map<string, OpenLine>()
  const gaps = new Map<string, PriceGap>()
  for (const interval of intervals) {
    for (const piece of piecesOf(interval, priceBook(interval.componentId, interval.phase), from, to)) {
      if (piece.monthlyPriceYuanE4 === null) addToGaps(gaps, interval, piece)
      else addToLine(lines, interval, piece.monthlyPriceYuanE4, piece)
    }
  }
  if (gaps.size > 0) return { gaps: [...gaps.values()].sort(compareGaps) }
  const rated = [...lines.values()].map((line) => ratedLine(line, bounds.seconds)).sort(compareLines)
  return { lines: rated, amountYuanE4: sumOf(rated.map((line) => line.amountYuanE4)) }
}
