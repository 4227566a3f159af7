import type { LinkVerdict } from '@yiduo/contract'

/** What a link joins, as far as rules ask. */
export type Relation = 'active-active' | 'core-backbone' | 'province-city'

/** One of its two data centres, with the node it belongs to. */
export interface LinkEnd {
  readonly nodeId: string
  readonly nodeKind: string
  /** GB/T 2260. */
  readonly divisionCode: string
  readonly role: string
}

export interface MeasuredLink {
  readonly from: LinkEnd
  readonly to: LinkEnd
  readonly bandwidthMbps: number
  /** As measured, by its basis; null: not yet. */
  readonly latencyMs: number | null
  readonly latencyBasis: 'round-trip' | 'one-way'
  /** As the crow flies. */
  readonly distanceKm: number
}

export type LinkMeasure = 'distance-km' | 'latency-ms' | 'bandwidth-mbps'

/** What about a rule nobody has confirmed yet; shown as 待核. */
export type Unsure = 'distance-basis' | 'latency-basis' | 'network'

export interface LinkRule {
  /** Stable; as the list of recovery checks numbers them. */
  readonly id: string
  readonly of: Relation
  readonly measure: LinkMeasure
  /** `below`: strictly under the limit. */
  readonly bound: 'below' | 'at-most' | 'at-least'
  readonly limit: number
  /** So near the limit on either side, coordinates tell nothing: the site is to be surveyed. */
  readonly margin?: number
  /** The document that says so. */
  readonly reference: string
  readonly unsure: Unsure | null
}

export interface LinkRules {
  /** Raised with every change: a judgement says by which rules it was made. */
  readonly version: string
  readonly rules: readonly LinkRule[]
}

export interface Finding extends Pick<LinkRule, 'id' | 'measure' | 'bound' | 'limit' | 'reference' | 'unsure'> {
  /** In the unit of the measure, latency as round trip; null where it was not measured. */
  readonly measured: number | null
  readonly verdict: LinkVerdict
}
