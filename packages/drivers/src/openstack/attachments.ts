import { type Attempt, done, failure, isDone, type Outcome, pending, type VolumesFacet } from '@yiduo/driver-api'
import { pollMs } from './once.ts'
import { serverShape } from './shapes-compute.ts'
import type { CinderVolume } from './shapes-volume.ts'
import { readVolume, type VolumesDeps } from './volume-reading.ts'

type AttachAsk = Parameters<VolumesFacet['attach']>[0]

/**
 * Cinder holds a volume for one server at a time, so a second call can do no harm; where it stands is read from the
 * volume. The handle says that Nova has accepted the attachment before.
 */
export async function attachVolume(deps: VolumesDeps, ask: AttachAsk, attempt: Attempt): Promise<Outcome<null>> {
  const { project, volumeId, serverId } = ask
  const found = await readVolume(deps, project, volumeId)
  if (found.outcome === 'absent') return failure('permanent', 'cloud-thing-vanished', `volume ${volumeId} is gone`)
  if (!isDone(found)) return found
  const volume = found.value
  if (volume.status === 'in-use')
    return isAttachedTo(volume, serverId)
      ? done(null)
      : failure('permanent', 'cloud-conflict', `volume ${volumeId} is attached to another server`)
  if (volume.status.startsWith('error'))
    return failure('permanent', 'cloud-thing-broken', `volume ${volumeId} is in ${volume.status}`)
  if (volume.status !== 'available') return pending(attempt.handle, pollMs)
  if (attempt.handle !== null)
    return failure('permanent', 'cloud-request-refused', `Nova could not attach volume ${volumeId} and let it go`)
  const path = `/servers/${encodeURIComponent(serverId)}/os-volume_attachments`
  const body = { volumeAttachment: { volumeId } }
  const acted = await deps.cloud.act({ service: 'compute', method: 'POST', path, body, project })
  return isDone(acted) ? pending(volumeId, pollMs) : acted
}

export async function detachVolume(deps: VolumesDeps, ask: AttachAsk): Promise<Outcome<null>> {
  const { project, volumeId, serverId } = ask
  const found = await readVolume(deps, project, volumeId)
  if (found.outcome === 'absent') return done(null)
  if (!isDone(found)) return found
  const { status } = found.value
  const beingAttached = status === 'reserved' || status === 'attaching'
  if (!isAttachedTo(found.value, serverId) && !beingAttached) return done(null)
  if (status === 'detaching') return pending(volumeId, pollMs)
  if (beingAttached) return unlessServerGone(deps, ask)
  const path = `/servers/${encodeURIComponent(serverId)}/os-volume_attachments/${encodeURIComponent(volumeId)}`
  const dropped = await deps.cloud.act({ service: 'compute', method: 'DELETE', path, project })
  if (isDone(dropped)) return pending(volumeId, pollMs)
  // Either the server is gone, or Nova has let go and Cinder has not yet said so.
  return dropped.outcome === 'absent' ? unlessServerGone(deps, ask) : dropped
}

async function unlessServerGone({ cloud }: VolumesDeps, ask: AttachAsk): Promise<Outcome<null>> {
  const path = `/servers/${encodeURIComponent(ask.serverId)}`
  const server = await cloud.ask({ service: 'compute', path, project: ask.project }, serverShape)
  if (server.outcome === 'absent') return done(null)
  return isDone(server) ? pending(ask.volumeId, pollMs) : server
}

const isAttachedTo = (volume: CinderVolume, serverId: string): boolean =>
  (volume.attachments ?? []).some((it) => it.server_id === serverId)
