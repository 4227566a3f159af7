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

/** Equal servers, each with what hangs on it, for one line of an approved request. */
export interface UnitsOrder {
  readonly organisationId: string
  readonly systemId: string
  readonly systemName: string
  readonly requestId: string
  readonly lineId: string
  readonly planId: string
  readonly poolId: string
  readonly platformId: string
  readonly metering: Readonly<Record<Measure, string>>
  readonly names: readonly string[]
  readonly vcpus: number
  readonly memoryMib: number
  readonly diskGib: number
  readonly imageName: string
  readonly dataVolumeGib: number
  readonly publicAddress: boolean
  readonly expiresAt: Date | null
}

const partsOf = (
  order: UnitsOrder,
  name: string,
): readonly { kind: ResourceKind; name: string; desired: Desired }[] => [
  {
    kind: 'server',
    name,
    desired: { vcpus: order.vcpus, memoryMib: order.memoryMib, diskGib: order.diskGib, imageName: order.imageName },
  },
  ...(order.dataVolumeGib > 0
    ? [{ kind: 'volume' as const, name: `${name}-data`, desired: { sizeGib: order.dataVolumeGib } }]
    : []),
  ...(order.publicAddress ? [{ kind: 'address' as const, name: `${name}-address`, desired: {} }] : []),
]

/** The rows of one server and of what hangs on it. */
const unitOf = ({ clock, newId }: OrderDeps, order: UnitsOrder, name: string): readonly store.NewResource[] => {
  const serverId = newId()
  const { organisationId, systemId, platformId, requestId, lineId, metering, expiresAt } = order
  const common = {
    organisationId,
    systemId,
    platformId,
    projectSystemId: null,
    requestId,
    lineId,
    metering,
    expiresAt,
    createdAt: clock.now(),
  }
  return partsOf(order, name).map((part) =>
    part.kind === 'server'
      ? { ...common, ...part, id: serverId, planId: order.planId, serverId: null }
      : { ...common, ...part, id: newId(), planId: null, serverId },
  )
}

/**
 * In the transaction of the approval: the rows with their ids, what they hold of quota and capacity, and the
 * sagas that will make them, one a server. All of it stands, or none. Answers the operations.
 */
export const orderUnits =
  (deps: OrderDeps) =>
  async (tx: Tx, order: UnitsOrder): Promise<readonly string[] | Refusal> => {
    const { quota, sagas, newId, serverCreate } = deps
    const { organisationId, systemName } = order
    const rows = order.names.flatMap((name) => unitOf(deps, order, name))
    const holdings = rows.map((it) => ({ ...holdingOf(it.kind, it.desired), resourceId: it.id }))
    // Before anything is written: a pool that is full by now may be given up for another.
    const refusal = await quota.reserve(tx, order, holdings)
    if (refusal) return refusal
    await store.insertResources(tx, rows)
    const asks = rows.flatMap(({ kind, id: serverId }) =>
      kind === 'server'
        ? [
            {
              operationId: newId(),
              input: { serverId, projectName: systemName },
              organisationId,
              subject: toId('server', serverId),
            },
          ]
        : [],
    )
    await sagas.startEach(tx, serverCreate, asks)
    return asks.map((it) => it.operationId)
  }
