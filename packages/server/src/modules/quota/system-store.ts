import type { Measure } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, oneRow, rows, type Tx } from '../../platform/database/index.ts'
import type { Change } from './model.ts'

export interface SystemQuotaRow {
  readonly systemId: string
  readonly measure: Measure
  readonly quotaLimit: number
  readonly held: number
}

export const listSystemQuotas = (tx: Tx, systemId: string): Promise<SystemQuotaRow[]> =>
  rows(
    tx,
    sql`select system_id, measure, quota_limit, held from system_quotas where system_id = ${systemId} order by measure`,
  )

/** As with an organisation’s: what is held is counted from the reservations when a quota is first set. */
export const setSystemQuota = (
  tx: Tx,
  systemId: string,
  measure: Measure,
  quotaLimit: number,
): Promise<SystemQuotaRow> =>
  oneRow(
    tx,
    sql`insert into system_quotas (system_id, measure, quota_limit, held)
        select ${systemId}, ${measure}, ${quotaLimit}, coalesce(sum(case ${measure}::text
            when 'vcpu' then vcpus when 'memory-gib' then ceil(memory_mib / 1024.0)
            when 'volume-gib' then volume_gib else addresses end), 0)
        from reservations where system_id = ${systemId} and counted
        on conflict (system_id, measure) do update set quota_limit = excluded.quota_limit
        returning system_id, measure, quota_limit, held`,
  )

export const removeSystemQuota = (tx: Tx, systemId: string, measure: Measure): Promise<SystemQuotaRow | null> =>
  maybeRow(
    tx,
    sql`delete from system_quotas where system_id = ${systemId} and measure = ${measure}
        returning system_id, measure, quota_limit, held`,
  )

/** The same as `hold` for the quota that a system has of its own. */
export const holdOfSystem = (tx: Tx, systemId: string, changes: readonly Change[]): Promise<SystemQuotaRow | null> =>
  maybeRow(
    tx,
    sql`with asked as (
          select * from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as x(measure text, amount bigint)
        ), taken as (
          update system_quotas q set held = q.held + asked.amount from asked
          where q.system_id = ${systemId} and q.measure = asked.measure
            and (asked.amount <= 0 or q.held + asked.amount <= q.quota_limit)
          returning q.measure)
        select q.system_id, q.measure, q.quota_limit, q.held from system_quotas q join asked using (measure)
        where q.system_id = ${systemId} and q.measure not in (select measure from taken) order by q.measure limit 1`,
  )
