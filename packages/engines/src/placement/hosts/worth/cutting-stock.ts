import type { HostClass } from '../model.ts'
import type { PieceWorth, SeenClass } from '../policy.ts'
import {
  createProgramBuilder,
  type LinearProgram,
  type LinearSolution,
  type ProgramBuilder,
  type Term,
} from './linear-program.ts'
import { stepMilli, steps } from './worth-table.ts'

export interface HostsOfClass {
  readonly hostClass: HostClass
  readonly hosts: number
}

/** So many servers of a class arrive in all. */
export interface Demand {
  readonly seen: SeenClass
  readonly count: number
}

export interface CuttingStock {
  readonly program: LinearProgram
  /** No way of placing gives out more than this, if what fits is never declined. */
  allocatedMilli(solution: LinearSolution): number
  pieceWorth(solution: LinearSolution): PieceWorth
}

/** The program grows with the square of the classes: beyond these the rarest are left out, and it is a bound for the others. */
const demandsMax = 512

const commonest = (demands: readonly Demand[]): readonly Demand[] =>
  demands.length <= demandsMax ? demands : demands.toSorted((a, b) => b.count - a.count).slice(0, demandsMax)

/** Prices of one class of hosts: the row of its cards, and the row of each size of share, by its steps. */
interface PricedClass {
  readonly key: string
  readonly cards: number | null
  readonly sizes: ReadonlyMap<number, number>
}

const stepsOf = ({ cardMilli }: SeenClass): number => Math.ceil(cardMilli / stepMilli)
const isShare = (it: SeenClass): boolean => it.cards === 1 && stepsOf(it) < steps

const mayRunOn = ({ cardModel, cards, vcpusMilli, memoryMib }: HostClass, it: SeenClass): boolean =>
  it.vcpusMilli <= vcpusMilli &&
  it.memoryMib <= memoryMib &&
  (it.cards === 0 || (it.cards <= cards && cardModel !== null && (it.models === null || it.models.includes(cardModel))))

/** Shares are cut from a card one after another: a flow over what is left of it, each arc one share (arc-flow model). */
const addCuts = (program: ProgramBuilder, sizes: readonly number[]): { whole: number; cut: Map<number, Term[]> } => {
  const whole = program.column()
  const inflow: Term[][] = Array.from({ length: steps + 1 }, () => [])
  const outflow: Term[][] = Array.from({ length: steps + 1 }, () => [])
  const cut = new Map<number, Term[]>(sizes.map((size) => [size, []]))
  inflow[steps]?.push([whole, -1])
  for (let left = steps; left > 0; left--) {
    if (inflow[left]?.length === 0) continue
    for (const size of sizes) {
      if (size > left) continue
      const arc = program.column()
      outflow[left]?.push([arc, 1])
      inflow[left - size]?.push([arc, -1])
      cut.get(size)?.push([arc, -1])
    }
    program.row([...(outflow[left] ?? []), ...(inflow[left] ?? [])], 0)
  }
  return { whole, cut }
}

/** Cores, memory and cards of one class of hosts, all of them as one: what this leaves out makes the bound higher. */
const addClass = (
  program: ProgramBuilder,
  { hostClass, hosts }: HostsOfClass,
  demands: readonly Demand[],
  served: readonly Term[][],
): PricedClass => {
  const vcpus: Term[] = []
  const memory: Term[] = []
  const cards: Term[] = []
  const several: Term[] = []
  const shares = new Map<number, Term[]>()
  demands.forEach(({ seen }, index) => {
    if (!mayRunOn(hostClass, seen)) return
    const placed = program.column()
    served[index]?.push([placed, -1])
    vcpus.push([placed, seen.vcpusMilli])
    memory.push([placed, seen.memoryMib])
    if (isShare(seen)) shares.set(stepsOf(seen), [...(shares.get(stepsOf(seen)) ?? []), [placed, 1]])
    else if (seen.cards > 0) cards.push([placed, seen.cards])
    if (seen.cards > 1) several.push([placed, 1 / Math.floor(hostClass.cards / seen.cards)])
  })
  if (several.length > 0) program.row(several, hosts)
  const sizes = new Map<number, number>()
  if (shares.size > 0) {
    const { whole, cut } = addCuts(program, [...shares.keys()])
    for (const [size, terms] of shares) sizes.set(size, program.row([...terms, ...(cut.get(size) ?? [])], 0))
    cards.push([whole, 1])
  }
  program.row(vcpus, hostClass.vcpusMilli * hosts)
  program.row(memory, hostClass.memoryMib * hosts)
  const cardRow = cards.length > 0 ? program.row(cards, hostClass.cards * hosts) : null
  return { key: hostClass.key, cards: cardRow, sizes }
}

/** Whether `small` fits wherever `large` does. */
const fitsIn = (small: SeenClass, large: SeenClass): boolean =>
  small.vcpusMilli <= large.vcpusMilli &&
  small.memoryMib <= large.memoryMib &&
  small.cards <= large.cards &&
  small.cardMilli <= large.cardMilli &&
  (small.cards === 0 || small.models === null || (large.models?.every((it) => small.models?.includes(it)) ?? false))

/** For each class the next smaller ones: those that fit in it, but for what fits in one of these again. */
const nextSmaller = (demands: readonly Demand[]): number[][] => {
  const inside = demands.map(({ seen: large }, index) =>
    demands.map(({ seen: small }, other) => index !== other && fitsIn(small, large)),
  )
  return inside.map((within, index) => {
    const all = demands.flatMap((_, other) =>
      within[other] && !(inside[other]?.[index] && other > index) ? [other] : [],
    )
    return all.filter((other) => !all.some((between) => inside[between]?.[other] && !inside[other]?.[between]))
  })
}

/** Nothing that fits is declined: of two classes, the one that fits wherever the other does is served no smaller a part. */
const addNoDeclining = (program: ProgramBuilder, demands: readonly Demand[], accepted: readonly number[]): void => {
  nextSmaller(demands).forEach((smaller, index) => {
    const large: Term = [accepted[index] ?? 0, 1 / (demands[index]?.count ?? 1)]
    for (const other of smaller) program.row([large, [accepted[other] ?? 0, -1 / (demands[other]?.count ?? 1)]], 0)
  })
}

const worthByStep = ({ cards, sizes }: PricedClass, prices: Float64Array): number[] => {
  const worth = new Array<number>(steps + 1).fill(0)
  for (let piece = 1; piece <= steps; piece++) {
    let best = worth[piece - 1] ?? 0
    for (const [size, row] of sizes)
      if (size <= piece) best = Math.max(best, (worth[piece - size] ?? 0) + (prices[row] ?? 0))
    worth[piece] = best
  }
  if (cards !== null) worth[steps] = Math.max(worth[steps] ?? 0, prices[cards] ?? 0)
  return worth
}

/**
 * The cutting-stock relaxation of placing all of this work on the hosts when they are empty. Its value is a bound, its
 * dual prices tell what a piece of a card is worth: one of 53 % serves a share of 47 %, one of 19 % hardly anything.
 */
export const cuttingStock = (classes: readonly HostsOfClass[], arriving: readonly Demand[]): CuttingStock => {
  const demands = commonest(arriving.filter((it) => it.count > 0))
  const program = createProgramBuilder()
  const accepted = demands.map(({ seen, count }) => program.column(-seen.cards * seen.cardMilli, count))
  const served = accepted.map((column): Term[] => [[column, 1]])
  const priced = classes.map((it) => addClass(program, it, demands, served))
  for (const terms of served) program.row(terms, 0)
  addNoDeclining(program, demands, accepted)
  return {
    program: program.build(),
    allocatedMilli: ({ cost }) => -cost,
    pieceWorth: ({ prices }) => new Map(priced.map((it) => [it.key, worthByStep(it, prices)])),
  }
}
