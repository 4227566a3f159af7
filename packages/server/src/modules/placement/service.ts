import type { Locale } from '@yiduo/contract'
import { type Placement, type PlacementAsk, type Pool, place } from '@yiduo/engines'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { FleetRow } from '../nodes/index.ts'
import { type PlacementView, viewPlacement } from './view.ts'

export interface PlacementDeps {
  readonly fleet: (tx: Tx) => Promise<readonly FleetRow[]>
}

export interface Chosen {
  readonly poolId: string
  readonly platformId: string
  /** Why here and why not there, kept with the line. */
  readonly placement: Placement
}

/** What the rules of placement look at. */
export const poolOf = (row: FleetRow): Pool => ({
  poolId: row.poolId,
  platformId: row.id,
  nodeId: row.nodeId,
  divisionCode: row.divisionCode,
  architecture: row.poolArchitecture,
  online: row.state === 'online',
  securityGrade: row.securityGrade,
  capabilities: new Set(Object.entries(row.capabilities).flatMap(([name, it]) => (it?.supported ? [name] : []))),
  imageNames: row.imageNames === null ? null : new Set(row.imageNames),
  vcpusFree: row.vcpusSellable - row.vcpusPromised,
  memoryMibFree: row.memoryMibSellable - row.memoryMibPromised,
  vcpusSellable: row.vcpusSellable,
  memoryMibSellable: row.memoryMibSellable,
})

const withoutRoom = (pool: Pool): Pool => ({ ...pool, vcpusFree: 0, memoryMibFree: 0 })

/** `filter ×pools` for the reasons that count: what the applicant can act on. */
const reasonsOf = (placement: Placement): string =>
  placement.rejections.map((it) => `${it.code} ×${it.pools}`).join(', ') || 'no platform is connected'

export const createPlacementService = ({ fleet }: PlacementDeps) => ({
  /** Whether there is such a platform, and its capacity has been seen. */
  knows: async (tx: Tx, platformId: string): Promise<boolean> => (await fleet(tx)).some((it) => it.id === platformId),

  /** The first of some platforms that may not hold a system of the grade; null where all may. */
  async tooLow(tx: Tx, platformIds: readonly string[], grade: number): Promise<FleetRow | null> {
    return (await fleet(tx)).find((it) => platformIds.includes(it.id) && it.securityGrade < grade) ?? null
  },

  /** Chooses; takes nothing. The commit that takes checks the room once more; pools that failed it are `exhausted`. */
  async choose(tx: Tx, ask: PlacementAsk, seed: string, exhausted: ReadonlySet<string>): Promise<Chosen | Refusal> {
    const pools = (await fleet(tx)).map(poolOf).map((pool) => (exhausted.has(pool.poolId) ? withoutRoom(pool) : pool))
    const placement = place(pools, ask, seed)
    const { chosen } = placement
    const pool = chosen && pools.find((it) => it.poolId === chosen.poolId)
    if (!pool) return refuse('no-platform-fits', { reasons: reasonsOf(placement) })
    return { poolId: pool.poolId, platformId: pool.platformId, placement }
  },

  /** What choosing would come to now; nothing is taken and nothing kept. */
  async explain(tx: Tx, ask: PlacementAsk, seed: string, locale: Locale): Promise<PlacementView> {
    const seen = await fleet(tx)
    return viewPlacement(place(seen.map(poolOf), ask, seed), seen, locale)
  },

  /** A decision that was kept with its line. */
  view: async (tx: Tx, placement: Placement, locale: Locale): Promise<PlacementView> =>
    viewPlacement(placement, await fleet(tx), locale),
})

export type PlacementService = ReturnType<typeof createPlacementService>
