import {
  type Attempt,
  type Driver,
  done,
  isDone,
  type NetworkRef,
  type Outcome,
  type ProjectQuota,
  type ProjectRef,
  pending,
} from '@yiduo/driver-api'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import { cidrOf } from './model.ts'
import * as store from './store.ts'

/** Whose project: one system on one platform, and the operation that asks. */
export interface ProjectAsk {
  readonly systemId: string
  readonly platformId: string
  readonly name: string
  readonly operationId: string
  readonly driver: Driver
  readonly attempt: Attempt
}

export type QuotaAsk = Omit<ProjectAsk, 'operationId'> & {
  /** What the project may hold; null where the cloud does not let us say. */
  readonly quota: ProjectQuota | null
}

export interface ProjectDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly markOf: (uuid: string) => string
  /** Notes that resources have left the project, and says whether anything of the system still lies in it. */
  readonly leave: (
    tx: Tx,
    systemId: string,
    platformId: string,
    leaving: readonly string[],
  ) => Promise<'last' | 'others'>
  /** Whether an operation is still under way, in whatever process. */
  readonly isUnfinished: (tx: Tx, operationId: string) => Promise<boolean>
}

const waitMs = 200

/** The operation that has the project in hand is still at work; one that ended left it to whoever comes next. */
const isHeldByOther = async (
  { isUnfinished }: ProjectDeps,
  tx: Tx,
  row: store.ProjectRow,
  operationId: string,
): Promise<boolean> => row.busyWith !== null && row.busyWith !== operationId && (await isUnfinished(tx, row.busyWith))

const quotaKeys = ['vcpus', 'memoryMib', 'servers', 'volumeGib', 'volumes', 'addresses'] as const

const isSame = (a: ProjectQuota | null, b: ProjectQuota | null): boolean =>
  a === b || (a !== null && b !== null && quotaKeys.every((key) => a[key] === b[key]))

/** What may be there already was begun long ago: the driver looks for it, and need not wait. */
const lookingFirst = (row: store.ProjectRow, attempt: Attempt, mayBeThere: boolean): Attempt =>
  mayBeThere ? { ...attempt, since: attempt.since ?? row.createdAt } : attempt

/** Made to the end, and nothing has happened to it since. */
const isWhole = (row: store.ProjectRow): boolean => row.networkRef !== null && !row.suspect

/** Locks the row and takes it in hand if it needs making; null while another operation has it. */
const takeInHand = (deps: ProjectDeps, ask: ProjectAsk): Promise<store.ProjectRow | null> =>
  deps.database.unrecorded(async (tx) => {
    const row = await store.lockProject(tx, { ...ask, id: deps.newId(), now: deps.clock.now() })
    if (await isHeldByOther(deps, tx, row, ask.operationId)) return row.state === 'live' && isWhole(row) ? row : null
    const abandoned = row.busyWith !== null && row.busyWith !== ask.operationId
    if (abandoned || row.state === 'retiring') return store.takeOver(tx, row.id, ask.operationId)
    if (!isWhole(row)) await store.setBusy(tx, row.id, ask.operationId)
    return row
  })

const makeProject = async (
  { database, markOf }: ProjectDeps,
  row: store.ProjectRow,
  { driver, name, quota, attempt }: QuotaAsk,
): Promise<Outcome<ProjectRef>> => {
  const looking = lookingFirst(row, attempt, row.suspect || row.projectRef !== null)
  const made = await driver.projects.ensure({ mark: markOf(row.id), name, quota }, looking)
  if (isDone(made)) await store.saveProjectRef(database.plain, row.id, made.value, quota)
  return made
}

const projectWithQuota = async (
  deps: ProjectDeps,
  row: store.ProjectRow,
  ask: QuotaAsk,
): Promise<Outcome<ProjectRef>> =>
  row.projectRef && isSame(row.quota, ask.quota) ? done(row.projectRef) : makeProject(deps, row, ask)

/**
 * Several operations may want the same project at once. One makes it, the others wait: a network has no fence
 * on most clouds, so two that make it at the same time would make two.
 */
const ensureProject =
  (deps: ProjectDeps) =>
  async (ask: ProjectAsk & QuotaAsk): Promise<Outcome<ProjectRef>> => {
    const row = await takeInHand(deps, ask)
    if (!row) return pending(null, waitMs)
    return row.suspect ? makeProject(deps, row, ask) : projectWithQuota(deps, row, ask)
  }

/** The quota of a project that something stands in: nobody retires it meanwhile, so it need not be taken in hand. */
const ensureQuota =
  (deps: ProjectDeps) =>
  async (ask: QuotaAsk): Promise<Outcome<ProjectRef>> =>
    projectWithQuota(
      deps,
      present(await store.findProject(deps.database.plain, ask.systemId, ask.platformId), 'project'),
      ask,
    )

const ensureNetwork =
  ({ database, markOf }: ProjectDeps) =>
  async (ask: ProjectAsk & { routed: boolean }): Promise<Outcome<NetworkRef>> => {
    const row = present(await store.findProject(database.plain, ask.systemId, ask.platformId), 'project')
    if (row.networkRef && !row.suspect) return done(row.networkRef)
    const made = await ask.driver.networks.ensure(
      {
        mark: markOf(row.id),
        name: ask.name,
        project: present(row.projectRef, 'project reference'),
        cidr: cidrOf(row.id),
        routed: ask.routed,
      },
      lookingFirst(row, ask.attempt, row.suspect),
    )
    if (isDone(made)) await store.saveNetworkRef(database.plain, row.id, made.value)
    return made
  }

/** Decides under the row's lock whether the project is needed no more. */
const beginRetiring =
  (deps: ProjectDeps) =>
  (ask: ProjectAsk, leaving: readonly string[]): Promise<store.ProjectRow | null> =>
    deps.database.unrecorded(async (tx) => {
      const row = await store.lockExisting(tx, ask.systemId, ask.platformId)
      if (!row) return null
      const rest = await deps.leave(tx, ask.systemId, ask.platformId, leaving)
      if (await isHeldByOther(deps, tx, row, ask.operationId)) return null // whoever holds it uses it
      if (rest === 'others') {
        await store.letGo(tx, row.id, ask.operationId)
        return null
      }
      await store.setRetiring(tx, row.id, ask.operationId)
      return row
    })

/** Takes network and project away once nothing of the system is left on the platform but what is leaving now. */
const retire =
  (deps: ProjectDeps) =>
  async (ask: ProjectAsk, leaving: readonly string[]): Promise<Outcome<null>> => {
    const row = await beginRetiring(deps)(ask, leaving)
    if (!row) return done(null)
    const mark = deps.markOf(row.id)
    if (row.projectRef) {
      // Where it is suspect there may be another network than was noted: whichever carries the mark goes.
      const externalId = row.suspect ? null : (row.networkRef?.networkId ?? null)
      const removal = { mark, project: row.projectRef, externalId }
      const network = await ask.driver.networks.remove(removal, ask.attempt)
      if (!isDone(network) && network.outcome !== 'absent') return network
    }
    const project = await ask.driver.projects.remove(
      { mark, projectId: row.projectRef?.projectId ?? null },
      ask.attempt,
    )
    if (!isDone(project) && project.outcome !== 'absent') return project
    await store.deleteProject(deps.database.plain, row.id)
    return done(null)
  }

export const createProjectService = (deps: ProjectDeps) => ({
  ensureProject: ensureProject(deps),
  ensureNetwork: ensureNetwork(deps),
  ensureQuota: ensureQuota(deps),
  retire: retire(deps),
  /** The project as it stands; null when there is none. */
  find: (systemId: string, platformId: string) => store.findProject(deps.database.plain, systemId, platformId),
  /** Which of these are projects of ours on a platform, or on any. */
  async known(tx: Tx, ids: readonly string[], platformId: string | null): Promise<ReadonlySet<string>> {
    return new Set((await store.known(tx, ids, platformId)).map(({ id }) => id))
  },
})

export type ProjectService = ReturnType<typeof createProjectService>
