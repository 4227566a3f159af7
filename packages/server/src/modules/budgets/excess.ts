import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { booksOf } from './books.ts'
import { costToEnd, periodsAt, spendingOf } from './model.ts'
import type { BudgetDeps } from './service.ts'
import * as store from './store.ts'

/** What would exceed a budget: a hard one refuses it, another only says so, in the same words. */
export interface BudgetExcess {
  readonly hard: boolean
  readonly refusal: Refusal
}

const yuan = (yuanE4: number): string => (yuanE4 / 10_000).toFixed(2)

/**
 * Whether so much more a month would exceed a budget of the organisation or of the system by the end of its period; of
 * several the hard one is told. Null where it fits. Budgets of single components only warn: a request is priced as a
 * whole. Called in the commit that takes quota, it orders those that would both fit alone.
 */
export const wouldExceed =
  (deps: BudgetDeps) =>
  async (
    tx: Tx,
    organisationId: string,
    systemId: string,
    addedMonthlyPriceYuanE4: number,
    /** It is the organisation's already: only the system's own budgets are asked. */
    withinOrganisation = false,
  ): Promise<BudgetExcess | null> => {
    if (addedMonthlyPriceYuanE4 <= 0) return null
    const now = deps.clock.now()
    const budgets = (await store.budgetsOf(tx, organisationId, periodsAt(now)))
      .filter(
        (it) => it.componentId === null && (it.systemId === systemId || (it.systemId === null && !withinOrganisation)),
      )
      .sort((a, b) => Number(b.hard) - Number(a.hard))
    if (budgets.length === 0) return null
    if (budgets.some((it) => it.hard)) await store.holdBudgets(tx, organisationId)
    const periods = budgets.map((it) => it.period)
    const books = await booksOf(deps, tx, organisationId, periods)
    if (isRefusal(books)) return { hard: budgets.some((it) => it.hard), refusal: books }
    for (const budget of budgets) {
      const { spentYuanE4, committedYuanE4 } = spendingOf(budget, books, now)
      const added = costToEnd(addedMonthlyPriceYuanE4, now, budget.period)
      if (spentYuanE4 + committedYuanE4 + added <= budget.amountYuanE4) continue
      const refusal = refuse('budget-exceeded', {
        period: budget.period,
        amount: yuan(budget.amountYuanE4),
        spent: yuan(spentYuanE4),
        committed: yuan(committedYuanE4),
        added: yuan(added),
      })
      return { hard: budget.hard, refusal }
    }
    return null
  }
