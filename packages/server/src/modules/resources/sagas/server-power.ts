import { done, failure, isDone, type Outcome, type PowerState } from '@yiduo/driver-api'
import { nothing, type Saga, type StepContext, saga } from '../../../platform/sagas/index.ts'
import { observedServer } from '../model.ts'
import * as store from '../store.ts'
import { externalIdOf, loadUnit, projectOf, type UnitDeps, type UnitInput } from './unit.ts'

type Context = StepContext<UnitInput>

/** As the cloud shows the server from now on. */
const saveSeen = (deps: UnitDeps, row: store.ResourceRow, seen: object): Promise<number> =>
  store.saveMade(deps.database.plain, {
    id: row.id,
    externalId: externalIdOf(row),
    observed: seen,
    refs: {},
    at: deps.clock.now(),
  })

/** Brings the server into a state of power. Where it is so already, nothing happens. */
const powerTo =
  (deps: UnitDeps, power: PowerState) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const unit = await loadUnit(deps, context)
    const project = await projectOf(deps, unit)
    if (!project) return failure('permanent', 'cloud-thing-vanished', 'its project is not there any more')
    const ask = { project, serverId: externalIdOf(unit.server), power }
    const outcome = await unit.driver.servers.setPower(ask, context.attempt)
    if (isDone(outcome)) {
      const state = power === 'stopped' ? 'stopped' : 'active'
      await saveSeen(deps, unit.server, { ...observedServer(outcome.value), state })
    }
    return outcome
  }

/** A cloud that can stop no server lets it run on in the recycle bin; one that has lost it has nothing to stop. */
const stopForRecycling =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const { server } = await loadUnit(deps, context)
    const platform = await deps.nodes.platform(deps.database.plain, server.platformId)
    if (platform.capabilities.serverPower?.supported === false) return done({ stopped: false })
    const outcome = await powerTo(deps, 'stopped')(context)
    return outcome.outcome === 'absent' ? done({ stopped: false }) : outcome
  }

const startAgain =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const { server } = await loadUnit(deps, context)
    const platform = await deps.nodes.platform(deps.database.plain, server.platformId)
    if (platform.capabilities.serverPower?.supported === false) return done(null) // never stopped
    return powerTo(deps, 'running')(context)
  }

export const createServerRecycle = (deps: UnitDeps): Saga<UnitInput> =>
  saga(
    'server-recycle',
    [
      {
        name: 'stop-server',
        run: stopForRecycling(deps),
        undo: nothing('what is in the recycle bin stays there until it is restored or purged'),
      },
    ],
    (tx, { operationId }, end) => deps.ended(tx, operationId, end),
  )

export const createServerRestore = (deps: UnitDeps): Saga<UnitInput> =>
  saga(
    'server-restore',
    [
      {
        name: 'start-server',
        run: startAgain(deps),
        undo: nothing('where one of a request does not start, all of it goes back into the recycle bin'),
      },
    ],
    (tx, { operationId }, end) => deps.ended(tx, operationId, end),
  )
