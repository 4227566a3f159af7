import { rejected } from '../model.ts'
import { hostFilters } from './filters/index.ts'
import type { Fleet } from './fleet.ts'
import { wholeCardMilli } from './model.ts'
import { type CostTable, createCostTable } from './rank.ts'
import type { BoundScorer, HostScorer } from './scorers/index.ts'
import type { ClassRefusal, Shape } from './shape.ts'

/** Verdict on a host: 0 admitted, 1 its class was refused, from 2 on the host filter that refused it. */
const classRefused = 1
const firstHostFilter = 2
const verdictKinds = firstHostFilter + hostFilters.length

export interface WeighedScorer {
  readonly scorer: HostScorer
  readonly bound: BoundScorer
}

/** How every host stands towards one shape, kept from one decision to the next: only what has changed is scored again. */
export interface Standing {
  readonly shape: Shape
  /** Infinite where a host was refused. */
  readonly table: CostTable
  /** By host: the card to cut from, or -1. */
  readonly cards: Int32Array
  /** How many hosts of a class one host filter, by its place among them, turned away. */
  readonly countOf: (hostClass: number, filter: number) => number
  /** What turned a host away, or null. */
  readonly refusalOf: (host: number) => ClassRefusal | null
  /** Up to this place in the fleet's log. */
  readonly bringUpToDate: () => void
}

const totalCost = (scorers: readonly WeighedScorer[], host: number, shape: Shape, card: number): number => {
  let cost = 0
  for (const { scorer, bound } of scorers) cost += scorer.weight * bound.cost(host, shape, card)
  return cost
}

const isEarlierAlike = (fleet: Fleet, start: number, card: number): boolean => {
  for (let other = start; other < card; other++)
    if (fleet.cardMilliFree[other] === fleet.cardMilliFree[card]) return true
  return false
}

/** Of equal cards the first, of cards that cost the same the one with least left. */
const cutCheapest = (
  fleet: Fleet,
  scorers: readonly WeighedScorer[],
  shape: Shape,
  host: number,
  { table, cards }: Pick<Standing, 'table' | 'cards'>,
): void => {
  let cheapest = Number.POSITIVE_INFINITY
  let leastLeft = Number.POSITIVE_INFINITY
  const start = fleet.cardStart[host] ?? 0
  const end = fleet.cardStart[host + 1] ?? 0
  for (let card = start; card < end; card++) {
    const left = fleet.cardMilliFree[card] ?? 0
    if (left < shape.cardMilli || isEarlierAlike(fleet, start, card)) continue
    const cost = totalCost(scorers, host, shape, card)
    if (cost > cheapest || (cost === cheapest && left >= leastLeft)) continue
    cheapest = cost
    leastLeft = left
    cards[host] = card
  }
  table.set(host, cheapest)
}

export const createStanding = (fleet: Fleet, shape: Shape, scorers: readonly WeighedScorer[]): Standing => {
  const table = createCostTable(fleet.size)
  const cards = new Int32Array(fleet.size).fill(-1)
  const verdicts = new Uint8Array(fleet.size)
  const counts = new Int32Array(fleet.classes.length * verdictKinds)
  let position = -1

  const verdictOn = (host: number): number => {
    if (shape.refusals[fleet.classOf[host] ?? 0]) return classRefused
    const index = hostFilters.findIndex((filter) => !filter.admits(fleet, host, shape))
    return index < 0 ? 0 : firstHostFilter + index
  }

  const isShare = shape.cardCount === 1 && shape.cardMilli < wholeCardMilli
  const score = (host: number): void => {
    const verdict = verdictOn(host)
    verdicts[host] = verdict
    const count = (fleet.classOf[host] ?? 0) * verdictKinds + verdict
    counts[count] = (counts[count] ?? 0) + 1
    if (verdict !== 0) table.set(host, Number.POSITIVE_INFINITY)
    else if (isShare) cutCheapest(fleet, scorers, shape, host, { table, cards })
    else table.set(host, totalCost(scorers, host, shape, -1))
  }
  const scoreAgain = (host: number): void => {
    const count = (fleet.classOf[host] ?? 0) * verdictKinds + (verdicts[host] ?? 0)
    counts[count] = (counts[count] ?? 0) - 1
    score(host)
  }

  return {
    shape,
    table,
    cards,
    countOf: (hostClass, filter) => counts[hostClass * verdictKinds + firstHostFilter + filter] ?? 0,
    refusalOf: (host) => {
      const filter = hostFilters[(verdicts[host] ?? 0) - firstHostFilter]
      if (filter) return { filter: filter.name, reason: rejected(filter.code) }
      return shape.refusals[fleet.classOf[host] ?? 0] ?? null
    },
    bringUpToDate: () => {
      if (position < 0) for (let host = 0; host < fleet.size; host++) score(host)
      else fleet.changes.visitSince(position, scoreAgain)
      position = fleet.changes.end()
    },
  }
}
