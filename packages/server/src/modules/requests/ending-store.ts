import sql, { type Sql } from 'sql-template-tag'
import { rows, type Tx, write } from '../../platform/database/index.ts'
import type { PolicyRow } from './policy-store.ts'

/** An end that comes nearer, and the fewest days before it that people are to be told of by now. */
export interface Ending {
  readonly requestId: string
  readonly kind: 'test' | 'formal' | 'purge'
  readonly endsAt: Date
  readonly days: number
}

/** No operator tells of an end earlier than that. */
const mostDays = 90

/** The fewest of the operator's days by which `end` has come near. */
const nearest = (end: Sql, now: Date, days: Sql): Sql =>
  sql`(select min(d) from unnest(${days}) d where ${end} <= ${now}::timestamptz + make_interval(days => d))`

/** From now up to the earliest day on which anybody is told. */
const isComing = (end: Sql, now: Date): Sql =>
  sql`${end} > ${now} and ${end} <= ${now}::timestamptz + make_interval(days => ${mostDays}::int)`

/**
 * Ends of which people are to be told. What was missed while nothing ran is told once, by the days that are left; an
 * end that has moved is a new one. Of a test the last day is told, of the recycle bin those shorter than its time.
 */
export const untoldEndings = (tx: Tx, now: Date, it: { defaults: PolicyRow; limit: number }): Promise<Ending[]> => {
  const { recycleDays } = it.defaults
  const noticeDays = sql`${[...it.defaults.noticeDays]}::int[]`
  const ends = { formal: sql`r.expires_at`, test: sql`r.test_ends_at`, purge: sql`r.purge_at` }
  const lastDay = sql`array[(select min(d) from unnest(r.notice_days) d)]`
  const inBin = sql`array(select d from unnest(r.notice_days) d where d < r.recycle_days)`
  return rows(
    tx,
    sql`with r as not materialized (
          select r.id, r.state, r.kind, r.expires_at, r.test_ends_at, r.purge_at,
            coalesce(p.notice_days, ${noticeDays}) as notice_days, coalesce(p.recycle_days, ${recycleDays}::int) as recycle_days
          from service_requests r left join process_policies p on p.organisation_id = r.operator_organisation_id),
        coming as (
          select r.id, 'formal' as kind, r.expires_at as ends_at, ${nearest(ends.formal, now, sql`r.notice_days`)} as days
          from r where r.state = 'formal' and ${isComing(ends.formal, now)}
          union all
          select r.id, 'test', r.test_ends_at, ${nearest(ends.test, now, lastDay)}
          from r where r.state in ('testing', 'delivery-failed') and r.kind = 'open' and ${isComing(ends.test, now)}
          union all
          select r.id, 'purge', r.purge_at, ${nearest(ends.purge, now, inBin)}
          from r where r.state in ('recycled', 'recycle-failed') and ${isComing(ends.purge, now)})
        select c.id as request_id, c.kind, c.ends_at, c.days
        from coming c left join request_endings t on t.request_id = c.id and t.kind = c.kind
        where c.days is not null and (t.request_id is null or t.ends_at <> c.ends_at or t.days > c.days)
        order by c.ends_at limit ${it.limit}`,
  )
}

export const saveEnding = (tx: Tx, it: Ending): Promise<void> =>
  write(
    tx,
    sql`insert into request_endings (request_id, kind, ends_at, days)
        values (${it.requestId}, ${it.kind}, ${it.endsAt}, ${it.days})
        on conflict (request_id, kind) do update set ends_at = excluded.ends_at, days = excluded.days`,
  )
