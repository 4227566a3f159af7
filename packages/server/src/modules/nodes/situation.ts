import { nothingAtAll, type Scope } from '../../kernel/act.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Sight } from '../../platform/http/index.ts'
import { freshness } from './find-store.ts'
import { listLinks, type PlacedLinkRow } from './link-store.ts'
import { distanceKm } from './model.ts'
import * as store from './store.ts'

/** More nodes, sites and links than any province has. */
const all = { limit: 1_000, after: null }

export interface SituatedPlatform extends Pick<store.PlatformRow, 'id' | 'nodeId' | 'name' | 'state' | 'probedAt'> {
  /** When the kind was listed whose listing is the oldest; null where one never was. */
  readonly listedAt: Date | null
  /** The last listing of some kind failed. */
  readonly isFailing: boolean
}

const platformsOf = async (tx: Tx, sight: Sight): Promise<SituatedPlatform[]> => {
  const seenOn = new Map((await freshness(tx)).map((it) => [it.platformId, it]))
  return (await store.listPlatforms(tx, sight, null, all)).map(({ id, nodeId, name, state, probedAt }) => {
    const seen = seenOn.get(id)
    return { id, nodeId, name, state, probedAt, listedAt: seen?.listedAt ?? null, isFailing: seen?.isFailing ?? false }
  })
}

const measured = (row: PlacedLinkRow) => ({
  ...row,
  distanceKm: distanceKm(
    { longitude: row.fromLongitude, latitude: row.fromLatitude },
    { longitude: row.toLongitude, latitude: row.toLatitude },
  ),
})

/** All of the province's clouds at once: where they stand is no secret, what they hold is their operators'. */
export const situation = async (tx: Tx, scope: Scope) => {
  const sight = { operated: scope, supplied: nothingAtAll }
  const [nodes, dataCentres, links, platforms, pools] = await Promise.all([
    store.listNodes(tx, sight, all),
    store.listDataCentres(tx, sight, null, all),
    listLinks(tx, sight, null, all),
    platformsOf(tx, sight),
    store.listPools(tx, sight, null),
  ])
  return { nodes, dataCentres, links: links.map(measured), platforms, pools }
}

export type Situation = Awaited<ReturnType<typeof situation>>
