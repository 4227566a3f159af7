import type { WorkingCalendar } from './model.ts'

/** Asia/Shanghai has been UTC+8 all year round since 1991; `rating/calendar.ts` says why that is a constant. */
const offsetMinutes = 480
const dayMinutes = 1_440
const minuteMs = 60_000

/** Longer than any year of holidays: a calendar on which nobody ever works is a mistake, not a deadline. */
const horizonDays = 3_660

/** `2026-11-22` of a day counted from 1970-01-01, as the wall clock in Asia/Shanghai shows it. */
const nameOf = (day: number): string => new Date(day * dayMinutes * minuteMs).toISOString().slice(0, 10)

/** 1 January 1970 was a Thursday. */
const isWeekday = (day: number): boolean => (day + 4) % 7 !== 0 && (day + 4) % 7 !== 6

/** Whether offices work on a day (`2026-11-22`) in Asia/Shanghai. */
export const isWorkingDay = (calendar: WorkingCalendar, name: string): boolean =>
  calendar.exceptions.get(name) ?? isWeekday(Math.floor(Date.parse(`${name}T00:00:00Z`) / (dayMinutes * minuteMs)))

/**
 * The instant by which so many minutes of office hours have passed since `from`. Zero minutes end at `from` itself.
 * Throws RangeError for minutes below zero, and where the calendar has no working time within ten years.
 */
export const afterWorkingMinutes = (calendar: WorkingCalendar, from: Date, minutes: number): Date => {
  if (!(minutes >= 0)) throw new RangeError(`not a number of minutes: ${minutes}`)
  if (minutes === 0) return from
  const startMs = from.getTime() + offsetMinutes * minuteMs
  const firstDay = Math.floor(startMs / (dayMinutes * minuteMs))
  let restMs = minutes * minuteMs
  for (let day = firstDay; day < firstDay + horizonDays; day++) {
    if (!isWorkingDay(calendar, nameOf(day))) continue
    for (const hours of calendar.hours) {
      const opensMs = (day * dayMinutes + hours.from) * minuteMs
      const closesMs = (day * dayMinutes + hours.to) * minuteMs
      const beginsMs = Math.max(opensMs, startMs)
      if (beginsMs >= closesMs) continue
      if (restMs <= closesMs - beginsMs) return new Date(beginsMs + restMs - offsetMinutes * minuteMs)
      restMs -= closesMs - beginsMs
    }
  }
  throw new RangeError('the calendar has no working time')
}
