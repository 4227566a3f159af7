import sql from 'sql-template-tag'
import { maybeRow, oneRow, run, type Tx } from '../../platform/database/index.ts'

/** Made once for this database; several processes starting at once agree on one. */
export const ensureInstallation = async (tx: Tx, code: string, now: Date): Promise<string> => {
  await run(tx, sql`insert into installation (code, created_at) values (${code}, ${now}) on conflict do nothing`)
  return (await oneRow<{ code: string }>(tx, sql`select code from installation`)).code
}

export const isThere = async (tx: Tx): Promise<boolean> => (await maybeRow(tx, sql`select from installation`)) !== null

/** This month and the next two, for every table that grows without end. */
export const ensurePartitions = (tx: Tx, now: Date): Promise<number> =>
  run(
    tx,
    sql`select ensure_month_partition(parent, month::date)
        from unnest(array['audit_entries', 'events', 'usage_intervals']) as parent,
             generate_series(date_trunc('month', ${now}::timestamptz at time zone 'Asia/Shanghai'),
                             date_trunc('month', ${now}::timestamptz at time zone 'Asia/Shanghai') + interval '2 months',
                             interval '1 month') as month`,
  )
