import type { HostAsk } from './model.ts'
import type { SeenClass } from './policy.ts'

/** A flood of odd sizes must not fill the memory: when there are more, all are halved, and what came once is forgotten. */
const kindsMax = 2_048

interface Tally {
  readonly seen: Omit<SeenClass, 'share'>
  count: number
}

/** Tells what work comes by what has come: all that a policy knows of the future. */
export const createSeenClasses = () => {
  const tallies = new Map<string, Tally>()
  const forget = (): void => {
    for (const [key, tally] of tallies) {
      tally.count = Math.floor(tally.count / 2)
      if (tally.count === 0) tallies.delete(key)
    }
  }
  return {
    add: ({ vcpusMilli, memoryMib, cards }: HostAsk): void => {
      const key = `${vcpusMilli},${memoryMib},${cards?.count},${cards?.milli},${cards?.models?.join('|')}`
      const known = tallies.get(key)
      if (known) {
        known.count++
        return
      }
      while (tallies.size >= kindsMax) forget()
      const [count, cardMilli, models] = [cards?.count ?? 0, cards?.milli ?? 0, cards?.models ?? null]
      tallies.set(key, { seen: { vcpusMilli, memoryMib, cards: count, cardMilli, models }, count: 1 })
    },
    classes: (): SeenClass[] => {
      const all = [...tallies.values()].reduce((sum, it) => sum + it.count, 0)
      return [...tallies.values()].map(({ seen, count }) => ({ ...seen, share: count / all }))
    },
  }
}
