import type { Measure } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, oneRow, rows, run, type Tx } from '../../platform/database/index.ts'

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
        from reservations where system_id = ${systemId}
        on conflict (system_id, measure) do update set quota_limit = excluded.quota_limit
        returning system_id, measure, quota_limit, held`,
  )

export const removeSystemQuota = (tx: Tx, systemId: string, measure: Measure): Promise<SystemQuotaRow | null> =>
  maybeRow(
    tx,
    sql`delete from system_quotas where system_id = ${systemId} and measure = ${measure}
        returning system_id, measure, quota_limit, held`,
  )

/** Adds to what is held, in the statement that checks the limit; a refusal answers the row as it stands. */
export const holdOfSystem = async (
  tx: Tx,
  systemId: string,
  measure: Measure,
  amount: number,
): Promise<SystemQuotaRow | null> => {
  const touched = await run(
    tx,
    sql`update system_quotas set held = held + ${amount}
        where system_id = ${systemId} and measure = ${measure}
          and (${amount} <= 0 or held + ${amount} <= quota_limit)`,
  )
  if (touched > 0) return null
  return maybeRow(
    tx,
    sql`select system_id, measure, quota_limit, held from system_quotas
        where system_id = ${systemId} and measure = ${measure}`,
  )
}
