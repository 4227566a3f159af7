import { amountOf, monthAfter, monthBounds, monthOf } from '@yiduo/engines'

/** Money of one system and component; null where a correction names none. */
export interface Share {
  readonly systemId: string | null
  readonly componentId: string | null
}
export interface Charge extends Share {
  readonly month: string
  readonly amountYuanE4: number
}
/** What is held on and on, at its price a month. */
export interface Standing extends Share {
  readonly monthlyYuanE4: number
}

/** The first and the last month of `2026` or `2026-11`. */
export const monthsOf = (period: string): readonly [first: string, last: string] =>
  period.length === 4 ? [`${period}-01`, `${period}-12`] : [period, period]

/** The periods that an instant lies in. */
export const periodsAt = (at: Date): readonly [year: string, month: string] => {
  const month = monthOf(at)
  return [month.slice(0, 4), month]
}

/** Whether a budget counts it: one that names a system or a component counts nothing else. */
export const counts = (budget: Share, it: Share): boolean =>
  (budget.systemId === null || budget.systemId === it.systemId) &&
  (budget.componentId === null || budget.componentId === it.componentId)

/** What costs so much a month costs from an instant on to the period’s end, each month rounded as a bill’s line is. */
export const costToEnd = (monthlyYuanE4: number, from: Date, period: string): number => {
  const [first, last] = monthsOf(period)
  let sum = 0
  for (let month = first; month <= last; month = monthAfter(month)) {
    const bounds = monthBounds(month)
    const begin = Math.max(bounds.startsAt.getTime(), from.getTime())
    const seconds = Math.max(0, Math.floor((bounds.endsAt.getTime() - begin) / 1_000))
    sum += amountOf(monthlyYuanE4, 1, seconds, bounds.seconds)
  }
  return sum
}

export interface Books {
  readonly charges: readonly Charge[]
  readonly standing: readonly Standing[]
}

export interface Spending {
  readonly spentYuanE4: number
  readonly committedYuanE4: number
}

const sumOf = (amounts: readonly number[]): number => amounts.reduce((total, it) => total + it, 0)

/** How a budget stands: what its period has cost so far, and what it will by what stands now. */
export const spendingOf = (budget: Share & { readonly period: string }, books: Books, now: Date): Spending => {
  const [first, last] = monthsOf(budget.period)
  const charges = books.charges.filter((it) => it.month >= first && it.month <= last && counts(budget, it))
  const standing = books.standing.filter((it) => counts(budget, it))
  return {
    spentYuanE4: sumOf(charges.map((it) => it.amountYuanE4)),
    committedYuanE4: sumOf(standing.map((it) => costToEnd(it.monthlyYuanE4, now, budget.period))),
  }
}

/** The levels that what was spent has reached; of a budget of nothing any spending reaches all. */
export const levelsReached = (percents: readonly number[], spentYuanE4: number, amountYuanE4: number): number[] =>
  percents.filter((it) => spentYuanE4 > 0 && BigInt(spentYuanE4) * 100n >= BigInt(amountYuanE4) * BigInt(it))
