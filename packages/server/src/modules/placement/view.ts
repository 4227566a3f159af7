import { type LinePlacement, type Locale, messages, type PlacementCandidate, toId } from '@yiduo/contract'
import type { Placement, ScoredPool } from '@yiduo/engines'
import type { FleetRow } from '../nodes/index.ts'

/** What is told of a decision, whichever line it is of. */
export type PlacementView = Omit<LinePlacement, 'lineId' | 'lineName' | 'quantity' | 'decided'>

/** A pool that is there no longer keeps its score and loses its name. */
const viewCandidate =
  (fleet: readonly FleetRow[], locale: Locale) =>
  ({ poolId, score, byScorer }: ScoredPool): PlacementCandidate => {
    const row = fleet.find((it) => it.poolId === poolId)
    return {
      platformId: row ? toId('platform', row.id) : null,
      platformName: row?.name ?? '',
      nodeId: row ? toId('node', row.nodeId) : null,
      nodeName: row?.nodeName ?? '',
      architecture: row?.poolArchitecture ?? '',
      score,
      scores: Object.entries(byScorer).map(([scorer, given]) => ({
        scorer,
        message: messages[locale].words[scorer] ?? scorer,
        score: given,
      })),
    }
  }

/** A decision as people read it: names for ids, words for codes. */
export const viewPlacement = (placement: Placement, fleet: readonly FleetRow[], locale: Locale): PlacementView => {
  const candidate = viewCandidate(fleet, locale)
  return {
    chosen: placement.chosen && candidate(placement.chosen),
    runnersUp: placement.runnersUp.map(candidate),
    rejections: placement.rejections.map(({ filter, code, parameters, pools }) => ({
      filter,
      code,
      message: messages[locale].words[code] ?? code,
      parameters,
      pools,
    })),
    considered: placement.considered,
  }
}
