import {
  type BodyOf,
  fromId,
  type GrantReview,
  type grantReviewKeep,
  type grantReviewList,
  type QueryOf,
} from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { keyset, type Tx, toPage } from '../../platform/database/index.ts'
import * as store from './grant-review-store.ts'
import { type GrantRow, lockGrant } from './grant-store.ts'
import { actorOf, viewGrant } from './grants.ts'
import { reviewDays } from './model.ts'
import type { IdentityDeps } from './service.ts'

const reviewMs = reviewDays * 86_400_000

const viewReview =
  (now: Date, logins: ReadonlyMap<string, string>) =>
  (row: GrantRow): GrantReview => {
    const grant = viewGrant(now)(row)
    const dueAt = new Date((row.reviewedAt ?? row.createdAt).getTime() + reviewMs)
    const idleSince = row.lastUsedAt ?? row.createdAt
    return {
      id: grant.id,
      grant,
      login: logins.get(row.personId) ?? '',
      dueAt: dueAt.toISOString(),
      due: dueAt <= now,
      unused: !row.emergency && now.getTime() - idleSince.getTime() >= reviewMs,
    }
  }

const loginsOf = async (tx: Tx, found: readonly GrantRow[]): Promise<ReadonlyMap<string, string>> =>
  new Map((await store.loginsOf(tx, [...new Set(found.map((it) => it.personId))])).map((it) => [it.id, it.login]))

const list =
  ({ database, clock }: IdentityDeps) =>
  async (act: Act, query: QueryOf<typeof grantReviewList>) => {
    const page = keyset(query)
    const now = clock.now()
    const filter = {
      personId: query.personId === undefined ? null : fromId('person', query.personId),
      due: query.due ?? null,
      unused: query.unused ?? null,
      now,
      since: new Date(now.getTime() - reviewMs),
    }
    const found = await store.listReviews(database.plain, act.scope, filter, page)
    return toPage(found, page, viewReview(now, await loginsOf(database.plain, found)))
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
      const view = viewReview(now, await loginsOf(tx, [row]))
      const kept = view(await store.keepGrant(tx, row.id, actor, now))
      const after = { ...kept, remark: remark ?? '' }
      await record(tx, { on: id, organisationId: row.organisationId, before: view(row), after })
      return kept
    })

export const grantReviews = (deps: IdentityDeps) => ({ listGrantReviews: list(deps), keepGrant: keep(deps) })
