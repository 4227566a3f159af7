import type { FaultParameters } from '@yiduo/contract'

export type Architecture = 'x86-64' | 'arm64' | 'loongarch64'

/** What all hosts of a pool have in common: the servers of one architecture on one platform. */
export interface PoolTraits {
  readonly poolId: string
  readonly platformId: string
  readonly nodeId: string
  /** Division the node serves (GB/T 2260): the city's on a city node, the province's on the core node. */
  readonly divisionCode: string
  readonly architecture: string
  readonly online: boolean
  /** 等保 grade the platform is certified for, 1–4. */
  readonly securityGrade: number
  /** Names of the driver's capabilities that are supported there. */
  readonly capabilities: ReadonlySet<string>
  /** Null where the cloud does not show its images. */
  readonly imageNames: ReadonlySet<string> | null
}

/** Capacity of one architecture on one platform, as a snapshot for one decision. */
export interface Pool extends PoolTraits {
  /** Sellable and not yet promised to anybody. */
  readonly vcpusFree: number
  readonly memoryMibFree: number
  readonly vcpusSellable: number
  readonly memoryMibSellable: number
}

/** What is asked of the pool, whatever the amount. */
export interface TraitAsk {
  readonly architecture: Architecture
  /** 等保 grade of the business system, 1–4. */
  readonly systemGrade: number
  /** Names of the capabilities that delivery needs. */
  readonly needs: readonly string[]
  readonly imageName: string
  /** The platform that the applicant chose, and no other will do; null leaves the choice to us. */
  readonly preferredPlatformId: string | null
  /** Division of the department that asks, at any of the five levels. */
  readonly divisionCode: string
}

/** One line of a request: `quantity` equal servers, all in one pool. */
export interface PlacementAsk extends TraitAsk {
  /** Of one server. */
  readonly vcpus: number
  readonly memoryMib: number
  readonly quantity: number
}

export type Admission = { readonly admitted: true } | Refused

export interface Refused {
  readonly admitted: false
  /** Stable, kebab-case; its text lies in the message catalogues. */
  readonly code: string
  readonly parameters: FaultParameters
}

export const admitted: Admission = { admitted: true }
export const rejected = (code: string, parameters: FaultParameters = {}): Refused => ({
  admitted: false,
  code,
  parameters,
})

/** One rule that a pool must keep. A rejection is a value with its reason. */
export interface Filter {
  readonly name: string
  admits(pool: Pool, ask: PlacementAsk): Admission
}

/** A rule that does not look at amounts, so that one answer holds for all hosts of a pool. */
export interface TraitFilter extends Filter {
  admits(pool: PoolTraits, ask: TraitAsk): Admission
}

/** One wish. Scores run from 0 to 1 and are compared by weight. */
export interface Scorer {
  readonly name: string
  readonly weight: number
  score(pool: Pool, ask: PlacementAsk): number
}

/** A wish that does not look at amounts. */
export interface TraitScorer extends Scorer {
  score(pool: PoolTraits, ask: TraitAsk): number
}

export interface ScoredPool {
  readonly poolId: string
  /** Weighted mean of the scorers, 0–1. */
  readonly score: number
  /** What each scorer gave: why here. */
  readonly byScorer: Readonly<Record<string, number>>
}

/** Why not there: how many pools one rule turned away for one and the same reason. */
export interface Rejection {
  readonly filter: string
  readonly code: string
  readonly parameters: FaultParameters
  readonly pools: number
}

export interface Placement {
  /** Null exactly when every pool was rejected. */
  readonly chosen: ScoredPool | null
  /** The next best, at most three. */
  readonly runnersUp: readonly ScoredPool[]
  /** Commonest first. Their pools and the admitted ones add up to `considered`. */
  readonly rejections: readonly Rejection[]
  readonly considered: number
}
