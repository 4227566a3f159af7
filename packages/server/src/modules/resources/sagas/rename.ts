import { toId } from '@yiduo/contract'
import { done, failure, type Outcome } from '@yiduo/driver-api'
import { everything } from '../../../kernel/act.ts'
import { present } from '../../../kernel/invariant.ts'
import { nothing, type RowsStep, type Saga, type StepContext, saga } from '../../../platform/sagas/index.ts'
import { saveName } from '../name-store.ts'
import * as store from '../store.ts'
import { externalIdOf, projectSystemOf, type UnitDeps } from './unit.ts'

export interface RenameInput {
  readonly resourceId: string
  readonly to: string
}

type Context = StepContext<RenameInput>

const rowOf = async (deps: UnitDeps, { input }: Context): Promise<store.ResourceRow> =>
  present(await store.findResource(deps.database.plain, everything, input.resourceId), 'resource')

const tellCloud = async (
  deps: UnitDeps,
  row: store.ResourceRow,
  name: string,
  { attempt }: Context,
): Promise<Outcome<null>> => {
  const platform = await deps.nodes.platform(deps.database.plain, row.platformId)
  const { servers, volumes } = deps.drivers.of(platform)
  const project = (await deps.projects.find(projectSystemOf(row), row.platformId))?.projectRef
  if (!project) return failure('permanent', 'cloud-thing-vanished', 'its project is not there any more')
  const id = externalIdOf(row)
  return row.kind === 'server'
    ? servers.rename({ project, serverId: id, name }, attempt)
    : volumes.rename({ project, volumeId: id, name }, attempt)
}

const rename =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const row = await rowOf(deps, context)
    const told = await tellCloud(deps, row, context.input.to, context)
    return told.outcome === 'absent'
      ? failure('permanent', 'cloud-thing-vanished', `there is no ${row.kind} ${row.externalId}`)
      : told
  }

/** The cloud calls it as we do. What another change has taken over since is that one's. */
const renameBack =
  (deps: UnitDeps) =>
  async (context: Context): Promise<Outcome<unknown>> => {
    const row = await rowOf(deps, context)
    return row.endedAt !== null || row.changedBy !== context.operationId
      ? done(null)
      : tellCloud(deps, row, row.name, context)
  }

const changeName =
  (deps: UnitDeps): RowsStep<RenameInput>['rows'] =>
  async (tx, { input: { resourceId, to } }) => {
    const row = present(await store.lockResource(tx, everything, resourceId), 'resource')
    await saveName(tx, row.id, to)
    await deps.record(tx, {
      as: 'resource.renamed',
      on: toId(row.kind, row.id),
      organisationId: row.organisationId,
      before: { name: row.name },
      after: { name: to },
    })
  }

/** A server or a volume: on the cloud first, and only then here. */
export const createResourceRename = (deps: UnitDeps): Saga<RenameInput> =>
  saga(
    'resource-rename',
    [
      { name: 'rename-on-cloud', run: rename(deps), undo: renameBack(deps) },
      { name: 'change-name', rows: changeName(deps), undo: nothing('the last step') },
    ],
    (tx, { operationId }, end) => deps.ended(tx, operationId, end),
  )
