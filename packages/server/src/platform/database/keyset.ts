import { decodeUuid, encodeUuid, fault } from '@yiduo/contract'
import sql, { empty, raw, type Sql } from 'sql-template-tag'
import { FaultError } from '../../kernel/refusal.ts'

/** Lists run from the newest to the oldest by id (UUIDv7: by time), and go on from the last id seen. */
export interface Keyset {
  readonly limit: number
  readonly after: string | null
}

export const keyset = (query: { limit?: number; cursor?: string }): Keyset => {
  const after = query.cursor === undefined ? null : decodeUuid(query.cursor)
  if (query.cursor !== undefined && after === null) throw new FaultError(fault('cursor-invalid'))
  return { limit: query.limit ?? 50, after }
}

/** `and id < cursor order by id desc limit n+1`: one row more than asked tells whether there is a next page. */
export const pageFrom = ({ limit, after }: Keyset, column = 'id'): Sql =>
  sql`${after ? sql`and ${raw(column)} < ${after}` : empty} order by ${raw(column)} desc limit ${limit + 1}`

/** Cuts the extra row off and makes the next cursor of the last one kept. */
export const toPage = <Row extends { id: string }, View>(
  found: readonly Row[],
  { limit }: Keyset,
  view: (row: Row) => View,
): { items: View[]; nextCursor: string | null } => {
  const kept = found.slice(0, limit)
  const last = kept.at(-1)
  return { items: kept.map(view), nextCursor: found.length > limit && last ? encodeUuid(last.id) : null }
}
