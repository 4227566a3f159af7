import { toId } from '@yiduo/contract'
import { done, type Outcome } from '@yiduo/driver-api'
import { nothing, type Saga, type Step, type StepContext, saga } from '../../../platform/sagas/index.ts'
import * as store from '../store.ts'
import { takeBack } from './server-create.ts'
import { idsOf, loadUnit, type UnitDeps, type UnitInput } from './unit.ts'
import { recordWipe, verifyUnit } from './wiping.ts'

type Context = StepContext<UnitInput>

/** What is given back is not charged from the moment the work begins, however long the cloud takes. */
const closeMetering =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const unit = await loadUnit(deps, context)
    await deps.database.unrecorded(async (tx) => {
      await context.holdFast(tx)
      await deps.metering.close(tx, idsOf(unit), deps.clock.now())
      await store.setState(tx, idsOf(unit), 'reclaiming', null)
    })
    return done(null)
  }

const releaseCapacity =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const unit = await loadUnit(deps, context)
    await deps.database.transaction({ ...context.act, operation: 'server.reclaim' }, async (tx) => {
      await context.holdFast(tx)
      if (unit.server.endedAt) return
      for (const id of idsOf(unit)) await deps.quota.release(tx, id)
      await store.setState(tx, idsOf(unit), 'reclaimed', deps.clock.now())
      await recordWipe(deps, tx, context, [unit.server, ...unit.parts])
      await deps.record(tx, {
        on: toId('server', unit.server.id),
        organisationId: unit.server.organisationId,
        before: { name: unit.server.name, externalId: unit.server.externalId, ...unit.server.desired },
      })
    })
    return done(null)
  }

const forGood = nothing('what is given back stays given back; a failed reclaim is tried again')

const before = (deps: UnitDeps): Step<UnitInput>[] => [
  { name: 'close-metering', run: closeMetering(deps), undo: forGood },
  { name: 'release-address', run: takeBack.releaseAddress(deps), undo: forGood },
  { name: 'detach-volume', run: takeBack.detach(deps), undo: forGood },
  { name: 'delete-server', run: takeBack.deleteServer(deps), undo: forGood },
  { name: 'delete-port', run: takeBack.deletePort(deps), undo: forGood },
  { name: 'delete-volume', run: takeBack.deleteVolume(deps), undo: forGood },
]

const after = (deps: UnitDeps): Step<UnitInput>[] => [
  { name: 'retire-project', run: takeBack.retireProject(deps), undo: forGood },
  { name: 'release-capacity', run: releaseCapacity(deps), undo: forGood },
]

const ended =
  (deps: UnitDeps): Saga<UnitInput>['ended'] =>
  (tx, { operationId }, end) =>
    deps.ended(tx, operationId, end)

export const createServerReclaim = (deps: UnitDeps): Saga<UnitInput> =>
  saga('server-reclaim@2', [...before(deps), { ...verifyUnit(deps), undo: forGood }, ...after(deps)], ended(deps))

/** As the release before this one began it; what is under way ends as it began, without a wipe record. */
export const createServerReclaimBefore = (deps: UnitDeps): Saga<UnitInput> =>
  saga('server-reclaim', [...before(deps), ...after(deps)], ended(deps))
