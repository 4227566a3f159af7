import { decodeUuid } from '@yiduo/contract'
import { type CapabilityName, isDone, type Observed, type ObservedKind } from '@yiduo/driver-api'
import type { Logger } from 'pino'
import type { Clock } from '../../../kernel/clock.ts'
import type { Database, Tx } from '../../../platform/database/index.ts'
import { type Reconciler, reconciler } from '../../../platform/reconcilers/index.ts'
import { type DriverSource, listAll, type NodeService, type PlatformRow } from '../../nodes/index.ts'
import * as store from '../store.ts'

export interface ObservationDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly nodes: Pick<NodeService, 'allPlatforms'>
  readonly drivers: DriverSource
  readonly projectIds: (tx: Tx, platformId: string) => Promise<{ id: string }[]>
  readonly markPrefix: string
}

/** Each kind with the capability without which a cloud has none of it. */
const kinds = {
  server: 'servers',
  volume: 'volumes',
  address: 'addresses',
  network: 'networks',
  port: 'networks',
} as const satisfies Partial<Record<ObservedKind, CapabilityName>>

const uuidOf = (mark: string, prefix: string): string | null =>
  mark.startsWith(prefix) ? decodeUuid(mark.slice(prefix.length)) : null

/** Whether a thing seen there is what we hold. A second one with the mark of one we hold by another id is not. */
const heldOn = async (deps: ObservationDeps, tx: Tx, platformId: string) => {
  const resources = new Map((await store.heldOn(tx, platformId)).map((it) => [it.id, it]))
  const projects = new Set((await deps.projectIds(tx, platformId)).map(({ id }) => id))
  return (uuid: string, seen: Observed): boolean => {
    const resource = resources.get(uuid)
    if (!resource) return projects.has(uuid)
    return resource.externalId === null || resource.externalId === seen.externalId || resource.kind !== seen.kind
  }
}

const factsOf = (it: Observed) => ({ state: it.state, nativeState: it.nativeState, ...it.facts })

/** What a cloud shows of what we hold there, and what carries our mark and belongs to nothing we know. */
const observe = async (deps: ObservationDeps, platform: PlatformRow): Promise<void> => {
  const driver = deps.drivers.of(platform)
  const seen: Observed[] = []
  for (const [kind, needs] of Object.entries(kinds) as [keyof typeof kinds, CapabilityName][]) {
    if (!platform.capabilities[needs]?.supported) continue
    const found = await listAll(driver, kind)
    if (!isDone(found)) return
    seen.push(...found.value)
  }
  const at = deps.clock.now()
  const ours = seen.filter((it) => it.mark !== null && uuidOf(it.mark, deps.markPrefix) !== null)
  await deps.database.unrecorded(async (tx) => {
    // Read after the listing: rows are written before things are made, so whatever was listed has its row by now.
    const held = await heldOn(deps, tx, platform.id)
    const orphans: { kind: string; externalId: string; mark: string; name: string }[] = []
    for (const it of ours) {
      const uuid = uuidOf(it.mark ?? '', deps.markPrefix) ?? ''
      if (held(uuid, it)) await store.saveObserved(tx, platform.id, it.kind, it.externalId, factsOf(it), at)
      else orphans.push({ kind: it.kind, externalId: it.externalId, mark: it.mark ?? '', name: it.name })
    }
    await store.replaceOrphans(tx, platform, orphans, at)
  })
}

export const createObservationReconciler = (deps: ObservationDeps): Reconciler =>
  reconciler('observation', 60_000, async () => {
    for (const platform of await deps.nodes.allPlatforms(deps.database.plain)) {
      if (platform.state !== 'online') continue
      await observe(deps, platform).catch((error: Error) =>
        deps.log.warn({ err: error, platform: platform.code }, 'cannot observe a platform'),
      )
    }
  })
