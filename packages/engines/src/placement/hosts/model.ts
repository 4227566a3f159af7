import type { FaultParameters } from '@yiduo/contract'
import type { PoolTraits, Refused, TraitAsk } from '../model.ts'

/** Shares of an accelerator card are told in thousandths of it. */
export const wholeCardMilli = 1_000

/** One host as a snapshot. A pool whose hosts cannot be seen is one large host. */
export interface HostInput {
  readonly hostId: string
  readonly traits: PoolTraits
  /** Null where it has no cards. */
  readonly cardModel: string | null
  /** Sellable, overselling included. */
  readonly vcpusMilli: number
  readonly memoryMib: number
  readonly vcpusMilliFree: number
  readonly memoryMibFree: number
  /** What is left of each card, 0–1000, by its slot. */
  readonly cardsMilliFree: readonly number[]
}

export interface CardAsk {
  readonly count: number
  /** Of each card: 1000, or less of a single one. */
  readonly milli: number
  /** Null where any model will do. */
  readonly models: readonly string[] | null
}

/** One server. */
export interface HostAsk extends TraitAsk {
  readonly vcpusMilli: number
  readonly memoryMib: number
  readonly cards: CardAsk | null
}

/** Hosts that are alike when empty: rules that look at no amounts are asked once for all of them. */
export interface HostClass {
  readonly index: number
  readonly key: string
  readonly traits: PoolTraits
  readonly cardModel: string | null
  readonly cards: number
  readonly vcpusMilli: number
  readonly memoryMib: number
}

/** What one server takes of one host. */
export interface Allocation {
  readonly hostId: string
  readonly vcpusMilli: number
  readonly memoryMib: number
  readonly slots: readonly number[]
  /** Of each of these cards. */
  readonly cardMilli: number
}

export interface HostChoice {
  readonly allocation: Allocation
  /** Weighted sum of the scorers; the least is the best. */
  readonly cost: number
  /** What each scorer gave, unweighted: why here. */
  readonly byScorer: Readonly<Record<string, number>>
}

/** Why not there: how many hosts of one class one rule turned away. */
export interface HostRejection {
  readonly filter: string
  readonly code: string
  readonly parameters: FaultParameters
  readonly hostClass: HostClass
  readonly hosts: number
}

export interface HostPlacement {
  /** Null exactly when every host was rejected. */
  readonly chosen: HostChoice | null
  /** The next best, at most three. */
  readonly runnersUp: readonly HostChoice[]
  /** Most hosts first. Their hosts and the admitted ones add up to `considered`. */
  readonly rejections: readonly HostRejection[]
  readonly considered: number
}

/** One host's own answer: what it would cost and how many would cost less, or the first rule that turned it away. */
export type HostVerdict =
  | { readonly admitted: true; readonly choice: HostChoice; readonly cheaperHosts: number }
  | (Refused & { readonly filter: string })
