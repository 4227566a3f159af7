import { defaultHostPolicy, type HostScorer, type SeenClass, scorersOf } from '../../../packages/engines/src/index.ts'
import { anyHost, bestFit, fgd } from './published-policies.ts'
import type { Trace } from './trace.ts'

export interface Contestant {
  readonly name: string
  readonly scorersFor: (trace: Trace) => readonly HostScorer[]
  readonly tiesPerDecision?: boolean
  /** Told, as it goes, what has come so far. */
  readonly learn?: (seen: readonly SeenClass[]) => readonly HostScorer[]
}

/** The product's default, given the typical list that FGD is given, and the prices of a linear program over it. */
export const ours: Contestant = {
  name: 'default',
  scorersFor: ({ classes, pieceWorth }) => scorersOf({ ...defaultHostPolicy, classes, pieceWorth }),
}

const learn = (classes: readonly SeenClass[]): readonly HostScorer[] => scorersOf({ ...defaultHostPolicy, classes })

/** The same policy, told nothing beforehand: neither a typical list nor prices, only what has come so far. */
const online: Contestant = { name: 'default-online', scorersFor: () => learn([]), learn }

export const fgdContestant: Contestant = { name: 'fgd', scorersFor: ({ classes }) => [fgd(classes)] }

export const contestants: readonly Contestant[] = [
  { name: 'random', scorersFor: () => [anyHost], tiesPerDecision: true },
  { name: 'best-fit', scorersFor: () => [bestFit] },
  fgdContestant,
  online,
  ours,
]
