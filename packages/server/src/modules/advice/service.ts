import { type Advice, fill, fromId, type Locale, measures, messages, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import { type CatalogueService, priceAt } from '../catalogue/index.ts'
import type { ResourceForAdvice } from '../resources/index.ts'
import { adviceOn } from './model.ts'
import * as store from './store.ts'

export interface AdviceDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly resources: (tx: Tx) => Promise<readonly ResourceForAdvice[]>
  readonly catalogue: Pick<CatalogueService, 'pricesOf'>
  readonly testEnds: (tx: Tx, requestIds: readonly string[]) => Promise<ReadonlyMap<string, Date>>
}

const view =
  (locale: Locale) =>
  (row: store.AdviceRow): Advice => ({
    id: toId('advice', row.id),
    kind: row.kind,
    resourceId: toId(row.resourceKind, row.resourceId),
    organisationId: toId('organisation', row.organisationId),
    systemId: toId('system', row.systemId),
    message: fill(messages[locale].advice[row.kind], row.parameters),
    monthlySavingYuanE4: row.monthlySavingYuanE4,
    state: row.state,
    foundAt: row.foundAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  })

/** What a month of the resource costs at today's prices: what giving it back would save. */
const savingOf = async ({ catalogue, clock }: AdviceDeps, tx: Tx, it: ResourceForAdvice): Promise<number> => {
  const prices = await catalogue.pricesOf(tx, Object.values(it.metering))
  return measures.reduce((sum, measure) => {
    const quantity = it.amounts[measure] ?? 0
    return sum + quantity * (priceAt(prices, it.metering[measure], 'formal', clock.now()) ?? 0)
  }, 0)
}

const find = (deps: AdviceDeps) => async (): Promise<void> =>
  deps.database.unrecorded(async (tx) => {
    const now = deps.clock.now()
    const resources = await deps.resources(tx)
    const testEnds = await deps.testEnds(
      tx,
      resources.flatMap((it) => it.requestId ?? []),
    )
    const dismissed = new Set((await store.dismissedOf(tx)).map((it) => `${it.kind} ${it.resourceId}`))
    const found: { kind: string; resourceId: string }[] = []
    for (const it of resources) {
      const kind = adviceOn({ ...it, testEndsAt: testEnds.get(it.requestId ?? '') ?? null }, now)
      if (!kind || dismissed.has(`${kind} ${it.id}`)) continue
      found.push({ kind, resourceId: it.id })
      await store.insertAdvice(tx, {
        id: deps.newId(),
        kind,
        resourceId: it.id,
        resourceKind: it.kind,
        organisationId: it.organisationId,
        systemId: it.systemId,
        parameters: { since: now.toISOString() },
        monthlySavingYuanE4: await savingOf(deps, tx, it),
        foundAt: now,
      })
    }
    await store.settleOthers(tx, found, now)
  })

export const createAdviceService = (deps: AdviceDeps) => ({
  find: find(deps),

  async list(act: Act, query: { limit?: number; cursor?: string; state?: string }, locale: Locale) {
    const page = keyset(query)
    return toPage(await store.listAdvice(deps.database.plain, act.scope, query.state ?? null, page), page, view(locale))
  },

  dismiss: (act: Act, id: string, remark: string, locale: Locale): Promise<Advice | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('advice', id)
      const row = uuid && (await store.dismissAdvice(tx, act.scope, uuid, deps.clock.now()))
      if (!row) return refuse('not-found')
      await deps.record(tx, { on: id, organisationId: row.organisationId, after: { state: row.state, remark } })
      return view(locale)(row)
    }),
})

export type AdviceService = ReturnType<typeof createAdviceService>
