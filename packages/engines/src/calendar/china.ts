import type { DayExceptions, OfficeHours, WorkingCalendar } from './model.ts'

/** Eight hours a day. Offices set their own; the plan names none: 待核. */
const officeHours: readonly OfficeHours[] = [
  { from: 9 * 60, to: 12 * 60 },
  { from: 13 * 60, to: 18 * 60 },
]

const span = (month: string, first: number, last: number, working = false): [string, boolean][] =>
  Array.from({ length: last - first + 1 }, (_, index) => [
    `${month}-${String(first + index).padStart(2, '0')}`,
    working,
  ])

/**
 * Holidays and made-up days of a year, as the State Council's General Office announces them each November.
 * 2026: 国办发明电〔2025〕7号, entered from memory of the notice: 待核. Later years follow the week until they are entered
 * (`working-day.set`).
 */
const chinaHolidays: DayExceptions = new Map([
  ...span('2026-01', 1, 3), // 元旦
  ...span('2026-01', 4, 4, true),
  ...span('2026-02', 14, 14, true),
  ...span('2026-02', 15, 23), // 春节
  ...span('2026-02', 28, 28, true),
  ...span('2026-04', 4, 6), // 清明节
  ...span('2026-05', 1, 5), // 劳动节
  ...span('2026-05', 9, 9, true),
  ...span('2026-06', 19, 21), // 端午节
  ...span('2026-09', 20, 20, true),
  ...span('2026-09', 25, 27), // 中秋节
  ...span('2026-10', 1, 7), // 国庆节
  ...span('2026-10', 10, 10, true),
])

/** The calendar as shipped, with what a province has entered since on top of it. */
export const chinaCalendar = (entered: DayExceptions = new Map()): WorkingCalendar => ({
  hours: officeHours,
  exceptions: new Map([...chinaHolidays, ...entered]),
})
