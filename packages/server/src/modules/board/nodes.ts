import { type BoardNode, toId } from '@yiduo/contract'
import type { SituatedPlatform, Situation } from '../nodes/index.ts'
import type { HoldingRow } from '../systems/index.ts'

/** Listings run every five minutes; what was not listed for six rounds is old. */
const staleAfterMs = 30 * 60_000

/** What a platform holds is not known as it should be: a listing fails, or has not been made for long. */
export const isStale = ({ state, listedAt, isFailing }: SituatedPlatform, now: Date): boolean =>
  state === 'online' && (isFailing || (listedAt !== null && now.getTime() - listedAt.getTime() > staleAfterMs))

type PoolRow = Situation['pools'][number]

const sumOf = (pools: readonly PoolRow[], pick: (pool: PoolRow) => number): number =>
  pools.reduce((sum, pool) => sum + pick(pool), 0)

const capacityOf = (pools: readonly PoolRow[]): BoardNode['capacity'] => {
  if (pools.length === 0) return null
  return {
    hosts: pools.some((it) => it.hosts !== null) ? sumOf(pools, (it) => it.hosts ?? 0) : null,
    vcpus: {
      physical: sumOf(pools, (it) => it.vcpusPhysical),
      sellable: sumOf(pools, (it) => it.vcpusSellable),
      promised: sumOf(pools, (it) => it.vcpusPromised),
    },
    memoryMib: {
      physical: sumOf(pools, (it) => it.memoryMibPhysical),
      sellable: sumOf(pools, (it) => it.memoryMibSellable),
      promised: sumOf(pools, (it) => it.memoryMibPromised),
    },
  }
}

/** Where its production stands; the first site made where none is called so. */
const placeOf = (centres: Situation['dataCentres']): BoardNode['place'] => {
  const main = centres.find((it) => it.role === 'production') ?? centres.at(-1)
  return main ? { longitude: main.longitude, latitude: main.latitude } : null
}

type Carried = HoldingRow & { readonly systems: number }
const nothing: Carried = { systems: 0, servers: 0, vcpus: 0, memoryMib: 0, storageGib: 0 }

/** Each node with its platforms, as far as the caller may see those; without any, it is a place and no more. */
export const viewNodes = (
  { nodes, dataCentres, platforms, pools }: Situation,
  carried: ReadonlyMap<string, Carried>,
  now: Date,
): BoardNode[] => {
  const centresOf = Map.groupBy(dataCentres, (it) => it.nodeId)
  const platformsOf = Map.groupBy(platforms, (it) => it.nodeId)
  const poolsOf = Map.groupBy(pools, (it) => it.platformId)
  return nodes.toReversed().map((row) => {
    const own = platformsOf.get(row.id) ?? []
    const { systems, servers, vcpus, memoryMib, storageGib } = carried.get(row.id) ?? nothing
    return {
      id: toId('node', row.id),
      code: row.code,
      name: row.name,
      kind: row.kind,
      divisionCode: row.divisionCode,
      place: placeOf(centresOf.get(row.id) ?? []),
      platforms: own.map((it) => ({
        id: toId('platform', it.id),
        name: it.name,
        state: it.state,
        listedAt: it.listedAt?.toISOString() ?? null,
        isStale: isStale(it, now),
      })),
      capacity: capacityOf(own.flatMap((it) => poolsOf.get(it.id) ?? [])),
      carried: own.length === 0 ? null : { systems, servers, vcpus, memoryMib, storageGib },
    }
  })
}
