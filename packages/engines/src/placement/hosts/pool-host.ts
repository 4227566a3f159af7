import type { PlacementAsk, Pool } from '../model.ts'
import type { HostAsk, HostInput } from './model.ts'

/** A pool whose hosts can't be seen is one large host without slots for cards; what is oversold has nothing free. */
export const hostOfPool = (pool: Pool): HostInput => {
  const { vcpusFree, memoryMibFree, vcpusSellable, memoryMibSellable, ...traits } = pool
  return {
    hostId: pool.poolId,
    traits,
    cardModel: null,
    vcpusMilli: vcpusSellable * 1_000,
    memoryMib: memoryMibSellable,
    vcpusMilliFree: Math.max(0, vcpusFree) * 1_000,
    memoryMibFree: Math.max(0, memoryMibFree),
    cardsMilliFree: [],
  }
}

/** A whole line is placed in one pool, so it is to a pool what a server is to a host. */
export const hostAskOfLine = ({ vcpus, memoryMib, quantity, ...traits }: PlacementAsk): HostAsk => ({
  ...traits,
  vcpusMilli: vcpus * quantity * 1_000,
  memoryMib: memoryMib * quantity,
  cards: null,
})
