import { mixHashes } from '../tie-break.ts'
import type { Fleet } from './fleet.ts'

/** Hosts are looked through by blocks: one of which nothing has changed, and none is cheap enough, is passed over. */
const blockHosts = 64
const blockOf = (host: number): number => Math.floor(host / blockHosts)

/** What every host would cost, written by host, with the least cost of each block where that is known. */
export interface CostTable {
  readonly costs: Float64Array
  readonly set: (host: number, cost: number) => void
  readonly leastOfBlock: Float64Array
}

export const createCostTable = (hosts: number): CostTable => {
  const costs = new Float64Array(hosts).fill(Number.POSITIVE_INFINITY)
  // NaN: not known, to be looked through.
  const leastOfBlock = new Float64Array(blockOf(hosts + blockHosts - 1)).fill(Number.NaN)
  return {
    costs,
    leastOfBlock,
    set: (host, cost) => {
      if (costs[host] === cost) return
      costs[host] = cost
      leastOfBlock[blockOf(host)] = Number.NaN
    },
  }
}

/**
 * Answers the cheapest hosts, best first; equals in an order that the seed alone decides. It runs in every decision, so
 * it keeps its few places itself and makes nothing anew.
 */
export const createRank = (fleet: Fleet, most: number) => {
  const hosts = new Int32Array(most)
  const costs = new Float64Array(most)
  const ties = new Float64Array(most)
  let filled = 0
  let worstCost = Number.MAX_VALUE
  let worstTie = Number.POSITIVE_INFINITY

  /** Hosts come in the order of their ids, so that even equal hashes always fall the same way. */
  const insert = (host: number, cost: number, tie: number): void => {
    let place = filled < most ? filled++ : most - 1
    while (place > 0) {
      const before = place - 1
      const isBehind = (costs[before] ?? 0) > cost || (costs[before] === cost && (ties[before] ?? 0) > tie)
      if (!isBehind) break
      hosts[place] = hosts[before] ?? 0
      costs[place] = costs[before] ?? 0
      ties[place] = ties[before] ?? 0
      place = before
    }
    hosts[place] = host
    costs[place] = cost
    ties[place] = tie
    if (filled < most) return
    worstCost = costs[most - 1] ?? 0
    worstTie = ties[most - 1] ?? 0
  }

  /** Answers the least cost of the block. */
  const lookThrough = (costOf: Float64Array, start: number, end: number, seedHash: number): number => {
    const { idHashes } = fleet
    let least = Number.POSITIVE_INFINITY
    for (let host = start; host < end; host++) {
      const cost = costOf[host] ?? 0
      if (cost < least) least = cost
      if (cost > worstCost) continue
      const tie = mixHashes(seedHash, idHashes[host] ?? 0)
      if (cost < worstCost || tie < worstTie) insert(host, cost, tie)
    }
    return least
  }

  return ({ costs: costOf, leastOfBlock }: CostTable, seedHash: number): Int32Array => {
    filled = 0
    worstCost = Number.MAX_VALUE
    worstTie = Number.POSITIVE_INFINITY
    for (let block = 0; block < leastOfBlock.length; block++) {
      if ((leastOfBlock[block] ?? 0) > worstCost) continue
      const start = block * blockHosts
      leastOfBlock[block] = lookThrough(costOf, start, Math.min(start + blockHosts, costOf.length), seedHash)
    }
    return hosts.subarray(0, filled)
  }
}
