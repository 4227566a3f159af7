import type { Fleet } from '../fleet.ts'
import { type HostClass, wholeCardMilli } from '../model.ts'
import type { HostPolicy } from '../policy.ts'
import type { Shape } from '../shape.ts'
import { type Candidate, type Price, rounded, stepMilli, steps, worthTable } from '../worth/worth-table.ts'
import type { BoundScorer, HostScorer } from './scorer.ts'

const pricesOf = ({ vcpuPrices, memoryPrices }: HostPolicy): Price[] =>
  vcpuPrices.flatMap((vcpu) => memoryPrices.map((gib) => ({ vcpuMilli: vcpu / 1_000, memoryMib: gib / 1_024 })))

const candidatesFor = (hostClass: HostClass, { classes, pieceWorth }: HostPolicy): Candidate[] => {
  const { cardModel, cards } = hostClass
  const worths = pieceWorth?.get(hostClass.key)
  return classes
    .filter((it) => it.cards > 0 && it.cards <= cards)
    .filter((it) => cardModel !== null && (it.models === null || it.models.includes(cardModel)))
    .map((it) => {
      const taken = it.cards > 1 ? steps : Math.ceil(it.cardMilli / stepMilli)
      return {
        worth: worths?.[taken] ?? it.cardMilli,
        vcpusMilli: it.vcpusMilli / it.cards,
        memoryMib: it.memoryMib / it.cards,
        steps: taken,
        share: it.share * it.cards,
      }
    })
}

/** Classes of hosts to which the same work may come have one table. */
const tablesFor = (fleet: Fleet, policy: HostPolicy, prices: readonly Price[]): Float64Array[] => {
  const byCandidates = new Map<string, Float64Array>()
  return fleet.classes.map((hostClass) => {
    const candidates = candidatesFor(hostClass, policy)
    const key = JSON.stringify(candidates)
    const table = byCandidates.get(key) ?? worthTable(candidates, prices, policy.patience)
    byCandidates.set(key, table)
    return table
  })
}

const stepOf = (milli: number): number => Math.floor(milli / stepMilli)

const bindTo = (fleet: Fleet, policy: HostPolicy): BoundScorer => {
  const prices = pricesOf(policy)
  const width = prices.length
  const tables = tablesFor(fleet, policy, prices)
  const tableOf = (host: number): Float64Array => tables[fleet.classOf[host] ?? 0] ?? new Float64Array(0)
  // At each price, what the host's cards are worth and its cores and memory would bring; its worth is the least of these.
  const priced = new Float64Array(fleet.size * width)
  const worth = new Float64Array(fleet.size)
  const changed = (host: number): void => {
    const table = tableOf(host)
    const end = fleet.cardStart[host + 1] ?? 0
    let least = Number.POSITIVE_INFINITY
    for (let index = 0; index < width; index++) {
      const price = prices[index]
      if (!price) break
      let sum = rounded(
        price.vcpuMilli * (fleet.vcpusMilliFree[host] ?? 0) + price.memoryMib * (fleet.memoryMibFree[host] ?? 0),
      )
      for (let card = fleet.cardStart[host] ?? 0; card < end; card++)
        sum += table[stepOf(fleet.cardMilliFree[card] ?? 0) * width + index] ?? 0
      priced[host * width + index] = sum
      if (sum < least) least = sum
    }
    worth[host] = least
  }
  for (let host = 0; host < fleet.size; host++) changed(host)

  const bills = new WeakMap<Shape, Float64Array>()
  const billOf = (shape: Shape): Float64Array => {
    const known = bills.get(shape)
    if (known) return known
    const bill = Float64Array.from(prices, (price) =>
      rounded(price.vcpuMilli * shape.vcpusMilli + price.memoryMib * shape.memoryMib),
    )
    bills.set(shape, bill)
    return bill
  }

  const cost = (host: number, shape: Shape, card: number): number => {
    const bill = billOf(shape)
    const table = tableOf(host)
    const free = card < 0 ? wholeCardMilli : (fleet.cardMilliFree[card] ?? 0)
    const from = stepOf(free) * width
    const to = stepOf(free - shape.cardMilli) * width
    const cards = shape.cardCount
    const start = host * width
    let least = Number.POSITIVE_INFINITY
    for (let index = 0; index < width; index++) {
      const lost = cards === 0 ? 0 : cards * ((table[from + index] ?? 0) - (table[to + index] ?? 0))
      const left = (priced[start + index] ?? 0) - (bill[index] ?? 0) - lost
      if (left < least) least = left
    }
    return (worth[host] ?? 0) - least
  }
  return { changed, cost }
}

/**
 * What a host is worth is the GPU time that may still be sold on it: the sum of what its free pieces can be expected
 * to bring, with cores and memory at the price at which that sum is least (Lagrangian dual of packing the host). The
 * cost of a place is the worth lost by it, so a piece is cut where it leaves another that is of use, and a host keeps
 * the cores and memory that its cards will need.
 */
export const worthLost = (weight: number, policy: HostPolicy): HostScorer => ({
  name: 'worth-lost',
  weight,
  bind: (fleet) => bindTo(fleet, policy),
})
