import { done, failure, isDone, type Outcome, type PowerState } from '@yiduo/driver-api'
import { nothing, type Saga, type StepContext, saga } from '../../../platform/sagas/index.ts'
import { observedServer } from '../model.ts'
import * as store from '../store.ts'
import { externalIdOf, loadUnit, projectOf, type UnitDeps, type UnitInput } from './unit.ts'

type Context = StepContext<UnitInput>

export interface RebootInput extends UnitInput {
  readonly forced: boolean
}

const projectGone = () => failure('permanent', 'cloud-thing-vanished', 'its project is not there any more')

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
    const project = await projectOf(deps, unit, context)
    if (!project) return projectGone()
    const ask = { project, serverId: externalIdOf(unit.server), power }
    const outcome = await unit.driver.servers.setPower(ask, context.attempt)
    if (isDone(outcome))
      await saveSeen(deps, unit.server, observedServer(outcome.value, power === 'stopped' ? 'stopped' : 'active'))
    return outcome
  }

/** The handle tells how often it had been rebooted: killed anywhere, it is rebooted once. */
const reboot =
  (deps: UnitDeps) =>
  async (context: StepContext<RebootInput>): Promise<Outcome<unknown>> => {
    const unit = await loadUnit(deps, context)
    const project = await projectOf(deps, unit, context)
    if (!project) return projectGone()
    const ask = { project, serverId: externalIdOf(unit.server), forced: context.input.forced }
    const outcome = await unit.driver.servers.reboot(ask, context.attempt)
    if (isDone(outcome)) await saveSeen(deps, unit.server, observedServer(outcome.value))
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

/** Running and stopped are both whole: what failed is shown as the cloud has it, and can be asked for again. */
const staysAsItIs = nothing('a server is whole, running or stopped')

const powerSaga = (deps: UnitDeps, name: string, power: PowerState): Saga<UnitInput> =>
  saga(
    name,
    [{ name: power === 'stopped' ? 'stop-server' : 'start-server', run: powerTo(deps, power), undo: staysAsItIs }],
    (tx, { operationId }, end) => deps.ended(tx, operationId, end),
  )

const createServerReboot = (deps: UnitDeps): Saga<RebootInput> =>
  saga(
    'server-reboot',
    [{ name: 'reboot-server', run: reboot(deps), undo: nothing('a reboot is over when it has happened') }],
    (tx, { operationId }, end) => deps.ended(tx, operationId, end),
  )

/** Of a server in use, asked for by whom it belongs to. */
export const createPowerSagas = (deps: UnitDeps) => ({
  serverStop: powerSaga(deps, 'server-stop', 'stopped'),
  serverStart: powerSaga(deps, 'server-start', 'running'),
  serverReboot: createServerReboot(deps),
})
