import type { Fleet } from '../fleet.ts'
import { wholeCardMilli } from '../model.ts'
import type { SeenClass } from '../policy.ts'
import type { Shape } from '../shape.ts'
import type { HostScorer } from './scorer.ts'

interface Group {
  readonly cards: number
  readonly vcpusMilli: number
  readonly memoryMib: number
  readonly worth: number
}

/** Work on several cards at once, among the classes seen, that a class of hosts could take. */
const groupsFor = (fleet: Fleet, classes: readonly SeenClass[]): Group[][] => {
  const several = classes.filter((it) => it.cards > 1)
  const share = several.reduce((sum, it) => sum + it.share, 0)
  return fleet.classes.map(({ cardModel }) =>
    several
      .filter((it) => cardModel !== null && (it.models === null || it.models.includes(cardModel)))
      .map(({ cards, vcpusMilli, memoryMib, share: own }) => ({
        cards,
        vcpusMilli,
        memoryMib,
        worth: (own / share) * cards,
      })),
  )
}

const worthOf = (groups: readonly Group[], whole: number, vcpusMilli: number, memoryMib: number): number => {
  let worth = 0
  for (const it of groups) {
    if (it.cards > whole) continue
    const copies = Math.min(
      Math.floor(whole / it.cards),
      it.vcpusMilli > 0 ? Math.floor(vcpusMilli / it.vcpusMilli) : whole,
      it.memoryMib > 0 ? Math.floor(memoryMib / it.memoryMib) : whole,
    )
    worth += it.worth * copies
  }
  return worth
}

/**
 * Keeps together what requests for several cards of one host will ask for: the loss, by how common such requests are
 * among their kind, of hosts that could still take them. A small weight will do, as a choice between near equals: a
 * large one makes the reserve for which all others pay.
 */
export const wholeHosts = (weight: number, classes: readonly SeenClass[]): HostScorer => ({
  name: 'whole-hosts',
  weight,
  bind: (fleet) => {
    const groupsByClass = groupsFor(fleet, classes)
    const idle = new Uint16Array(fleet.size)
    const worth = new Float64Array(fleet.size)
    const groupsOf = (host: number): readonly Group[] => groupsByClass[fleet.classOf[host] ?? 0] ?? []
    const changed = (host: number): void => {
      let whole = 0
      const end = fleet.cardStart[host + 1] ?? 0
      for (let card = fleet.cardStart[host] ?? 0; card < end; card++)
        if (fleet.cardMilliFree[card] === wholeCardMilli) whole++
      idle[host] = whole
      worth[host] = worthOf(groupsOf(host), whole, fleet.vcpusMilliFree[host] ?? 0, fleet.memoryMibFree[host] ?? 0)
    }
    for (let host = 0; host < fleet.size; host++) changed(host)
    const cost = (host: number, shape: Shape, card: number): number => {
      if (worth[host] === 0) return 0
      const broken = card < 0 ? shape.cardCount : fleet.cardMilliFree[card] === wholeCardMilli ? 1 : 0
      const after = worthOf(
        groupsOf(host),
        (idle[host] ?? 0) - broken,
        (fleet.vcpusMilliFree[host] ?? 0) - shape.vcpusMilli,
        (fleet.memoryMibFree[host] ?? 0) - shape.memoryMib,
      )
      return (worth[host] ?? 0) - after
    }
    return { changed, cost }
  },
})
