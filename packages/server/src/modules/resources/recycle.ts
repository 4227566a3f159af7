import { toId } from '@yiduo/contract'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Saga, Sagas } from '../../platform/sagas/index.ts'
import type { MeteringService } from '../metering/index.ts'
import type { QuotaService } from '../quota/index.ts'
import { countedOf } from './model.ts'
import type { UnitInput } from './sagas/unit.ts'
import * as store from './store.ts'

export interface RecycleDeps {
  readonly clock: Clock
  readonly newId: NewId
  readonly quota: Pick<QuotaService, 'suspend' | 'resume'>
  readonly metering: Pick<MeteringService, 'close' | 'open'>
  readonly sagas: Sagas
  readonly serverRecycle: Saga<UnitInput>
  readonly serverRestore: Saga<UnitInput>
}

/** One operation for one line of the request. */
export interface Started {
  readonly operationId: string
  readonly lineId: string | null
}

const startEach = async (
  { sagas, newId }: RecycleDeps,
  tx: Tx,
  saga: Saga<UnitInput>,
  rows: readonly store.ResourceRow[],
  systemName: string,
): Promise<Started[]> => {
  const servers = rows.filter((row) => row.kind === 'server').map((server) => ({ server, operationId: newId() }))
  await sagas.startEach(
    tx,
    saga,
    servers.map(({ server, operationId }) => ({
      operationId,
      input: { serverId: server.id, projectName: systemName },
      organisationId: server.organisationId,
      subject: toId('server', server.id),
    })),
  )
  return servers.map(({ server, operationId }) => ({ operationId, lineId: server.lineId }))
}

const idsOf = (rows: readonly store.ResourceRow[]) => rows.map((row) => row.id)

/**
 * Into the recycle bin, in the commit that decides it: not charged and not counted by any quota from here on, however
 * long the cloud takes to stop the servers. Everything stays where it is, its capacity is still its own.
 */
export const startRecycle =
  (deps: RecycleDeps) =>
  async (tx: Tx, requestId: string, systemName: string): Promise<Started[]> => {
    const live = await store.liveResourcesOfRequest(tx, requestId)
    const rows = live.filter((row) => row.state === 'formal' || row.state === 'recycled')
    const at = deps.clock.now()
    await deps.metering.close(tx, idsOf(rows), at)
    for (const { id } of rows) await deps.quota.suspend(tx, id)
    await store.setState(tx, idsOf(rows), 'recycled', null)
    return startEach(deps, tx, deps.serverRecycle, rows, systemName)
  }

const recycledOf = async (tx: Tx, requestId: string) =>
  (await store.liveResourcesOfRequest(tx, requestId)).filter((row) => row.state === 'recycled')

/** Takes the quota again, if there is still enough, and starts the servers. */
export const startRestore =
  (deps: RecycleDeps) =>
  async (tx: Tx, requestId: string, systemName: string): Promise<Started[] | Refusal> => {
    const rows = await recycledOf(tx, requestId)
    for (const { id } of rows) {
      const refusal = await deps.quota.resume(tx, id)
      if (refusal) return refusal
    }
    return startEach(deps, tx, deps.serverRestore, rows, systemName)
  }

/** All of it runs again: formal, and charged, from one instant. */
export const endRestore =
  (deps: RecycleDeps) =>
  async (tx: Tx, requestId: string): Promise<void> => {
    const rows = await recycledOf(tx, requestId)
    await deps.metering.open(tx, rows.map(countedOf), 'formal', deps.clock.now())
    await store.setState(tx, idsOf(rows), 'formal', null)
  }
