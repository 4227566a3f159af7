import type { HostScorer } from './scorer.ts'

/** Below one core, what is left decides no more. */
const leastVcpusMilli = 1_000

/**
 * Work without cards goes where fewest cards lie idle for each core: on hosts whose cards are all given out, then on
 * those with cores to spare. Anywhere else it takes the cores by which a card would have been of use.
 */
export const idleCards = (weight: number): HostScorer => ({
  name: 'idle-cards',
  weight,
  bind: (fleet) => ({
    changed: () => {},
    cost: (host, shape) =>
      shape.cardCount > 0
        ? 0
        : (fleet.cardsMilliFree[host] ?? 0) / Math.max(leastVcpusMilli, fleet.vcpusMilliFree[host] ?? 0),
  }),
})
