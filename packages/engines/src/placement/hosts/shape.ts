import { type Refused, rejected } from '../model.ts'
import { classFilters } from './filters/index.ts'
import type { Fleet } from './fleet.ts'
import { type HostAsk, type HostClass, wholeCardMilli } from './model.ts'

/** A request without its name: equal asks share what has been reckoned for one of them. */
export interface Shape {
  readonly ask: HostAsk
  readonly vcpusMilli: number
  readonly memoryMib: number
  readonly cardCount: number
  /** Of each card; 0 where none is asked for. */
  readonly cardMilli: number
  /** By class of host: the rule that keeps all of its hosts out, or null. */
  readonly refusals: readonly (ClassRefusal | null)[]
}

export interface ClassRefusal {
  readonly filter: string
  readonly reason: Refused
}

const refusalOf = (hostClass: HostClass, ask: HostAsk): ClassRefusal | null => {
  for (const filter of classFilters) {
    const admission = filter.admits(hostClass, ask)
    if (!admission.admitted) return { filter: filter.name, reason: admission }
  }
  return null
}

const isAmount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0

/** Why nothing could ever be placed by such words, or null. */
const faultOf = ({ vcpusMilli, memoryMib, cards }: HostAsk, fleet: Fleet): Refused | null => {
  if (!isAmount(vcpusMilli) || !isAmount(memoryMib)) return rejected('ask-amount-invalid')
  if (cards === null) return vcpusMilli === 0 && memoryMib === 0 ? rejected('ask-empty') : null
  const { count, milli, models } = cards
  if (!isAmount(count) || count === 0 || !isAmount(milli) || milli === 0 || milli > wholeCardMilli)
    return rejected('ask-cards-invalid')
  if (count > 1 && milli < wholeCardMilli) return rejected('ask-shares-of-several-cards', { count, milli })
  if (models === null) return null
  const known = new Set(fleet.classes.map((it) => it.cardModel))
  return models.some((model) => known.has(model))
    ? null
    : rejected('card-model-unknown', { models: models.join(', ') || '—' })
}

const keyOf = (ask: HostAsk): string =>
  `${ask.vcpusMilli},${ask.memoryMib},${ask.cards?.count},${ask.cards?.milli},${ask.cards?.models?.join('|')},${ask.architecture},${ask.systemGrade},${ask.divisionCode},${ask.preferredPlatformId},${ask.imageName},${ask.needs.join('|')}`

/** So many shapes are remembered; a flood of odd sizes must not fill the memory. */
const shapesMax = 1_024

/** Answers the shape of an ask, the same one for equal asks; `forget` hears of those that had to go. */
export const createShapes = (fleet: Fleet, forget: (shape: Shape) => void) => {
  const byKey = new Map<string, Shape>()
  return (ask: HostAsk): Shape | Refused => {
    const key = keyOf(ask)
    const known = byKey.get(key)
    if (known) return known
    const fault = faultOf(ask, fleet)
    if (fault) return fault
    const [oldest] = byKey
    if (byKey.size >= shapesMax && oldest) {
      byKey.delete(oldest[0])
      forget(oldest[1])
    }
    const shape: Shape = {
      ask,
      vcpusMilli: ask.vcpusMilli,
      memoryMib: ask.memoryMib,
      cardCount: ask.cards?.count ?? 0,
      cardMilli: ask.cards?.milli ?? 0,
      refusals: fleet.classes.map((hostClass) => refusalOf(hostClass, ask)),
    }
    byKey.set(key, shape)
    return shape
  }
}
