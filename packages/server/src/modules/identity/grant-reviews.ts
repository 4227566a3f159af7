import {
  type BodyOf,
  fromId,
  type GrantReview,
  type grantReviewKeep,
  type grantReviewList,
  type QueryOf,
  toId,
} from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { orderedPage, soughtIn, type Tx, toOrderedPage } from '../../platform/database/index.ts'
import * as store from './grant-review-store.ts'
import { type GrantRow, lockGrant } from './grant-store.ts'
import { actorOf, viewGrant } from './grants.ts'
import { reviewDays } from './model.ts'
import type { IdentityDeps } from './service.ts'

const reviewMs = reviewDays * 86_400_000

type People = ReadonlyMap<string, store.Called>

const viewReview =
  (now: Date, people: People) =>
  (row: GrantRow): GrantReview => {
    const grant = viewGrant(now)(row)
    const dueAt = new Date((row.reviewedAt ?? row.createdAt).getTime() + reviewMs)
    return {
      id: grant.id,
      grant,
      login: people.get(row.personId)?.login ?? '',
      name: people.get(row.personId)?.name ?? '',
      reviewedBy: people.get(row.reviewedById ?? '')?.login ?? null,
      dueAt: dueAt.toISOString(),
      due: dueAt <= now,
      unused: !row.emergency && now.getTime() - store.idleSince(row).getTime() >= reviewMs,
    }
  }

/** Whose grants they are, and who has looked them over. */
const peopleOf = async (tx: Tx, found: readonly GrantRow[]): Promise<People> => {
  const ids = found.flatMap((it) => [it.personId, ...(it.reviewedById === null ? [] : [it.reviewedById])])
  return new Map((await store.calledOf(tx, [...new Set(ids)])).map((it) => [it.id, it]))
}

const list =
  ({ database, clock }: IdentityDeps) =>
  async (act: Act, query: QueryOf<typeof grantReviewList>) => {
    const page = orderedPage(query)
    const now = clock.now()
    const filter = {
      personId: query.personId === undefined ? null : fromId('person', query.personId),
      due: query.due ?? null,
      unused: query.unused ?? null,
      emergency: query.emergency ?? null,
      role: query.role ?? null,
      sought: soughtIn(query.text),
      now,
      since: new Date(now.getTime() - reviewMs),
    }
    const found = await store.listReviews(database.plain, act.scope, filter, page)
    const { kept, nextCursor } = toOrderedPage(found, page, (row) => store.idleSince(row).toISOString())
    return { items: kept.map(viewReview(now, await peopleOf(database.plain, kept))), nextCursor }
  }

const allowing = new Set(['effective', 'asleep', 'awake'])

/** Somebody has looked at it and answers for it, but never for their own. */
const keep =
  ({ database, clock, record }: IdentityDeps) =>
  (act: Act, id: string, { remark }: BodyOf<typeof grantReviewKeep>): Promise<GrantReview | Refusal> =>
    database.transaction(act, async (tx) => {
      const now = clock.now()
      const uuid = fromId('grant', id)
      const row = uuid && (await lockGrant(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const actor = actorOf(act)
      if (actor === row.personId) return refuse('grant-to-oneself')
      if (!allowing.has(viewGrant(now)(row).state)) return refuse('grant-ended')
      const kept = await store.keepGrant(tx, row.id, actor, now)
      const view = viewReview(now, await peopleOf(tx, [row, kept]))
      const after = { ...view(kept), remark: remark ?? '' }
      await record(tx, { on: id, organisationId: row.organisationId, before: view(row), after })
      return view(kept)
    })

/** What people are called, by their ids as others know them. */
const called =
  ({ database }: IdentityDeps) =>
  async (ids: readonly string[]): Promise<ReadonlyMap<string, store.Called>> => {
    const bare = new Set(ids.flatMap((id) => fromId('person', id) ?? []))
    return new Map((await store.calledOf(database.plain, [...bare])).map((it) => [toId('person', it.id), it]))
  }

export const grantReviews = (deps: IdentityDeps) => ({
  listGrantReviews: list(deps),
  keepGrant: keep(deps),
  called: called(deps),
})
