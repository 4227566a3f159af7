import { toId } from '@yiduo/contract'
import { monthAfter } from '@yiduo/engines'
import { programAct } from '../../kernel/act.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { SettlementDeps } from './service.ts'
import * as store from './statement-store.ts'

/** The discount of the contract in a month; none before the first. */
const perMilleIn = (discounts: readonly store.DiscountRow[], month: string): number =>
  discounts.filter((it) => it.validFrom <= month).at(-1)?.perMille ?? 0

const draft = async (deps: SettlementDeps, tx: Tx, provider: string, month: string, platformIds: readonly string[]) => {
  await store.holdStatements(tx, provider)
  const empty: store.StatementRow = {
    id: deps.newId(),
    providerOrganisationId: provider,
    month,
    state: 'draft',
    listAmountYuanE4: 0,
    amountYuanE4: 0,
    perMille: perMilleIn(await store.listDiscounts(tx, provider), month),
    draftedAt: deps.clock.now(),
  }
  if ((await store.insertStatement(tx, empty)) === 0) return
  const lines = await store.insertStatementLines(tx, empty, platformIds)
  const { listAmountYuanE4, amountYuanE4, perMille } = await store.sumUp(tx, empty.id)
  const after = { month, lines, listAmountYuanE4, amountYuanE4, perMille }
  await deps.record(tx, { on: toId('statement', empty.id), organisationId: provider, after })
}

/** The statements of every provider up to a month whose bills are all closed; each is made once. */
export const draftStatements = async (deps: SettlementDeps, due: string): Promise<void> => {
  const { plain } = deps.database
  for (const [provider, platformIds] of await deps.suppliedBy(plain)) {
    const latest = await store.latestStatement(plain, provider)
    for (let month = latest ? monthAfter(latest.month) : due; month <= due; month = monthAfter(month)) {
      const act = programAct('closing-reconciler', 'statement.draft', provider)
      await deps.database.transaction(act, (tx) => draft(deps, tx, provider, month, platformIds))
    }
  }
}
