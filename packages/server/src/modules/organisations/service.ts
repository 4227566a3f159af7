import { fromId, type Organisation, toId } from '@yiduo/contract'
import { type Act, everything, nothingAtAll, type Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import {
  type Database,
  type Found,
  keyset,
  type Sought,
  soughtIn,
  type Tx,
  toPage,
  violatedConstraint,
} from '../../platform/database/index.ts'
import { mayStandBelow } from './model.ts'
import * as store from './store.ts'

export interface OrganisationDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
}

export interface OrganisationAsk {
  readonly parentId: string | null
  readonly name: string
  readonly actor: Organisation['actor']
  readonly level: Organisation['level']
  readonly divisionCode: string
  readonly consolidates?: boolean
}

const view = (row: store.OrganisationRow): Organisation => ({
  id: toId('organisation', row.id),
  parentId: row.parentId && toId('organisation', row.parentId),
  name: row.name,
  actor: row.actor,
  level: row.level,
  divisionCode: row.divisionCode,
  consolidates: row.consolidates,
  createdAt: row.createdAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  successorId: row.successorId && toId('organisation', row.successorId),
})

/** What there is to be told of an organisation that was abolished. */
const endOf = async (tx: Tx, row: store.OrganisationRow): Promise<{ organisation: string; successor: string }> => {
  const successor = row.successorId === null ? null : await store.findOrganisation(tx, everything, row.successorId)
  return { organisation: row.name, successor: successor?.name ?? '' }
}

const create =
  ({ database, clock, newId, record }: OrganisationDeps) =>
  async (act: Act, ask: OrganisationAsk): Promise<Organisation | Refusal> => {
    try {
      return await database.transaction(act, async (tx) => {
        const parentId = ask.parentId === null ? null : fromId('organisation', ask.parentId)
        const parent = parentId === null ? null : await store.findOrganisation(tx, act.scope, parentId)
        if (parent?.endedAt) return refuse('organisation-ended', await endOf(tx, parent))
        if (parent === null && (ask.parentId !== null || !act.scope.all)) return refuse('not-found')
        if (!mayStandBelow(ask.level, parent?.level ?? null))
          return refuse('organisation-level-wrong', { level: ask.level, parentLevel: parent?.level ?? '-' })
        const row = await store.insertOrganisation(tx, {
          ...ask,
          id: newId(),
          parentId,
          parentPath: parent?.path ?? '/',
          consolidates: ask.consolidates ?? false,
          createdAt: clock.now(),
        })
        const made = view(row)
        await record(tx, { on: made.id, organisationId: row.id, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'organisations_name')
        return refuse('organisation-name-taken', { name: ask.name })
      throw error
    }
  }

/** What of a scope lies at an organisation and below it. */
const within = async (tx: Tx, scope: Scope, id: string | undefined): Promise<Scope> => {
  if (id === undefined) return scope
  const uuid = fromId('organisation', id)
  const top = uuid && (await store.findOrganisation(tx, everything, uuid))
  if (!top) return nothingAtAll
  const isBelow = (path: string) => path.startsWith(top.path)
  if (scope.all || scope.subtrees.some((root) => top.path.startsWith(root)))
    return { ...nothingAtAll, subtrees: [top.path] }
  const own = await store.pathsOf(tx, scope.organisations)
  return {
    all: false,
    subtrees: scope.subtrees.filter(isBelow),
    organisations: own.filter(({ path }) => isBelow(path)).map((it) => it.id),
  }
}

const find = async (tx: Tx, scope: Scope, sought: Sought, limit: number): Promise<Found[]> => {
  const filter = { parentId: null, actor: null, sought }
  const found = await store.listOrganisations(tx, scope, filter, { limit, after: null })
  return found.map((row) => ({
    id: toId('organisation', row.id),
    organisationId: row.parentId,
    name: row.name,
    note: null,
    state: row.endedAt === null ? null : 'ended',
  }))
}

export const createOrganisationService = (deps: OrganisationDeps) => ({
  create: create(deps),

  /** The province itself; null before the first set-up. */
  async root(): Promise<Organisation | null> {
    const row = await store.findRoot(deps.database.plain)
    return row && view(row)
  },

  async get(act: Act, id: string): Promise<Organisation | Refusal> {
    const uuid = fromId('organisation', id)
    const row = uuid && (await store.findOrganisation(deps.database.plain, act.scope, uuid))
    return row ? view(row) : refuse('not-found')
  },

  async list(act: Act, query: { limit?: number; cursor?: string; parentId?: string; actor?: string; text?: string }) {
    const page = keyset(query)
    const parentId = query.parentId === undefined ? null : fromId('organisation', query.parentId)
    const found = await store.listOrganisations(
      deps.database.plain,
      act.scope,
      { parentId, actor: query.actor ?? null, sought: soughtIn(query.text) },
      page,
    )
    return toPage(found, page, view)
  },

  find,
  within,

  /** Whether the act reaches the whole province, by its root. */
  async reachesProvince(tx: Tx, act: Act): Promise<boolean> {
    if (act.scope.all) return true
    const root = await store.findRoot(tx)
    return root !== null && act.scope.subtrees.includes(root.path)
  },

  /** Whether the act reaches the organisation; its path and division with it. */
  reach: (tx: Tx, act: Act, uuid: string) => store.findOrganisation(tx, act.scope, uuid),

  divisions: async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map((await store.divisionsOf(tx, ids)).map((it) => [it.id, it.divisionCode])),

  /** What they are called, by bare id. */
  names: async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map((await store.namesOf(tx, ids)).map((it) => [it.id, it.name])),

  /** To whom an organisation applies; null where no operator was made yet. */
  operatorOf: async (tx: Tx, uuid: string): Promise<string | null> =>
    (await store.findOperatorOf(tx, uuid))?.id ?? null,

  /** The refusal of whatever new is asked for one that was abolished; null while it stands. */
  async ended(tx: Tx, uuid: string): Promise<Refusal | null> {
    const row = await store.findOrganisation(tx, everything, uuid)
    return row?.endedAt ? refuse('organisation-ended', await endOf(tx, row)) : null
  },

  lock: (tx: Tx, act: Act, uuid: string) => store.lockOrganisation(tx, act.scope, uuid),
  countBelow: store.countBelow,
  /** Ends it, and shows it as it is then. */
  async end(tx: Tx, row: store.OrganisationRow, successorId: string): Promise<Organisation> {
    const endedAt = deps.clock.now()
    await store.endOrganisation(tx, row.id, successorId, endedAt)
    return view({ ...row, endedAt, successorId })
  },

  /** Whether there is such an organisation, and it was not abolished. */
  exists: async (tx: Tx, uuid: string): Promise<boolean> =>
    (await store.findOrganisation(tx, everything, uuid))?.endedAt === null,

  operatorAbove: async (tx: Tx, operatorId: string): Promise<string | null> =>
    (await store.findOperatorAbove(tx, operatorId))?.id ?? null,

  authorityOf: async (tx: Tx, operatorId: string): Promise<string | null> =>
    (await store.findAuthorityOf(tx, operatorId))?.id ?? null,

  /** Through which bureau a county's organisation applies; null where it applies to its operator itself. */
  bureauOf: async (tx: Tx, uuid: string): Promise<string | null> => (await store.findBureauOf(tx, uuid))?.id ?? null,
})

export type OrganisationService = ReturnType<typeof createOrganisationService>
