/** What a browser measured while a page was loaded, in ms; the shift of the layout has no unit. */
export interface PageMeasures {
  readonly firstPaintMs: number
  readonly largestPaintMs: number
  /** Beyond 50 ms each, of tasks after the first paint. */
  readonly blockedMs: number
  readonly layoutShift: number
}

/** A log-normal curve: 0.9 at `good`, 0.5 at `middling`. */
interface Curve {
  readonly good: number
  readonly middling: number
}

/** The error function (Abramowitz and Stegun 7.1.26: right to 1.5e-7). */
const errorFunction = (x: number): number => {
  const t = 1 / (1 + 0.3275911 * Math.abs(x))
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  return Math.sign(x) * (1 - polynomial * Math.exp(-x * x))
}

/** Where the error function is 0.8, in units of the curve's width: the 10th percentile from the top. */
const tenth = 0.9061938024368232

const scoreOf = (value: number, { good, middling }: Curve): number => {
  if (value <= 0) return 1
  const width = Math.log(middling / good) / tenth
  return (1 - errorFunction(Math.log(value / middling) / width)) / 2
}

/**
 * Lighthouse's performance score for desktops, 0 to 100, on this machine as it is (no throttling). Weights and curves:
 * developer.chrome.com/docs/lighthouse/performance/performance-scoring and its desktop configuration. In the place of
 * the speed index stands the largest paint, which is never sooner.
 */
export const pageScore = ({ firstPaintMs, largestPaintMs, blockedMs, layoutShift }: PageMeasures): number =>
  10 * scoreOf(firstPaintMs, { good: 934, middling: 1_600 }) +
  10 * scoreOf(largestPaintMs, { good: 1_311, middling: 2_300 }) +
  25 * scoreOf(largestPaintMs, { good: 1_200, middling: 2_400 }) +
  30 * scoreOf(blockedMs, { good: 150, middling: 350 }) +
  25 * scoreOf(layoutShift, { good: 0.1, middling: 0.25 })
