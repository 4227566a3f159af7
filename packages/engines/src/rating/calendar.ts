/**
 * Asia/Shanghai is UTC+8 the whole year round: China has kept no summer time since 15 September 1991, long
 * before the first month that can be billed. A constant cannot change with the time zone data or the locale
 * of the machine that happens to compute a bill.
 */
const shanghaiOffsetMs = 8 * 3_600_000

export interface MonthBounds {
  readonly startsAt: Date
  /** First instant of the next month. */
  readonly endsAt: Date
  readonly seconds: number
}

/** Whole seconds since 1970; milliseconds are dropped, so pieces that touch still touch. */
export const secondOf = (instant: Date): number => Math.floor(instant.getTime() / 1_000)

/** `2026-11` for an instant of that month in Asia/Shanghai. Throws RangeError for an invalid date. */
export const monthOf = (instant: Date): string =>
  new Date(instant.getTime() + shanghaiOffsetMs).toISOString().slice(0, 7)

/** The month from midnight to midnight in Asia/Shanghai. Throws RangeError for what is no month of 2000–2099. */
export const monthBounds = (month: string): MonthBounds => {
  const parts = /^(20\d\d)-(0[1-9]|1[0-2])$/.exec(month)
  if (!parts) throw new RangeError(`not a calendar month: ${month}`)
  const year = Number(parts[1])
  const index = Number(parts[2]) - 1
  const startMs = Date.UTC(year, index, 1) - shanghaiOffsetMs
  const endMs = Date.UTC(year, index + 1, 1) - shanghaiOffsetMs
  return { startsAt: new Date(startMs), endsAt: new Date(endMs), seconds: (endMs - startMs) / 1_000 }
}

/** `2026-12` → `2027-01`. Throws RangeError for what is no month of 2000–2099. */
export const monthAfter = (month: string): string => monthOf(monthBounds(month).endsAt)

/** `2026-01` → `2025-12`. Throws RangeError for what is no month of 2000–2099. */
export const monthBefore = (month: string): string => monthOf(new Date(monthBounds(month).startsAt.getTime() - 1))
