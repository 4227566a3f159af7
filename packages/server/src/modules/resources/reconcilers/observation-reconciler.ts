import { decodeUuid, type Fault, fault } from '@yiduo/contract'
import { type CapabilityName, isDone, type Observed, type ObservedKind } from '@yiduo/driver-api'
import type { Logger } from 'pino'
import type { Clock } from '../../../kernel/clock.ts'
import type { Database, Tx } from '../../../platform/database/index.ts'
import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import { type DriverSource, eachPage, faultOf, type NodeService, type PlatformRow } from '../../nodes/index.ts'
import * as store from '../store.ts'

export interface ObservationDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly nodes: Pick<NodeService, 'allPlatforms' | 'noteListing'>
  readonly drivers: DriverSource
  readonly knownProjects: (tx: Tx, ids: readonly string[], platformId: string | null) => Promise<ReadonlySet<string>>
  readonly markPrefix: string
}

/** Each kind that may carry our mark, with the capability without which a cloud has none of it. */
const kinds = {
  server: 'servers',
  volume: 'volumes',
  address: 'addresses',
  project: 'projects',
  network: 'networks',
  subnet: 'networks',
  router: 'networks',
  port: 'networks',
} as const satisfies Partial<Record<ObservedKind, CapabilityName>>

/** Targeted reads follow our own operations; this finds what others have done on the cloud. */
const everyMs = 5 * 60_000
/** What has not changed is written again this often, to show that it was looked at. */
const freshMs = 60 * 60_000
/** Things compared in one statement. */
const batchSize = 1_000
/** Platforms listed side by side: one that is slow does not keep the others waiting. */
const atOnce = 4

/** One listing: of one kind, on one platform, begun at an instant. */
interface Listing {
  readonly platform: PlatformRow
  readonly kind: ObservedKind
  readonly at: Date
}

const markedOf = (items: readonly Observed[], prefix: string): store.Marked[] =>
  items.flatMap((it) => {
    const uuid = it.mark?.startsWith(prefix) ? decodeUuid(it.mark.slice(prefix.length)) : null
    if (it.mark === null || uuid === null) return []
    const observed = { state: it.state, nativeState: it.nativeState, ...it.facts }
    return [{ externalId: it.externalId, uuid, mark: it.mark, name: it.name, observed }]
  })

type Stray = Omit<store.Marked, 'observed'>

/** Writes what a batch shows of what we hold, and answers what of it belongs to nothing we know. */
const compare = (deps: ObservationDeps, listing: Listing, marked: readonly store.Marked[]): Promise<Stray[]> =>
  deps.database.unrecorded(async (tx) => {
    const of = { platformId: listing.platform.id, kind: listing.kind, at: listing.at }
    // Read after the listing: rows are written before things are made, so whatever was listed has its row by now.
    await store.saveObserved(tx, { ...of, freshFrom: new Date(listing.at.getTime() - freshMs) }, marked)
    const strays = await store.straysAmong(tx, of, marked)
    if (strays.length === 0) return []
    // Regions of one cloud share their projects: each of them lists what was made for the others.
    const ids = strays.map(({ uuid }) => uuid)
    const projects = await deps.knownProjects(tx, ids, of.kind === 'project' ? null : of.platformId)
    return strays.filter(({ uuid }) => !projects.has(uuid))
  })

/** Page by page, so that what a cloud holds of others never lies here all at once. Answers why it is not complete. */
const list = async (deps: ObservationDeps, listing: Listing): Promise<Fault | null> => {
  const { platform, kind, at } = listing
  let batch: store.Marked[] = []
  let strays: Stray[] = []
  const compareBatch = async (): Promise<void> => {
    if (batch.length > 0) strays = strays.concat(await compare(deps, listing, batch))
    batch = []
  }
  const listed = await eachPage(deps.drivers.of(platform), kind, async (items) => {
    batch = batch.concat(markedOf(items, deps.markPrefix))
    if (batch.length >= batchSize) await compareBatch()
  })
  await compareBatch()
  const of = { platformId: platform.id, organisationId: platform.organisationId, kind, at }
  if (isDone(listed)) await deps.database.unrecorded((tx) => store.replaceOrphans(tx, of, strays))
  return faultOf(listed)
}

/** One kind after another. Of one that cannot be listed the reason is kept, and the others still are. */
const observe = async (deps: ObservationDeps, platform: PlatformRow): Promise<void> => {
  for (const [kind, needs] of Object.entries(kinds) as [keyof typeof kinds, CapabilityName][]) {
    if (!platform.capabilities[needs]?.supported) continue
    const at = deps.clock.now()
    const why = await list(deps, { platform, kind, at }).catch((error: Error) => {
      deps.log.error({ err: error, platform: platform.code, kind }, 'a listing crashed')
      return fault('defect')
    })
    if (why) deps.log.warn({ fault: why, platform: platform.code, kind }, 'cannot list what a platform holds')
    await deps.nodes.noteListing({ platformId: platform.id, kind, at, fault: why })
  }
}

/** What clouds show of what we hold there, and what carries our mark and belongs to nothing we know. */
export const createObservationReconciler = (deps: ObservationDeps): Reconciler =>
  reconciler('observation', everyMs, async () => {
    const waiting = (await deps.nodes.allPlatforms(deps.database.plain)).filter(({ state }) => state === 'online')
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { code } = next
        await observe(deps, next).catch((error: Error) =>
          deps.log.warn({ err: error, platform: code }, 'cannot observe a platform'),
        )
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  })
