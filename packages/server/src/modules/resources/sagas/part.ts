import { toId } from '@yiduo/contract'
import { done, type Outcome } from '@yiduo/driver-api'
import { everything } from '../../../kernel/act.ts'
import { present } from '../../../kernel/invariant.ts'
import { nothing, type Saga, type StepContext, saga } from '../../../platform/sagas/index.ts'
import { countedOf } from '../model.ts'
import * as store from '../store.ts'
import { making, takeBack } from './server-create.ts'
import { loadUnit, projectAsk, projectQuotaOf, type UnitDeps, type UnitInput } from './unit.ts'
import { recordWipe, verifyPart } from './wiping.ts'

/** One volume or address of a server. The steps are those of the whole unit, over this part alone. */
export interface PartInput extends UnitInput {
  readonly partId: string
}

type Context = StepContext<PartInput>
type Run = (deps: UnitDeps) => (context: Context) => Promise<Outcome<unknown>>

const partOf = async (deps: UnitDeps, { input }: Context) =>
  present(await store.findResource(deps.database.plain, everything, input.partId), 'part')

/** Quota and capacity were taken in the commit that started this. */
const begin: Run = (deps) => async (context) => {
  await deps.database.unrecorded(async (tx) => {
    await context.holdFast(tx)
    await store.setState(tx, [context.input.partId], 'building', null)
  })
  return done(null)
}

const release: Run = (deps) => async (context) => {
  const { partId } = context.input
  await deps.database.unrecorded(async (tx) => {
    await context.holdFast(tx)
    // What is still on the cloud is still held, and shown.
    if (context.leftover) return store.setFailed(tx, [partId], null)
    await deps.quota.release(tx, partId)
    return store.setFailed(tx, [partId], deps.clock.now())
  })
  return done(null)
}

/** A quota that was raised since the project was made is the cloud's as well before more is asked of it. */
export const ensureQuota: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  const quota = await projectQuotaOf(deps, context, unit.server)
  return deps.projects.ensureQuota({ ...projectAsk(unit, context), quota })
}

/** Counted from the instant it stands, in the phase that its server is in. A second run finds it counted. */
const openMetering: Run = (deps) => async (context) => {
  const part = await partOf(deps, context)
  await deps.database.transaction({ ...context.act, operation: `${part.kind}.added` }, async (tx) => {
    await context.holdFast(tx)
    if (part.state !== 'building') return
    // Locked: it may be made formal just now, and either that or this finds the other done.
    const server = present(await store.lockResource(tx, everything, context.input.serverId), 'server')
    const phase = server.state === 'formal' ? 'formal' : 'test'
    await deps.metering.open(tx, [countedOf(part)], phase, deps.clock.now())
    await store.setState(tx, [part.id], phase, null)
    const after = { name: part.name, ...part.desired }
    await deps.record(tx, { on: toId(part.kind, part.id), organisationId: part.organisationId, after })
  })
  return done(null)
}

/** What is given back is not charged from the moment the work begins, however long the cloud takes. */
const closeMetering: Run = (deps) => async (context) => {
  await deps.database.unrecorded(async (tx) => {
    await context.holdFast(tx)
    await deps.metering.close(tx, [context.input.partId], deps.clock.now())
  })
  return done(null)
}

const releaseCapacity: Run = (deps) => async (context) => {
  const part = await partOf(deps, context)
  await deps.database.transaction({ ...context.act, operation: `${part.kind}.removed` }, async (tx) => {
    await context.holdFast(tx)
    if (part.endedAt) return
    await deps.quota.release(tx, part.id)
    await store.setState(tx, [part.id], 'reclaimed', deps.clock.now())
    await recordWipe(deps, tx, context, [part])
    const before = { name: part.name, externalId: part.externalId, ...part.desired }
    await deps.record(tx, { on: toId(part.kind, part.id), organisationId: part.organisationId, before })
  })
  return done(null)
}

const lastStep = nothing('the last step')
const quotaStays = nothing("the quota is the organisation's, whatever becomes of this part")
const forGood = nothing('what is given back stays given back; a failed removal is tried again')

const ended =
  (deps: UnitDeps): Saga<PartInput>['ended'] =>
  (tx, { operationId }, end) =>
    deps.ended(tx, operationId, end)

const createVolumeAdd = (deps: UnitDeps): Saga<PartInput> =>
  saga(
    'volume-add',
    [
      { name: 'reserve-capacity', run: begin(deps), undo: release(deps) },
      { name: 'ensure-quota', run: ensureQuota(deps), undo: quotaStays },
      { name: 'create-volume', run: making.createVolume(deps), undo: takeBack.deleteVolume(deps), remake: true },
      { name: 'attach-volume', run: making.attach(deps), undo: takeBack.detach(deps) },
      { name: 'open-metering', run: openMetering(deps), undo: lastStep },
    ],
    ended(deps),
  )

const createAddressAdd = (deps: UnitDeps): Saga<PartInput> =>
  saga(
    'address-add',
    [
      { name: 'reserve-capacity', run: begin(deps), undo: release(deps) },
      { name: 'ensure-quota', run: ensureQuota(deps), undo: quotaStays },
      { name: 'bind-address', run: making.bindAddress(deps), undo: takeBack.releaseAddress(deps) },
      { name: 'open-metering', run: openMetering(deps), undo: lastStep },
    ],
    ended(deps),
  )

const createVolumeRemove = (deps: UnitDeps): Saga<PartInput> =>
  saga(
    'volume-remove',
    [
      { name: 'close-metering', run: closeMetering(deps), undo: forGood },
      { name: 'detach-volume', run: takeBack.detach(deps), undo: forGood },
      { name: 'delete-volume', run: takeBack.deleteVolume(deps), undo: forGood },
      { ...verifyPart(deps), undo: forGood },
      { name: 'release-capacity', run: releaseCapacity(deps), undo: forGood },
    ],
    ended(deps),
  )

const createAddressRemove = (deps: UnitDeps): Saga<PartInput> =>
  saga(
    'address-remove',
    [
      { name: 'close-metering', run: closeMetering(deps), undo: forGood },
      { name: 'release-address', run: takeBack.releaseAddress(deps), undo: forGood },
      { ...verifyPart(deps), undo: forGood },
      { name: 'release-capacity', run: releaseCapacity(deps), undo: forGood },
    ],
    ended(deps),
  )

export const createPartSagas = (deps: UnitDeps) => ({
  volumeAdd: createVolumeAdd(deps),
  volumeRemove: createVolumeRemove(deps),
  addressAdd: createAddressAdd(deps),
  addressRemove: createAddressRemove(deps),
})
