import { fault } from '@yiduo/contract'
import sql, { empty, raw, type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { FaultError } from '../../kernel/refusal.ts'
import type { Listing } from './listing-store.ts'
import { rowsPlannedAnew, type Tx } from './query.ts'
import { type Called, isAmongFewCalled, isCalledSo } from './text-store.ts'
import { lies, visible } from './visible.ts'

/** A column of instants that a list runs by, from the soonest on; rows that have none are not in it. */
export interface Order {
  /** A constant of the store. */
  readonly key: string
}

/** A page of such a list, behind an instant and the id of the row that had it. */
export interface OrderedPage {
  readonly limit: number
  readonly after: { readonly key: string; readonly id: string } | null
}

/** As `toOrderedPage` writes it; whatever else comes in a cursor, the database is not asked about it. */
const place = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/

/** The place is in the cursor as a whole: a row that has changed meanwhile still says where to go on. */
export const orderedPage = (query: { limit?: number; cursor?: string }): OrderedPage => {
  const limit = query.limit ?? 50
  if (query.cursor === undefined) return { limit, after: null }
  const [, id, key] = place.exec(Buffer.from(query.cursor, 'base64url').toString()) ?? []
  if (id === undefined || key === undefined || Number.isNaN(Date.parse(key)))
    throw new FaultError(fault('cursor-invalid'))
  return { limit, after: { key, id } }
}

/** Cuts the extra row off and makes the next cursor of the last one kept. */
export const toOrderedPage = <Row extends { id: string }>(
  found: readonly Row[],
  { limit }: OrderedPage,
  keyOf: (row: Row) => string,
): { kept: Row[]; nextCursor: string | null } => {
  const kept = found.slice(0, limit)
  const last = kept.at(-1)
  const cursorOf = (row: Row) => Buffer.from(`${row.id} ${keyOf(row)}`).toString('base64url')
  return { kept, nextCursor: found.length > limit && last ? cursorOf(last) : null }
}

/** So many rows are looked through for those of the scope before its organisations are asked one by one. */
const walkLength = 1_000

const behind = ({ key }: Order, { after }: OrderedPage): Sql =>
  after ? sql`and (${raw(key)}, id) > (${after.key}::timestamptz, ${after.id}::uuid)` : empty

const walked = ({ table, filters }: Listing, order: Order, page: OrderedPage, columns: Sql, end: Sql): Sql =>
  sql`select ${columns} from ${raw(table)} where ${raw(order.key)} is not null ${filters} ${behind(order, page)}
      order by ${raw(order.key)}, id ${end}`

const whole = (scope: Scope, listing: Listing, order: Order, page: OrderedPage): Sql => {
  const filters = sql`${listing.filters} and ${visible(scope, listing.owner)}`
  return walked({ ...listing, filters }, order, page, listing.columns, sql`limit ${page.limit + 1}`)
}

const near = (scope: Scope, listing: Listing, order: Order, page: OrderedPage): Sql => {
  const { table, columns, owner } = listing
  return sql`select ${columns}
      from (${walked(listing, order, page, sql`*`, sql`limit ${walkLength}`)}) as ${raw(table)}
      where ${visible(scope, `${table}.${owner}`)} order by ${raw(order.key)}, id limit ${page.limit + 1}`
}

const far = (scope: Scope, listing: Listing, order: Order, page: OrderedPage): Sql => {
  const { table, columns, owner } = listing
  const filters = sql`${listing.filters} and ${raw(owner)} = place.id`
  const first = walked(
    { ...listing, filters },
    order,
    page,
    sql`id, ${raw(order.key)} as key`,
    sql`limit ${page.limit + 1}`,
  )
  return sql`select ${columns} from ${raw(table)} where id in (
        select found.id from organisations place cross join lateral (${first}) found
        where ${lies(scope, 'place')} order by found.key, found.id limit ${page.limit + 1})
      order by ${raw(order.key)}, id`
}

/** A page of the rows of a scope, and one more, by a column; as `listVisible` does it by id. */
export const listOrdered = async <Row extends { readonly id: string }>(
  tx: Tx,
  scope: Scope,
  all: Listing,
  order: Order,
  page: OrderedPage,
  called: Called | null,
): Promise<Row[]> => {
  const so = called ? ((await isAmongFewCalled(tx, called)) ?? isCalledSo(called)) : empty
  const listing = { ...all, filters: sql`${all.filters} ${so}` }
  const isSimple = scope.subtrees.length === 0 && scope.organisations.length <= 1
  if (scope.all || isSimple) return rowsPlannedAnew(tx, whole(scope, listing, order, page))
  const found = await rowsPlannedAnew<Row>(tx, near(scope, listing, order, page))
  if (found.length > page.limit) return found
  const end = walked(listing, order, page, sql`id`, sql`limit 1 offset ${walkLength - 1}`)
  const [more] = await rowsPlannedAnew<{ id: string }>(tx, end)
  return more === undefined ? found : rowsPlannedAnew(tx, far(scope, listing, order, page))
}
