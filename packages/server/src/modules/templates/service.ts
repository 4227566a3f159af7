import {
  type BodyOf,
  encodeUuid,
  fromId,
  type Locale,
  type PartChoice,
  type QueryOf,
  type Template,
  type TemplateAsk,
  type TemplatePartAsk,
  type templateCreate,
  type templateEdit,
  type templateList,
  toId,
} from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { staleBy } from '../../kernel/revision.ts'
import { next } from '../../kernel/state-machine.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, type Found, keyset, type Sought, type Tx } from '../../platform/database/index.ts'
import type { CatalogueService } from '../catalogue/index.ts'
import type { OrganisationService } from '../organisations/index.ts'
import { completed, type Part, partsWrong, type TemplateEvent, templateMachine } from './model.ts'
import { linesOf, type TemplateLine } from './order.ts'
import * as store from './store.ts'
import { refusalsOf, told, viewTemplates } from './view.ts'

export interface TemplateDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly organisations: Pick<OrganisationService, 'reach' | 'ended' | 'reachesProvince'>
  readonly catalogue: Pick<CatalogueService, 'plans'>
  /** Servers of one request: what a template asks for by itself must go into one. */
  readonly maxServers: number
}

export type NewTemplate = BodyOf<typeof templateCreate>

const viewOne = async (deps: TemplateDeps, tx: Tx, row: store.TemplateRow, locale: Locale): Promise<Template> =>
  present((await viewTemplates(deps.catalogue, tx, [row], { now: deps.clock.now(), locale }))[0], 'view')

const partsOf = async (deps: TemplateDeps, tx: Tx, asks: readonly TemplatePartAsk[]): Promise<Part[] | Refusal> => {
  const parts = asks.map((ask) => completed(ask, fromId('plan', ask.planId) ?? ''))
  const { plans } = await deps.catalogue.plans(tx, [...new Set(parts.map((it) => it.planId))])
  if (parts.some((it) => !plans.has(it.planId))) return refuse('not-found')
  return partsWrong(parts, deps.maxServers) ?? parts
}

/** Whose it is to be: who reaches the province makes the catalogue's, everybody else their own organisation's. */
const ownerOf = async (
  { organisations }: TemplateDeps,
  tx: Tx,
  act: Act,
  asked: string | undefined,
): Promise<{ organisationId: string | null } | Refusal> => {
  if (asked === undefined && (await organisations.reachesProvince(tx, act))) return { organisationId: null }
  const own = act.caller.kind === 'person' ? act.caller.organisationId : null
  const uuid = asked === undefined ? own : fromId('organisation', asked)
  const owner = uuid && (await organisations.reach(tx, act, uuid))
  if (!owner) return refuse('not-found')
  return (await organisations.ended(tx, owner.id)) ?? { organisationId: owner.id }
}

/** Makes one within an act of somebody else's, who has been let to what it is made of. */
const make = async (
  deps: TemplateDeps,
  tx: Tx,
  act: Act,
  ask: NewTemplate,
  locale: Locale,
): Promise<Template | Refusal> => {
  const owner = await ownerOf(deps, tx, act, ask.organisationId)
  if (isRefusal(owner)) return owner
  const parts = await partsOf(deps, tx, ask.parts)
  if (isRefusal(parts)) return parts
  const row: store.TemplateRow = {
    ...owner,
    id: deps.newId(),
    name: ask.name,
    description: ask.description ?? '',
    state: 'draft',
    parts,
    revision: 1,
    updatedAt: deps.clock.now(),
  }
  await store.insertTemplate(tx, row)
  await deps.record(tx, { on: toId('template', row.id), organisationId: row.organisationId, after: told(row) })
  return viewOne(deps, tx, row, locale)
}

/** Locks one that the act may change, and keeps what `change` makes of it. */
const changed = (
  deps: TemplateDeps,
  act: Act,
  id: string,
  change: (tx: Tx, row: store.TemplateRow) => Promise<store.TemplateRow | Refusal>,
  locale: Locale,
): Promise<Template | Refusal> =>
  deps.database.transaction(act, async (tx) => {
    const uuid = fromId('template', id)
    const row = uuid && (await store.lockTemplate(tx, act.scope, uuid))
    if (!row) return refuse('not-found')
    if (row.organisationId === null && !(await deps.organisations.reachesProvince(tx, act)))
      return refuse('not-permitted', { operation: act.operation, roles: 'authority' })
    const after = await change(tx, row)
    if (isRefusal(after)) return after
    await store.updateTemplate(tx, after)
    await deps.record(tx, { on: id, organisationId: row.organisationId, before: told(row), after: told(after) })
    return viewOne(deps, tx, after, locale)
  })

/** What would keep it from being ordered now. */
const refusedNow = async (deps: TemplateDeps, tx: Tx, parts: readonly Part[]): Promise<readonly Refusal[]> => {
  const known = await deps.catalogue.plans(
    tx,
    parts.map((it) => it.planId),
  )
  return refusalsOf(known, parts, deps.clock.now())
}

const edit =
  (deps: TemplateDeps) =>
  (act: Act, id: string, ask: BodyOf<typeof templateEdit>, revision: number | null, locale: Locale) =>
    changed(
      deps,
      act,
      id,
      async (tx, row) => {
        const stale = staleBy(revision, row.revision)
        if (stale) return stale
        const parts = ask.parts ? await partsOf(deps, tx, ask.parts) : row.parts
        if (isRefusal(parts)) return parts
        const [refusal] = row.state === 'released' ? await refusedNow(deps, tx, parts) : []
        if (refusal) return refusal
        const { name = row.name, description = row.description } = ask
        return { ...row, name, description, parts, revision: row.revision + 1, updatedAt: deps.clock.now() }
      },
      locale,
    )

/** What is released can be ordered that day: with its plans offered, its images there and all of it priced. */
const move = (deps: TemplateDeps) => (act: Act, id: string, event: TemplateEvent, locale: Locale) =>
  changed(
    deps,
    act,
    id,
    async (tx, row) => {
      const state = next<store.TemplateRow['state'], TemplateEvent>(templateMachine, row.state, event)
      if (!state) return refuse('template-step-not-allowed', { event, state: row.state })
      const [refusal] = event === 'release' ? await refusedNow(deps, tx, row.parts) : []
      return refusal ?? { ...row, state, updatedAt: deps.clock.now() }
    },
    locale,
  )

const list = (deps: TemplateDeps) => async (act: Act, query: QueryOf<typeof templateList>, locale: Locale) => {
  const page = keyset(query)
  const { plain } = deps.database
  const state = query.state ?? null
  const unreleased = await deps.organisations.reachesProvince(plain, act)
  const shared = await store.listShared(plain, { unreleased, state }, page)
  const own = await store.listOwn(plain, act.scope, state, page)
  const found = [...shared, ...own].sort((a, b) => (a.id < b.id ? 1 : -1))
  const kept = found.slice(0, page.limit)
  const last = kept.at(-1)
  return {
    items: await viewTemplates(deps.catalogue, plain, kept, { now: deps.clock.now(), locale }),
    nextCursor: found.length > page.limit && last ? encodeUuid(last.id) : null,
  }
}

export const createTemplateService = (deps: TemplateDeps) => ({
  create: (act: Act, ask: NewTemplate, locale: Locale): Promise<Template | Refusal> =>
    deps.database.transaction(act, (tx) => make(deps, tx, act, ask, locale)),
  make: (tx: Tx, act: Act, ask: NewTemplate, locale: Locale) => make(deps, tx, act, ask, locale),
  edit: edit(deps),
  move: move(deps),
  list: list(deps),

  async get(act: Act, id: string, locale: Locale): Promise<Template | Refusal> {
    const uuid = fromId('template', id)
    const row = uuid && (await store.findTemplate(deps.database.plain, act.scope, uuid))
    return row ? viewOne(deps, deps.database.plain, row, locale) : refuse('not-found')
  },

  /** The lines of a request that asks for a whole application. */
  async lines(tx: Tx, act: Act, ask: TemplateAsk, choices: readonly PartChoice[]): Promise<TemplateLine[] | Refusal> {
    const uuid = fromId('template', ask.templateId)
    const row = uuid && (await store.findTemplate(tx, act.scope, uuid))
    if (!row) return refuse('not-found')
    return row.state === 'released'
      ? linesOf(row, ask, choices)
      : refuse('template-not-released', { template: row.name })
  },

  async find(tx: Tx, act: Act, sought: Sought, limit: number): Promise<Found[]> {
    const unreleased = await deps.organisations.reachesProvince(tx, act)
    const found = await store.templatesCalled(tx, act.scope, { unreleased, sought }, limit)
    return found.map((row) => ({
      id: toId('template', row.id),
      organisationId: row.organisationId,
      name: row.name,
      note: null,
      state: row.state,
    }))
  },

  takeOver: store.giveTemplates,
})

export type TemplateService = ReturnType<typeof createTemplateService>
