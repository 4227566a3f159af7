import type { PriceGap, RatedLine } from './model.ts'

/** By code unit, never by locale: the order must be the same on every machine. */
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Total over all lines of a bill, because it compares everything that tells two lines apart. */
export const compareLines = (a: RatedLine, b: RatedLine): number =>
  compareText(a.organisationId, b.organisationId) ||
  compareText(a.systemId, b.systemId) ||
  compareText(a.resourceId, b.resourceId) ||
  compareText(a.componentId, b.componentId) ||
  compareText(b.phase, a.phase) || // test before formal, as in life
  a.quantity - b.quantity ||
  a.monthlyPriceYuanE4 - b.monthlyPriceYuanE4

export const compareGaps = (a: PriceGap, b: PriceGap): number =>
  a.at.getTime() - b.at.getTime() || compareText(a.componentId, b.componentId)
