import { type BodyOf, type Collection, type collectionApprove, type collectionCreate, fromId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { everything } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { staleBy } from '../../kernel/revision.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, toPage } from '../../platform/database/index.ts'
import type { ApprovalService } from '../approvals/index.ts'
import type { OrganisationService } from '../organisations/index.ts'
import type { RequestService } from '../requests/index.ts'
import { decisions } from './decide.ts'
import { fillWith } from './members.ts'
import { isWithBureau } from './model.ts'
import { lockReached } from './move.ts'
import * as store from './store.ts'
import { viewAll, viewOne } from './view.ts'

export interface CollectionDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly approvals: Pick<ApprovalService, 'route' | 'begin' | 'agree' | 'refuse' | 'end' | 'stagesOf' | 'concerns'>
  readonly organisations: Pick<OrganisationService, 'reach' | 'names'>
  readonly members: RequestService['members']
}

export type CollectionAsk = BodyOf<typeof collectionCreate>
export type ApproveAsk = BodyOf<typeof collectionApprove>

const create =
  (deps: CollectionDeps) =>
  (act: Act, ask: CollectionAsk): Promise<Collection | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const first = await deps.members.lock(tx, act, ask.requestIds[0] ?? '')
      if (!first) return refuse('not-found')
      const bureau = first.bureauOrganisationId
      if (!bureau || !(await deps.organisations.reach(tx, act, bureau)))
        return refuse('request-not-collectable', { request: ask.requestIds[0] ?? '', reason: 'not-waiting-here' })
      const now = deps.clock.now()
      const row: store.CollectionRow = {
        id: deps.newId(),
        name: ask.name,
        bureauOrganisationId: bureau,
        operatorOrganisationId: first.operatorOrganisationId,
        state: 'draft',
        sentBy: null,
        revision: 1,
        createdAt: now,
        updatedAt: now,
      }
      await store.insertCollection(tx, row)
      const refusal = await fillWith(deps, tx, act, row, ask.requestIds)
      if (refusal) return refusal
      const made = await viewOne(deps, tx, row)
      await deps.record(tx, { on: made.id, organisationId: bureau, after: made })
      return made
    })

const edit =
  (deps: CollectionDeps) =>
  (act: Act, id: string, ask: CollectionAsk, revision: number | null): Promise<Collection | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const row = await lockReached(deps, tx, act, id)
      if (!row) return refuse('not-found')
      const stale = staleBy(revision, row.revision)
      if (stale) return stale
      if (!isWithBureau(row.state)) return refuse('step-not-allowed', { event: 'edit', state: row.state })
      const before = await viewOne(deps, tx, row)
      const edited = { ...row, name: ask.name, revision: row.revision + 1, updatedAt: deps.clock.now() }
      await store.updateCollection(tx, edited)
      const refusal = await fillWith(deps, tx, act, edited, ask.requestIds)
      if (refusal) return refusal
      const after = await viewOne(deps, tx, edited)
      await deps.record(tx, { on: id, organisationId: row.bureauOrganisationId, before, after })
      return after
    })

export const createCollectionService = (deps: CollectionDeps) => ({
  create: create(deps),
  edit: edit(deps),
  ...decisions(deps),
  takeOver: store.giveCollections,

  async get(act: Act, id: string): Promise<Collection | Refusal> {
    const uuid = fromId('collection', id)
    if (!uuid) return refuse('not-found')
    const { plain } = deps.database
    const own = await store.findCollection(plain, act.scope, uuid)
    const row =
      own ??
      ((await deps.approvals.concerns(plain, act, uuid)) ? await store.findCollection(plain, everything, uuid) : null)
    return row ? viewOne(deps, plain, row) : refuse('not-found')
  },

  /** By bare ids, whoever's they are: the caller has been let to them. */
  byIds: store.collectionsById,

  async list(act: Act, query: { limit?: number; cursor?: string; state?: string }) {
    const { plain } = deps.database
    const page = keyset(query)
    const found = await store.listCollections(plain, act.scope, { state: query.state ?? null }, page)
    const { items, nextCursor } = toPage(found, page, (row) => row)
    return { items: await viewAll(deps, plain, items), nextCursor }
  },
})

export type CollectionService = ReturnType<typeof createCollectionService>
