const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export const plusMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + Math.round(minutes * minuteMs))
export const plusDays = (at: Date, days: number): Date => plusMinutes(at, days * 1_440)

/** Within the working hours of a day so many days before, Asia/Shanghai; `part` says how far into them. */
export const inWorkingHours = (today: Date, daysAgo: number, part: number): Date => {
  const midnight = Math.floor((today.getTime() + 8 * hourMs) / dayMs) * dayMs - 8 * hourMs
  const at = midnight - daysAgo * dayMs + (9 + 8 * part) * hourMs
  return new Date(Math.floor(at / 1_000) * 1_000)
}
