import type { Measure } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, oneRow, rows, run, type Tx, write } from '../../platform/database/index.ts'
import type { Change } from './model.ts'

export interface QuotaRow {
  readonly organisationId: string
  readonly measure: Measure
  readonly quotaLimit: number
  readonly held: number
}

export interface ReservationRow {
  readonly resourceId: string
  readonly organisationId: string
  readonly systemId: string | null
  readonly poolId: string
  /** False in the recycle bin: the pool holds the capacity, nobody's quota counts it. */
  readonly counted: boolean
  readonly vcpus: number
  readonly memoryMib: number
  readonly volumeGib: number
  readonly addresses: number
}

export const listQuotas = (tx: Tx, organisationId: string): Promise<QuotaRow[]> =>
  rows(
    tx,
    sql`select organisation_id, measure, quota_limit, held from quotas where organisation_id = ${organisationId} order by measure`,
  )

export const quotasOf = (tx: Tx, organisationIds: readonly string[]): Promise<QuotaRow[]> =>
  rows(
    tx,
    sql`select organisation_id, measure, quota_limit, held from quotas
        where organisation_id = any(${[...organisationIds]}::uuid[]) order by organisation_id, measure`,
  )

/** One at a time for each organisation: a quota that is set anew counts what others are just reserving. */
export const lockHoldings = (tx: Tx, organisationId: string): Promise<number> =>
  run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`quota ${organisationId}`}, 0))`)

/** What is held is counted from the reservations when a quota is first set: nothing counted it before. */
export const setQuota = (tx: Tx, organisationId: string, measure: Measure, quotaLimit: number): Promise<QuotaRow> =>
  oneRow(
    tx,
    sql`insert into quotas (organisation_id, measure, quota_limit, held)
        select ${organisationId}, ${measure}, ${quotaLimit}, coalesce(sum(case ${measure}::text
            when 'vcpu' then vcpus when 'memory-gib' then ceil(memory_mib / 1024.0)
            when 'volume-gib' then volume_gib else addresses end), 0)
        from reservations where organisation_id = ${organisationId} and counted
        on conflict (organisation_id, measure) do update set quota_limit = excluded.quota_limit
        returning organisation_id, measure, quota_limit, held`,
  )

/** Adds to what is held, in the statement that checks the limits; a refusal answers the first row that is full. */
export const hold = (tx: Tx, organisationId: string, changes: readonly Change[]): Promise<QuotaRow | null> =>
  maybeRow(
    tx,
    sql`with asked as (
          select * from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as x(measure text, amount bigint)
        ), taken as (
          update quotas q set held = q.held + asked.amount from asked
          where q.organisation_id = ${organisationId} and q.measure = asked.measure
            and (asked.amount <= 0 or q.held + asked.amount <= q.quota_limit)
          returning q.measure)
        select q.organisation_id, q.measure, q.quota_limit, q.held from quotas q join asked using (measure)
        where q.organisation_id = ${organisationId} and q.measure not in (select measure from taken) order by q.measure limit 1`,
  )

/** What is taken counts against the quota from the first. */
export type NewReservation = Omit<ReservationRow, 'counted'>

export const insertReservations = (tx: Tx, reservations: readonly NewReservation[]): Promise<number> =>
  run(
    tx,
    sql`insert into reservations (resource_id, organisation_id, system_id, pool_id, vcpus, memory_mib, volume_gib, addresses)
        select x."resourceId", x."organisationId", x."systemId", x."poolId", x.vcpus, x."memoryMib", x."volumeGib", x.addresses
        from jsonb_to_recordset(${JSON.stringify(reservations)}::jsonb) as x(
          "resourceId" uuid, "organisationId" uuid, "systemId" uuid, "poolId" uuid, vcpus integer, "memoryMib" bigint,
          "volumeGib" integer, addresses integer)`,
  )

export const lockReservation = (tx: Tx, resourceId: string): Promise<ReservationRow | null> =>
  maybeRow(
    tx,
    sql`select resource_id, organisation_id, system_id, pool_id, counted, vcpus, memory_mib, volume_gib, addresses
        from reservations where resource_id = ${resourceId} for update`,
  )

export const updateReservation = (tx: Tx, it: ReservationRow): Promise<void> =>
  write(
    tx,
    sql`update reservations set vcpus = ${it.vcpus}, memory_mib = ${it.memoryMib}, volume_gib = ${it.volumeGib},
               addresses = ${it.addresses}
        where resource_id = ${it.resourceId}`,
  )

export const reservationsOf = (tx: Tx, resourceIds: readonly string[]): Promise<ReservationRow[]> =>
  rows(
    tx,
    sql`select resource_id, organisation_id, system_id, pool_id, counted, vcpus, memory_mib, volume_gib, addresses
        from reservations where resource_id = any(${[...resourceIds]}::uuid[]) order by resource_id for update`,
  )

export const setHolder = (
  tx: Tx,
  resourceIds: readonly string[],
  to: Pick<ReservationRow, 'organisationId' | 'systemId'>,
): Promise<void> =>
  write(
    tx,
    sql`update reservations set organisation_id = ${to.organisationId}, system_id = ${to.systemId}
        where resource_id = any(${[...resourceIds]}::uuid[])`,
  )

export const setCounted = (tx: Tx, resourceId: string, counted: boolean): Promise<void> =>
  write(tx, sql`update reservations set counted = ${counted} where resource_id = ${resourceId}`)

export const deleteReservation = (tx: Tx, resourceId: string): Promise<void> =>
  write(tx, sql`delete from reservations where resource_id = ${resourceId}`)
