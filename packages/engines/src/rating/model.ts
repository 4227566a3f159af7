import type { Measure, Phase } from '@yiduo/contract'

/** A quantity of one component that one resource held over [startedAt, endedAt); null while it is still held. */
export interface HeldInterval {
  readonly resourceId: string
  readonly resourceName: string
  readonly organisationId: string
  readonly systemId: string
  readonly componentId: string
  readonly componentName: string
  readonly measure: Measure
  readonly phase: Phase
  /** In the component's measure. */
  readonly quantity: number
  readonly startedAt: Date
  readonly endedAt: Date | null
}

/** Valid from its instant until the next one of the same component and phase. */
export interface DatedPrice {
  readonly componentId: string
  readonly phase: Phase
  readonly validFrom: Date
  /** 1/10000 yuan a month for one unit of the component's measure; null withdraws the price from then on. */
  readonly monthlyPriceYuanE4: number | null
}

/** One line of a bill: everything one resource held in the month at the same quantity and the same price. */
export interface RatedLine {
  readonly resourceId: string
  readonly resourceName: string
  readonly organisationId: string
  readonly systemId: string
  readonly componentId: string
  readonly componentName: string
  readonly measure: Measure
  readonly phase: Phase
  readonly quantity: number
  readonly seconds: number
  /** End of the last of those seconds: a price that begins then or later changes nothing here. */
  readonly heldUntil: Date
  readonly monthSeconds: number
  readonly monthlyPriceYuanE4: number
  /** Whole fen: a multiple of 100. */
  readonly amountYuanE4: number
}

/** A component was held in its formal phase while nobody had priced it; `at` is the first such instant. */
export interface PriceGap {
  readonly componentId: string
  readonly phase: Phase
  readonly at: Date
}

export interface RatingAsk {
  readonly intervals: Iterable<HeldInterval>
  readonly prices: Iterable<DatedPrice>
  /** Calendar month of Asia/Shanghai, `2026-11`. */
  readonly month: string
  /** What was held after this instant is not rated: the bill of an open month is provisional. */
  readonly asOf: Date
}

/** A bill with a hole in it would be a wrong bill, so gaps stand in its place. */
export type Rating =
  | { readonly lines: readonly RatedLine[]; readonly amountYuanE4: number }
  | { readonly gaps: readonly PriceGap[] }
