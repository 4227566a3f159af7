import sql, { empty, type Sql } from 'sql-template-tag'
import { maybeRow, oneRow, rows, type Tx } from '../../platform/database/index.ts'
import { canonical } from './chain-store.ts'
import type { Link, LinkedText } from './model.ts'

/** What a pass needs of each link. */
export type FoundLink = Pick<Link, 'position' | 'hash'> & LinkedText

/** All that tells what is wrong with one. */
export type WholeLink = FoundLink & Pick<Link, 'entryId'> & { readonly linkMac: string }

// Looked up one by one (`offset 0`), as the sealer does it: a join would read the whole trail for each batch.
const withEntries = (columns: Sql, position: number, upTo: number, limit: number): Sql =>
  sql`select c.position, c.hash, found.text, found.mac ${columns}
        from (select * from audit_chain where position > ${position} and position <= ${upTo}
              order by position limit ${limit}) c
        left join lateral (
          select ${canonical} as text, e.mac from audit_entries e where e.id = c.entry_id and e.at = c.at offset 0) found
          on true
        order by c.position`

/** Links in their order, each with its entry as it is now. */
export const linksAfter = (tx: Tx, position: number, upTo: number, limit: number): Promise<FoundLink[]> =>
  rows(tx, withEntries(empty, position, upTo, limit))

export const wholeLinksAfter = (tx: Tx, position: number, upTo: number, limit: number): Promise<WholeLink[]> =>
  rows(tx, withEntries(sql`, c.entry_id, c.mac as link_mac`, position, upTo, limit))

export const lastPosition = async (tx: Tx): Promise<number> =>
  (await maybeRow<{ position: number }>(tx, sql`select position from audit_chain order by position desc limit 1`))
    ?.position ?? 0

/** Entries beside those that are linked or wait: none, unless somebody put them there. One snapshot counts all. */
export const countUnlinked = async (tx: Tx): Promise<number> =>
  (
    await oneRow<{ count: number }>(
      tx,
      sql`select (select count(*) from audit_entries) - (select count(*) from audit_chain)
               - (select count(*) from audit_queue q join audit_entries e on e.id = q.entry_id and e.at = q.at
                  where not exists (select from audit_chain c where c.entry_id = q.entry_id)) as count`,
    )
  ).count

/** The newest cut of the retention that is on record, to the letter. */
export const lastCut = (tx: Tx): Promise<(LinkedText & { readonly after: unknown }) | null> =>
  maybeRow(
    tx,
    sql`select ${canonical} as text, e.mac, e.after from audit_entries e
        where e.operation = 'audit.cut' order by e.id desc limit 1`,
  )

/** The oldest of them. */
export const firstUnlinked = (tx: Tx): Promise<{ id: string; mac: string | null } | null> =>
  maybeRow(
    tx,
    sql`select e.id, e.mac from audit_entries e
        where not exists (select from audit_chain c where c.entry_id = e.id and c.at = e.at)
          and not exists (select from audit_queue q where q.entry_id = e.id and q.at = e.at)
        order by e.id limit 1`,
  )
