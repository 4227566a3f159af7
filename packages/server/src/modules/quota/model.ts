import type { Measure } from '@yiduo/contract'

/** What one resource takes of quota and pool. */
export interface Holding {
  readonly vcpus: number
  readonly memoryMib: number
  readonly volumeGib: number
  readonly addresses: number
}

/** What is taken of one measure (positive) or given back (negative). */
export interface Change {
  readonly measure: Measure
  readonly amount: number
}

const byMeasure = (it: Holding): readonly (readonly [Measure, number])[] => [
  ['address', it.addresses],
  ['memory-gib', Math.ceil(it.memoryMib / 1024)],
  ['vcpu', it.vcpus],
  ['volume-gib', it.volumeGib],
]

/** What must be taken (positive) or given back (negative) to go from some holdings to others. */
export const difference = (from: readonly Holding[], to: readonly Holding[]): readonly Change[] => {
  const change = new Map(byMeasure({ vcpus: 0, memoryMib: 0, volumeGib: 0, addresses: 0 }))
  const add = (holdings: readonly Holding[], sign: 1 | -1) => {
    for (const [measure, amount] of holdings.flatMap(byMeasure))
      change.set(measure, (change.get(measure) ?? 0) + sign * amount)
  }
  add(from, -1)
  add(to, 1)
  return [...change].map(([measure, amount]) => ({ measure, amount }))
}

const sumOf = (holdings: readonly Holding[], of: 'vcpus' | 'memoryMib'): number =>
  holdings.reduce((total, it) => total + it[of], 0)

/** The same for the pool: the difference of two sums. */
export const poolDifference = (from: readonly Holding[], to: readonly Holding[]) => ({
  vcpus: sumOf(to, 'vcpus') - sumOf(from, 'vcpus'),
  memoryMib: sumOf(to, 'memoryMib') - sumOf(from, 'memoryMib'),
})
