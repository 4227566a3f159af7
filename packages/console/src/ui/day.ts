const beijing = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' })

/** The day of an instant in Beijing, `2026-11-22`, as fields of dates take it. */
export const dayOf = (instant: string | number): string => beijing.format(new Date(instant))

/** The last second of a day in Beijing, which has kept UTC+8 without summer time since 1991. */
export const endOfDay = (day: string): string => `${day}T15:59:59Z`
