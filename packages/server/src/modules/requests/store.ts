import type { Fault, RequestState, ResourceKind, ServiceRequest } from '@yiduo/contract'
import type { Placement } from '@yiduo/engines'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { maybeRow, oneRow, rows, run, type Tx, visible, write } from '../../platform/database/index.ts'
import type { Desired } from '../resources/index.ts'
import type { LineTemplate } from '../templates/index.ts'
import type { ChangeAsk } from './changes/ask.ts'

export interface RequestRow {
  readonly id: string
  readonly kind: ServiceRequest['kind']
  readonly aboutRequestId: string | null
  readonly state: RequestState
  readonly organisationId: string
  readonly operatorOrganisationId: string
  readonly systemId: string
  /** Where a county's request waits before it goes to the city. */
  readonly bureauOrganisationId: string | null
  readonly collectionId: string | null
  readonly sentBy: string | null
  readonly monthlyPriceYuanE4: number
  readonly approvedByRule: boolean
  readonly testEndsAt: Date | null
  readonly expiresAt: Date | null
  /** Past its end, running still, until then. */
  readonly graceEndsAt: Date | null
  /** In the recycle bin until then. */
  readonly purgeAt: Date | null
  readonly fault: Fault | null
  readonly revision: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface LineRow {
  readonly id: string
  readonly requestId: string
  readonly position: number
  readonly planId: string | null
  readonly name: string
  readonly quantity: number
  readonly imageName: string | null
  readonly dataVolumeGib: number
  readonly publicAddress: boolean
  readonly preferredPlatformId: string | null
  readonly platformId: string | null
  readonly resourceId: string | null
  readonly resourceKind: ResourceKind | null
  readonly sizeGib: number | null
  /** What a changed resource was promised to be when the change was asked for. */
  readonly changesFrom: Desired | null
  /** Null for what opens resources, and for lines from before changes were data: `changes/ask.ts` reads those. */
  readonly change: ChangeAsk | null
  /** Which template it was made of. */
  readonly template: LineTemplate | null
  readonly monthlyPriceYuanE4: number
  /** Left out of its approval, or given up after it had failed. */
  readonly outcome: 'refused' | 'dropped' | null
  /** How many were asked for, where some of them were given up. */
  readonly askedQuantity: number | null
}

export type NewLine = Omit<LineRow, 'outcome' | 'askedQuantity'>

export interface TrackRow {
  readonly requestId: string
  readonly position: number
  readonly step: ServiceRequest['step']
  readonly state: RequestState
  readonly side: 'department' | 'operator' | 'none'
  readonly movedBy: string
  readonly remark: string
  readonly startedAt: Date
  readonly dueAt: Date | null
  readonly endedAt: Date | null
}

export interface DeliveryRow {
  readonly operationId: string
  readonly requestId: string
  readonly lineId: string
  readonly round: number
  readonly outcome: 'succeeded' | 'failed' | null
}

export const insertRequest = (tx: Tx, it: RequestRow): Promise<void> =>
  write(
    tx,
    sql`insert into service_requests (id, kind, about_request_id, state, organisation_id, operator_organisation_id, system_id,
          bureau_organisation_id, collection_id, sent_by, monthly_price_yuan_e4, approved_by_rule, test_ends_at, expires_at, fault, revision, created_at, updated_at)
        values (${it.id}, ${it.kind}, ${it.aboutRequestId}, ${it.state}, ${it.organisationId}, ${it.operatorOrganisationId},
                ${it.systemId}, ${it.bureauOrganisationId}, ${it.collectionId}, ${it.sentBy}, ${it.monthlyPriceYuanE4}, ${it.approvedByRule}, ${it.testEndsAt},
                ${it.expiresAt}, ${it.fault && JSON.stringify(it.fault)}, ${it.revision}, ${it.createdAt}, ${it.updatedAt})`,
  )

export const updateRequest = (tx: Tx, it: RequestRow): Promise<void> =>
  write(
    tx,
    sql`update service_requests set state = ${it.state}, sent_by = ${it.sentBy}, system_id = ${it.systemId},
          operator_organisation_id = ${it.operatorOrganisationId}, organisation_id = ${it.organisationId},
          bureau_organisation_id = ${it.bureauOrganisationId}, collection_id = ${it.collectionId},
          monthly_price_yuan_e4 = ${it.monthlyPriceYuanE4}, approved_by_rule = ${it.approvedByRule},
          test_ends_at = ${it.testEndsAt}, expires_at = ${it.expiresAt},
          grace_ends_at = ${it.graceEndsAt}, purge_at = ${it.purgeAt}, fault = ${it.fault && JSON.stringify(it.fault)},
          revision = revision + 1, updated_at = ${it.updatedAt}
        where id = ${it.id}`,
  )

export const systemsOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; systemId: string }[]> =>
  rows(tx, sql`select id, system_id from service_requests where id = any(${[...ids]}::uuid[])`)

export const findRequest = (tx: Tx, scope: Scope, id: string): Promise<RequestRow | null> =>
  maybeRow(tx, sql`select * from service_requests where id = ${id} and ${visible(scope, 'organisation_id')}`)

export const lockRequest = (tx: Tx, scope: Scope, id: string): Promise<RequestRow | null> =>
  maybeRow(tx, sql`select * from service_requests where id = ${id} and ${visible(scope, 'organisation_id')} for update`)

export const membersOf = (tx: Tx, collectionIds: readonly string[]): Promise<RequestRow[]> =>
  rows(
    tx,
    sql`select * from service_requests where collection_id = any(${[...collectionIds]}::uuid[]) and kind = 'open'
        order by collection_id, id`,
  )

export const lockMembers = (tx: Tx, collectionId: string): Promise<RequestRow[]> =>
  rows(
    tx,
    sql`select * from service_requests where collection_id = ${collectionId} and kind = 'open' order by id for update`,
  )

export const insertLine = (tx: Tx, it: NewLine): Promise<void> =>
  write(
    tx,
    sql`insert into request_lines (id, request_id, position, plan_id, name, quantity, image_name, data_volume_gib,
          public_address, preferred_platform_id, platform_id, resource_id, resource_kind, size_gib, changes_from,
          change, template, monthly_price_yuan_e4)
        values (${it.id}, ${it.requestId}, ${it.position}, ${it.planId}, ${it.name}, ${it.quantity}, ${it.imageName},
                ${it.dataVolumeGib}, ${it.publicAddress}, ${it.preferredPlatformId}, ${it.platformId}, ${it.resourceId},
                ${it.resourceKind}, ${it.sizeGib}, ${it.changesFrom && JSON.stringify(it.changesFrom)},
                ${it.change && JSON.stringify(it.change)}, ${it.template && JSON.stringify(it.template)}, ${it.monthlyPriceYuanE4})`,
  )

export const deleteLines = (tx: Tx, requestId: string): Promise<void> =>
  write(tx, sql`delete from request_lines where request_id = ${requestId}`)

export const linesOf = (tx: Tx, requestIds: readonly string[]): Promise<LineRow[]> =>
  rows(
    tx,
    sql`select id, request_id, position, plan_id, name, quantity, image_name, data_volume_gib, public_address,
               preferred_platform_id, platform_id, resource_id, resource_kind, size_gib, changes_from, change,
               template, monthly_price_yuan_e4, outcome, asked_quantity
        from request_lines where request_id = any(${[...requestIds]}::uuid[]) order by request_id, position`,
  )

/** The request that a line opened something for; null where it is a change's, or there is none. */
export const requestOfLine = async (tx: Tx, lineId: string): Promise<string | null> =>
  (
    await maybeRow<{ requestId: string }>(
      tx,
      sql`select l.request_id from request_lines l join service_requests r on r.id = l.request_id
          where l.id = ${lineId} and r.kind = 'open'`,
    )
  )?.requestId ?? null

export const savePrice = (tx: Tx, lineId: string, priceYuanE4: number): Promise<void> =>
  write(tx, sql`update request_lines set monthly_price_yuan_e4 = ${priceYuanE4} where id = ${lineId}`)

/** Leaves lines out for good; what was asked stays to be read. */
export const setOutcome = (tx: Tx, lineIds: readonly string[], outcome: 'refused' | 'dropped'): Promise<void> =>
  write(tx, sql`update request_lines set outcome = ${outcome} where id = any(${[...lineIds]}::uuid[])`)

export const setQuantity = (tx: Tx, lineId: string, quantity: number, priceYuanE4: number): Promise<void> =>
  write(
    tx,
    sql`update request_lines set asked_quantity = coalesce(asked_quantity, quantity), quantity = ${quantity},
               monthly_price_yuan_e4 = ${priceYuanE4}
        where id = ${lineId}`,
  )

export const updateAsk = (tx: Tx, it: NewLine): Promise<void> =>
  write(
    tx,
    sql`update request_lines set plan_id = ${it.planId}, image_name = ${it.imageName},
               data_volume_gib = ${it.dataVolumeGib}, public_address = ${it.publicAddress},
               preferred_platform_id = ${it.preferredPlatformId}, monthly_price_yuan_e4 = ${it.monthlyPriceYuanE4}
        where id = ${it.id}`,
  )

export const savePlacement = (
  tx: Tx,
  lineId: string,
  platformId: string,
  placement: Placement,
  priceYuanE4: number,
): Promise<void> =>
  write(
    tx,
    sql`update request_lines set platform_id = ${platformId}, placement = ${JSON.stringify(placement)},
               monthly_price_yuan_e4 = ${priceYuanE4}
        where id = ${lineId}`,
  )

/** Null where nothing was decided yet. */
export const findPlacement = async (tx: Tx, lineId: string): Promise<Placement | null> =>
  (await maybeRow<{ placement: Placement | null }>(tx, sql`select placement from request_lines where id = ${lineId}`))
    ?.placement ?? null

export const tracksOf = (tx: Tx, requestIds: readonly string[]): Promise<TrackRow[]> =>
  rows(
    tx,
    sql`select request_id, position, step, state, side, moved_by, remark, started_at, due_at, ended_at
        from request_track where request_id = any(${[...requestIds]}::uuid[]) order by request_id, position`,
  )

/** Ends the clock that runs and starts the next. */
export const moveTrack = (tx: Tx, it: Omit<TrackRow, 'position' | 'endedAt'>): Promise<number> =>
  run(
    tx,
    sql`with ended as (
          update request_track set ended_at = ${it.startedAt} where request_id = ${it.requestId} and ended_at is null)
        insert into request_track (request_id, position, step, state, side, moved_by, remark, started_at, due_at)
        select ${it.requestId}, coalesce(max(position), 0) + 1, ${it.step}, ${it.state}, ${it.side}, ${it.movedBy},
               ${it.remark}, ${it.startedAt}, ${it.dueAt}
        from request_track where request_id = ${it.requestId}`,
  )

export const insertDeliveries = (
  tx: Tx,
  operationIds: readonly string[],
  of: Pick<DeliveryRow, 'requestId' | 'lineId' | 'round'>,
): Promise<void> =>
  write(
    tx,
    sql`insert into deliveries (operation_id, request_id, line_id, round)
        select id, ${of.requestId}, ${of.lineId}, ${of.round} from unnest(${[...operationIds]}::uuid[]) as id`,
  )

export const deliveriesOf = (tx: Tx, requestIds: readonly string[]): Promise<DeliveryRow[]> =>
  rows(
    tx,
    sql`select operation_id, request_id, line_id, round, outcome from deliveries
        where request_id = any(${[...requestIds]}::uuid[]) order by operation_id`,
  )

/** Null where the operation is no request's. */
export const saveOutcome = (
  tx: Tx,
  operationId: string,
  outcome: 'succeeded' | 'failed',
): Promise<DeliveryRow | null> =>
  maybeRow(
    tx,
    sql`update deliveries set outcome = ${outcome} where operation_id = ${operationId}
        returning operation_id, request_id, line_id, round, outcome`,
  )

export const openAbout = (tx: Tx, requestId: string, but: string | null = null): Promise<RequestRow | null> =>
  maybeRow(
    tx,
    sql`select * from service_requests where about_request_id = ${requestId} and id is distinct from ${but}::uuid
        and state in ('submitted', 'returned', 'delivering', 'delivery-failed') limit 1`,
  )

/** The request that asks for the reclaim of another and is not done yet, decided or not. */
export const openReclaimOf = (tx: Tx, requestId: string): Promise<RequestRow | null> =>
  maybeRow(
    tx,
    sql`select * from service_requests where about_request_id = ${requestId} and kind = 'reclaim'
        and state in ('submitted', 'returned', 'delivering', 'delivery-failed') limit 1 for update`,
  )

/** Tests past their end, what stands of a failed delivery among them. */
export const testsPastEnd = (tx: Tx, now: Date, limit: number): Promise<{ id: string }[]> =>
  rows(
    tx,
    sql`select id from service_requests
        where state in ('testing', 'delivery-failed') and kind = 'open' and test_ends_at <= ${now}
          and exists (select from deliveries d where d.request_id = service_requests.id and d.outcome = 'succeeded')
        order by test_ends_at limit ${limit}`,
  )

/** Changes about a request that still wait for somebody's decision. */
export const undecidedChanges = (tx: Tx, requestId: string): Promise<RequestRow[]> =>
  rows(
    tx,
    sql`select * from service_requests where about_request_id = ${requestId} and kind = 'change'
        and state in ('submitted', 'returned') order by id for update`,
  )

/** What has lain in the recycle bin for its time. */
export const recycledPastTime = (tx: Tx, now: Date, limit: number): Promise<{ id: string }[]> =>
  rows(
    tx,
    sql`select id from service_requests where purge_at <= ${now} and state in ('recycled', 'recycle-failed')
        order by purge_at limit ${limit}`,
  )

export const formalPastEnd = (tx: Tx, now: Date, limit: number): Promise<{ id: string }[]> =>
  rows(
    tx,
    sql`select id from service_requests where state = 'formal' and expires_at <= ${now}
          and (grace_ends_at is null or grace_ends_at <= ${now})
        order by expires_at limit ${limit}`,
  )

/** What was reclaimed within a month can be settled when that month is closed. */
export const reclaimedWithin = (tx: Tx, organisationId: string, from: Date, before: Date): Promise<{ id: string }[]> =>
  rows(
    tx,
    sql`select id from service_requests where organisation_id = ${organisationId} and state = 'reclaimed'
        and updated_at >= ${from} and updated_at < ${before} order by id`,
  )

export const testEndsOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; testEndsAt: Date }[]> =>
  rows(
    tx,
    sql`select id, test_ends_at from service_requests where id = any(${[...ids]}::uuid[]) and test_ends_at is not null`,
  )

/** The last request that changed a resource, or gave back what came with it, since an instant; each under its key. */
export const completedAbout = (
  tx: Tx,
  asked: readonly { key: string; resourceId: string; requestId: string; since: Date }[],
): Promise<{ key: string; requestId: string }[]> =>
  rows(
    tx,
    sql`select distinct on (a.key) a.key, q.id as request_id
        from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
          as a(key uuid, "resourceId" uuid, "requestId" uuid, since timestamptz)
        join service_requests q on q.about_request_id = a."requestId" and q.state = 'completed' and q.updated_at >= a.since
        where q.kind = 'reclaim'
          or exists (select from request_lines l where l.request_id = q.id and l.resource_id = a."resourceId")
        order by a.key, q.updated_at desc`,
  )

/** Requests on which something is still to be done go from one bureau or operator to another. */
export const giveRequests = async (tx: Tx, from: string, to: string): Promise<void> => {
  await run(
    tx,
    sql`update service_requests set bureau_organisation_id = ${to}
        where bureau_organisation_id = ${from} and state in ('collecting', 'consolidated', 'returned')`,
  )
  await run(
    tx,
    sql`update service_requests set operator_organisation_id = ${to}
        where operator_organisation_id = ${from} and state not in ('rejected', 'discarded', 'completed', 'settled')`,
  )
}

/** Those of an organisation that are not over; what was reclaimed waits for its bill alone. */
export const countOpen = async (tx: Tx, organisationId: string): Promise<number> =>
  (
    await oneRow<{ count: number }>(
      tx,
      sql`select count(*)::int as count from service_requests where organisation_id = ${organisationId}
          and state not in ('rejected', 'discarded', 'completed', 'reclaimed', 'settled')`,
    )
  ).count
