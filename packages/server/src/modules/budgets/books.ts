import { monthOf } from '@yiduo/engines'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { priceAt } from '../catalogue/index.ts'
import { type Books, monthsOf, type Standing } from './model.ts'
import type { BudgetDeps } from './service.ts'

/** What stands or is approved, each measure at today’s price; what has no price yet costs nothing yet. */
const standingOf = async ({ standingOf, catalogue, clock }: BudgetDeps, tx: Tx, organisationId: string) => {
  const resources = await standingOf(tx, organisationId)
  const prices = await catalogue.pricesOf(tx, [...new Set(resources.map((it) => it.componentId))])
  return resources.map(
    (it): Standing => ({
      systemId: it.systemId,
      componentId: it.componentId,
      monthlyYuanE4: it.quantity * (priceAt(prices, it.componentId, 'formal', clock.now()) ?? 0),
    }),
  )
}

/** All that is needed to say how the organisation’s budgets of some periods stand. */
export const booksOf = async (
  deps: BudgetDeps,
  tx: Tx,
  organisationId: string,
  periods: readonly string[],
): Promise<Books | Refusal> => {
  if (periods.length === 0) return { charges: [], standing: [] }
  const months = periods.map(monthsOf)
  const first = months.map(([it]) => it).toSorted()[0] ?? ''
  const last =
    [
      ...months
        .map(([, it]) => it)
        .toSorted()
        .slice(-1),
      monthOf(deps.clock.now()),
    ].toSorted()[0] ?? ''
  const charges = await deps.charges(tx, organisationId, first, last)
  if (isRefusal(charges)) return charges
  return { charges, standing: await standingOf(deps, tx, organisationId) }
}
