import { isDeepStrictEqual } from 'node:util'
import { fromId, fromResourceId, type Orphan, type Resource, type ResourceKind, toId } from '@yiduo/contract'
import { type Act, everything, type Scope } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import {
  type Database,
  type Found,
  keyset,
  type Sought,
  soughtIn,
  type Tx,
  toPage,
} from '../../platform/database/index.ts'
import type { Saga } from '../../platform/sagas/index.ts'
import type { MeteredAmounts, MeteringService } from '../metering/index.ts'
import type { QuotaService } from '../quota/index.ts'
import { type ActDeps, actDoors, nameTaken } from './acts.ts'
import { addressOf, countedOf, type Desired, holdingOf, meteredAmounts } from './model.ts'
import { type OrderDeps, orderUnits } from './order.ts'
import { addPart, type PartDeps, removePart } from './parts.ts'
import { endRestore, type RecycleDeps, startRecycle, startRestore } from './recycle.ts'
import type { ChangeInput } from './sagas/change.ts'
import type { UnitInput } from './sagas/unit.ts'
import { type SnapshotDeps, snapshotDoors } from './snapshots.ts'
import * as store from './store.ts'
import { type TransferDeps, transfer } from './transfer.ts'
import { type NameDeps, viewOrphan, viewResources, viewWiped } from './view.ts'
import { listWiped } from './wipe-store.ts'

export interface ResourceDeps extends OrderDeps, PartDeps, RecycleDeps, TransferDeps, ActDeps, SnapshotDeps, NameDeps {
  readonly database: Database
  readonly quota: Pick<QuotaService, 'reserve' | 'reserveBeside' | 'adjust' | 'suspend' | 'resume' | 'handOver'>
  readonly metering: MeteringService
  readonly serverReclaim: Saga<UnitInput>
  readonly serverResize: Saga<ChangeInput>
  readonly volumeExtend: Saga<ChangeInput>
}

export type ResourceForAdvice = store.ResourceInUse & { readonly amounts: MeteredAmounts }

export interface ResourceQuery {
  limit?: number
  cursor?: string
  kind?: ResourceKind
  state?: string
  systemId?: string
  platformId?: string
  requestId?: string
  text?: string
}

const bare = (kind: 'system' | 'platform' | 'request', id: string | undefined) =>
  id === undefined ? null : fromId(kind, id)

const list = (deps: ResourceDeps) => async (act: Act, query: ResourceQuery) => {
  const { plain } = deps.database
  const page = keyset(query)
  const filter: store.ResourceFilter = {
    kind: query.kind ?? null,
    state: query.state ?? null,
    systemId: bare('system', query.systemId),
    platformId: bare('platform', query.platformId),
    requestId: bare('request', query.requestId),
    sought: soughtIn(query.text),
  }
  const { items, nextCursor } = toPage(await store.listResources(plain, act.scope, filter, page), page, (row) => row)
  return { items: await viewResources(deps, plain, items), nextCursor }
}

/** What keeps a resource from being changed on behalf of a request; null when nothing does. */
const unchangeable = (row: store.ResourceRow, requestId: string | null): Refusal | null => {
  if (row.busyWith && row.busyWith !== requestId) return refuse('resource-busy', { by: toId('request', row.busyWith) })
  return row.state === 'test' || row.state === 'formal' ? null : refuse('resource-not-changeable', { state: row.state })
}

export interface ChangeOrder {
  readonly requestId: string
  readonly resourceId: string
  readonly operationId: string
  /** What it was promised to be when the change was asked for. */
  readonly from: Desired
  readonly to: Desired
  readonly planId: string | null
  readonly systemName: string
}

/** Still what it was when the change was asked for, or what that would have made of it. */
const isAsAsked = ({ desired }: store.ResourceRow, from: Desired, to: Desired): boolean =>
  isDeepStrictEqual(desired, from) || isDeepStrictEqual(desired, to)

/** Takes what the change needs more, and starts it. What it needs less is given back when the cloud has done it. */
const startChange =
  (deps: ResourceDeps) =>
  async (tx: Tx, it: ChangeOrder): Promise<Refusal | null> => {
    const row = present(await store.lockResource(tx, everything, it.resourceId), 'what is changed')
    const from = row.desired
    const to = { ...from, ...it.to }
    const before = holdingOf(row.kind, from)
    const after = holdingOf(row.kind, to)
    const refusal =
      unchangeable(row, it.requestId) ??
      (isAsAsked(row, it.from, to) ? null : refuse('resource-changed', { name: row.name })) ??
      (await deps.quota.adjust(tx, row.id, {
        vcpus: Math.max(before.vcpus, after.vcpus),
        memoryMib: Math.max(before.memoryMib, after.memoryMib),
        volumeGib: Math.max(before.volumeGib, after.volumeGib),
        addresses: after.addresses,
      }))
    if (refusal) return refusal
    await store.setBusy(tx, [row.id], it.requestId)
    await store.setChangedBy(tx, row.id, it.operationId)
    await deps.sagas.start(tx, row.kind === 'server' ? deps.serverResize : deps.volumeExtend, {
      operationId: it.operationId,
      input: { resourceId: row.id, from, to, planId: it.planId, projectName: it.systemName, requestId: it.requestId },
      organisationId: row.organisationId,
      subject: toId(row.kind, row.id),
    })
    return null
  }

/** Servers with all that hangs on them: one operation each. */
const reclaimUnits =
  ({ sagas, newId, serverReclaim }: ResourceDeps) =>
  async (
    tx: Tx,
    live: readonly store.ResourceRow[],
    systemName: string,
  ): Promise<{ operationId: string; lineId: string | null }[]> => {
    const servers = live.filter((row) => row.kind === 'server')
    const started = servers.map((server) => ({ server, operationId: newId() }))
    await store.setState(
      tx,
      live.map((row) => row.id),
      'reclaiming',
      null,
    )
    for (const { server, operationId } of started)
      await sagas.start(tx, serverReclaim, {
        operationId,
        input: { serverId: server.id, projectName: systemName },
        organisationId: server.organisationId,
        subject: toId('server', server.id),
      })
    return started.map(({ server, operationId }) => ({ operationId, lineId: server.lineId }))
  }

/** All that a request holds. */
const startReclaim =
  (deps: ResourceDeps) =>
  async (tx: Tx, requestId: string, systemName: string): Promise<{ operationId: string; lineId: string | null }[]> =>
    reclaimUnits(deps)(tx, await store.liveResourcesOfRequest(tx, requestId), systemName)

/** The same resources go on, at the formal price, from one instant. */
const makeFormal =
  ({ metering }: ResourceDeps) =>
  async (tx: Tx, requestId: string, at: Date): Promise<void> => {
    // What a failed delivery has left on the cloud is none of it.
    const live = (await store.liveResourcesOfRequest(tx, requestId)).filter((row) => row.state === 'test')
    await metering.change(tx, live.map(countedOf), 'formal', at)
    await store.setState(
      tx,
      live.map((row) => row.id),
      'formal',
      null,
    )
  }

const find = async (tx: Tx, scope: Scope, sought: Sought, limit: number): Promise<Found[]> => {
  const open = { kind: null, state: null, systemId: null, platformId: null, requestId: null }
  const found = await store.listResources(tx, scope, { ...open, sought }, { limit, after: null })
  return found.map((row) => ({
    id: toId(row.kind, row.id),
    organisationId: row.organisationId,
    name: row.name,
    note: addressOf(row),
    state: row.state,
  }))
}

const get =
  (deps: ResourceDeps) =>
  async (act: Act, id: string): Promise<Resource | Refusal> => {
    const found = fromResourceId(id)
    const { plain } = deps.database
    const row = found && (await store.findResource(plain, act.scope, found.uuid))
    if (!row || row.kind !== found.kind) return refuse('not-found')
    return present((await viewResources(deps, plain, [row]))[0], 'view')
  }

export const createResourceService = (deps: ResourceDeps) => ({
  list: list(deps),
  get: get(deps),

  find,

  /** What they are called, by bare id. */
  names: async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map((await store.namesOf(tx, ids)).map((it) => [it.id, it.name])),

  async listWiped(act: Act, query: { limit?: number; cursor?: string; systemId?: string; platformId?: string }) {
    const page = keyset(query)
    const filter = { systemId: bare('system', query.systemId), platformId: bare('platform', query.platformId) }
    return toPage(await listWiped(deps.database.plain, act.scope, filter, page), page, viewWiped)
  },

  async listOrphans(act: Act, query: { platformId?: string }): Promise<{ items: Orphan[] }> {
    const found = await store.listOrphans(deps.database.plain, act.scope, bare('platform', query.platformId))
    return { items: found.map(viewOrphan) }
  },

  /** How many resources an organisation holds. */
  countLive: store.countLive,
  serversInUse: store.serversInUse,
  orderUnits: orderUnits(deps),
  startChange: startChange(deps),
  addPart: addPart(deps),
  removePart: removePart(deps),
  startReclaim: startReclaim(deps),
  reclaimUnits: reclaimUnits(deps),
  startRecycle: startRecycle(deps),
  startRestore: startRestore(deps),
  endRestore: endRestore(deps),
  ...actDoors(deps),
  nameTaken,
  makeFormal: makeFormal(deps),
  transfer: transfer(deps),
  ...snapshotDoors(deps),

  /** Servers of a request that are made and in use. */
  standingServers: store.standingServers,

  /** From now on the request changes them; others wait for it. */
  setBusy: (tx: Tx, uuids: readonly string[], requestId: string) => store.setBusy(tx, uuids, requestId),
  /** Frees all that the request kept busy. */
  freeAll: (tx: Tx, requestId: string) => store.freeAll(tx, requestId),
  /** Everything the request delivered ends then; null: never. */
  setEnd: (tx: Tx, requestId: string, at: Date | null) => store.setEnd(tx, requestId, at),

  /** Null where the act does not reach it, or it is of another kind. */
  async reach(tx: Tx, act: Act, uuid: string, kind: ResourceKind): Promise<store.ResourceRow | null> {
    const row = await store.findResource(tx, act.scope, uuid)
    return row?.kind === kind ? row : null
  },
  /** The request that delivered a resource. */
  requestOf: async (tx: Tx, uuid: string) => (await store.findResource(tx, everything, uuid))?.requestId ?? null,
  async lockOne(tx: Tx, uuid: string): Promise<readonly store.ResourceRow[]> {
    const row = await store.lockResource(tx, everything, uuid)
    return row ? [row] : []
  },
  /** A server and what hangs on it, the server first. */
  lockUnit: (tx: Tx, serverId: string) => store.lockUnit(tx, serverId),
  /** All that a line delivered and that has not ended. */
  lockLine: (tx: Tx, requestId: string, lineId: string) => store.lockLine(tx, requestId, lineId),
  /** All that a request delivered and that has not ended. */
  lockAllOf: (tx: Tx, requestId: string) => store.liveResourcesOfRequest(tx, requestId),

  /** What is in use behind an id, with what is counted of it, for whoever looks for what could be saved. */
  async forAdvice(tx: Tx, after: string, limit: number): Promise<ResourceForAdvice[]> {
    const inUse = await store.resourcesInUse(tx, after, limit)
    return inUse.map((row) => ({ ...row, amounts: meteredAmounts(row.kind, row.desired) }))
  },

  /** Id of a request or operation that works on one of the request's resources now, or null. */
  async busyWith(tx: Tx, requestId: string): Promise<string | null> {
    return (await store.liveResourcesOfRequest(tx, requestId)).find((row) => row.busyWith)?.busyWith ?? null
  },
})

export type ResourceService = ReturnType<typeof createResourceService>
