import type { Measure } from '@yiduo/contract'

/** What one resource takes of quota and pool. */
export interface Holding {
  readonly vcpus: number
  readonly memoryMib: number
  readonly volumeGib: number
  readonly addresses: number
}

export const nothingHeld: Holding = { vcpus: 0, memoryMib: 0, volumeGib: 0, addresses: 0 }

/** By measure, always in this order: every transaction locks quota rows in the same sequence. */
const byMeasure = (it: Holding): readonly (readonly [Measure, number])[] => [
  ['address', it.addresses],
  ['memory-gib', Math.ceil(it.memoryMib / 1024)],
  ['vcpu', it.vcpus],
  ['volume-gib', it.volumeGib],
]

/** What must be taken (positive) or given back (negative) to go from one holding to another. */
export const difference = (from: Holding, to: Holding): readonly (readonly [Measure, number])[] => {
  const before = new Map(byMeasure(from))
  return byMeasure(to).map(([measure, amount]) => [measure, amount - (before.get(measure) ?? 0)] as const)
}
