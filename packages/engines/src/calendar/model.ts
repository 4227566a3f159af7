/** Offices keep these hours on each working day; minutes from midnight in Asia/Shanghai, half open, in order. */
export interface OfficeHours {
  readonly from: number
  readonly to: number
}

/** Days that differ from the week: a holiday on a Tuesday is false, a Saturday made up for it is true. */
export type DayExceptions = ReadonlyMap<string, boolean>

export interface WorkingCalendar {
  readonly hours: readonly OfficeHours[]
  readonly exceptions: DayExceptions
}
