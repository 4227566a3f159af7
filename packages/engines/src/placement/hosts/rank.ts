import { mixHashes } from '../tie-break.ts'
import type { Fleet } from './fleet.ts'

/**
 * Answers the cheapest hosts, best first; equals in an order that the seed alone decides. It runs over every host in
 * every decision, so it keeps its few places itself and makes nothing anew.
 */
export const createRank = (fleet: Fleet, most: number) => {
  const hosts = new Int32Array(most)
  const costs = new Float64Array(most)
  const ties = new Float64Array(most)
  let filled = 0

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
  }

  return (costOf: Float64Array, seedHash: number): Int32Array => {
    const { idHashes } = fleet
    let worstCost = Number.MAX_VALUE
    let worstTie = Number.POSITIVE_INFINITY
    filled = 0
    for (let host = 0; host < costOf.length; host++) {
      const cost = costOf[host] ?? 0
      if (cost > worstCost) continue
      const tie = mixHashes(seedHash, idHashes[host] ?? 0)
      if (cost === worstCost && tie >= worstTie) continue
      insert(host, cost, tie)
      if (filled < most) continue
      worstCost = costs[most - 1] ?? 0
      worstTie = ties[most - 1] ?? 0
    }
    return hosts.subarray(0, filled)
  }
}
