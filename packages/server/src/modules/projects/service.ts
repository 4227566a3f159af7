import {
  type Attempt,
  type Driver,
  done,
  isDone,
  type NetworkRef,
  type Outcome,
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

export interface ProjectDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly markOf: (uuid: string) => string
  /** Whether the system holds anything on the platform besides the given resources. */
  readonly holdsOthers: (tx: Tx, systemId: string, platformId: string, besides: readonly string[]) => Promise<boolean>
}

const waitMs = 200

/**
 * Several operations may want the same project at once. One makes it, the others wait: a network has no fence
 * on most clouds, so two that make it at the same time would make two.
 */
const ensureProject =
  ({ database, clock, newId, markOf }: ProjectDeps) =>
  async (ask: ProjectAsk): Promise<Outcome<ProjectRef>> => {
    const row = await database.unrecorded(async (tx) => {
      const found = await store.lockProject(tx, { ...ask, id: newId(), now: clock.now() })
      const ours = found.busyWith === null || found.busyWith === ask.operationId
      if (ours && (found.state === 'retiring' || found.networkRef === null))
        await store.setBusy(tx, found.id, ask.operationId)
      return found
    })
    if (row.state === 'retiring') return pending(null, waitMs)
    if (row.projectRef && row.networkRef) return done(row.projectRef)
    if (row.busyWith !== null && row.busyWith !== ask.operationId) return pending(null, waitMs)
    if (row.projectRef) return done(row.projectRef)
    const mark = markOf(row.id)
    const made = await ask.driver.projects.ensure({ mark, name: ask.name, quota: null }, ask.attempt)
    if (isDone(made)) await store.saveProjectRef(database.plain, row.id, made.value)
    return made
  }

const ensureNetwork =
  ({ database, markOf }: ProjectDeps) =>
  async (ask: ProjectAsk & { routed: boolean }): Promise<Outcome<NetworkRef>> => {
    const row = present(await store.findProject(database.plain, ask.systemId, ask.platformId), 'project')
    if (row.networkRef) return done(row.networkRef)
    const made = await ask.driver.networks.ensure(
      {
        mark: markOf(row.id),
        name: ask.name,
        project: present(row.projectRef, 'project reference'),
        cidr: cidrOf(row.id),
        routed: ask.routed,
      },
      ask.attempt,
    )
    if (isDone(made)) await store.saveNetworkRef(database.plain, row.id, made.value)
    return made
  }

/** Decides under the row's lock whether the project is needed no more. */
const beginRetiring =
  ({ database, holdsOthers }: ProjectDeps) =>
  (ask: ProjectAsk, leaving: readonly string[]): Promise<store.ProjectRow | null> =>
    database.unrecorded(async (tx) => {
      const row = await store.lockExisting(tx, ask.systemId, ask.platformId)
      if (!row) return null
      if (row.busyWith !== null && row.busyWith !== ask.operationId) return null // whoever holds it uses it
      if (row.state === 'live' && (await holdsOthers(tx, ask.systemId, ask.platformId, leaving))) {
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
      const removal = { mark, project: row.projectRef, externalId: row.networkRef?.networkId ?? null }
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
  retire: retire(deps),
  /** The project as it stands; null when there is none. */
  find: (systemId: string, platformId: string) => store.findProject(deps.database.plain, systemId, platformId),
  idsOnPlatform: (tx: Tx, platformId: string) => store.idsOnPlatform(tx, platformId),
})

export type ProjectService = ReturnType<typeof createProjectService>
