/** Pieces are told apart by so many thousandths of a card: a share asked for is rounded up, a piece left is rounded down. */
export const stepMilli = 10
export const steps = 100

/** Work that may come, as one card sees it: its part of the cores and memory, and what serving it is worth. */
export interface Candidate {
  readonly worth: number
  readonly vcpusMilli: number
  readonly memoryMib: number
  /** Of the card, 1–100. */
  readonly steps: number
  readonly share: number
}

/** Prices for a thousandth of a core and for a MiB. */
export interface Price {
  readonly vcpuMilli: number
  readonly memoryMib: number
}

interface Priced {
  readonly value: number
  readonly share: number
}

/** Best first, by the size of the piece that they take: what remains after it is the same for all of one size. */
const pricedBySize = (candidates: readonly Candidate[], price: Price): (readonly Priced[])[] => {
  const bySize: Priced[][] = Array.from({ length: steps + 1 }, () => [])
  for (const it of candidates) {
    const value = it.worth - price.vcpuMilli * it.vcpusMilli - price.memoryMib * it.memoryMib
    bySize[it.steps]?.push({ value, share: it.share })
  }
  return bySize.map((same) => same.sort((a, b) => b.value - a.value))
}

/** Later ones than this hardly ever come to be the best of those that came. */
const missedEnough = 1e-4

/** Mean of the best that comes within `patience` arrivals, for a piece of so many steps, given what smaller ones are worth. */
const expectedBest = (
  bySize: readonly (readonly Priced[])[],
  piece: number,
  worth: Float64Array,
  patience: number,
): number => {
  const next = new Uint16Array(piece + 1)
  let seen = 0
  let missed = 1
  let mean = 0
  for (;;) {
    let best: Priced | undefined
    let bestValue = 0
    let bestSize = 0
    for (let size = 1; size <= piece; size++) {
      const head = bySize[size]?.[next[size] ?? 0]
      if (!head) continue
      const value = head.value + (worth[piece - size] ?? 0)
      if (value > bestValue) [best, bestValue, bestSize] = [head, value, size]
    }
    if (!best) return mean
    next[bestSize] = (next[bestSize] ?? 0) + 1
    seen += best.share
    const missedNow = Math.max(0, 1 - seen) ** patience
    mean += bestValue * (missed - missedNow)
    missed = missedNow
    if (missed < missedEnough) return mean
  }
}

/** Sums of rounded values are exact, so hosts that are alike cost the same whatever the order of their cards. */
export const rounded = (value: number): number => Math.round(value * 1_024) / 1_024

/**
 * What a free piece of a card can be expected to bring, by its steps and then by price, cores and memory paid for:
 * piece s at price p is at `s * prices.length + p`. It waits for the best of `patience` arrivals, takes it, and what
 * remains of it is worth what a piece of that size is worth.
 */
export const worthTable = (
  candidates: readonly Candidate[],
  prices: readonly Price[],
  patience: number,
): Float64Array => {
  const table = new Float64Array((steps + 1) * prices.length)
  const worth = new Float64Array(steps + 1)
  prices.forEach((price, index) => {
    const bySize = pricedBySize(candidates, price)
    for (let piece = 1; piece <= steps; piece++) {
      worth[piece] = Math.max(worth[piece - 1] ?? 0, expectedBest(bySize, piece, worth, patience))
      table[piece * prices.length + index] = rounded(worth[piece] ?? 0)
    }
  })
  return table
}
