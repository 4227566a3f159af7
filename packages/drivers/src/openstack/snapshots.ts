import {
  type Attempt,
  done,
  failure,
  isDone,
  type Outcome,
  type ProjectRef,
  pending,
  type Removal,
  type SnapshotRef,
  type SnapshotsFacet,
} from '@yiduo/driver-api'
import { carriedBy, markKey } from './marks.ts'
import { cloudName } from './names.ts'
import { makeOnce, nothingToPrepare, oldest, pollMs, removeAll } from './once.ts'
import { type CinderSnapshot, snapshotShape, snapshotsShape } from './shapes-volume.ts'
import { readVolume, type VolumesDeps, volumeAct, whyItFailed } from './volume-reading.ts'

type SnapshotAsk = Parameters<SnapshotsFacet['create']>[0]
type RevertAsk = Parameters<SnapshotsFacet['revert']>[0]

export const createSnapshotsFacet = (deps: VolumesDeps): SnapshotsFacet => ({
  create: (ask, attempt) => createSnapshot(deps, ask, attempt),
  revert: (ask, attempt) => revert(deps, ask, attempt),
  remove: (what, attempt) => removeSnapshot(deps, what, attempt),
})

async function createSnapshot(deps: VolumesDeps, ask: SnapshotAsk, attempt: Attempt): Promise<Outcome<SnapshotRef>> {
  const { project } = ask
  if (attempt.handle !== null) {
    const polled = await readSnapshot(deps, project, attempt.handle)
    if (polled.outcome === 'absent')
      return failure('permanent', 'cloud-thing-vanished', `snapshot ${attempt.handle} is gone`)
    return isDone(polled) ? judged(deps, project, polled.value) : polled
  }
  const made = await makeOnce<CinderSnapshot, null>({
    thing: `snapshot ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: false,
    async look() {
      const found = await marked(deps, project, ask.mark)
      return isDone(found) ? done(oldest(found.value, (it) => it.created_at)) : found
    },
    prepare: nothingToPrepare,
    make: () => postSnapshot(deps, ask),
  })
  return isDone(made) ? judged(deps, project, made.value) : made
}

async function postSnapshot({ cloud }: VolumesDeps, ask: SnapshotAsk): Promise<Outcome<CinderSnapshot>> {
  const snapshot = {
    volume_id: ask.volumeId,
    name: cloudName(ask.name),
    metadata: { [markKey]: ask.mark },
    // Of an attached volume too; from 3.66 Cinder does so unasked.
    force: true,
  }
  const { project } = ask
  const made = await cloud.ask(
    { service: 'volume', method: 'POST', path: '/snapshots', body: { snapshot }, project },
    snapshotShape,
  )
  return isDone(made) ? done(made.value.snapshot) : made
}

async function judged(deps: VolumesDeps, project: ProjectRef, it: CinderSnapshot): Promise<Outcome<SnapshotRef>> {
  if (it.status === 'creating') return pending(it.id, pollMs)
  if (it.status.startsWith('error')) return whyItFailed(deps, project, it.id, `snapshot is in ${it.status}`)
  if (it.status === 'deleting' || it.status === 'deleted')
    return failure('permanent', 'cloud-thing-vanished', `snapshot ${it.id} was deleted by someone else`)
  return done({ snapshotId: it.id, volumeId: it.volume_id, sizeGib: it.size })
}

async function readSnapshot({ cloud }: VolumesDeps, project: ProjectRef, id: string): Promise<Outcome<CinderSnapshot>> {
  const path = `/snapshots/${encodeURIComponent(id)}`
  const found = await cloud.ask({ service: 'volume', path, project }, snapshotShape)
  return isDone(found) ? done(found.value.snapshot) : found
}

async function marked(
  { cloud }: VolumesDeps,
  project: ProjectRef,
  mark: string,
): Promise<Outcome<readonly CinderSnapshot[]>> {
  const query = { metadata: JSON.stringify({ [markKey]: mark }) }
  const found = await cloud.ask({ service: 'volume', path: '/snapshots/detail', query, project }, snapshotsShape)
  return isDone(found) ? done(found.value.snapshots.filter((it) => carriedBy(it).includes(mark))) : found
}

/**
 * Going back twice does no harm: Cinder takes a detached volume only, so nothing has been written in between. The handle
 * says that it has accepted ours before.
 */
async function revert(deps: VolumesDeps, ask: RevertAsk, attempt: Attempt): Promise<Outcome<null>> {
  const able = await deps.abilities.revert()
  if (!isDone(able)) return able
  const found = await readVolume(deps, ask.project, ask.volumeId)
  if (found.outcome === 'absent') return failure('permanent', 'cloud-thing-vanished', `volume ${ask.volumeId} is gone`)
  if (!isDone(found)) return found
  const { id, status } = found.value
  if (status.startsWith('error')) return whyItFailed(deps, ask.project, id, `volume is in ${status}`)
  if (status === 'in-use') return failure('permanent', 'cloud-conflict', `volume ${id} is attached`)
  if (status !== 'available') return pending(attempt.handle, pollMs)
  if (attempt.handle === ask.snapshotId) return done(null)
  const acted = await volumeAct(deps, ask.project, id, { revert: { snapshot_id: ask.snapshotId } })
  return isDone(acted) ? pending(ask.snapshotId, pollMs) : acted
}

async function removeSnapshot(deps: VolumesDeps, what: Removal, attempt: Attempt): Promise<Outcome<null>> {
  const { project } = what
  const found = new Map<string, CinderSnapshot>()
  return removeAll({
    thing: `snapshot ${what.mark}`,
    externalId: what.externalId,
    attempt,
    inFlight: deps.inFlight,
    async look() {
      const snapshots = await marked(deps, project, what.mark)
      if (!isDone(snapshots)) return snapshots
      for (const it of snapshots.value) found.set(it.id, it)
      return done([...found.keys()])
    },
    async isStranger(id) {
      const snapshot = await readSnapshot(deps, project, id)
      if (!isDone(snapshot)) return snapshot
      found.set(id, snapshot.value)
      return done(!carriedBy(snapshot.value).includes(what.mark))
    },
    drop: (id) => dropSnapshot(deps, project, id, found.get(id)?.status ?? ''),
  })
}

async function dropSnapshot(
  deps: VolumesDeps,
  project: ProjectRef,
  id: string,
  status: string,
): Promise<Outcome<null>> {
  if (status === 'error_deleting') return whyItFailed(deps, project, id, 'Cinder could not delete the snapshot')
  // Whatever else goes on with it passes, and Cinder deletes only what is at rest.
  if (status !== 'available' && !status.startsWith('error')) return pending(id, pollMs)
  const path = `/snapshots/${encodeURIComponent(id)}`
  const dropped = await deps.cloud.act({ service: 'volume', method: 'DELETE', path, project })
  return isDone(dropped) ? pending(id, pollMs) : dropped
}
