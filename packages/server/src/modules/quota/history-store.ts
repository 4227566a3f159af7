import sql from 'sql-template-tag'
import { type Tx, write } from '../../platform/database/index.ts'
import type { QuotaRow } from './store.ts'

/** First limits of many organisations; what each holds is counted from its reservations, as when one is set. */
export const insertQuotas = (tx: Tx, quotas: readonly Omit<QuotaRow, 'held'>[]): Promise<void> =>
  write(
    tx,
    sql`with held as (
          select organisation_id, sum(vcpus) as vcpu, sum(ceil(memory_mib / 1024.0)) as memory, sum(volume_gib) as volume,
                 sum(addresses) as address
          from reservations group by organisation_id)
        insert into quotas (organisation_id, measure, quota_limit, held)
        select x."organisationId", x.measure, x."quotaLimit", coalesce(case x.measure when 'vcpu' then h.vcpu
                 when 'memory-gib' then h.memory when 'volume-gib' then h.volume else h.address end, 0)
        from json_to_recordset(${JSON.stringify(quotas)}::json)
               as x("organisationId" uuid, measure text, "quotaLimit" bigint)
             left join held h on h.organisation_id = x."organisationId"`,
  )
