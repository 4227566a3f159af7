export { chinaCalendar } from './china.ts'
export type { DayExceptions, WorkingCalendar } from './model.ts'
export { afterWorkingMinutes, isWorkingDay } from './working-time.ts'
