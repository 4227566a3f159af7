import {
  type Discount,
  type FileContent,
  fromId,
  type Locale,
  messages,
  type QueryOf,
  type SheetFormat,
  type Statement,
  type StatementEntry,
  type statementList,
  toId,
} from '@yiduo/contract'
import { monthAfter } from '@yiduo/engines'
import { type Act, callerName, type Scope } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { next } from '../../kernel/state-machine.ts'
import { keyset, type Tx, toPage } from '../../platform/database/index.ts'
import { type Row, sheetFile } from '../../platform/sheets/index.ts'
import type { SettlementDeps } from './service.ts'
import { partyOf, type StatementEvent, statementMachine } from './statement-model.ts'
import * as store from './statement-store.ts'

/** The parties of a contract are told by name: a provider may not look organisations up. */
const viewEntry =
  (names: ReadonlyMap<string, string>) =>
  (row: store.StatementRow): StatementEntry => ({
    ...row,
    id: toId('statement', row.id),
    providerOrganisationId: toId('organisation', row.providerOrganisationId),
    providerName: names.get(row.providerOrganisationId) ?? '',
    draftedAt: row.draftedAt.toISOString(),
  })

const viewWhole = async (deps: SettlementDeps, tx: Tx, row: store.StatementRow): Promise<Statement> => {
  const lines = await store.statementLines(tx, row.id)
  const organisationIds = new Set([row.providerOrganisationId, ...lines.map((it) => it.organisationId)])
  const names = await deps.organisationNames(tx, [...organisationIds])
  const platforms = await deps.platformNames(tx, [...new Set(lines.map((it) => it.platformId))])
  return {
    ...viewEntry(names)(row),
    lines: lines.map((line) => ({
      ...line,
      organisationId: toId('organisation', line.organisationId),
      organisationName: names.get(line.organisationId) ?? '',
      systemId: line.systemId && toId('system', line.systemId),
      componentId: line.componentId && toId('component', line.componentId),
      platformId: toId('platform', line.platformId),
      platformName: platforms.get(line.platformId) ?? '',
    })),
    moves: (await store.movesOf(tx, row.id)).map((it) => ({ ...it, at: it.at.toISOString() })),
  }
}

/** One step of one of the parties. */
const move =
  (deps: SettlementDeps) =>
  (act: Act, id: string, event: StatementEvent, remark: string): Promise<Statement | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('statement', id)
      const row = uuid && (await store.lockStatement(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const state = next(statementMachine, row.state, event)
      if (!state) return refuse('statement-step-not-allowed', { event, state: row.state })
      const by = callerName(act.caller)
      const moves = await store.movesOf(tx, row.id)
      if (moves.some((it) => it.by === by && partyOf[it.event] !== partyOf[event]))
        return refuse('party-signed-already')
      await store.saveState(tx, row.id, state)
      await store.insertMove(tx, row.id, { event, by, remark, at: deps.clock.now() })
      const { providerOrganisationId: organisationId } = row
      await deps.record(tx, { on: id, organisationId, before: { state: row.state }, after: { state, remark } })
      return viewWhole(deps, tx, { ...row, state })
    })

const rowsOf = async (deps: SettlementDeps, tx: Tx, row: store.StatementRow, locale: Locale): Promise<Row[]> => {
  const { headings } = messages[locale]
  const lines = await store.statementLines(tx, row.id)
  const organisations = await deps.organisationNames(tx, [...new Set(lines.map((it) => it.organisationId))])
  const systems = await deps.systemNames(tx, [...new Set(lines.flatMap((it) => it.systemId ?? []))])
  const components = await deps.componentNames(tx, [...new Set(lines.flatMap((it) => it.componentId ?? []))])
  const platforms = await deps.platformNames(tx, [...new Set(lines.map((it) => it.platformId))])
  const none = null
  return [
    ...lines.map(
      (it): Row => [
        organisations.get(it.organisationId) ?? none,
        systems.get(it.systemId ?? '') ?? none,
        platforms.get(it.platformId) ?? none,
        components.get(it.componentId ?? '') ?? none,
        it.phase && headings[`phase-${it.phase}`],
        it.listAmountYuanE4,
        row.perMille,
        it.amountYuanE4,
      ],
    ),
    [headings.total, none, none, none, none, row.listAmountYuanE4, none, row.amountYuanE4],
  ]
}

const exportOne =
  (deps: SettlementDeps) =>
  async (act: Act, id: string, format: SheetFormat | undefined, locale: Locale): Promise<FileContent | Refusal> => {
    const { plain } = deps.database
    const uuid = fromId('statement', id)
    const row = uuid && (await store.findStatement(plain, act.scope, uuid))
    if (!row) return refuse('not-found')
    const { headings } = messages[locale]
    const provider = (await deps.organisationNames(plain, [row.providerOrganisationId])).get(row.providerOrganisationId)
    const columns = [
      { title: headings.organisation, kind: 'text' },
      { title: headings.system, kind: 'text' },
      { title: headings.platform, kind: 'text' },
      { title: headings.component, kind: 'text' },
      { title: headings.phase, kind: 'text' },
      { title: headings['list-amount'], kind: 'money' },
      { title: headings.discount, kind: 'integer' },
      { title: headings.amount, kind: 'money' },
    ] as const
    const name = `${headings.statement} ${provider ?? ''} ${row.month}`
    return sheetFile({ name, columns, rows: await rowsOf(deps, plain, row, locale) }, format)
  }

/** The discount of months that have a statement is part of it: it begins after those. */
const setDiscount =
  (deps: SettlementDeps) =>
  (act: Act, id: string, ask: Discount): Promise<Discount | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('organisation', id)
      const provider = uuid && (await deps.reachOrganisation(tx, act, uuid))
      if (!provider) return refuse('not-found')
      if (provider.actor !== 'provider') return refuse('organisation-not-provider')
      await store.holdStatements(tx, provider.id)
      const latest = await store.latestStatement(tx, provider.id)
      if (latest && latest.month >= ask.validFrom)
        return refuse('month-closed', { month: latest.month, open: monthAfter(latest.month) })
      const before = (await store.listDiscounts(tx, provider.id)).find((it) => it.validFrom === ask.validFrom)
      const after = await store.saveDiscount(tx, provider.id, ask)
      await deps.record(tx, { on: id, organisationId: provider.id, before, after })
      return after
    })

export const createStatements = (deps: SettlementDeps) => ({
  move: move(deps),
  export: exportOne(deps),
  setDiscount: setDiscount(deps),

  async list(act: Act, query: QueryOf<typeof statementList>) {
    const page = keyset(query)
    const { plain } = deps.database
    const found = await store.listStatements(plain, act.scope, query.month ?? null, page)
    const names = await deps.organisationNames(plain, [...new Set(found.map((it) => it.providerOrganisationId))])
    return toPage(found, page, viewEntry(names))
  },

  /** What each provider delivered in each month from the first on, before another. */
  deliveredByMonth: (scope: Scope, first: string, before: string) =>
    store.deliveredByMonth(deps.database.plain, scope, first, before),

  async get(act: Act, id: string): Promise<Statement | Refusal> {
    const uuid = fromId('statement', id)
    const row = uuid && (await store.findStatement(deps.database.plain, act.scope, uuid))
    return row ? viewWhole(deps, deps.database.plain, row) : refuse('not-found')
  },

  async discounts(act: Act, id: string): Promise<{ items: Discount[] } | Refusal> {
    const { plain } = deps.database
    const uuid = fromId('organisation', id)
    const provider = uuid && (await deps.reachOrganisation(plain, act, uuid))
    return provider ? { items: await store.listDiscounts(plain, provider.id) } : refuse('not-found')
  },
})
