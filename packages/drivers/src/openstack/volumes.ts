import {
  type Attempt,
  done,
  failure,
  isDone,
  type Outcome,
  type ProjectRef,
  pending,
  type Removal,
  type VolumeRef,
  type VolumesFacet,
} from '@yiduo/driver-api'
import { attachVolume, detachVolume } from './attachments.ts'
import { carriedBy, markKey } from './marks.ts'
import { cloudName } from './names.ts'
import { makeOnce, nothingToPrepare, oldest, pollMs, removeAll } from './once.ts'
import { type CinderVolume, volumeShape, volumesShape } from './shapes-volume.ts'
import { readVolume, type VolumesDeps, volumeAct, whyItFailed } from './volume-reading.ts'

type VolumeAsk = Parameters<VolumesFacet['create']>[0]
type ExtendAsk = Parameters<VolumesFacet['extend']>[0]

export const createVolumesFacet = (deps: VolumesDeps): VolumesFacet => ({
  create: (ask, attempt) => createVolume(deps, ask, attempt),
  extend: (ask, attempt) => extendVolume(deps, ask, attempt),
  attach: (ask, attempt) => attachVolume(deps, ask, attempt),
  detach: (ask) => detachVolume(deps, ask),
  rename: (ask) => renameVolume(deps, ask),
  remove: (what, attempt) => removeVolume(deps, what, attempt),
})

async function createVolume(deps: VolumesDeps, ask: VolumeAsk, attempt: Attempt): Promise<Outcome<VolumeRef>> {
  const { project } = ask
  if (attempt.handle !== null) {
    const polled = await readVolume(deps, project, attempt.handle)
    if (polled.outcome === 'absent')
      return failure('permanent', 'cloud-thing-vanished', `volume ${attempt.handle} is gone`)
    return isDone(polled) ? judged(deps, project, polled.value) : polled
  }
  const made = await makeOnce<CinderVolume, null>({
    thing: `volume ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: false,
    async look() {
      const found = await marked(deps, project, ask.mark)
      if (!isDone(found)) return found
      // One that goes makes room for another.
      const staying = found.value.filter((it) => it.status !== 'deleting')
      return done(oldest(staying, (it) => it.created_at))
    },
    prepare: nothingToPrepare,
    async make() {
      const volume = {
        size: ask.sizeGib,
        name: cloudName(ask.name),
        metadata: { [markKey]: ask.mark },
        ...(ask.fromSnapshotId === undefined ? {} : { snapshot_id: ask.fromSnapshotId }),
      }
      const call = { service: 'volume', method: 'POST', path: '/volumes', body: { volume }, project } as const
      const answer = await deps.cloud.ask(call, volumeShape)
      return isDone(answer) ? done(answer.value.volume) : answer
    },
  })
  return isDone(made) ? judged(deps, project, made.value) : made
}

async function judged(deps: VolumesDeps, project: ProjectRef, volume: CinderVolume): Promise<Outcome<VolumeRef>> {
  if (volume.status === 'creating' || volume.status === 'downloading') return pending(volume.id, pollMs)
  if (volume.status.startsWith('error')) return whyItFailed(deps, project, volume.id, `volume is in ${volume.status}`)
  if (volume.status === 'deleting')
    return failure('permanent', 'cloud-thing-vanished', `volume ${volume.id} was deleted by someone else`)
  return done({ volumeId: volume.id, sizeGib: volume.size })
}

async function marked(
  { cloud }: VolumesDeps,
  project: ProjectRef,
  mark: string,
): Promise<Outcome<readonly CinderVolume[]>> {
  const query = { metadata: JSON.stringify({ [markKey]: mark }) }
  const found = await cloud.ask({ service: 'volume', path: '/volumes/detail', query, project }, volumesShape)
  // A cloud may be set up not to offer users this filter; it then answers with everything.
  return isDone(found) ? done(found.value.volumes.filter((it) => carriedBy(it).includes(mark))) : found
}

/**
 * The handle says that Cinder has accepted our extension before: a volume that is then back to its old size was
 * put back by Cinder.
 */
async function extendVolume(deps: VolumesDeps, ask: ExtendAsk, attempt: Attempt): Promise<Outcome<VolumeRef>> {
  const found = await readVolume(deps, ask.project, ask.volumeId)
  if (found.outcome === 'absent') return failure('permanent', 'cloud-thing-vanished', `volume ${ask.volumeId} is gone`)
  if (!isDone(found)) return found
  const volume = found.value
  if (volume.status.startsWith('error'))
    return whyItFailed(deps, ask.project, volume.id, `volume is in ${volume.status}`)
  if (volume.status !== 'available' && volume.status !== 'in-use') return pending(attempt.handle, pollMs)
  if (volume.size >= ask.sizeGib) return done({ volumeId: volume.id, sizeGib: volume.size })
  if (attempt.handle !== null) return whyItFailed(deps, ask.project, volume.id, 'Cinder did not extend the volume')
  if (volume.status === 'in-use') {
    const able = await deps.abilities.extendAttached()
    if (!isDone(able)) return able
  }
  const acted = await volumeAct(deps, ask.project, volume.id, { 'os-extend': { new_size: ask.sizeGib } })
  return isDone(acted) ? pending(volume.id, pollMs) : acted
}

function renameVolume({ cloud }: VolumesDeps, ask: Parameters<VolumesFacet['rename']>[0]): Promise<Outcome<null>> {
  const { project, volumeId, name } = ask
  const path = `/volumes/${encodeURIComponent(volumeId)}`
  return cloud.act({ service: 'volume', method: 'PUT', path, body: { volume: { name: cloudName(name) } }, project })
}

async function removeVolume(deps: VolumesDeps, what: Removal, attempt: Attempt): Promise<Outcome<null>> {
  const { project } = what
  const found = new Map<string, CinderVolume>()
  return removeAll({
    thing: `volume ${what.mark}`,
    externalId: what.externalId,
    attempt,
    inFlight: deps.inFlight,
    async look() {
      const volumes = await marked(deps, project, what.mark)
      if (!isDone(volumes)) return volumes
      for (const it of volumes.value) found.set(it.id, it)
      return done([...found.keys()])
    },
    async isStranger(id) {
      const volume = await readVolume(deps, project, id)
      if (!isDone(volume)) return volume
      found.set(id, volume.value)
      return done(!carriedBy(volume.value).includes(what.mark))
    },
    drop: (id) => dropVolume(deps, project, id, found.get(id)?.status ?? ''),
  })
}

async function dropVolume(deps: VolumesDeps, project: ProjectRef, id: string, status: string): Promise<Outcome<null>> {
  if (status === 'error_deleting') return whyItFailed(deps, project, id, 'Cinder could not delete the volume')
  if (status === 'in-use') return failure('permanent', 'cloud-conflict', `volume ${id} is still attached`)
  if (status === 'awaiting-transfer')
    return failure('permanent', 'cloud-conflict', `volume ${id} is being given to another project`)
  // Whatever else goes on with it passes, and Cinder deletes only what is at rest; of the rest it says 400.
  if (status !== 'available' && !status.startsWith('error')) return pending(id, pollMs)
  const path = `/volumes/${encodeURIComponent(id)}`
  const dropped = await deps.cloud.act({ service: 'volume', method: 'DELETE', path, project })
  return isDone(dropped) ? pending(id, pollMs) : dropped
}
