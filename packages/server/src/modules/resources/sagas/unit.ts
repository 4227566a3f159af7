import {
  type Driver,
  done,
  isDone,
  type Outcome,
  type PortRef,
  type ProjectQuota,
  type ProjectRef,
  type Removal,
} from '@yiduo/driver-api'
import type { Clock } from '../../../kernel/clock.ts'
import type { NewId } from '../../../kernel/identifier.ts'
import { invariant, present } from '../../../kernel/invariant.ts'
import type { Record } from '../../../platform/acts/record.ts'
import type { Database, Tx } from '../../../platform/database/index.ts'
import type { SagaEnd, StepContext } from '../../../platform/sagas/index.ts'
import type { MeteringService } from '../../metering/index.ts'
import type { DriverSource, NodeService } from '../../nodes/index.ts'
import type { ProjectService } from '../../projects/index.ts'
import type { QuotaService } from '../../quota/index.ts'
import * as store from '../store.ts'

/** What every saga on resources leans on. */
export interface UnitDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly nodes: Pick<NodeService, 'platform'>
  readonly drivers: DriverSource
  readonly projects: ProjectService
  readonly quota: Pick<QuotaService, 'release' | 'adjust' | 'projectQuota'>
  readonly metering: MeteringService
  readonly markOf: (uuid: string) => string
  /** Tells whoever asked for it, in the commit that ends the operation. */
  readonly ended: (tx: Tx, operationId: string, end: SagaEnd) => Promise<void>
}

/** A server with what hangs on it: the unit that is provisioned and reclaimed as one. */
export interface UnitInput {
  readonly serverId: string
  readonly projectName: string
  /** Only this one of its parts, where the work is about no other. */
  readonly partId?: string
}

export interface Unit {
  readonly server: store.ResourceRow
  readonly parts: readonly store.ResourceRow[]
  readonly driver: Driver
}

type Context = Pick<StepContext<UnitInput>, 'input' | 'recall'>
type Recalling = Pick<Context, 'recall'>

export const platformOf = (deps: UnitDeps, { recall }: Recalling, id: string) =>
  recall(`platform ${id}`, () => deps.nodes.platform(deps.database.plain, id))

export const loadUnit = async (deps: UnitDeps, context: Context): Promise<Unit> => {
  const { input } = context
  const [server, ...all] = await store.unitOf(deps.database.plain, input.serverId)
  invariant(server?.kind === 'server', 'a unit begins with its server')
  const parts = all.filter((part) => input.partId === undefined || part.id === input.partId)
  const platform = await platformOf(deps, context, server.platformId)
  return { server, parts, driver: deps.drivers.of(platform) }
}

/** The system in whose project on the cloud it lies. */
export const projectSystemOf = (row: Pick<store.ResourceRow, 'systemId' | 'projectSystemId'>): string =>
  row.projectSystemId ?? row.systemId

/** What all who hold something in its project may hold together; null where the platform does not let us set it. */
export const projectQuotaOf = async (
  deps: UnitDeps,
  context: Recalling,
  of: Pick<store.ResourceRow, 'platformId' | 'systemId' | 'projectSystemId'>,
): Promise<ProjectQuota | null> => {
  const platform = await platformOf(deps, context, of.platformId)
  const supported = platform.capabilities.projectQuotas?.supported ?? false
  if (!supported) return null
  const { plain } = deps.database
  const holders = await store.holdersIn(plain, projectSystemOf(of), of.platformId)
  return deps.quota.projectQuota(
    plain,
    holders.map((it) => it.organisationId),
  )
}

export const projectAsk = ({ server, driver }: Unit, context: StepContext<UnitInput>) => ({
  systemId: projectSystemOf(server),
  platformId: server.platformId,
  name: context.input.projectName,
  operationId: context.operationId,
  driver,
  attempt: context.attempt,
})

/** The project the unit lies in, with its network: from the steps on that made both, they stay. */
export const standingProject = (deps: UnitDeps, { server }: Unit, { recall }: Recalling) =>
  recall('project', () => deps.projects.find(projectSystemOf(server), server.platformId))

/** Null when it was never made, and so nothing of the unit was either. */
export const projectOf = async (deps: UnitDeps, unit: Unit, context: Recalling): Promise<ProjectRef | null> =>
  (await standingProject(deps, unit, context))?.projectRef ?? null

/** The port made for a server, as a driver's create answered it and the row keeps it. */
export const portOf = (server: store.ResourceRow): PortRef | null => (server.refs.port ?? null) as PortRef | null // written by create-port

export const removalOf = (
  deps: UnitDeps,
  row: store.ResourceRow,
  project: ProjectRef,
  externalId = row.externalId,
): Removal => ({
  mark: deps.markOf(row.id),
  project,
  externalId,
})

export const volumesOf = ({ parts }: Unit) => parts.filter((part) => part.kind === 'volume')
export const addressesOf = ({ parts }: Unit) => parts.filter((part) => part.kind === 'address')
export const idsOf = ({ server, parts }: Unit) => [server.id, ...parts.map((part) => part.id)]

/** One after another; the first that is not done ends it, and the step is asked again. */
export const each = async <T>(
  items: readonly T[],
  call: (item: T) => Promise<Outcome<unknown>>,
): Promise<Outcome<null>> => {
  for (const item of items) {
    const outcome = await call(item)
    if (!isDone(outcome) && outcome.outcome !== 'absent') return outcome
  }
  return done(null)
}

/** The reference a volume is reached by. */
export const externalIdOf = (row: store.ResourceRow): string => present(row.externalId, `${row.kind} on the cloud`)
