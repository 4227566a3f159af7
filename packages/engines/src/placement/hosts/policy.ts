import { type Refused, rejected } from '../model.ts'

/** A class of work as it has been seen to come, or as it is expected: a typical list is data like any other. */
export interface SeenClass {
  readonly vcpusMilli: number
  readonly memoryMib: number
  readonly cards: number
  /** Of each card; 0 without cards. */
  readonly cardMilli: number
  /** Null where any model will do. */
  readonly models: readonly string[] | null
  /** Of all that arrives, 0–1. */
  readonly share: number
}

/** What a piece of a card is worth, in thousandths of a card, by the key of a host class: 101 values, 0–1000 milli by tens. */
export type PieceWorth = ReadonlyMap<string, readonly number[]>

/** How hosts are chosen, as data: one configuration for every fleet and every mix of work. */
export interface HostPolicy {
  readonly weights: {
    readonly worthLost: number
    readonly wholeHosts: number
    readonly idleCards: number
    readonly ownCity: number
    readonly mostRoom: number
  }
  /** So many arrivals a free piece is thought to wait for the one that suits it best. */
  readonly patience: number
  /** Prices tried for a core and for a GiB, in thousandths of a card: the least sum of them tells what runs out. */
  readonly vcpuPrices: readonly number[]
  readonly memoryPrices: readonly number[]
  readonly classes: readonly SeenClass[]
  /** From the dual prices of `cuttingStock`; without it a piece is worth its size. */
  readonly pieceWorth: PieceWorth | null
}

/** The product's own. What it was weighed against is in docs/benchmarks.md. */
export const defaultHostPolicy: HostPolicy = {
  // A place in another city costs more than any card; hosts are filled, where pools would be levelled.
  weights: { worthLost: 1, wholeHosts: 2, idleCards: 100, ownCity: 20_000, mostRoom: 0 },
  patience: 90,
  vcpuPrices: [0.25, 2, 6, 15, 40, 150],
  memoryPrices: [0.05, 0.5, 1.5, 3.5, 10, 35],
  classes: [],
  pieceWorth: null,
}

/** Their product is paid for at every host that is scored. */
const pricesMax = 16

const isNotBelowZero = (value: number): boolean => Number.isFinite(value) && value >= 0

/** Why a policy can't be used, or null. */
export const policyFault = ({
  weights,
  patience,
  vcpuPrices,
  memoryPrices,
  classes,
  pieceWorth,
}: HostPolicy): Refused | null => {
  const negative = Object.entries(weights).find(([, weight]) => !isNotBelowZero(weight))
  if (negative) return rejected('policy-weight-invalid', { weight: negative[0] })
  if (!Number.isFinite(patience) || patience < 1) return rejected('policy-patience-invalid')
  const prices = [vcpuPrices, memoryPrices]
  if (prices.some((it) => it.length === 0 || it.length > pricesMax || !it.every(isNotBelowZero)))
    return rejected('policy-prices-invalid', { most: pricesMax })
  const isClass = (it: SeenClass) =>
    [it.vcpusMilli, it.memoryMib, it.cards, it.cardMilli, it.share].every(isNotBelowZero) && it.share <= 1
  if (!classes.every(isClass)) return rejected('policy-class-invalid')
  const worths = [...(pieceWorth?.values() ?? [])]
  return worths.every((it) => it.length === 101 && it.every(isNotBelowZero))
    ? null
    : rejected('policy-piece-worth-invalid')
}
