/** Whether it is worked on a day as `2026-10-01`; `unlike` holds the days that are unlike their weekday. */
export const isWorkingDay = (day: string, unlike: ReadonlyMap<string, boolean>): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return unlike.get(day) ?? (weekday !== 0 && weekday !== 6)
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** The nth working day from a day on, that day itself included; a year of holidays would be an error of the data. */
export const workingDayFrom = (first: string, nth: number, unlike: ReadonlyMap<string, boolean>): string => {
  let day = first
  for (let [left, looked] = [nth, 0]; looked < 366; looked++) {
    if (isWorkingDay(day, unlike)) left--
    if (left === 0) return day
    day = dayAfter(day)
  }
  return day
}
