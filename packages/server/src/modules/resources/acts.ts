import { toId } from '@yiduo/contract'
import type { CapabilityName } from '@yiduo/driver-api'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Saga, Sagas } from '../../platform/sagas/index.ts'
import type { NodeService } from '../nodes/index.ts'
import { isNameTaken, lockNames } from './name-store.ts'
import type { RenameInput } from './sagas/rename.ts'
import type { RebootInput } from './sagas/server-power.ts'
import type { UnitInput } from './sagas/unit.ts'
import * as store from './store.ts'

/** What is done to a thing in use that makes it hold neither more nor less. */
export interface ActSagas {
  readonly serverStop: Saga<UnitInput>
  readonly serverStart: Saga<UnitInput>
  readonly serverReboot: Saga<RebootInput>
  readonly resourceRename: Saga<RenameInput>
}

export interface ActDeps {
  readonly nodes: Pick<NodeService, 'platform'>
  readonly sagas: Sagas
  readonly acts: ActSagas
}

/** What keeps the platform of a resource from something; null where nothing does, or it has never been asked. */
const inability =
  ({ nodes }: ActDeps) =>
  async (tx: Tx, row: store.ResourceRow, capability: CapabilityName): Promise<Refusal | null> => {
    const found = (await nodes.platform(tx, row.platformId)).capabilities[capability]
    return found?.supported === false ? refuse('platform-not-able', { reason: found.reason }) : null
  }

export type PowerAct = { readonly kind: 'stop' | 'start' } | { readonly kind: 'reboot'; readonly forced: boolean }

export interface PowerOrder {
  readonly operationId: string
  readonly systemName: string
}

const startPower =
  ({ sagas, acts }: ActDeps) =>
  async (tx: Tx, server: store.ResourceRow, act: PowerAct, { operationId, systemName }: PowerOrder): Promise<void> => {
    const unit = { serverId: server.id, projectName: systemName }
    const to = { operationId, organisationId: server.organisationId, subject: toId('server', server.id) }
    if (act.kind === 'reboot')
      return sagas.start(tx, acts.serverReboot, { ...to, input: { ...unit, forced: act.forced } })
    return sagas.start(tx, act.kind === 'stop' ? acts.serverStop : acts.serverStart, { ...to, input: unit })
  }

const startRename =
  ({ sagas, acts }: ActDeps) =>
  async (tx: Tx, row: store.ResourceRow, name: string, operationId: string): Promise<void> => {
    await store.setChangedBy(tx, row.id, operationId)
    await sagas.start(tx, acts.resourceRename, {
      operationId,
      input: { resourceId: row.id, to: name },
      organisationId: row.organisationId,
      subject: toId(row.kind, row.id),
    })
  }

/** Another of its kind has the name now. Names of the system stay as they are until the commit. */
export const nameTaken = async (tx: Tx, row: store.ResourceRow, name: string): Promise<boolean> => {
  await lockNames(tx, row.systemId)
  return isNameTaken(tx, row, name)
}

export const actDoors = (deps: ActDeps) => ({
  inability: inability(deps),
  startPower: startPower(deps),
  startRename: startRename(deps),
})
