import { done, failure, isDone, type Outcome, type ProjectRef } from '@yiduo/driver-api'
import type { Abilities } from './abilities.ts'
import type { Cloud } from './cloud.ts'
import { saysOutOfCapacity } from './faults.ts'
import type { InFlight } from './once.ts'
import { type CinderVolume, messagesShape, volumeShape } from './shapes-volume.ts'

export interface VolumesDeps {
  readonly cloud: Cloud
  readonly inFlight: InFlight
  readonly abilities: Abilities
}

export async function readVolume(
  { cloud }: Pick<VolumesDeps, 'cloud'>,
  project: ProjectRef,
  id: string,
): Promise<Outcome<CinderVolume>> {
  const path = `/volumes/${encodeURIComponent(id)}`
  const found = await cloud.ask({ service: 'volume', path, project }, volumeShape)
  return isDone(found) ? done(found.value.volume) : found
}

export const volumeAct = (
  { cloud }: VolumesDeps,
  project: ProjectRef,
  id: string,
  body: unknown,
): Promise<Outcome<null>> =>
  cloud.act({ service: 'volume', method: 'POST', path: `/volumes/${encodeURIComponent(id)}/action`, body, project })

/** Cinder accepts first and fails later; the reason is in its messages to users (3.5), newest first. */
export async function whyItFailed(
  deps: VolumesDeps,
  project: ProjectRef,
  id: string,
  what: string,
): Promise<Outcome<never>> {
  const query = { resource_uuid: id, sort: 'created_at:desc', limit: '1' }
  const told = await deps.cloud.ask({ service: 'volume', path: '/messages', query, project }, messagesShape)
  const message = isDone(told) ? told.value.messages[0]?.user_message : undefined
  const words = message === undefined ? what : `${what}: ${message}`
  return saysOutOfCapacity(words)
    ? failure('exhausted', 'cloud-capacity-exhausted', words)
    : failure('permanent', 'cloud-thing-broken', words)
}
