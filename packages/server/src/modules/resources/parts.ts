import { type ResourceKind, toId } from '@yiduo/contract'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Saga, Sagas } from '../../platform/sagas/index.ts'
import type { QuotaService } from '../quota/index.ts'
import { type Desired, holdingOf } from './model.ts'
import type { PartInput } from './sagas/part.ts'
import * as store from './store.ts'

export type PartKind = Extract<ResourceKind, 'volume' | 'address'>

/** One more thing that is to hang on a server. */
export interface NewPart {
  readonly kind: PartKind
  readonly name: string
  readonly desired: Desired
}

/** For each kind of part the saga that makes it and the one that takes it away. */
export interface PartSagas {
  readonly volumeAdd: Saga<PartInput>
  readonly volumeRemove: Saga<PartInput>
  readonly addressAdd: Saga<PartInput>
  readonly addressRemove: Saga<PartInput>
}

export interface PartDeps {
  readonly clock: Clock
  readonly newId: NewId
  readonly quota: Pick<QuotaService, 'reserveBeside'>
  readonly sagas: Sagas
  readonly parts: PartSagas
}

/** Takes what the part needs where its server has it, and starts to make it. */
export const addPart =
  ({ clock, newId, quota, sagas, parts }: PartDeps) =>
  async (
    tx: Tx,
    {
      server,
      part,
      operationId,
      systemName,
    }: {
      readonly server: store.ResourceRow
      readonly part: NewPart
      readonly operationId: string
      readonly systemName: string
    },
  ): Promise<Refusal | null> => {
    const { organisationId, requestId, lineId, metering, expiresAt } = server
    const { systemId, platformId, projectSystemId } = server
    const partId = newId()
    const place = { organisationId, systemId, platformId, projectSystemId, requestId, lineId }
    const row = { ...part, ...place, id: partId, metering, expiresAt }
    await store.insertResources(tx, [{ ...row, planId: null, serverId: server.id, createdAt: clock.now() }])
    const refusal = await quota.reserveBeside(tx, server.id, [
      { ...holdingOf(part.kind, part.desired), resourceId: partId },
    ])
    if (refusal) return refusal
    await sagas.start(tx, part.kind === 'volume' ? parts.volumeAdd : parts.addressAdd, {
      operationId,
      input: { serverId: server.id, partId, projectName: systemName },
      organisationId,
      subject: toId(part.kind, partId),
    })
    return null
  }

/** Starts to take a part away from its server, for good. */
export const removePart =
  ({ sagas, parts }: PartDeps) =>
  async (
    tx: Tx,
    it: { readonly part: store.ResourceRow; readonly operationId: string; readonly systemName: string },
  ): Promise<void> => {
    const { part, operationId } = it
    if (part.serverId === null) throw new Error('invariant: a part hangs on a server')
    await store.setState(tx, [part.id], 'reclaiming', null)
    await sagas.start(tx, part.kind === 'volume' ? parts.volumeRemove : parts.addressRemove, {
      operationId,
      input: { serverId: part.serverId, partId: part.id, projectName: it.systemName },
      organisationId: part.organisationId,
      subject: toId(part.kind, part.id),
    })
  }
