import sql from 'sql-template-tag'
import { maybeRow, rows, type Tx } from '../database/index.ts'

/** A place in the stream: the transaction that wrote, then the order within and among those. */
export interface Position {
  readonly xact: string
  readonly position: number
}

export interface EventRow extends Position {
  readonly at: Date
  readonly type: string
  readonly subject: string
  readonly organisationId: string | null
  readonly organisationPath: string | null
  readonly data: Record<string, unknown>
}

/**
 * Events after a place, in an order that never grows in its middle: only those of transactions older than
 * every one still open are read, so one committed late is still ahead of the reader.
 */
export const eventsAfter = (tx: Tx, after: Position, limit: number): Promise<EventRow[]> =>
  rows(
    tx,
    sql`select e.xact::text as xact, e.position, e.at, e.type, e.subject, e.organisation_id, o.path as organisation_path, e.data
        from events e left join organisations o on o.id = e.organisation_id
        where (e.xact, e.position) > (${after.xact}::xid8, ${after.position}::bigint)
          and e.xact < pg_snapshot_xmin(pg_current_snapshot())
        order by e.xact, e.position limit ${limit}`,
  )

/** Where the stream ends now: a new reader without a place starts here. */
export const latestPosition = async (tx: Tx): Promise<Position> =>
  (await maybeRow<Position>(
    tx,
    sql`select xact::text as xact, position from events
        where xact < pg_snapshot_xmin(pg_current_snapshot()) order by xact desc, position desc limit 1`,
  )) ?? { xact: '0', position: 0 }
