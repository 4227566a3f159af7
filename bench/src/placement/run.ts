import {
  createFleet,
  createPlacer,
  createSeenClasses,
  type HostAsk,
  type HostInput,
  type HostScorer,
  type SeenClass,
  take,
} from '../../../packages/engines/src/index.ts'
import { milliOf } from './openb.ts'

/** Work on eight cards at once: what a reserve is for, and what too small pieces shut out first. */
const largeCards = 8

export interface Run {
  readonly allocatedMilli: number
  readonly arrivedLarge: number
  readonly acceptedLarge: number
  readonly decisions: number
  readonly decidingMs: number
  /** Of the processor, whatever else the machine does meanwhile. */
  readonly processorMs: number
  /** Of each decision; empty unless asked for. */
  readonly decisionMs: readonly number[]
}

export interface RunOptions {
  readonly hosts: readonly HostInput[]
  readonly arrivals: readonly HostAsk[]
  readonly scorers: readonly HostScorer[]
  readonly seed: string
  /** Otherwise ties fall as one permutation of the hosts in each run says. */
  readonly tiesPerDecision?: boolean
  readonly timeEach?: boolean
  /** Scorers made anew of what has come, after 100, 200, 400 … arrivals. */
  readonly learn?: (seen: readonly SeenClass[]) => readonly HostScorer[]
}

const firstLesson = 100

export const clusterMilliOf = (hosts: readonly HostInput[]): number =>
  hosts.reduce((sum, host) => sum + host.cardsMilliFree.length * 1_000, 0)

/** Arrivals one after another; nothing leaves, nothing moves, what doesn't fit is dropped. */
export const run = ({ hosts, arrivals, scorers, seed, tiesPerDecision, timeEach, learn }: RunOptions): Run => {
  const { fleet, leftOut } = createFleet(hosts)
  if (leftOut.length > 0) throw new Error(`${leftOut.length} hosts can't be used, ${leftOut[0]?.reason.code} first`)
  const seen = createSeenClasses()
  let placer = createPlacer(fleet, scorers)
  let lesson = firstLesson
  // Done beside the decisions, not in them.
  let learningMs = 0
  const decisionMs: number[] = []
  let [allocatedMilli, arrivedLarge, acceptedLarge] = [0, 0, 0]
  const started = performance.now()
  const processorBefore = process.cpuUsage()
  arrivals.forEach((ask, index) => {
    if (learn && index === lesson) {
      const paused = performance.now()
      placer = createPlacer(fleet, learn(seen.classes()))
      lesson *= 2
      learningMs += performance.now() - paused
    }
    if (learn) seen.add(ask)
    const before = timeEach ? performance.now() : 0
    const placement = placer.place(ask, tiesPerDecision ? `${seed}/${index}` : seed)
    // A list may ask for a model that no node has: such a pod fits nowhere, and is dropped like any other.
    const allocation = 'admitted' in placement ? undefined : placement.chosen?.allocation
    if (allocation && !take(fleet, allocation)) throw new Error('what was chosen does not fit')
    if (timeEach) decisionMs.push(performance.now() - before)
    const isLarge = ask.cards?.count === largeCards
    if (isLarge) arrivedLarge++
    if (!allocation) return
    allocatedMilli += milliOf(ask)
    if (isLarge) acceptedLarge++
  })
  const decidingMs = performance.now() - started - learningMs
  const { user, system } = process.cpuUsage(processorBefore)
  const processorMs = (user + system) / 1_000
  const decisions = arrivals.length
  return { allocatedMilli, arrivedLarge, acceptedLarge, decisions, decidingMs, processorMs, decisionMs }
}
