import sql from 'sql-template-tag'
import { rows, run, type Tx } from '../../platform/database/index.ts'

/** An end that comes nearer, and the fewest days before it that people are to be told of by now. */
export interface Ending {
  readonly requestId: string
  readonly kind: 'test' | 'formal'
  readonly endsAt: Date
  readonly days: number
}

/**
 * Ends of which people are to be told. What was missed while nothing ran is told once, by the days that are left; an
 * end that has moved is a new one.
 */
export const untoldEndings = (
  tx: Tx,
  now: Date,
  it: { formalDays: readonly number[]; testDays: readonly number[]; limit: number },
): Promise<Ending[]> =>
  rows(
    tx,
    sql`with coming as (
          select id, 'formal' as kind, expires_at as ends_at,
            (select min(d) from unnest(${[...it.formalDays]}::int[]) d where expires_at <= ${now}::timestamptz + make_interval(days => d)) as days
          from service_requests
          where state = 'formal' and expires_at > ${now} and expires_at <= ${now}::timestamptz + make_interval(days => ${Math.max(...it.formalDays)}::int)
          union all
          select id, 'test', test_ends_at,
            (select min(d) from unnest(${[...it.testDays]}::int[]) d where test_ends_at <= ${now}::timestamptz + make_interval(days => d))
          from service_requests
          where state in ('testing', 'delivery-failed') and kind = 'open' and test_ends_at > ${now}
            and test_ends_at <= ${now}::timestamptz + make_interval(days => ${Math.max(...it.testDays)}::int))
        select c.id as request_id, c.kind, c.ends_at, c.days
        from coming c left join request_endings t on t.request_id = c.id and t.kind = c.kind
        where t.request_id is null or t.ends_at <> c.ends_at or t.days > c.days
        order by c.ends_at limit ${it.limit}`,
  )

export const saveEnding = (tx: Tx, it: Ending): Promise<number> =>
  run(
    tx,
    sql`insert into request_endings (request_id, kind, ends_at, days)
        values (${it.requestId}, ${it.kind}, ${it.endsAt}, ${it.days})
        on conflict (request_id, kind) do update set ends_at = excluded.ends_at, days = excluded.days`,
  )
