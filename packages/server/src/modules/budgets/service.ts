import { type BodyOf, type Budget, type budgetSet, fromId, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import type { CatalogueService } from '../catalogue/index.ts'
import { booksOf } from './books.ts'
import { wouldExceed } from './excess.ts'
import { type Books, type Charge, levelsReached, spendingOf } from './model.ts'
import * as store from './store.ts'
import { watch } from './watch.ts'

export interface BudgetDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string } | null>
  readonly reachSystem: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string; organisationId: string } | null>
  readonly catalogue: Pick<CatalogueService, 'pricesOf' | 'componentsById'>
  /** What an organisation was charged in these months, or would be as the open ones stand. */
  readonly charges: (tx: Tx, organisationId: string, first: string, last: string) => Promise<Charge[] | Refusal>
  /** What stands or is approved, by component. */
  readonly standingOf: (
    tx: Tx,
    organisationId: string,
  ) => Promise<readonly { systemId: string; componentId: string; quantity: number }[]>
}

const defaultPercents = [80, 100]

const viewIn =
  (books: Books, now: Date) =>
  (row: store.BudgetRow): Budget => {
    const { spentYuanE4, committedYuanE4 } = spendingOf(row, books, now)
    return {
      id: toId('budget', row.id),
      organisationId: toId('organisation', row.organisationId),
      systemId: row.systemId && toId('system', row.systemId),
      componentId: row.componentId && toId('component', row.componentId),
      period: row.period,
      amountYuanE4: row.amountYuanE4,
      hard: row.hard,
      warningPercents: [...row.warningPercents],
      spentYuanE4,
      committedYuanE4,
      reachedPercent: levelsReached(row.warningPercents, spentYuanE4, row.amountYuanE4).at(-1) ?? null,
      updatedAt: row.updatedAt.toISOString(),
    }
  }

type Ask = BodyOf<typeof budgetSet>

/** What the budget is about: the organisation as a whole, or a system of it, or a component, or both. */
const shareOf = async (deps: BudgetDeps, tx: Tx, act: Act, organisationId: string, ask: Ask) => {
  const systemId = ask.systemId === undefined ? null : fromId('system', ask.systemId)
  const system = systemId && (await deps.reachSystem(tx, act, systemId))
  if (systemId && (!system || system.organisationId !== organisationId)) return refuse('not-found')
  const componentId = ask.componentId === undefined ? null : fromId('component', ask.componentId)
  if (componentId && (await deps.catalogue.componentsById(tx, [componentId])).length === 0) return refuse('not-found')
  return { systemId, componentId }
}

const set =
  (deps: BudgetDeps) =>
  (act: Act, id: string, ask: Ask): Promise<Budget | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('organisation', id)
      const organisation = uuid && (await deps.reachOrganisation(tx, act, uuid))
      if (!organisation) return refuse('not-found')
      await store.holdBudgets(tx, organisation.id)
      const share = await shareOf(deps, tx, act, organisation.id, ask)
      if (isRefusal(share)) return share
      const books = await booksOf(deps, tx, organisation.id, [ask.period])
      if (isRefusal(books)) return books
      const view = viewIn(books, deps.clock.now())
      const before = (await store.budgetsOf(tx, organisation.id, [ask.period])).find(
        (it) => it.systemId === share.systemId && it.componentId === share.componentId,
      )
      const row = await store.saveBudget(tx, {
        ...share,
        id: before?.id ?? deps.newId(),
        organisationId: organisation.id,
        period: ask.period,
        amountYuanE4: ask.amountYuanE4,
        hard: ask.hard ?? before?.hard ?? false,
        warningPercents: [...new Set(ask.warningPercents ?? before?.warningPercents ?? defaultPercents)].sort(
          (a, b) => a - b,
        ),
        updatedAt: deps.clock.now(),
      })
      const made = view(row)
      await store.forgetWarnings(tx, row.id, levelsReached(row.warningPercents, made.spentYuanE4, row.amountYuanE4))
      await deps.record(tx, {
        on: made.id,
        organisationId: organisation.id,
        before: before && view(before),
        after: made,
      })
      return made
    })

const list =
  (deps: BudgetDeps) =>
  async (act: Act, id: string, year: string | undefined): Promise<{ items: Budget[] } | Refusal> => {
    const { plain } = deps.database
    const uuid = fromId('organisation', id)
    const organisation = uuid && (await deps.reachOrganisation(plain, act, uuid))
    if (!organisation) return refuse('not-found')
    const found = await store.listBudgets(plain, organisation.id, year ?? null)
    const books = await booksOf(
      deps,
      plain,
      organisation.id,
      found.map((it) => it.period),
    )
    return isRefusal(books) ? books : { items: found.map(viewIn(books, deps.clock.now())) }
  }

export const createBudgetService = (deps: BudgetDeps) => ({
  list: list(deps),
  set: set(deps),
  wouldExceed: wouldExceed(deps),
  watch: watch(deps),

  remove: (act: Act, id: string): Promise<null | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('budget', id)
      const row = uuid && (await store.deleteBudget(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const { organisationId, period, amountYuanE4 } = row
      await deps.record(tx, { on: id, organisationId, before: { period, amountYuanE4 } })
      return null
    }),
})

export type BudgetService = ReturnType<typeof createBudgetService>
