import { toId } from '@yiduo/contract'
import {
  done,
  failure,
  isDone,
  isPending,
  type Outcome,
  type ProjectRef,
  pending,
  type ServerRef,
} from '@yiduo/driver-api'
import { present } from '../../../kernel/invariant.ts'
import { nothing, type RowsStep, type Saga, type StepContext, saga } from '../../../platform/sagas/index.ts'
import { countedOf, observedServer, sizeOf } from '../model.ts'
import { endSnapshotsOf, snapshotsOf } from '../snapshot-store.ts'
import * as store from '../store.ts'
import { partedFrom } from './parting.ts'
import {
  addressesOf,
  each,
  externalIdOf,
  idsOf,
  loadUnit,
  platformOf,
  portOf,
  projectAsk,
  projectOf,
  projectQuotaOf,
  removalOf,
  standingProject,
  type Unit,
  type UnitDeps,
  type UnitInput,
  volumesOf,
} from './unit.ts'

type Context = StepContext<UnitInput>
type Run = (deps: UnitDeps) => (context: Context) => Promise<Outcome<unknown>>
type Rows = RowsStep<UnitInput>['rows']

/** Quota and capacity were taken in the commit that started this. */
const begin: Rows = (tx, { input }) => store.setUnitState(tx, input.serverId, 'building')

const release: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  await deps.database.unrecorded(async (tx) => {
    await context.holdFast(tx)
    // What is still on the cloud is still held, and shown.
    if (context.leftover) return store.setFailed(tx, idsOf(unit), null)
    for (const id of idsOf(unit)) await deps.quota.release(tx, id)
    return store.setFailed(tx, idsOf(unit), deps.clock.now())
  })
  return done(null)
}

const ensureProject: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  return deps.projects.ensureProject({
    ...projectAsk(unit, context),
    quota: await projectQuotaOf(deps, context, unit.server),
  })
}

/** A first order that failed leaves no empty project behind. */
const retireProject: Run = (deps) => async (context) => {
  // Most clouds would remove a project over the heads of what lies in it.
  if (context.leftover) return failure('permanent', 'cloud-conflict', 'what is left lies in the project')
  const unit = await loadUnit(deps, context)
  return deps.projects.retire(projectAsk(unit, context), idsOf(unit))
}

const ensureNetwork: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  const platform = await platformOf(deps, context, unit.server.platformId)
  const { addresses } = platform.capabilities
  // Made without a way out now, it would stay without one when the service answers again.
  if (addresses?.supported === false && addresses.reason === 'service-not-answering')
    return failure('transient', 'cloud-unreachable', addresses.words ?? addresses.reason)
  return deps.projects.ensureNetwork({ ...projectAsk(unit, context), routed: addresses?.supported ?? false })
}

const createPort: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  const { server, driver } = unit
  const project = present(await standingProject(deps, unit, context), 'project')
  const made = await driver.networks.createPort(
    {
      mark: deps.markOf(server.id),
      name: server.name,
      project: present(project.projectRef, 'project reference'),
      network: present(project.networkRef, 'network reference'),
    },
    context.attempt,
  )
  if (isDone(made)) await store.saveRefs(deps.database.plain, server.id, { port: made.value })
  return made
}

const deletePort: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  const project = await projectOf(deps, unit, context)
  if (!project) return done(null)
  const portId = portOf(unit.server)?.portId ?? context.attempt.handle
  return unit.driver.networks.removePort(removalOf(deps, unit.server, project, portId), context.attempt)
}

const createVolume: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  const project = present(await projectOf(deps, unit, context), 'project')
  return each(volumesOf(unit), async (volume) => {
    if (volume.externalId) return done(null)
    const sizeGib = present(volume.desired.sizeGib, 'size')
    const ask = { mark: deps.markOf(volume.id), name: volume.name, project, sizeGib }
    const made = await unit.driver.volumes.create(ask, context.attempt)
    if (isDone(made))
      await store.saveMade(deps.database.plain, {
        id: volume.id,
        externalId: made.value.volumeId,
        observed: { state: 'active', sizeGib: made.value.sizeGib },
        refs: {},
        at: deps.clock.now(),
      })
    return made
  })
}

/** No cloud lets a volume go that has snapshots. */
const deleteSnapshots = async (
  deps: UnitDeps,
  { driver }: Unit,
  project: ProjectRef,
  volume: store.ResourceRow,
  { attempt }: Context,
): Promise<Outcome<unknown>> => {
  const snapshots = await snapshotsOf(deps.database.plain, volume.id)
  const gone = await each(snapshots, ({ id, externalId }) =>
    driver.snapshots.remove({ mark: deps.markOf(id), project, externalId }, attempt),
  )
  if (isDone(gone) && snapshots.length > 0) await endSnapshotsOf(deps.database.plain, volume.id, deps.clock.now())
  return gone
}

const deleteVolume: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  const project = await projectOf(deps, unit, context)
  if (!project) return done(null)
  return each(volumesOf(unit), async (volume) => {
    const bare = await deleteSnapshots(deps, unit, project, volume, context)
    if (!isDone(bare)) return bare
    const removal = removalOf(deps, volume, project, volume.externalId ?? context.attempt.handle)
    return unit.driver.volumes.remove(removal, context.attempt)
  })
}

/**
 * A port goes with a server that broke for want of it: Neutron shows one before all its parts agree, and takes it away
 * again when one does not, minutes later under load.
 */
const ensurePort: Run = (deps) => async (context) => {
  if (!context.remade || context.attempt.handle !== null) return done(null)
  const since = context.attempt.since ?? deps.clock.now()
  const port = await createPort(deps)({ ...context, attempt: { since, handle: null } })
  return isPending(port) ? pending(null, port.retryAfterMs) : port // a handle kept here would be the server's
}

const createServer: Run = (deps) => async (context) => {
  const port = await ensurePort(deps)(context)
  if (!isDone(port)) return port
  const unit = await loadUnit(deps, context)
  const { server, driver } = unit
  const made: Outcome<ServerRef> = await driver.servers.create(
    {
      mark: deps.markOf(server.id),
      name: server.name,
      project: present(await projectOf(deps, unit, context), 'project'),
      size: sizeOf(server.desired),
      imageName: present(server.desired.imageName, 'image'),
      port: present(portOf(server), 'port'),
    },
    context.attempt,
  )
  if (isDone(made))
    await store.saveMade(deps.database.plain, {
      id: server.id,
      externalId: made.value.serverId,
      observed: observedServer(made.value),
      refs: {},
      at: deps.clock.now(),
    })
  return made
}

const deleteServer: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  const project = await projectOf(deps, unit, context)
  if (!project) return done(null)
  const externalId = unit.server.externalId ?? context.attempt.handle
  return unit.driver.servers.remove(removalOf(deps, unit.server, project, externalId), context.attempt)
}

const attachment =
  (verb: 'attach' | 'detach'): Run =>
  (deps) =>
  async (context) => {
    const unit = await loadUnit(deps, context)
    const project = await projectOf(deps, unit, context)
    const { server, driver } = unit
    if (!project || !server.externalId) return done(null)
    const serverId = server.externalId
    const made = volumesOf(unit).filter((volume) => volume.externalId)
    const waitedMs = deps.clock.now().getTime() - (context.attempt.since ?? deps.clock.now()).getTime()
    return each(made, async (volume) => {
      const outcome = await driver.volumes[verb]({ project, volumeId: externalIdOf(volume), serverId }, context.attempt)
      return verb === 'attach' ? outcome : partedFrom(outcome, waitedMs)
    })
  }

const bindAddress: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  const project = present(await projectOf(deps, unit, context), 'project')
  const port = present(portOf(unit.server), 'port')
  return each(addressesOf(unit), async (address) => {
    const ask = { mark: deps.markOf(address.id), name: address.name, project, port }
    const made = await unit.driver.addresses.bind(ask, context.attempt)
    if (isDone(made))
      await store.saveMade(deps.database.plain, {
        id: address.id,
        externalId: made.value.addressId,
        observed: { state: 'active', address: made.value.address },
        refs: {},
        at: deps.clock.now(),
      })
    return made
  })
}

const releaseAddress: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  const project = await projectOf(deps, unit, context)
  if (!project) return done(null)
  return each(addressesOf(unit), (address) =>
    unit.driver.addresses.release(
      removalOf(deps, address, project, address.externalId ?? context.attempt.handle),
      context.attempt,
    ),
  )
}

/** Test time counts from the instant everything stands. */
const openMetering =
  (deps: UnitDeps): Rows =>
  async (tx, { input }) => {
    const unit = await store.unitOf(tx, input.serverId)
    const server = present(unit[0], 'server')
    if (server.state === 'test') return // done by the release before this one, in a commit of its own
    await deps.metering.open(tx, unit.map(countedOf), 'test', deps.clock.now())
    await store.setUnitState(tx, server.id, 'test')
    await deps.record(tx, {
      as: 'server.create',
      on: toId('server', server.id),
      organisationId: server.organisationId,
      after: { name: server.name, ...server.desired },
    })
  }

const closeMetering: Run = (deps) => async (context) => {
  const unit = await loadUnit(deps, context)
  await deps.database.unrecorded(async (tx) => {
    await context.holdFast(tx)
    await deps.metering.close(tx, idsOf(unit), deps.clock.now())
  })
  return done(null)
}

export const createServerCreate = (deps: UnitDeps): Saga<UnitInput> =>
  saga(
    'server-create',
    [
      { name: 'reserve-capacity', rows: begin, undo: release(deps) },
      { name: 'ensure-project', run: ensureProject(deps), undo: retireProject(deps) },
      {
        name: 'ensure-network',
        run: ensureNetwork(deps),
        undo: nothing('goes with the project, when nobody else uses it'),
      },
      { name: 'create-port', run: createPort(deps), undo: deletePort(deps) }, // marked first: a server that nobody else can find hangs on it
      { name: 'create-volume', run: createVolume(deps), undo: deleteVolume(deps), remake: true },
      { name: 'create-server', run: createServer(deps), undo: deleteServer(deps), remake: true },
      { name: 'attach-volume', run: attachment('attach')(deps), undo: attachment('detach')(deps) },
      { name: 'bind-address', run: bindAddress(deps), undo: releaseAddress(deps) },
      { name: 'open-metering', rows: openMetering(deps), undo: closeMetering(deps) },
    ],
    (tx, { operationId }, end) => deps.ended(tx, operationId, end),
  )

/** What makes the parts of a unit makes one of them alone as well. */
export const making = { createVolume, attach: attachment('attach'), bindAddress }

/** The undos are the steps of a reclaim, in the same order. */
export const takeBack = {
  releaseAddress,
  detach: attachment('detach'),
  deleteServer,
  deletePort,
  deleteVolume,
  retireProject,
}
