import type { PowerSchedule } from '@yiduo/contract'
import { isWorkingDay, type WorkingCalendar } from '@yiduo/engines'

/** On which days servers are stopped and started, and when. */
export type Rhythm = Pick<PowerSchedule, 'days' | 'stopAt' | 'startAt'>

export interface Instant {
  readonly power: 'stop' | 'start'
  readonly at: Date
}

const dayMs = 86_400_000
/** Asia/Shanghai has been UTC+8 all year round since 1991. */
const offsetMs = 8 * 3_600_000

/** A week has every day of the week; the longest holidays are shorter than a month. */
export const horizonDays = 31

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

/** `2026-11-22` as the wall clock in Asia/Shanghai shows it. */
export const dayNameOf = (at: Date): string => new Date(at.getTime() + offsetMs).toISOString().slice(0, 10)

const isOn = ({ days }: Rhythm, calendar: WorkingCalendar, day: string): boolean => {
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]
  return days.some((it) => it === weekday || (it === 'working-days' && isWorkingDay(calendar, day)))
}

const onDay = (rhythm: Rhythm, calendar: WorkingCalendar, day: string): readonly Instant[] => {
  if (!isOn(rhythm, calendar, day)) return []
  const at = (time: string) => new Date(`${day}T${time}:00+08:00`)
  return [
    { power: 'stop' as const, at: at(rhythm.stopAt) },
    { power: 'start' as const, at: at(rhythm.startAt) },
  ].sort((a, b) => a.at.getTime() - b.at.getTime())
}

const fromDay = (now: Date, days: number): string => dayNameOf(new Date(now.getTime() + days * dayMs))

/**
 * What is due: the newest instant that has come. Only that one: who slept over a stop and the start after it has
 * nothing to stop any more.
 */
export const newestDue = (rhythm: Rhythm, calendar: WorkingCalendar, now: Date): Instant | null => {
  for (let back = 0; back <= horizonDays; back++) {
    const past = onDay(rhythm, calendar, fromDay(now, -back)).filter(({ at }) => at <= now)
    const newest = past.at(-1)
    if (newest) return newest
  }
  return null
}

export const nextDue = (rhythm: Rhythm, calendar: WorkingCalendar, now: Date): Instant | null => {
  for (let ahead = 0; ahead <= horizonDays; ahead++) {
    const next = onDay(rhythm, calendar, fromDay(now, ahead)).find(({ at }) => at > now)
    if (next) return next
  }
  return null
}
