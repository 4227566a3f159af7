import { type Locale, messages, type Offering, type Place, type Plan, toId } from '@yiduo/contract'
import { place } from '@yiduo/engines'
import type { Act } from '../../kernel/act.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Database } from '../../platform/database/index.ts'
import type { CatalogueService } from '../catalogue/index.ts'
import type { FleetRow, NodeService } from '../nodes/index.ts'
import { poolOf } from '../placement/index.ts'

export interface PlacesDeps {
  readonly database: Database
  readonly catalogue: Pick<CatalogueService, 'getOffering'>
  readonly nodes: Pick<NodeService, 'fleet' | 'suppliedOnly'>
}

type Size = Pick<Plan, 'vcpus' | 'memoryMib'>

/** Judges an offering without plans as well: a pool that is right for it says so before its first plan is made. */
const smallest: Size = { vcpus: 1, memoryMib: 1_024 }

/** What keeps one server of a plan out of a pool, by the rules that place it; null where nothing does. */
const refusalOf = (row: FleetRow, offering: Offering, size: Size): string | null => {
  const codes = offering.imageNames.map((imageName) => {
    const ask = {
      architecture: offering.architecture,
      ...size,
      quantity: 1,
      systemGrade: 1,
      needs: ['servers', 'networks'],
      imageName,
      preferredPlatformId: null,
      divisionCode: row.divisionCode,
    }
    return place([poolOf(row)], ask, row.poolId).rejections[0]?.code ?? null
  })
  return codes.includes(null) ? null : (codes[0] ?? null)
}

const bySize = (a: Size, b: Size): number => a.vcpus - b.vcpus || a.memoryMib - b.memoryMib

const placeOf =
  (offering: Offering, locale: Locale) =>
  (row: FleetRow): Place => {
    const plans = offering.plans.toSorted(bySize)
    const fitting = plans.filter((it) => refusalOf(row, offering, it) === null)
    const code = fitting.length > 0 ? null : refusalOf(row, offering, plans[0] ?? smallest)
    return {
      platformId: toId('platform', row.id),
      platformName: row.name,
      nodeId: toId('node', row.nodeId),
      nodeName: row.nodeName,
      architecture: row.poolArchitecture,
      securityGrade: row.securityGrade,
      planIds: fitting.map((it) => it.id),
      reason: code === null ? null : { code, message: messages[locale].words[code] ?? code },
    }
  }

/** A platform with several pools is judged by the one that does best. */
const better = (offering: Offering, a: Place, b: Place): Place => {
  if (a.planIds.length !== b.planIds.length) return a.planIds.length > b.planIds.length ? a : b
  return b.architecture === offering.architecture ? b : a
}

const list =
  ({ database, catalogue, nodes }: PlacesDeps) =>
  async (act: Act, offeringId: string, locale: Locale): Promise<{ items: Place[] } | Refusal> => {
    const offering = await catalogue.getOffering(offeringId)
    if (isRefusal(offering)) return offering
    const best = new Map<string, Place>()
    const supplied = await nodes.suppliedOnly(database.plain, act)
    const fleet = (await nodes.fleet(database.plain)).filter(({ id }) => supplied?.has(id) ?? true)
    for (const it of fleet.map(placeOf(offering, locale))) {
      const known = best.get(it.platformId)
      best.set(it.platformId, known ? better(offering, known, it) : it)
    }
    const items = [...best.values()].toSorted(
      (a, b) => b.planIds.length - a.planIds.length || a.nodeName.localeCompare(b.nodeName, locale),
    )
    return { items }
  }

export const createPlacesService = (deps: PlacesDeps) => ({ list: list(deps) })
export type PlacesService = ReturnType<typeof createPlacesService>
