import { done, type Failure, type Outcome, pending, type VolumeRef, type VolumesFacet } from '@yiduo/driver-api'
import { type SimCall, type SimCaller, unsupportedHere } from '../call.ts'
import { isMissing } from '../clouds/model.ts'
import { quotaRefusal } from '../quotas/refusal.ts'
import { conflict, foreign, noRoom, notYet, refused, vanished } from '../refusals.ts'
import { removeNow } from '../removals/remove.ts'
import { snapshotById } from '../snapshots/store.ts'
import {
  attachmentFacts,
  attachVolume,
  detachVolume,
  insertVolume,
  updateName,
  updateSize,
  type VolumeFacts,
  volumeFactsById,
  volumeFactsByMark,
} from './store.ts'

type Ask<Method extends keyof VolumesFacet> = Parameters<VolumesFacet[Method]>[0]

export const createVolumes = (caller: SimCaller): VolumesFacet => ({
  create: (ask) => caller.change('volumes.create', 'volumes', (call) => create(call, ask)),
  extend: (ask) => caller.change('volumes.extend', 'volumes', (call) => extend(call, ask)),
  attach: (ask) => caller.change('volumes.attach', 'volumes', (call) => attach(call, ask)),
  detach: (ask) => caller.change('volumes.detach', 'volumes', (call) => detach(call, ask)),
  rename: (ask) => caller.change('volumes.rename', 'volumeRename', (call) => rename(call, ask)),
  remove: (what) =>
    caller.change('volumes.remove', 'volumes', (call) =>
      removeNow(call, 'volume', { ...what, projectId: what.project.projectId }),
    ),
})

const create = async (call: SimCall, ask: Ask<'create'>): Promise<Outcome<VolumeRef>> => {
  const { database, cloud, now } = call
  const projectId = ask.project.projectId
  const facts = await volumeFactsByMark(database, cloud.name, projectId, ask.mark)
  if (facts?.id && facts.sizeGib && facts.readyAt) return created(facts.id, facts.sizeGib, facts.readyAt, now)
  if (!facts?.projectId) return vanished('project', projectId)
  if (!Number.isInteger(ask.sizeGib) || ask.sizeGib < 1) return refused(`A volume can't have ${ask.sizeGib} GiB`)
  const refusal = (await originRefusal(call, ask)) ?? growthRefusal(call, facts, { volumes: 1, volumeGib: ask.sizeGib })
  if (refusal) return refusal
  const readyAt = new Date(now.getTime() + cloud.volumeBuildMs)
  const row = await insertVolume(database, cloud.name, { ...ask, projectId }, now, readyAt)
  return row === null ? vanished('volume', ask.mark) : created(row.id, ask.sizeGib, readyAt, now)
}

const originRefusal = async ({ database, cloud }: SimCall, ask: Ask<'create'>): Promise<Failure | null> => {
  if (ask.fromSnapshotId === undefined) return null
  const snapshot = await snapshotById(database, cloud.name, ask.project.projectId, ask.fromSnapshotId)
  if (snapshot === null) return vanished('snapshot', ask.fromSnapshotId)
  return snapshot.sizeGib > ask.sizeGib ? refused(`The snapshot holds ${snapshot.sizeGib} GiB`) : null
}

const created = (volumeId: string, sizeGib: number, readyAt: Date, now: Date): Outcome<VolumeRef> => {
  const leftMs = readyAt.getTime() - now.getTime()
  return leftMs > 0 ? pending(volumeId, Math.min(leftMs, 1_000)) : done({ volumeId, sizeGib })
}

const extend = async (call: SimCall, ask: Ask<'extend'>): Promise<Outcome<VolumeRef>> => {
  const { database, cloud } = call
  const facts = await volumeFactsById(database, cloud.name, ask.project.projectId, ask.volumeId)
  if (!facts?.id || !facts.sizeGib) return vanished('volume', ask.volumeId)
  const refusal = foreign(facts.mark, call.markPrefix)
  if (refusal) return refusal
  // A volume never shrinks; by the driver's contract, already that large is done.
  if (facts.sizeGib >= ask.sizeGib) return done({ volumeId: facts.id, sizeGib: facts.sizeGib })
  if (facts.serverId !== null && isMissing(cloud, 'volumeExtendAttached'))
    return unsupportedHere(cloud, 'volumeExtendAttached')
  const short = growthRefusal(call, facts, { volumeGib: ask.sizeGib - facts.sizeGib })
  if (short) return short
  await updateSize(database, cloud.name, facts.id, ask.sizeGib)
  return done({ volumeId: facts.id, sizeGib: ask.sizeGib })
}

export const growthRefusal = (
  { cloud }: SimCall,
  { quota, used, storedGib }: VolumeFacts,
  more: { readonly volumes?: number; readonly volumeGib: number },
): Failure | null =>
  quotaRefusal(quota, used, more) ??
  (storedGib + more.volumeGib > cloud.storageGib
    ? noRoom(`No storage left: ${storedGib} of ${cloud.storageGib} GiB are given out`)
    : null)

const attach = async (call: SimCall, ask: Ask<'attach'>): Promise<Outcome<null>> => {
  const { database, cloud, now } = call
  const facts = await attachmentFacts(database, cloud.name, ask.project.projectId, ask, now)
  if (facts === null) return vanished('volume', ask.volumeId)
  const refusal = foreign(facts.mark, call.markPrefix)
  if (refusal) return refusal
  if (facts.attachedTo === ask.serverId) return done(null)
  if (facts.attachedTo !== null) return conflict(`The volume is attached to server ${facts.attachedTo}`)
  if (facts.serverState === null) return vanished('server', ask.serverId)
  if (!facts.ready) return notYet('The volume is still being made')
  if (facts.serverState !== 'ACTIVE' && facts.serverState !== 'SHUTOFF') return attachRefusalOf(facts.serverState)
  await attachVolume(database, cloud.name, ask.volumeId, ask.serverId)
  return done(null)
}

const passingStates = ['BUILD', 'RESIZE', 'VERIFY_RESIZE', 'STARTING', 'STOPPING', 'REBOOT', 'REBUILD']

const attachRefusalOf = (state: string): Failure =>
  passingStates.includes(state)
    ? notYet(`The server is in state ${state}`)
    : conflict(`The server is in state ${state}`)

const detach = async (call: SimCall, ask: Ask<'detach'>): Promise<Outcome<null>> => {
  const { database, cloud, now } = call
  const facts = await attachmentFacts(database, cloud.name, ask.project.projectId, ask, now)
  if (facts === null || facts.attachedTo !== ask.serverId) return done(null)
  const refusal = foreign(facts.mark, call.markPrefix)
  if (refusal) return refusal
  await detachVolume(database, cloud.name, ask.volumeId)
  return done(null)
}

const rename = async (call: SimCall, ask: Ask<'rename'>): Promise<Outcome<null>> => {
  const { database, cloud } = call
  const facts = await volumeFactsById(database, cloud.name, ask.project.projectId, ask.volumeId)
  if (!facts?.id) return vanished('volume', ask.volumeId)
  const refusal = foreign(facts.mark, call.markPrefix)
  if (refusal) return refusal
  await updateName(database, cloud.name, facts.id, ask.name)
  return done(null)
}
