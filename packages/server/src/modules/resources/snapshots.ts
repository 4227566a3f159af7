import { fromId, type Snapshot, toId } from '@yiduo/contract'
import { type Act, everything } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import type { Saga, Sagas } from '../../platform/sagas/index.ts'
import type { QuotaService } from '../quota/index.ts'
import { holdingOf, powerOf } from './model.ts'
import type { SnapshotInput } from './sagas/snapshot.ts'
import * as snapshotStore from './snapshot-store.ts'
import * as store from './store.ts'

export interface SnapshotSagas {
  readonly snapshotTake: Saga<SnapshotInput>
  readonly snapshotRestore: Saga<SnapshotInput>
  readonly snapshotRemove: Saga<SnapshotInput>
}

export interface SnapshotDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly quota: Pick<QuotaService, 'adjust'>
  readonly sagas: Sagas
  readonly snapshots: SnapshotSagas
}

export interface SnapshotOrder {
  readonly volume: store.ResourceRow
  readonly operationId: string
  readonly systemName: string
}

/** Each is one more thing that a cloud keeps for a volume; clouds and people lose sight of more. */
const mostOfVolume = 20

/** So much more, or less, is held for the snapshots of a volume. */
export const holdForSnapshots = async (
  tx: Tx,
  quota: SnapshotDeps['quota'],
  volumeId: string,
  moreGib: number,
): Promise<Refusal | null> => {
  const volume = present(await store.lockResource(tx, everything, volumeId), 'the volume of a snapshot')
  const desired = { ...volume.desired, snapshotGib: (volume.desired.snapshotGib ?? 0) + moreGib }
  const refusal = await quota.adjust(tx, volume.id, holdingOf(volume.kind, desired))
  if (!refusal) await store.saveDesired(tx, volume.id, desired, null)
  return refusal
}

const begin = (
  { sagas }: SnapshotDeps,
  tx: Tx,
  saga: Saga<SnapshotInput>,
  { volume, operationId, systemName }: SnapshotOrder,
  snapshotId: string,
): Promise<void> =>
  sagas.start(tx, saga, {
    operationId,
    input: {
      serverId: present(volume.serverId, 'the server of a volume'),
      partId: volume.id,
      projectName: systemName,
      snapshotId,
    },
    organisationId: volume.organisationId,
    subject: toId('volume', volume.id),
  })

/** Takes the room for it and starts. */
const startTakeSnapshot =
  (deps: SnapshotDeps) =>
  async (tx: Tx, order: SnapshotOrder & { readonly name: string }): Promise<Refusal | null> => {
    const { volume, name } = order
    if ((await snapshotStore.snapshotsOf(tx, volume.id)).length >= mostOfVolume)
      return refuse('too-many-snapshots', { limit: mostOfVolume })
    const sizeGib = volume.desired.sizeGib ?? 0
    const refusal = await holdForSnapshots(tx, deps.quota, volume.id, sizeGib)
    if (refusal) return refusal
    const id = deps.newId()
    const createdAt = deps.clock.now()
    const made = { id, volumeId: volume.id, name, sizeGib, createdAt }
    await snapshotStore.insertSnapshot(tx, { ...made, state: 'taking', externalId: null, endedAt: null })
    await begin(deps, tx, deps.snapshots.snapshotTake, order, id)
    return null
  }

const startRestoreSnapshot =
  (deps: SnapshotDeps) =>
  (tx: Tx, order: SnapshotOrder, snapshotId: string): Promise<void> =>
    begin(deps, tx, deps.snapshots.snapshotRestore, order, snapshotId)

const startRemoveSnapshot =
  (deps: SnapshotDeps) =>
  async (tx: Tx, order: SnapshotOrder, snapshotId: string): Promise<void> => {
    await snapshotStore.setSnapshotState(tx, snapshotId, 'removing')
    await begin(deps, tx, deps.snapshots.snapshotRemove, order, snapshotId)
  }

/** A snapshot of that volume which has not ended. */
const snapshotOf = async (
  tx: Tx,
  volume: store.ResourceRow,
  id: string | null,
): Promise<snapshotStore.SnapshotRow | null> =>
  (await snapshotStore.snapshotsOf(tx, volume.id)).find((it) => it.id === id) ?? null

const unrestorable = (
  volume: store.ResourceRow,
  all: readonly snapshotStore.SnapshotRow[],
  it: snapshotStore.SnapshotRow,
): Refusal | null => {
  const no = (reason: string) => refuse('snapshot-not-restorable', { name: it.name, reason })
  if (it.state !== 'ready') return no('not-ready')
  if (it.sizeGib !== volume.desired.sizeGib) return no('volume-grown')
  return all[0]?.id === it.id ? null : no('newer-snapshot')
}

/** Why a volume cannot go back to one of its snapshots now; null where it can. Nothing writes on it meanwhile. */
const whyNotRestorable = async (tx: Tx, volume: store.ResourceRow, id: string): Promise<Refusal | null> => {
  const all = await snapshotStore.snapshotsOf(tx, volume.id)
  const it = all.find((one) => one.id === id)
  if (!it) return refuse('not-found')
  const server = volume.serverId && (await store.findResource(tx, everything, volume.serverId))
  if (server && powerOf(server) === 'running') return refuse('server-running', { name: server.name })
  return unrestorable(volume, all, it)
}

const view = (row: snapshotStore.ListedSnapshot): Snapshot => ({
  id: toId('snapshot', row.id),
  name: row.name,
  state: row.state === 'removed' ? 'removing' : row.state, // none that has ended is listed
  volumeId: toId('volume', row.volumeId),
  serverId: row.serverId && toId('server', row.serverId),
  organisationId: toId('organisation', row.organisationId),
  systemId: toId('system', row.systemId),
  platformId: toId('platform', row.platformId),
  sizeGib: row.sizeGib,
  restorable: row.restorable,
  externalId: row.externalId,
  createdAt: row.createdAt.toISOString(),
})

export interface SnapshotQuery {
  limit?: number
  cursor?: string
  volumeId?: string
  serverId?: string
  systemId?: string
}

const listSnapshots =
  ({ database }: SnapshotDeps) =>
  async (act: Act, query: SnapshotQuery) => {
    const page = keyset(query)
    const bare = (kind: 'volume' | 'server' | 'system', id: string | undefined) =>
      id === undefined ? null : fromId(kind, id)
    const filter = {
      volumeId: bare('volume', query.volumeId),
      serverId: bare('server', query.serverId),
      systemId: bare('system', query.systemId),
    }
    return toPage(await snapshotStore.listSnapshots(database.plain, act.scope, filter, page), page, view)
  }

export const snapshotDoors = (deps: SnapshotDeps) => ({
  startTakeSnapshot: startTakeSnapshot(deps),
  startRestoreSnapshot: startRestoreSnapshot(deps),
  startRemoveSnapshot: startRemoveSnapshot(deps),
  listSnapshots: listSnapshots(deps),
  snapshotOf,
  whyNotRestorable,
})
