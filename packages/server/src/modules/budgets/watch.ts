import { toId } from '@yiduo/contract'
import { monthBefore } from '@yiduo/engines'
import { programAct } from '../../kernel/act.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { booksOf } from './books.ts'
import { levelsReached, periodsAt, spendingOf } from './model.ts'
import type { BudgetDeps } from './service.ts'
import * as store from './store.ts'

/** No UUIDv7 is smaller. */
const beforeAll = '00000000-0000-0000-0000-000000000000'
const atOnce = 200

/** The periods that still change: this year and month, and those of last month while it is not closed. */
const periodsWatched = (now: Date): string[] => {
  const [year, month] = periodsAt(now)
  const last = monthBefore(month)
  return [...new Set([year, month, last.slice(0, 4), last])]
}

/** Tells of each level that was reached, once for its budget and period. */
const warn = async (deps: BudgetDeps, organisationId: string, periods: readonly string[]): Promise<void> => {
  const { plain } = deps.database
  const budgets = await store.budgetsOf(plain, organisationId, periods)
  const now = deps.clock.now()
  const books = await booksOf(
    deps,
    plain,
    organisationId,
    budgets.map((it) => it.period),
  )
  if (isRefusal(books)) return // a price is missing: its bill and its budgets say so to whoever looks
  for (const budget of budgets) {
    const { spentYuanE4, committedYuanE4 } = spendingOf(budget, books, now)
    for (const percent of levelsReached(budget.warningPercents, spentYuanE4, budget.amountYuanE4)) {
      const as = percent < 100 ? 'budget.warning' : 'budget.exceeded'
      await deps.database.transaction(programAct('budget-reconciler', as, budget.id), async (tx) => {
        const noted = await store.insertWarning(tx, { budgetId: budget.id, percent, spentYuanE4, warnedAt: now })
        if (noted === 0) return
        const { period, amountYuanE4 } = budget
        const after = { percent, period, amountYuanE4, spentYuanE4, committedYuanE4 }
        await deps.record(tx, { on: toId('budget', budget.id), organisationId, as, after })
      })
    }
  }
}

/** Looks through the organisations that have a budget now, in the order of their ids. */
export const watch = (deps: BudgetDeps) => async (): Promise<void> => {
  const periods = periodsWatched(deps.clock.now())
  for (let after: string | null = beforeAll; after !== null; ) {
    const found: { organisationId: string }[] = await store.budgeted(deps.database.plain, periods, after, atOnce)
    for (const { organisationId } of found) await warn(deps, organisationId, periods)
    after = found.length < atOnce ? null : (found.at(-1)?.organisationId ?? null)
  }
}
