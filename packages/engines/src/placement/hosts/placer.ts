import { type Refused, rejected } from '../model.ts'
import { hashText } from '../tie-break.ts'
import { hostFilters } from './filters/index.ts'
import type { Fleet } from './fleet.ts'
import {
  type Allocation,
  type HostAsk,
  type HostChoice,
  type HostPlacement,
  type HostRejection,
  type HostVerdict,
  wholeCardMilli,
} from './model.ts'
import { createRank } from './rank.ts'
import type { HostScorer } from './scorers/index.ts'
import { createShapes, type Shape } from './shape.ts'
import { createStanding, type Standing, type WeighedScorer } from './standing.ts'

const runnersUpShown = 3

export interface Placer {
  /**
   * Where one server goes, and why; takes nothing. The same fleet, ask and seed always give the same answer, whatever
   * was asked before. Refused are words by which nothing could ever be placed.
   */
  place(ask: HostAsk, seed: string): HostPlacement | Refused
  /** Why not there: the same for one host that somebody asks about. */
  explain(ask: HostAsk, hostId: string): HostVerdict | Refused
}

const slotsOf = (fleet: Fleet, host: number, shape: Shape, card: number): number[] => {
  const start = fleet.cardStart[host] ?? 0
  if (card >= 0) return [card - start]
  const slots: number[] = []
  const end = fleet.cardStart[host + 1] ?? 0
  for (let it = start; it < end && slots.length < shape.cardCount; it++)
    if (fleet.cardMilliFree[it] === wholeCardMilli) slots.push(it - start)
  return slots
}

const allocationOn = (fleet: Fleet, host: number, shape: Shape, card: number): Allocation => ({
  hostId: fleet.hostIds[host] ?? '',
  vcpusMilli: shape.vcpusMilli,
  memoryMib: shape.memoryMib,
  slots: slotsOf(fleet, host, shape, card),
  cardMilli: shape.cardMilli,
})

const rejectionsOf = (fleet: Fleet, { shape, countOf }: Standing): HostRejection[] =>
  fleet.classes
    .flatMap((hostClass): HostRejection[] => {
      const refusal = shape.refusals[hostClass.index]
      const hosts = fleet.hostsOfClass[hostClass.index] ?? 0
      if (refusal) {
        const { code, parameters } = refusal.reason
        return [{ filter: refusal.filter, code, parameters, hostClass, hosts }]
      }
      return hostFilters.flatMap(({ name, code }, filter) => {
        const count = countOf(hostClass.index, filter)
        return count > 0 ? [{ filter: name, code, parameters: {}, hostClass, hosts: count }] : []
      })
    })
    .sort((a, b) => b.hosts - a.hosts)

/** One for each fleet and policy, and kept: what it remembers makes it fast, and changes no answer. */
export const createPlacer = (fleet: Fleet, scorers: readonly HostScorer[]): Placer => {
  const weighed: WeighedScorer[] = scorers
    .filter((scorer) => scorer.weight > 0)
    .map((scorer) => ({ scorer, bound: scorer.bind(fleet) }))
  const standings = new Map<Shape, Standing>()
  const shapeOf = createShapes(fleet, (shape) => standings.delete(shape))
  const cheapest = createRank(fleet, 1 + runnersUpShown)
  let position = fleet.changes.end()

  const tellScorers = (): void => {
    fleet.changes.visitSince(position, (host) => {
      for (const { bound } of weighed) bound.changed(host)
    })
    position = fleet.changes.end()
  }

  const standingOf = (shape: Shape): Standing => {
    const known = standings.get(shape)
    if (known) return known
    const standing = createStanding(fleet, shape, weighed)
    standings.set(shape, standing)
    return standing
  }

  const choiceOf = (host: number, { shape, table, cards }: Standing): HostChoice => {
    const card = cards[host] ?? -1
    const byScorer: Record<string, number> = {}
    for (const { scorer, bound } of weighed) byScorer[scorer.name] = bound.cost(host, shape, card)
    return { allocation: allocationOn(fleet, host, shape, card), cost: table.costs[host] ?? 0, byScorer }
  }

  const standingFor = (ask: HostAsk): Standing | Refused => {
    const shape = shapeOf(ask)
    if ('admitted' in shape) return shape
    tellScorers()
    const standing = standingOf(shape)
    standing.bringUpToDate()
    return standing
  }

  return {
    place: (ask, seed) => {
      const standing = standingFor(ask)
      if ('admitted' in standing) return standing
      const best = cheapest(standing.table, hashText(seed))
      const [chosen = null, ...runnersUp] = Array.from(best, (host) => choiceOf(host, standing))
      return { chosen, runnersUp, rejections: rejectionsOf(fleet, standing), considered: fleet.size }
    },
    explain: (ask, hostId) => {
      const standing = standingFor(ask)
      if ('admitted' in standing) return standing
      const host = fleet.indexOf.get(hostId)
      if (host === undefined) return rejected('host-unknown', { host: hostId })
      const refusal = standing.refusalOf(host)
      if (refusal) return { ...refusal.reason, filter: refusal.filter }
      const choice = choiceOf(host, standing)
      return { admitted: true, choice, cheaperHosts: standing.table.costs.filter((cost) => cost < choice.cost).length }
    },
  }
}
