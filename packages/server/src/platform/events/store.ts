import sql, { type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { maybeRow, rows, run, type Tx, visible, when, write } from '../database/index.ts'

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

const columns = sql`e.xact::text as xact, e.position, e.at, e.type, e.subject, e.organisation_id, o.path as organisation_path, e.data`

/**
 * Events after a place, in an order that never grows in its middle: only those of transactions older than
 * every one still open are read, so one committed late is still ahead of the reader.
 */
export const eventsAfter = (tx: Tx, after: Position, limit: number): Promise<EventRow[]> =>
  rows(
    tx,
    sql`select ${columns} from events e left join organisations o on o.id = e.organisation_id
        where (e.xact, e.position) > (${after.xact}::xid8, ${after.position}::bigint)
          and e.xact < pg_snapshot_xmin(pg_current_snapshot())
        order by e.xact, e.position limit ${limit}`,
  )

/** A stretch of the stream that was read before, its end included, and what of it is asked for. */
export interface Stretch {
  readonly after: Position
  readonly upTo: Position
  readonly scope: Scope
  readonly subject: string | null
}

const within = ({ after, upTo }: Pick<Stretch, 'after' | 'upTo'>): Sql =>
  sql`(e.xact, e.position) > (${after.xact}::xid8, ${after.position}::bigint)
      and (e.xact, e.position) <= (${upTo.xact}::xid8, ${upTo.position}::bigint)`

/** Single organisations have their events in an index; those of a subtree are looked for among all. */
const indexed = ({ scope }: Stretch): Sql =>
  scope.subtrees.length > 0 ? sql`true` : visible(scope, 'e.organisation_id')

/** Where so many events of the stretch end; null where it has fewer. */
export const placeWithin = (tx: Tx, stretch: Stretch, events: number): Promise<Position | null> =>
  maybeRow(
    tx,
    sql`select e.xact::text as xact, e.position from events e where ${within(stretch)} and ${indexed(stretch)}
        order by e.xact, e.position offset ${events - 1} limit 1`,
  )

export const eventsWithin = (tx: Tx, stretch: Stretch): Promise<EventRow[]> =>
  rows(
    tx,
    sql`select ${columns} from events e left join organisations o on o.id = e.organisation_id
        where ${within(stretch)} and ${visible(stretch.scope, 'e.organisation_id')}
          ${when(stretch.subject, sql`and e.subject = ${stretch.subject}`)}
        order by e.xact, e.position`,
  )

/** Where the stream ends now: a new reader without a place starts here. */
export const latestPosition = async (tx: Tx): Promise<Position> =>
  (await maybeRow<Position>(
    tx,
    // `order by xact` alone would be the text that is answered, and '999' comes after '1000'.
    sql`select e.xact::text as xact, e.position from events e
        where e.xact < pg_snapshot_xmin(pg_current_snapshot()) order by e.xact desc, e.position desc limit 1`,
  )) ?? { xact: '0', position: 0 }

/** How far a reader came who keeps the place here: the beginning, where there is none or its event is gone. */
export const placeOf = async (tx: Tx, reader: string): Promise<Position> =>
  (await maybeRow<Position>(
    tx,
    sql`select e.xact::text as xact, e.position from event_places p join events e on e.position = p.position
        where p.reader = ${reader}`,
  )) ?? { xact: '0', position: 0 }

/** Nobody else reads on under that name until the transaction ends. */
export const lockPlace = async (tx: Tx, reader: string): Promise<Position> => {
  await run(tx, sql`insert into event_places (reader, position) values (${reader}, 0) on conflict do nothing`)
  await run(tx, sql`select from event_places where reader = ${reader} for update`)
  return placeOf(tx, reader)
}

export const keepPlace = (tx: Tx, reader: string, { position }: Position): Promise<void> =>
  write(tx, sql`update event_places set position = ${position} where reader = ${reader}`)
