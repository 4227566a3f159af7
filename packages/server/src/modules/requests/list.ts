import {
  encodeUuid,
  fromId,
  fromResourceId,
  type InboxItem,
  type Locale,
  type QueryOf,
  type requestList,
  type ServiceRequest,
  type Step,
  toId,
} from '@yiduo/contract'
import { type Act, everything, type Scope } from '../../kernel/act.ts'
import { keyset, orderedPage, soughtIn, toOrderedPage } from '../../platform/database/index.ts'
import { viewInbox } from './inbox.ts'
import {
  countUnderWay,
  type DatedRow,
  listRequests,
  listRequestsByDue,
  listRequestsEnding,
  type RequestFilter,
} from './list-store.ts'
import { standingsIn, stepOf } from './model.ts'
import type { RequestDeps } from './service.ts'
import { viewRequests } from './view.ts'

export type RequestQuery = QueryOf<typeof requestList>

/** More than anybody decides in a month. */
const mostWaiting = 5_000

const aboutOf = async (deps: RequestDeps, id: string | undefined): Promise<RequestFilter['about']> => {
  const uuid = id === undefined ? null : (fromResourceId(id)?.uuid ?? null)
  return uuid === null
    ? null
    : { resourceId: uuid, requestId: await deps.resources.requestOf(deps.database.plain, uuid) }
}

const filterOf = async (deps: RequestDeps, act: Act, query: RequestQuery): Promise<RequestFilter> => {
  const { plain } = deps.database
  const waiting = { limit: mostWaiting, after: null }
  return {
    state: query.state ?? null,
    states: query.stateIn ?? null,
    standings: query.step === undefined ? null : standingsIn(query.step),
    kind: query.kind ?? null,
    systemId: query.systemId === undefined ? null : fromId('system', query.systemId),
    operatorOrganisationId:
      query.operatorOrganisationId === undefined ? null : fromId('organisation', query.operatorOrganisationId),
    sought: soughtIn(query.text),
    lateAt: query.overdue ? deps.clock.now() : null,
    about: await aboutOf(deps, query.resourceId),
    ids: query.waitingForMe ? await deps.approvals.waitingFor(plain, act, 'request', waiting) : null,
  }
}

/** A page of the rows that a query asks for, in its order. What waits for the caller comes from wherever it comes. */
const pageOf = async (
  deps: RequestDeps,
  act: Act,
  query: RequestQuery,
): Promise<{ kept: DatedRow[]; nextCursor: string | null }> => {
  const { plain } = deps.database
  const filter = await filterOf(deps, act, query)
  const reach = query.waitingForMe ? everything : act.scope
  const scope = await deps.organisations.within(plain, reach, query.organisationId)
  if (query.order === 'due') {
    const page = orderedPage(query)
    const found = await listRequestsByDue(plain, scope, filter, page)
    return toOrderedPage(found, page, (row) => row.dueAt?.toISOString() ?? '')
  }
  const page = keyset(query)
  const found = await listRequests(plain, scope, filter, page)
  const kept = found.slice(0, page.limit)
  const last = kept.at(-1)
  return { kept, nextCursor: found.length > page.limit && last ? encodeUuid(last.id) : null }
}

export const list =
  (deps: RequestDeps) =>
  async (
    act: Act,
    query: RequestQuery,
    locale: Locale,
  ): Promise<{ items: ServiceRequest[]; nextCursor: string | null }> => {
    const { kept, nextCursor } = await pageOf(deps, act, query)
    return { items: await viewRequests(deps, deps.database.plain, kept, locale), nextCursor }
  }

/** The same as an inbox shows them. */
export const listInbox =
  (deps: RequestDeps) =>
  async (act: Act, query: RequestQuery): Promise<{ items: InboxItem[]; nextCursor: string | null }> => {
    const { kept, nextCursor } = await pageOf(deps, act, query)
    return { items: await viewInbox(deps, deps.database.plain, kept), nextCursor }
  }

/** What the rows are called: requests are called as the systems they are for. */
const namesOf = async (
  { database, systems, organisations }: RequestDeps,
  found: readonly { readonly systemId: string; readonly organisationId: string }[],
) => {
  const names = await systems.names(database.plain, [...new Set(found.map((row) => row.systemId))])
  const owners = await organisations.names(database.plain, [...new Set(found.map((row) => row.organisationId))])
  return (row: { readonly id: string; readonly systemId: string; readonly organisationId: string }) => ({
    id: toId('request', row.id),
    name: names.get(row.systemId) ?? '',
    organisationName: owners.get(row.organisationId) ?? '',
  })
}

/** The same as a queue: what it is called and when it is due, the soonest first. */
export const listQueue = (deps: RequestDeps) => async (act: Act, query: RequestQuery) => {
  const { kept } = await pageOf(deps, act, { ...query, order: 'due' })
  const named = await namesOf(deps, kept)
  return kept.map((row) => ({ ...named(row), state: row.state, dueAt: row.dueAt?.toISOString() ?? null }))
}

/** What is in use and comes to its end before an instant, the soonest first. */
export const listEnding = (deps: RequestDeps) => async (act: Act, before: Date, limit: number) => {
  const found = (await listRequestsEnding(deps.database.plain, act.scope, before, limit)).slice(0, limit)
  const named = await namesOf(deps, found)
  return found.map((row) => ({ ...named(row), expiresAt: row.expiresAt?.toISOString() ?? '' }))
}

/** How many are under way in each of the eight steps, and how many of those are late. */
export const countSteps =
  ({ database, clock }: RequestDeps) =>
  async (scope: Scope): Promise<ReadonlyMap<Step, { readonly count: number; readonly overdue: number }>> => {
    const sums = new Map<Step, { count: number; overdue: number }>()
    for (const { kind, state, count, overdue } of await countUnderWay(database.plain, scope, clock.now())) {
      const step = stepOf(kind, state)
      const sum = sums.get(step) ?? { count: 0, overdue: 0 }
      sums.set(step, { count: sum.count + count, overdue: sum.overdue + overdue })
    }
    return sums
  }
