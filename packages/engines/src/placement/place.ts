import { filters } from './filters/index.ts'
import type { Placement, PlacementAsk, Pool, Rejection, ScoredPool } from './model.ts'
import { scorers } from './scorers/index.ts'
import { tieBreak } from './tie-break.ts'

const runnersUpShown = 3
const wholeWeight = scorers.reduce((sum, scorer) => sum + scorer.weight, 0)

type Reason = Omit<Rejection, 'pools'>

/** What keeps the ask out of the pool, or null when nothing does. */
const firstRefusal = (pool: Pool, ask: PlacementAsk): Reason | null => {
  for (const filter of filters) {
    const admission = filter.admits(pool, ask)
    if (!admission.admitted) return { filter: filter.name, code: admission.code, parameters: admission.parameters }
  }
  return null
}

const scored = (pool: Pool, ask: PlacementAsk): ScoredPool => {
  const byScorer: Record<string, number> = {}
  let sum = 0
  for (const scorer of scorers) {
    const score = scorer.score(pool, ask)
    byScorer[scorer.name] = score
    sum += score * scorer.weight
  }
  return { poolId: pool.poolId, score: sum / wholeWeight, byScorer }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Best first; equals in an order that the seed alone decides, whatever order the fleet came in. */
const bestFirst =
  (seed: string) =>
  (a: ScoredPool, b: ScoredPool): number =>
    b.score - a.score || tieBreak(seed, a.poolId) - tieBreak(seed, b.poolId) || compareText(a.poolId, b.poolId)

const countByReason = (refusals: readonly Reason[]): readonly Rejection[] => {
  const counted = new Map<string, Rejection>()
  for (const refusal of refusals) {
    const key = JSON.stringify(refusal)
    counted.set(key, { ...refusal, pools: (counted.get(key)?.pools ?? 0) + 1 })
  }
  return [...counted]
    .sort(([a, { pools: poolsOfA }], [b, { pools: poolsOfB }]) => poolsOfB - poolsOfA || compareText(a, b))
    .map(([, rejection]) => rejection)
}

/**
 * Where a line goes, and why: every pool passes all filters or is counted under its first rejection; the
 * admitted are ranked by the scorers. Pure: the same fleet, ask and seed always give the same answer. Seed with
 * something that belongs to the ask (its line's id), so that deciding again changes nothing while equal asks
 * spread over equal pools.
 */
export const place = (fleet: Iterable<Pool>, ask: PlacementAsk, seed: string): Placement => {
  const candidates: ScoredPool[] = []
  const refusals: Reason[] = []
  for (const pool of fleet) {
    const refusal = firstRefusal(pool, ask)
    if (refusal) refusals.push(refusal)
    else candidates.push(scored(pool, ask))
  }
  const [chosen = null, ...others] = candidates.sort(bestFirst(seed))
  return {
    chosen,
    runnersUp: others.slice(0, runnersUpShown),
    rejections: countByReason(refusals),
    considered: candidates.length + refusals.length,
  }
}
