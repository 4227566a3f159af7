import { type Measure, type ResourceKind, toId } from '@yiduo/contract'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { Saga, Sagas } from '../../platform/sagas/index.ts'
import type { QuotaService } from '../quota/index.ts'
import { type Desired, holdingOf } from './model.ts'
import type { UnitInput } from './sagas/unit.ts'
import * as store from './store.ts'

export interface OrderDeps {
  readonly clock: Clock
  readonly newId: NewId
  readonly quota: Pick<QuotaService, 'reserve'>
  readonly sagas: Sagas
  readonly serverCreate: Saga<UnitInput>
}

/** One server with what hangs on it, for one line of an approved request. */
export interface UnitOrder {
  readonly operationId: string
  readonly organisationId: string
  readonly systemId: string
  readonly systemName: string
  readonly requestId: string
  readonly lineId: string
  readonly planId: string
  readonly poolId: string
  readonly platformId: string
  readonly metering: Readonly<Record<Measure, string>>
  readonly name: string
  readonly vcpus: number
  readonly memoryMib: number
  readonly diskGib: number
  readonly imageName: string
  readonly dataVolumeGib: number
  readonly publicAddress: boolean
  readonly expiresAt: Date | null
}

const partsOf = (order: UnitOrder): readonly { kind: ResourceKind; name: string; desired: Desired }[] => [
  {
    kind: 'server',
    name: order.name,
    desired: { vcpus: order.vcpus, memoryMib: order.memoryMib, diskGib: order.diskGib, imageName: order.imageName },
  },
  ...(order.dataVolumeGib > 0
    ? [{ kind: 'volume' as const, name: `${order.name}-data`, desired: { sizeGib: order.dataVolumeGib } }]
    : []),
  ...(order.publicAddress ? [{ kind: 'address' as const, name: `${order.name}-address`, desired: {} }] : []),
]

/**
 * In the transaction of the approval: the rows with their ids, what they hold of quota and capacity, and the
 * saga that will make them. All of it stands, or none.
 */
export const orderUnit =
  ({ clock, newId, quota, sagas, serverCreate }: OrderDeps) =>
  async (tx: Tx, order: UnitOrder): Promise<Refusal | null> => {
    const serverId = newId()
    for (const part of partsOf(order)) {
      const id = part.kind === 'server' ? serverId : newId()
      await store.insertResource(tx, {
        id,
        kind: part.kind,
        name: part.name,
        organisationId: order.organisationId,
        systemId: order.systemId,
        platformId: order.platformId,
        requestId: order.requestId,
        lineId: order.lineId,
        planId: part.kind === 'server' ? order.planId : null,
        metering: order.metering,
        serverId: part.kind === 'server' ? null : serverId,
        desired: part.desired,
        expiresAt: order.expiresAt,
        createdAt: clock.now(),
      })
      const of = { resourceId: id, organisationId: order.organisationId, poolId: order.poolId }
      const refusal = await quota.reserve(tx, of, holdingOf(part.kind, part.desired))
      if (refusal) return refusal
    }
    await sagas.start(tx, serverCreate, {
      operationId: order.operationId,
      input: { serverId, projectName: order.systemName },
      organisationId: order.organisationId,
      subject: toId('server', serverId),
    })
    return null
  }
