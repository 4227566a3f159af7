import sql, { empty, type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  calledSo,
  idBegins,
  type Keyset,
  type Listing,
  listOrdered,
  listVisible,
  type OrderedPage,
  rows,
  type Searchable,
  type Sought,
  type Tx,
  visible,
  when,
} from '../../platform/database/index.ts'
import type { RequestRow } from './store.ts'

/** The row with when whoever has the move is late: the table keeps it, by the track. */
export interface DatedRow extends RequestRow {
  readonly dueAt: Date | null
}

/** Null asks for nothing. */
export interface RequestFilter {
  readonly state: string | null
  readonly states: readonly string[] | null
  /** `kind state`, for what follows from both. */
  readonly standings: readonly string[] | null
  readonly kind: string | null
  readonly systemId: string | null
  readonly operatorOrganisationId: string | null
  readonly sought: Sought | null
  /** Late at that instant. */
  readonly lateAt: Date | null
  readonly ids: readonly string[] | null
  readonly about: About | null
}

/** A resource, and the request that delivered it. */
export interface About {
  readonly resourceId: string
  readonly requestId: string | null
}

export const anyRequest: RequestFilter = {
  state: null,
  states: null,
  standings: null,
  kind: null,
  systemId: null,
  operatorOrganisationId: null,
  sought: null,
  lateAt: null,
  ids: null,
  about: null,
}

/** The table keeps the name of a request's system. */
const searchable: Searchable = {
  table: 'service_requests',
  names: ['system_name'],
  otherwise: (text) => idBegins('request', text),
}

/** The request that delivered it, those that give back all of it, and the changes of this one. */
const isAbout = ({ resourceId, requestId }: About): Sql =>
  sql`and id in (select request_id from request_lines where resource_id = ${resourceId}
      union all select a.id from service_requests a
      where a.id = ${requestId} or (a.about_request_id = ${requestId} and a.kind = 'reclaim'))`

const listing = (it: RequestFilter): Listing => ({
  table: 'service_requests',
  columns: sql`*`,
  owner: 'organisation_id',
  filters: sql`${when(it.state, sql`and state = ${it.state}`)}
    ${it.states ? sql`and state = any(${[...it.states]}::text[])` : empty}
    ${it.standings ? sql`and kind || ' ' || state = any(${[...it.standings]}::text[])` : empty}
    ${when(it.operatorOrganisationId, sql`and operator_organisation_id = ${it.operatorOrganisationId}`)}
    ${when(it.kind, sql`and kind = ${it.kind}`)}
    ${when(it.systemId, sql`and system_id = ${it.systemId}`)}
    ${when(it.lateAt, sql`and due_at < ${it.lateAt}`)}
    ${it.about ? isAbout(it.about) : empty}
    ${it.ids ? sql`and id = any(${[...it.ids]}::uuid[])` : empty}`,
})

export const listRequests = (tx: Tx, scope: Scope, filter: RequestFilter, page: Keyset): Promise<DatedRow[]> =>
  listVisible(tx, scope, listing(filter), page, calledSo(searchable, filter.sought))

/** By the clock of whoever has the move. */
export const listRequestsByDue = (
  tx: Tx,
  scope: Scope,
  filter: RequestFilter,
  page: OrderedPage,
): Promise<DatedRow[]> =>
  listOrdered(tx, scope, listing(filter), { key: 'due_at' }, page, calledSo(searchable, filter.sought))

/** What is under way, counted from an index that holds nothing else (0041). */
export const countUnderWay = (
  tx: Tx,
  scope: Scope,
  now: Date,
): Promise<(Pick<RequestRow, 'kind' | 'state'> & { count: number; overdue: number })[]> =>
  rows(
    tx,
    sql`select kind, state, count(*) as count, count(*) filter (where due_at < ${now}) as overdue
        from service_requests
        where state not in ('rejected', 'discarded', 'formal', 'completed', 'settled')
          and ${visible(scope, 'organisation_id')}
        group by kind, state`,
  )

/** What is in use and comes to its end before an instant, the soonest first. */
export const listRequestsEnding = (tx: Tx, scope: Scope, before: Date, limit: number): Promise<RequestRow[]> => {
  const filters = sql`and state = 'formal' and expires_at < ${before}`
  const ending = { ...listing(anyRequest), filters }
  return listOrdered(tx, scope, ending, { key: 'expires_at' }, { limit, after: null }, null)
}
