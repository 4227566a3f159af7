import sql, { empty, raw, type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, pageFrom } from './keyset.ts'
import { rowsPlannedAnew, type Tx } from './query.ts'
import { type Called, isAmongFewCalled, isCalledSo } from './text-store.ts'
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

/** A text that so many of a walk's rows are called by is common: whoever goes on through the rows meets it soon. */
const common = 20

const whole = (scope: Scope, { table, columns, filters, owner }: Listing, page: Keyset): Sql =>
  sql`select ${columns} from ${raw(table)} where ${visible(scope, `${table}.${owner}`)} ${filters} ${pageFrom(page)}`

const walk = ({ table, filters }: Listing, { after }: Keyset): Sql =>
  sql`(select * from ${raw(table)} where true ${filters} ${pageFrom({ limit: walkLength - 1, after })}) as ${raw(table)}`

/**
 * What of the page lies on the walk, which ends as soon as the page is full. The rows are few and so known to be: whether
 * to read the scope's organisations once or to ask each row's is left to the planner.
 */
const near = (scope: Scope, listing: Listing, page: Keyset, called: Sql): Sql =>
  sql`select ${listing.columns} from ${walk(listing, page)}
      where ${ownedWithin(scope, listing)} ${called} order by id desc limit ${page.limit + 1}`

const ownedWithin = (scope: Scope, { table, owner }: Listing): Sql =>
  isSimple(scope)
    ? visible(scope, `${table}.${owner}`)
    : sql`${raw(`${table}.${owner}`)} in (select place.id from organisations place where ${lies(scope, 'place')})`

/** The last row of the walk; none where the rows ended before it. */
const walkEnd = ({ table, filters }: Listing, { after }: Keyset): Sql =>
  sql`select id from ${raw(table)} where true ${filters} ${pageFrom({ limit: 0, after })} offset ${walkLength - 1}`

/** The same, and how many rows of the walk are called so, whoever may see them. */
const countCalled = (listing: Listing, page: Keyset, called: Sql): Sql =>
  sql`select count(*)::int as length, count(*) filter (where true ${called})::int as met, (array_agg(id order by id))[1] as id
      from ${walk(listing, page)}`

/** The newest rows of every organisation of the scope, and of those together the newest. */
const far = (scope: Scope, { table, columns, filters, owner }: Listing, page: Keyset): Sql =>
  sql`select ${columns} from ${raw(table)} where id in (
        select found.id from organisations place cross join lateral (
          select id from ${raw(table)} where ${raw(owner)} = place.id ${filters} ${pageFrom(page)}) found
        where ${lies(scope, 'place')} order by found.id desc limit ${page.limit + 1})
      order by id desc`

/** Such a scope is a condition of the rows like any other. */
const isSimple = ({ all, subtrees, organisations }: Scope): boolean =>
  all || (subtrees.length === 0 && organisations.length <= 1)

/** To ask each of so many organisations takes longer than to walk on. */
const manyPlaces = 3_000

const isWide = async (tx: Tx, scope: Scope): Promise<boolean> => {
  const place = sql`select 1 from organisations place where ${lies(scope, 'place')} offset ${manyPlaces} limit 1`
  return (await rowsPlannedAnew(tx, place)).length > 0
}

/** What comes behind a walk on which so many were met: a rare text is looked up, a common one is met further on. */
const calledBehind = async <Row extends { readonly id: string }>(
  tx: Tx,
  scope: Scope,
  listing: Listing,
  page: Keyset,
  called: Called,
  met: number,
): Promise<Row[]> => {
  const few = met < common ? await isAmongFewCalled(tx, called) : null
  const narrowed = { ...listing, filters: sql`${listing.filters} ${few ?? isCalledSo(called)}` }
  if (few) return rowsPlannedAnew(tx, whole(scope, narrowed, page))
  if (isSimple(scope) || (await isWide(tx, scope))) return listVisible(tx, scope, narrowed, page)
  return rowsPlannedAnew(tx, far(scope, narrowed, page))
}

/** A page of what is called so. */
const listCalled = async <Row extends { readonly id: string }>(
  tx: Tx,
  scope: Scope,
  all: Listing,
  page: Keyset,
  called: Called,
): Promise<Row[]> => {
  const own = isSimple(scope) ? sql`and ${visible(scope, `${all.table}.${all.owner}`)}` : empty
  const listing = { ...all, filters: sql`${all.filters} ${own}` }
  // A whole name has an index that says at once who bears it.
  const few = called.sought.match === 'whole' ? await isAmongFewCalled(tx, called) : null
  if (few) return rowsPlannedAnew(tx, whole(scope, { ...listing, filters: sql`${listing.filters} ${few}` }, page))
  const found = await rowsPlannedAnew<Row>(tx, near(scope, listing, page, isCalledSo(called)))
  if (found.length > page.limit) return found
  const [end] = await rowsPlannedAnew<{ id: string; length: number; met: number }>(
    tx,
    countCalled(listing, page, isCalledSo(called)),
  )
  if (end === undefined || end.length < walkLength) return found
  const rest = { limit: page.limit - found.length, after: end.id }
  return [...found, ...(await calledBehind<Row>(tx, scope, listing, rest, called, end.met))]
}

/**
 * A page of the rows that lie in a scope and one more, the newest first; with `called`, of those that are called so.
 * Neither many rows of other organisations nor many organisations without any may make it slow, nor a text that all are
 * called by or none, so it does not depend on guessing which of these there is: a wide scope and a common text find
 * their page among the newest rows; what does not asks, behind those, each of its organisations or the text's indexes.
 */
export const listVisible = async <Row extends { readonly id: string }>(
  tx: Tx,
  scope: Scope,
  listing: Listing,
  page: Keyset,
  called: Called | null = null,
): Promise<Row[]> => {
  if (called) return listCalled(tx, scope, listing, page, called)
  if (isSimple(scope)) return rowsPlannedAnew(tx, whole(scope, listing, page))
  const found = await rowsPlannedAnew<Row>(tx, near(scope, listing, page, empty))
  if (found.length > page.limit) return found
  const [end] = await rowsPlannedAnew<{ id: string }>(tx, walkEnd(listing, page))
  if (end === undefined) return found
  const rest = { limit: page.limit - found.length, after: end.id }
  return [...found, ...(await rowsPlannedAnew<Row>(tx, far(scope, listing, rest)))]
}
