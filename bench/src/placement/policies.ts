import { defaultHostPolicy, type HostScorer, type SeenClass, scorersOf } from '../../../packages/engines/src/index.ts'
import { anyHost, bestFit, fgd } from './published-policies.ts'
import type { Trace } from './trace.ts'

export interface Contestant {
  readonly name: string
  readonly scorersFor: (trace: Trace) => readonly HostScorer[]
  readonly tiesPerDecision?: boolean
  /** Told, as it goes, what has come so far. */
  readonly learn?: (trace: Trace) => (seen: readonly SeenClass[]) => readonly HostScorer[]
  /** Takes long: run only when it is the one that is judged. */
  readonly onlyIfJudged?: boolean
}

const scorersFrom = ({ pricesOf }: Trace, classes: readonly SeenClass[]): readonly HostScorer[] =>
  scorersOf({ ...defaultHostPolicy, classes, pieceWorth: pricesOf(classes).pieceWorth })

/** The product's default, given the typical list that FGD is given, and the prices of a linear program over it. */
export const ours: Contestant = { name: 'default', scorersFor: (trace) => scorersFrom(trace, trace.classes) }

/** The same policy told nothing beforehand: its classes, and the prices over these, are of what has come so far. */
const online: Contestant = {
  name: 'default-online',
  scorersFor: () => scorersOf(defaultHostPolicy),
  learn: (trace) => (seen) => scorersFrom(trace, seen),
  onlyIfJudged: true,
}

export const fgdContestant: Contestant = { name: 'fgd', scorersFor: ({ classes }) => [fgd(classes)] }

export const contestants: readonly Contestant[] = [
  { name: 'random', scorersFor: () => [anyHost], tiesPerDecision: true },
  { name: 'best-fit', scorersFor: () => [bestFit] },
  fgdContestant,
  online,
  ours,
]
