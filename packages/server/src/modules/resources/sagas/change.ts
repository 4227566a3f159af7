import { type ActName, toId } from '@yiduo/contract'
import { type Driver, done, isDone, type Outcome, pending } from '@yiduo/driver-api'
import { everything } from '../../../kernel/act.ts'
import { invariant, present } from '../../../kernel/invariant.ts'
import { nothing, type Saga, type StepContext, saga } from '../../../platform/sagas/index.ts'
import { type Desired, holdingOf, meteredAmounts, observedServer, powerOf, sizeOf } from '../model.ts'
import * as store from '../store.ts'
import { externalIdOf, projectQuotaOf, projectSystemOf, type UnitDeps } from './unit.ts'

/** From one promise to another, for one resource. What is more was taken when it was approved. */
export interface ChangeInput {
  readonly resourceId: string
  readonly from: Desired
  readonly to: Desired
  readonly planId: string | null
  readonly projectName: string
  /** The request that keeps the resource busy until this has ended. */
  readonly requestId: string
}

type Context = StepContext<ChangeInput>

const load = async (deps: UnitDeps, { input }: Context): Promise<{ row: store.ResourceRow; driver: Driver }> => {
  const row = present(await store.findResource(deps.database.plain, everything, input.resourceId), 'resource')
  const platform = await deps.nodes.platform(deps.database.plain, row.platformId)
  return { row, driver: deps.drivers.of(platform) }
}

const projectRef = async (deps: UnitDeps, row: store.ResourceRow) =>
  present((await deps.projects.find(projectSystemOf(row), row.platformId))?.projectRef, 'project reference')

/** A quota that was raised since the project was made is the cloud's as well before more is asked of it. */
const ensureQuota =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const { row, driver } = await load(deps, context)
    const { platformId } = row
    const { attempt, input } = context
    const ask = { systemId: projectSystemOf(row), platformId, name: input.projectName, driver, attempt }
    return deps.projects.ensureQuota({ ...ask, quota: await projectQuotaOf(deps, context, row) })
  }

const resizeTo =
  (deps: UnitDeps, sizeFor: (row: store.ResourceRow, input: ChangeInput) => Desired) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const { row, driver } = await load(deps, context)
    const changed = await driver.servers.resize(
      { project: await projectRef(deps, row), serverId: externalIdOf(row), size: sizeOf(sizeFor(row, context.input)) },
      context.attempt,
    )
    if (isDone(changed))
      await store.saveMade(deps.database.plain, {
        id: row.id,
        externalId: changed.value.serverId,
        // A stopped server stays stopped through a resize.
        observed: observedServer(changed.value, powerOf(row) === 'stopped' ? 'stopped' : 'active'),
        refs: {},
        at: deps.clock.now(),
      })
    return changed
  }

/**
 * Taking back may be tried again when others have long gone on with the resource, another try of the same request
 * among them: then it is theirs.
 */
const isTheirs = (row: store.ResourceRow, { operationId }: Context): boolean =>
  row.endedAt !== null || row.state === 'reclaiming' || row.changedBy !== operationId

/** Back to what it is promised to be. The handle tells of the way there; here it would be taken for a refusal. */
const resizeBack =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const { row } = await load(deps, context)
    if (isTheirs(row, context)) return done(null)
    return resizeTo(deps, () => row.desired)({ ...context, attempt: { ...context.attempt, handle: null } })
  }

const extend =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const { row, driver } = await load(deps, context)
    const sizeGib = present(context.input.to.sizeGib, 'size')
    const changed = await driver.volumes.extend(
      { project: await projectRef(deps, row), volumeId: externalIdOf(row), sizeGib },
      context.attempt,
    )
    if (isDone(changed))
      await store.saveMade(deps.database.plain, {
        id: row.id,
        externalId: changed.value.volumeId,
        observed: { state: 'active', sizeGib: changed.value.sizeGib },
        refs: {},
        at: deps.clock.now(),
      })
    return changed
  }

/** Frees the resource. Of what the cloud could not be made to give back, nothing is given back here either. */
const giveBack =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const { input, leftover } = context
    await deps.database.unrecorded(async (tx) => {
      await context.holdFast(tx)
      const row = present(await store.lockResource(tx, everything, input.resourceId), 'resource')
      if (isTheirs(row, context)) return
      if (!leftover) await deps.quota.adjust(tx, row.id, holdingOf(row.kind, row.desired))
      await store.setFree(tx, [row.id], input.requestId)
    })
    return done(null)
  }

/** The new size is charged from the instant the cloud has it, the old one until then. */
const meter =
  (deps: UnitDeps, operation: ActName) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const { resourceId, from, to, planId, requestId } = context.input
    await deps.database.transaction({ ...context.act, operation }, async (tx) => {
      await context.holdFast(tx)
      const row = present(await store.lockResource(tx, everything, resourceId), 'resource')
      if (row.busyWith !== requestId || isTheirs(row, context)) return // this step's own earlier run, or taken over
      await store.saveDesired(tx, row.id, to, planId)
      await store.setFree(tx, [row.id], requestId)
      const phase = row.state === 'test' ? 'test' : 'formal'
      await deps.metering.change(tx, [{ of: row, amounts: meteredAmounts(row.kind, to) }], phase, deps.clock.now())
      const refusal = await deps.quota.adjust(tx, row.id, holdingOf(row.kind, to))
      invariant(!refusal, 'what a change needs more was taken when it began')
      await deps.record(tx, { on: toId(row.kind, row.id), organisationId: row.organisationId, before: from, after: to })
    })
    return done(null)
  }

const pollMs = 2_000

/** A volume never shrinks. If the cloud has grown it after all, that is what is held and charged from now on. */
const keepIfGrown =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const { row, driver } = await load(deps, context)
    const { to, requestId } = context.input
    if (row.busyWith !== requestId || isTheirs(row, context)) return done(null)
    const seen = await driver.get('volume', externalIdOf(row), await projectRef(deps, row))
    if (!isDone(seen)) return seen
    // Until the cloud has ended it, what it shows is the old size, and nobody knows which one it will be.
    if (seen.value.state === 'resizing') return pending(context.attempt.handle, pollMs)
    const grown = Number(seen.value.facts.sizeGib) >= present(to.sizeGib, 'size')
    return grown ? meter(deps, 'volume.extended')(context) : done(null)
  }

const quotaStays = "the quota is the organisation's, whatever becomes of this change"
const held = async (): Promise<Outcome<unknown>> => done(null)

export const createServerResize = (deps: UnitDeps): Saga<ChangeInput> =>
  saga(
    'server-resize',
    [
      { name: 'hold-difference', run: held, undo: giveBack(deps) },
      { name: 'ensure-quota', run: ensureQuota(deps), undo: nothing(quotaStays) },
      { name: 'resize-server', run: resizeTo(deps, (_row, { to }) => to), undo: resizeBack(deps) },
      { name: 'change-metering', run: meter(deps, 'server.resized'), undo: nothing('the last step') },
    ],
    (tx, { operationId }, end) => deps.ended(tx, operationId, end),
  )

export const createVolumeExtend = (deps: UnitDeps): Saga<ChangeInput> =>
  saga(
    'volume-extend',
    [
      { name: 'hold-difference', run: held, undo: giveBack(deps) },
      { name: 'ensure-quota', run: ensureQuota(deps), undo: nothing(quotaStays) },
      { name: 'extend-volume', run: extend(deps), undo: keepIfGrown(deps) },
      { name: 'change-metering', run: meter(deps, 'volume.extended'), undo: nothing('the last step') },
    ],
    (tx, { operationId }, end) => deps.ended(tx, operationId, end),
  )
