import {
  type BillEntry,
  type BillTotal,
  type billList,
  type billSummary,
  fromId,
  type QueryOf,
  toId,
} from '@yiduo/contract'
import type { Act, Scope } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { keyset, toPage } from '../../platform/database/index.ts'
import type { SettlementDeps } from './service.ts'
import * as store from './store.ts'

/** An organisation with everything below it; null where none is asked for. */
const subtreeOf = async (
  { database, reachOrganisation }: Pick<SettlementDeps, 'database' | 'reachOrganisation'>,
  act: Act,
  id: string | undefined,
): Promise<Scope | null | Refusal> => {
  if (id === undefined) return null
  const uuid = fromId('organisation', id)
  const organisation = uuid && (await reachOrganisation(database.plain, act, uuid))
  return organisation ? { all: false, subtrees: [organisation.path], organisations: [] } : refuse('not-found')
}

export const list = (deps: SettlementDeps) => async (act: Act, query: QueryOf<typeof billList>) => {
  const below = await subtreeOf(deps, act, query.organisationId)
  if (isRefusal(below)) return below
  const { plain } = deps.database
  const page = keyset(query)
  const found = await store.listBills(plain, act.scope, { month: query.month ?? null, below }, page)
  const names = await deps.organisationNames(
    plain,
    found.map((it) => it.organisationId),
  )
  return toPage(
    found,
    page,
    (row): BillEntry => ({
      id: toId('bill', row.id),
      organisationId: toId('organisation', row.organisationId),
      organisationName: names.get(row.organisationId) ?? '',
      month: row.month,
      amountYuanE4: row.amountYuanE4,
      closedAt: row.closedAt.toISOString(),
    }),
  )
}

const viewTotal = (row: store.TotalRow, names: ReadonlyMap<string, string>): BillTotal => {
  const { organisationId = null, systemId = null, componentId = null } = row
  return {
    organisationId: organisationId && toId('organisation', organisationId),
    systemId: systemId && toId('system', systemId),
    componentId: componentId && toId('component', componentId),
    name: names.get(organisationId ?? systemId ?? componentId ?? '') ?? '',
    amountYuanE4: row.amountYuanE4,
  }
}

export const summarise = (deps: SettlementDeps) => async (act: Act, query: QueryOf<typeof billSummary>) => {
  const below = await subtreeOf(deps, act, query.organisationId)
  if (isRefusal(below)) return below
  const { plain } = deps.database
  const by = query.by ?? 'organisation'
  const scopes = below ? [act.scope, below] : [act.scope]
  const totals = await store.totalsOf(plain, query.month, scopes, by)
  const namesOf = { organisation: deps.organisationNames, system: deps.systemNames, component: deps.componentNames }
  const names = await namesOf[by](
    plain,
    totals.flatMap((it) => it.organisationId ?? it.systemId ?? it.componentId ?? []),
  )
  const { bills, amountYuanE4 } = await store.monthTotal(plain, query.month, scopes)
  return { month: query.month, amountYuanE4, bills, items: totals.map((it) => viewTotal(it, names)) }
}

/** What was charged in each closed month from the first on, before another. */
export const chargedByMonth =
  ({ database }: SettlementDeps) =>
  (scope: Scope, first: string, before: string) =>
    store.chargedByMonth(database.plain, scope, first, before)
