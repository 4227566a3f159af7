import { done, type Outcome, pending, type SnapshotRef, type SnapshotsFacet } from '@yiduo/driver-api'
import type { SimCall, SimCaller } from '../call.ts'
import { conflict, foreign, notYet, refused, vanished } from '../refusals.ts'
import { removeNow } from '../removals/remove.ts'
import { growthRefusal } from '../volumes/facet.ts'
import { volumeFactsById } from '../volumes/store.ts'
import { insertSnapshot, type SnapshotRow, snapshotById, snapshotByMark } from './store.ts'

type Ask<Method extends keyof SnapshotsFacet> = Parameters<SnapshotsFacet[Method]>[0]

export const createSnapshots = (caller: SimCaller): SnapshotsFacet => ({
  create: (ask) => caller.change('snapshots.create', 'snapshots', (call) => create(call, ask)),
  revert: (ask) => caller.change('snapshots.revert', 'snapshotRevert', (call) => revert(call, ask)),
  remove: (what) =>
    caller.change('snapshots.remove', 'snapshots', (call) =>
      removeNow(call, 'snapshot', { ...what, projectId: what.project.projectId }),
    ),
})

const create = async (call: SimCall, ask: Ask<'create'>): Promise<Outcome<SnapshotRef>> => {
  const { database, cloud, now } = call
  const mine = await snapshotByMark(database, cloud.name, ask.mark)
  if (mine) return taken(mine, now)
  const projectId = ask.project.projectId
  const facts = await volumeFactsById(database, cloud.name, projectId, ask.volumeId)
  if (!facts?.id || !facts.sizeGib || !facts.readyAt) return vanished('volume', ask.volumeId)
  if (facts.readyAt > now) return notYet('The volume is still being made')
  const refusal = foreign(facts.mark, call.markPrefix) ?? growthRefusal(call, facts, { volumeGib: facts.sizeGib })
  if (refusal) return refusal
  const readyAt = new Date(now.getTime() + cloud.volumeBuildMs)
  await insertSnapshot(database, cloud.name, { ...ask, projectId, sizeGib: facts.sizeGib }, now, readyAt)
  const made = await snapshotByMark(database, cloud.name, ask.mark)
  return made ? taken(made, now) : vanished('snapshot', ask.mark)
}

const taken = ({ id, volumeId, sizeGib, readyAt }: SnapshotRow, now: Date): Outcome<SnapshotRef> => {
  const leftMs = readyAt.getTime() - now.getTime()
  return leftMs > 0 ? pending(id, Math.min(leftMs, 1_000)) : done({ snapshotId: id, volumeId, sizeGib })
}

/** At once, and without a trace: the simulation stores no bytes. */
const revert = async (call: SimCall, ask: Ask<'revert'>): Promise<Outcome<null>> => {
  const { database, cloud } = call
  const projectId = ask.project.projectId
  const facts = await volumeFactsById(database, cloud.name, projectId, ask.volumeId)
  if (!facts?.id) return vanished('volume', ask.volumeId)
  const refusal = foreign(facts.mark, call.markPrefix)
  if (refusal) return refusal
  if (facts.serverId !== null) return conflict(`The volume is attached to server ${facts.serverId}`)
  const snapshot = await snapshotById(database, cloud.name, projectId, ask.snapshotId)
  if (snapshot?.volumeId !== facts.id) return vanished('snapshot', ask.snapshotId)
  if (!snapshot.newest) return refused('Only the newest snapshot of a volume can be gone back to')
  if (snapshot.sizeGib !== facts.sizeGib) return refused(`The volume has grown since, from ${snapshot.sizeGib} GiB`)
  return done(null)
}
