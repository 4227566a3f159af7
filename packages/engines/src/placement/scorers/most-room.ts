import type { Scorer } from '../model.ts'

/** Share of what is sellable that is left free after taking so much, 0–1. */
export const shareLeft = (free: number, asked: number, sellable: number): number =>
  sellable > 0 ? Math.min(1, Math.max(0, (free - asked) / sellable)) : 0

/** Share still free after the line, of whichever runs out first: spreads load, so that no pool is full early. */
export const mostRoom: Scorer = {
  name: 'most-room',
  weight: 1,
  score: (pool, ask) =>
    Math.min(
      shareLeft(pool.vcpusFree, ask.vcpus * ask.quantity, pool.vcpusSellable),
      shareLeft(pool.memoryMibFree, ask.memoryMib * ask.quantity, pool.memoryMibSellable),
    ),
}
