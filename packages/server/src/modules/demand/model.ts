import type { DemandComparison, DemandPlanState, Measure } from '@yiduo/contract'
import type { StateMachine } from '../../kernel/state-machine.ts'

export type DemandPlanEvent = 'set' | 'submit' | 'accept' | 'return'

export const demandPlanMachine = {
  draft: { set: 'draft', submit: 'submitted' },
  submitted: { accept: 'accepted', return: 'returned' },
  returned: { set: 'draft', submit: 'submitted' },
  accepted: {},
} satisfies StateMachine<DemandPlanState, DemandPlanEvent>

/** The city a division lies in (GB/T 2260: its first four digits); the province's own stand for themselves. */
export const cityOf = (divisionCode: string): string => `${divisionCode.slice(0, 4)}00`

interface Place {
  readonly divisionCode: string
  readonly architecture: string
  readonly measure: Measure
}
export interface Demand extends Place {
  readonly quarter: number
  readonly quantity: number
}
export interface Capacity extends Place {
  readonly sellable: number
  readonly promised: number
}

const quarters = [1, 2, 3, 4] as const
const keyOf = (it: Place): string => [it.divisionCode, it.architecture, it.measure].join(' ')
const sum = <T>(items: readonly T[], of: (it: T) => number): number => items.reduce((total, it) => total + of(it), 0)

/** Where something is needed or can be sold: what is free there, and from which quarter on it does not suffice. */
export const compare = (demands: readonly Demand[], capacities: readonly Capacity[]): DemandComparison[] => {
  const places = new Map([...capacities, ...demands].map((it) => [keyOf(it), it]))
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { divisionCode, architecture, measure }]) => {
      const there = capacities.filter((it) => keyOf(it) === key)
      const needed = demands.filter((it) => keyOf(it) === key)
      const demand = quarters.map((quarter) =>
        sum(
          needed.filter((it) => it.quarter <= quarter),
          (it) => it.quantity,
        ),
      )
      // Only cores and memory have a known capacity; where no pool has any of these, there is none.
      const isKnown = measure === 'vcpu' || measure === 'memory-gib'
      const [sellable, promised] = [sum(there, (it) => it.sellable), sum(there, (it) => it.promised)]
      const free = Math.max(0, sellable - promised)
      const short = isKnown ? demand.findIndex((it) => it > free) : -1
      return {
        divisionCode,
        architecture,
        measure,
        sellable: isKnown ? sellable : null,
        promised: isKnown ? promised : null,
        free: isKnown ? free : null,
        demand,
        shortage: isKnown ? Math.max(0, (demand[3] ?? 0) - free) : 0,
        shortFromQuarter: short < 0 ? null : short + 1,
      }
    })
}
