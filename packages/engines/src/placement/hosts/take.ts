import type { Fleet } from './fleet.ts'
import { type Allocation, wholeCardMilli } from './model.ts'

/** What all these numbers are, the compiler can't know: an index that the fleet itself gave is never outside. */
const at = (values: { readonly [index: number]: number }, index: number): number => values[index] ?? 0

const cardsOf = (fleet: Fleet, host: number, { slots }: Allocation): number[] | null => {
  const start = at(fleet.cardStart, host)
  const cards = at(fleet.cardStart, host + 1) - start
  const isKnown = new Set(slots).size === slots.length && slots.every((slot) => slot >= 0 && slot < cards)
  return isKnown ? slots.map((slot) => start + slot) : null
}

const add = (fleet: Fleet, host: number, cards: readonly number[], it: Allocation, sign: 1 | -1): void => {
  fleet.vcpusMilliFree[host] = at(fleet.vcpusMilliFree, host) + sign * it.vcpusMilli
  fleet.memoryMibFree[host] = at(fleet.memoryMibFree, host) + sign * it.memoryMib
  fleet.cardsMilliFree[host] = at(fleet.cardsMilliFree, host) + sign * it.cardMilli * cards.length
  for (const card of cards) fleet.cardMilliFree[card] = at(fleet.cardMilliFree, card) + sign * it.cardMilli
  fleet.changes.push(host)
}

/** False, and nothing taken, where it doesn't fit any more or the host is gone. */
export const take = (fleet: Fleet, allocation: Allocation): boolean => {
  const host = fleet.indexOf.get(allocation.hostId)
  if (host === undefined || at(fleet.inService, host) === 0) return false
  const cards = cardsOf(fleet, host, allocation)
  if (cards === null) return false
  const { vcpusMilli, memoryMib, cardMilli } = allocation
  if (!(vcpusMilli >= 0 && vcpusMilli <= at(fleet.vcpusMilliFree, host))) return false
  if (!(memoryMib >= 0 && memoryMib <= at(fleet.memoryMibFree, host))) return false
  if (!cards.every((card) => cardMilli >= 0 && cardMilli <= at(fleet.cardMilliFree, card))) return false
  add(fleet, host, cards, allocation, -1)
  return true
}

/** False, and nothing given back, where that would be more than the host has. */
export const release = (fleet: Fleet, allocation: Allocation): boolean => {
  const host = fleet.indexOf.get(allocation.hostId)
  const hostClass = host === undefined ? undefined : fleet.classes[at(fleet.classOf, host)]
  if (host === undefined || hostClass === undefined) return false
  const cards = cardsOf(fleet, host, allocation)
  if (cards === null) return false
  const { vcpusMilli, memoryMib, cardMilli } = allocation
  if (!(vcpusMilli >= 0 && at(fleet.vcpusMilliFree, host) + vcpusMilli <= hostClass.vcpusMilli)) return false
  if (!(memoryMib >= 0 && at(fleet.memoryMibFree, host) + memoryMib <= hostClass.memoryMib)) return false
  if (!cards.every((card) => cardMilli >= 0 && at(fleet.cardMilliFree, card) + cardMilli <= wholeCardMilli))
    return false
  add(fleet, host, cards, allocation, 1)
  return true
}

/** A host under maintenance or gone takes nothing new; what it has stays. False where there is none of this id. */
export const setInService = (fleet: Fleet, hostId: string, isInService: boolean): boolean => {
  const host = fleet.indexOf.get(hostId)
  if (host === undefined) return false
  fleet.inService[host] = isInService ? 1 : 0
  fleet.changes.push(host)
  return true
}
