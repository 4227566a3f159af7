import type { Random } from './random.ts'
import type { Step, Story } from './stories.ts'

export interface Appointment {
  readonly at: Date
  readonly story: Story
  readonly step: Step
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** 09:00 in Asia/Shanghai (UTC+8, no summer time) of the day that many days before. */
const morningOf = (today: Date, daysAgo: number): number => {
  const midnightUtc = Math.floor((today.getTime() + 8 * hourMs) / dayMs) * dayMs - 8 * hourMs
  return midnightUtc - daysAgo * dayMs + 9 * hourMs
}

/** A story's steps in their order, some minutes apart at least. */
const appointmentsOf = (story: Story, today: Date, random: Random): readonly Appointment[] => {
  let last = 0
  return story.steps.map((step) => {
    const wanted =
      step.daysAgo < 1
        ? today.getTime() - step.daysAgo * dayMs
        : morningOf(today, step.daysAgo) + random.between(0, 3 * 60) * minuteMs
    last = Math.max(wanted, last + random.between(5, 90) * minuteMs)
    return { at: new Date(last), story, step }
  })
}

/** Every step of every story, in the order of time. */
export const calendarOf = (stories: readonly Story[], today: Date, random: Random): readonly Appointment[] =>
  stories.flatMap((story) => appointmentsOf(story, today, random)).toSorted((a, b) => a.at.getTime() - b.at.getTime())
