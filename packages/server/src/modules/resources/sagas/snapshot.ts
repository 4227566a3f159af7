import { type ActName, toId } from '@yiduo/contract'
import { done, failure, isDone, type Outcome } from '@yiduo/driver-api'
import { everything } from '../../../kernel/act.ts'
import { present } from '../../../kernel/invariant.ts'
import type { Tx } from '../../../platform/database/index.ts'
import { nothing, type RowsStep, type Saga, type StepContext, saga } from '../../../platform/sagas/index.ts'
import * as snapshotStore from '../snapshot-store.ts'
import { holdForSnapshots } from '../snapshots.ts'
import * as store from '../store.ts'
import { ensureQuota, type PartInput } from './part.ts'
import { making, takeBack } from './server-create.ts'
import { externalIdOf, loadUnit, projectOf, type UnitDeps } from './unit.ts'

/** One snapshot of one volume of a server. */
export interface SnapshotInput extends PartInput {
  readonly snapshotId: string
}

type Context = StepContext<SnapshotInput>
type Run = (deps: UnitDeps) => (context: Context) => Promise<Outcome<unknown>>
type Rows = (deps: UnitDeps) => RowsStep<SnapshotInput>['rows']

const projectGone = () => failure('permanent', 'cloud-thing-vanished', 'its project is not there any more')

const load = async (deps: UnitDeps, context: Context) => {
  const unit = await loadUnit(deps, context)
  const volume = present(unit.parts[0], 'volume')
  const snapshot = present(await snapshotStore.findSnapshot(deps.database.plain, context.input.snapshotId), 'snapshot')
  return { volume, snapshot, driver: unit.driver, project: await projectOf(deps, unit, context) }
}

const tell = async (deps: UnitDeps, tx: Tx, { volumeId, name, sizeGib }: snapshotStore.SnapshotRow, as: ActName) => {
  const volume = present(await store.findResource(tx, everything, volumeId), 'volume')
  const after = { name, sizeGib }
  await deps.record(tx, { as, on: toId('volume', volumeId), organisationId: volume.organisationId, after })
}

/** It is gone from the cloud, and so is what was held for it. */
const end = async (deps: UnitDeps, tx: Tx, it: snapshotStore.SnapshotRow, state: 'removed' | 'failed') => {
  if (it.endedAt) return
  await snapshotStore.setSnapshotState(tx, it.id, state, deps.clock.now())
  await holdForSnapshots(tx, deps.quota, it.volumeId, -it.sizeGib)
}

const take: Run = (deps) => async (context) => {
  const { volume, snapshot, driver, project } = await load(deps, context)
  if (!project) return projectGone()
  const { id, name } = snapshot
  const ask = { mark: deps.markOf(id), name, project, volumeId: externalIdOf(volume) }
  const taken = await driver.snapshots.create(ask, context.attempt)
  if (isDone(taken)) await snapshotStore.saveTaken(deps.database.plain, id, taken.value.snapshotId)
  return taken
}

const remove: Run = (deps) => async (context) => {
  const { snapshot, driver, project } = await load(deps, context)
  if (!project || snapshot.endedAt) return done(null)
  const externalId = snapshot.externalId ?? context.attempt.handle
  return driver.snapshots.remove({ mark: deps.markOf(snapshot.id), project, externalId }, context.attempt)
}

/** What is still on the cloud is still held, and shown. */
const release: Run = (deps) => async (context) => {
  await deps.database.unrecorded(async (tx) => {
    await context.holdFast(tx)
    const snapshot = present(await snapshotStore.findSnapshot(tx, context.input.snapshotId), 'snapshot')
    if (context.leftover) await snapshotStore.setSnapshotState(tx, snapshot.id, 'failed')
    else await end(deps, tx, snapshot, 'failed')
  })
  return done(null)
}

const noteTaken: Rows =
  (deps) =>
  async (tx, { input }) => {
    await snapshotStore.setSnapshotState(tx, input.snapshotId, 'ready')
    const snapshot = present(await snapshotStore.findSnapshot(tx, input.snapshotId), 'snapshot')
    await tell(deps, tx, snapshot, 'volume.snapshot-taken')
  }

const noteRemoved: Rows =
  (deps) =>
  async (tx, { input }) => {
    const snapshot = present(await snapshotStore.findSnapshot(tx, input.snapshotId), 'snapshot')
    await end(deps, tx, snapshot, 'removed')
    await tell(deps, tx, snapshot, 'volume.snapshot-removed')
  }

const revert: Run = (deps) => async (context) => {
  const { volume, snapshot, driver, project } = await load(deps, context)
  if (!project) return projectGone()
  const snapshotId = present(snapshot.externalId, 'the snapshot on the cloud')
  return driver.snapshots.revert({ project, volumeId: externalIdOf(volume), snapshotId }, context.attempt)
}

const noteRestored: Rows =
  (deps) =>
  async (tx, { input }) =>
    tell(deps, tx, present(await snapshotStore.findSnapshot(tx, input.snapshotId), 'snapshot'), 'volume.restored')

const ended =
  (deps: UnitDeps): Saga<SnapshotInput>['ended'] =>
  (tx, { operationId }, it) =>
    deps.ended(tx, operationId, it)

const lastStep = nothing('the last step')

export const createSnapshotSagas = (deps: UnitDeps) => ({
  snapshotTake: saga<SnapshotInput>(
    'snapshot-take',
    [
      { name: 'reserve-capacity', rows: async () => undefined, undo: release(deps) }, // taken in the commit that started this
      {
        name: 'ensure-quota',
        run: ensureQuota(deps),
        undo: nothing("the quota is the organisation's, whatever becomes of this snapshot"),
      },
      { name: 'take-snapshot', run: take(deps), undo: remove(deps) },
      { name: 'note-snapshot', rows: noteTaken(deps), undo: lastStep },
    ],
    ended(deps),
  ),
  snapshotRestore: saga<SnapshotInput>(
    'snapshot-restore',
    [
      { name: 'detach-volume', run: takeBack.detach(deps), undo: making.attach(deps) },
      { name: 'revert-volume', run: revert(deps), undo: nothing('what was overwritten is gone') },
      { name: 'attach-volume', run: making.attach(deps), undo: nothing('taken back by the detachment’s own undo') },
      { name: 'note-restored', rows: noteRestored(deps), undo: lastStep },
    ],
    ended(deps),
  ),
  snapshotRemove: saga<SnapshotInput>(
    'snapshot-remove',
    [
      {
        name: 'remove-snapshot',
        run: remove(deps),
        undo: nothing('what is given back stays given back; a failed removal is asked for again'),
      },
      { name: 'release-capacity', rows: noteRemoved(deps), undo: lastStep },
    ],
    ended(deps),
  ),
})
