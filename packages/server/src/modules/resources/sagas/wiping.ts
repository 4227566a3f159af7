import { done, failure, isDone, type Outcome, pending } from '@yiduo/driver-api'
import type { Tx } from '../../../platform/database/index.ts'
import type { StepContext } from '../../../platform/sagas/index.ts'
import type * as store from '../store.ts'
import { insertWipeRecords } from '../wipe-store.ts'
import { loadUnit, projectOf, type UnitDeps, type UnitInput } from './unit.ts'

const pollMs = 2_000

/** What the cloud was asked, and what it said: that there is no such thing. */
interface Evidence {
  readonly resourceId: string
  readonly asked: string
  readonly answered: string
  readonly at: string
}

const verifyStep = 'verify-absence'

/**
 * A cloud that says it has deleted something is asked for it once more. Whatever it still shows is not wiped, and the
 * operation fails rather than record what nobody has seen.
 */
const verify =
  (deps: UnitDeps, select: (row: store.ResourceRow, input: UnitInput) => boolean) =>
  async (context: StepContext<UnitInput>): Promise<Outcome<unknown>> => {
    const unit = await loadUnit(deps, context)
    const project = await projectOf(deps, unit, context)
    const evidence: Evidence[] = []
    for (const row of [unit.server, ...unit.parts]) {
      if (row.kind === 'network' || row.externalId === null || !select(row, context.input)) continue
      const seen = await unit.driver.get(row.kind, row.externalId, project)
      if (isDone(seen))
        return seen.value.state === 'deleting'
          ? pending(context.attempt.handle, pollMs)
          : failure('permanent', 'cloud-still-shows-it', `${row.kind} ${row.externalId} is ${seen.value.nativeState}`)
      if (seen.outcome !== 'absent') return seen
      const asked = `get ${row.kind} ${row.externalId}`
      evidence.push({ resourceId: row.id, asked, answered: 'absent', at: deps.clock.now().toISOString() })
    }
    return done(evidence)
  }

export const verifyUnit = (deps: UnitDeps) => ({ name: verifyStep, run: verify(deps, () => true) })
export const verifyPart = (deps: UnitDeps) => ({
  name: verifyStep,
  run: verify(deps, (row, { partId }) => row.id === partId),
})

/** In the commit that lets go of them: one record for each thing that was on the cloud and is seen to be gone. */
export const recordWipe = async (
  deps: UnitDeps,
  tx: Tx,
  context: StepContext<UnitInput>,
  rows: readonly store.ResourceRow[],
): Promise<void> => {
  const evidence = context.output<readonly Evidence[]>(verifyStep) ?? []
  const wiped = rows.flatMap((row) => {
    const proof = evidence.find((it) => it.resourceId === row.id)
    return proof ? [{ row, proof }] : []
  })
  await insertWipeRecords(
    tx,
    wiped.map(({ row, proof }) => ({
      id: deps.newId(),
      resourceId: row.id,
      resourceKind: row.kind,
      resourceName: row.name,
      size: row.desired,
      organisationId: row.organisationId,
      systemId: row.systemId,
      platformId: row.platformId,
      externalId: row.externalId ?? '',
      method: 'deleted-by-cloud',
      operationId: context.operationId,
      wipedBy: context.act.onBehalfOf ?? context.act.operation,
      wipedAt: deps.clock.now(),
      evidence: proof,
    })),
  )
}
