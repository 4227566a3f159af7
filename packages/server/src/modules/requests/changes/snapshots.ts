import {
  type BodyOf,
  fromId,
  type volumeRemoveSnapshot,
  type volumeRestoreSnapshot,
  type volumeTakeSnapshot,
} from '@yiduo/contract'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import { priceOfHeld } from '../price.ts'
import type { RequestDeps } from '../service.ts'
import { systemNameOf } from '../system-name.ts'
import type { AskOf } from './ask.ts'
import { type Approved, type Begun, type Change, inUse, type Subjects } from './change.ts'

type OfSnapshot = AskOf<'take-snapshot' | 'restore-snapshot' | 'remove-snapshot'>

const orderOf = async (deps: RequestDeps, tx: Tx, { resources: [volume] }: Subjects) => ({
  volume,
  operationId: deps.newId(),
  systemName: await systemNameOf(deps, tx, volume.systemId),
})

/** Snapshots cost nothing: what the volume costs after is what it cost before. */
const begun = async (
  deps: RequestDeps,
  tx: Tx,
  it: Approved<OfSnapshot>,
  operationId: string,
): Promise<Begun | Refusal> => {
  const priceAfter = await priceOfHeld(deps, tx, it.resources)
  return isRefusal(priceAfter) ? priceAfter : { operationIds: [operationId], priceAfter }
}

export const takeSnapshot: Change<AskOf<'take-snapshot'>, BodyOf<typeof volumeTakeSnapshot>> = {
  kind: 'take-snapshot',
  about: 'volume',
  states: inUse,
  async plan(deps, tx, _act, { resources }, { name }) {
    const unable = await deps.resources.inability(tx, resources[0], 'snapshots')
    const priceAfter = unable ?? (await priceOfHeld(deps, tx, resources))
    return isRefusal(priceAfter) ? priceAfter : { ask: { kind: 'take-snapshot', name }, priceAfter, byRule: true }
  },
  async start(deps, tx, it) {
    const order = await orderOf(deps, tx, it)
    const refusal = await deps.resources.startTakeSnapshot(tx, { ...order, name: it.ask.name })
    return refusal ?? begun(deps, tx, it, order.operationId)
  },
}

const whyNotRestore = async (
  deps: RequestDeps,
  tx: Tx,
  { resources: [volume] }: Subjects,
  snapshotId: string,
): Promise<Refusal | null> =>
  (await deps.resources.inability(tx, volume, 'snapshotRevert')) ??
  (await deps.resources.whyNotRestorable(tx, volume, snapshotId))

export const restoreSnapshot: Change<AskOf<'restore-snapshot'>, BodyOf<typeof volumeRestoreSnapshot>> = {
  kind: 'restore-snapshot',
  about: 'volume',
  states: inUse,
  async plan(deps, tx, _act, on, { snapshotId: id, confirmation }) {
    const [volume] = on.resources
    const snapshot = await deps.resources.snapshotOf(tx, volume, fromId('snapshot', id))
    if (!snapshot) return refuse('not-found')
    if (confirmation !== volume.name) return refuse('confirmation-wrong', { name: volume.name })
    const refusal = await whyNotRestore(deps, tx, on, snapshot.id)
    const priceAfter = refusal ?? (await priceOfHeld(deps, tx, on.resources))
    if (isRefusal(priceAfter)) return priceAfter
    const ask = { kind: 'restore-snapshot', snapshotId: snapshot.id, name: snapshot.name } as const
    return { ask, priceAfter, byRule: true, losses: [volume] }
  },
  async start(deps, tx, it) {
    const refusal = await whyNotRestore(deps, tx, it, it.ask.snapshotId)
    if (refusal) return refusal
    const order = await orderOf(deps, tx, it)
    await deps.resources.startRestoreSnapshot(tx, order, it.ask.snapshotId)
    return begun(deps, tx, it, order.operationId)
  },
}

export const removeSnapshot: Change<AskOf<'remove-snapshot'>, BodyOf<typeof volumeRemoveSnapshot>> = {
  kind: 'remove-snapshot',
  about: 'volume',
  states: inUse,
  async plan(deps, tx, _act, { resources }, { snapshotId: id, confirmation }) {
    const snapshot = await deps.resources.snapshotOf(tx, resources[0], fromId('snapshot', id))
    if (!snapshot) return refuse('not-found')
    if (confirmation !== snapshot.name) return refuse('confirmation-wrong', { name: snapshot.name })
    const priceAfter = await priceOfHeld(deps, tx, resources)
    const ask = { kind: 'remove-snapshot', snapshotId: snapshot.id, name: snapshot.name } as const
    return isRefusal(priceAfter) ? priceAfter : { ask, priceAfter, byRule: true }
  },
  async start(deps, tx, it) {
    if (!(await deps.resources.snapshotOf(tx, it.resources[0], it.ask.snapshotId))) return refuse('not-found')
    const order = await orderOf(deps, tx, it)
    await deps.resources.startRemoveSnapshot(tx, order, it.ask.snapshotId)
    return begun(deps, tx, it, order.operationId)
  },
}
