import sql, { raw, type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, pageFrom } from './keyset.ts'
import { rowsPlannedAnew, type Tx } from './query.ts'
import { lies, visible } from './visible.ts'

/** What a list shows. All but the values in the filters are constants of the store. */
export interface Listing {
  readonly table: string
  readonly columns: Sql
  /** `and …`, as often as there are filters. */
  readonly filters: Sql
  /** Names the id of the organisation that the row belongs to. */
  readonly owner: string
}

/** So many rows are looked through for those of the scope before its organisations are asked one by one. */
const walkLength = 1_000

const whole = (scope: Scope, { table, columns, filters, owner }: Listing, page: Keyset): Sql =>
  sql`select ${columns} from ${raw(table)} where ${visible(scope, owner)} ${filters} ${pageFrom(page)}`

/** What of the page lies on the walk, which ends as soon as the page is full. */
const near = (scope: Scope, { table, columns, filters, owner }: Listing, { limit, after }: Keyset): Sql =>
  sql`select ${columns}
      from (select * from ${raw(table)} where true ${filters} ${pageFrom({ limit: walkLength - 1, after })}) as ${raw(table)}
      where ${visible(scope, `${table}.${owner}`)} order by id desc limit ${limit + 1}`

/** The last row of the walk; none where the rows ended before it. */
const walkEnd = ({ table, filters }: Listing, { after }: Keyset): Sql =>
  sql`select id from ${raw(table)} where true ${filters} ${pageFrom({ limit: 0, after })} offset ${walkLength - 1}`

/** The newest rows of every organisation of the scope, and of those together the newest. */
const far = (scope: Scope, { table, columns, filters, owner }: Listing, page: Keyset): Sql =>
  sql`select ${columns} from ${raw(table)} where id in (
        select found.id from organisations place cross join lateral (
          select id from ${raw(table)} where ${raw(owner)} = place.id ${filters} ${pageFrom(page)}) found
        where ${lies(scope, 'place')} order by found.id desc limit ${page.limit + 1})
      order by id desc`

/**
 * A page of the rows that lie in a scope and one more, the newest first. Neither many rows of other organisations nor
 * many organisations without any may make it slow, so it does not depend on guessing which of both a scope has: a wide
 * one finds its page among the newest rows; one that does not asks, behind those, each of its organisations.
 */
export const listVisible = async <Row extends { readonly id: string }>(
  tx: Tx,
  scope: Scope,
  listing: Listing,
  page: Keyset,
): Promise<Row[]> => {
  const isSimple = scope.subtrees.length === 0 && scope.organisations.length <= 1
  if (scope.all || isSimple) return rowsPlannedAnew(tx, whole(scope, listing, page))
  const found = await rowsPlannedAnew<Row>(tx, near(scope, listing, page))
  if (found.length > page.limit) return found
  const [end] = await rowsPlannedAnew<{ id: string }>(tx, walkEnd(listing, page))
  if (end === undefined) return found
  const rest = { limit: page.limit - found.length, after: end.id }
  return [...found, ...(await rowsPlannedAnew<Row>(tx, far(scope, listing, rest)))]
}
