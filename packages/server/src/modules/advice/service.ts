import { type Advice, fill, fromId, type Locale, measures, messages, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import { type CatalogueService, priceAt } from '../catalogue/index.ts'
import type { ResourceForAdvice } from '../resources/index.ts'
import { type AdviceKind, adviceOn } from './model.ts'
import * as store from './store.ts'

export interface AdviceDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  /** So many of those behind an id, in the order of their ids. */
  readonly resources: (tx: Tx, after: string, limit: number) => Promise<readonly ResourceForAdvice[]>
  /** How many of them are looked at in one transaction. */
  readonly atOnce?: number
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

/** No UUIDv7 is smaller. */
const beforeAll = '00000000-0000-0000-0000-000000000000'

interface Finding {
  readonly kind: AdviceKind
  readonly resource: ResourceForAdvice
}

/** What is plainly not in use among these, and was not dismissed before. */
const findAmong = async (
  { clock, testEnds }: AdviceDeps,
  tx: Tx,
  resources: readonly ResourceForAdvice[],
): Promise<Finding[]> => {
  const requestIds = new Set(resources.flatMap((it) => it.requestId ?? []))
  const ends = await testEnds(tx, [...requestIds])
  const found = resources.flatMap((resource): Finding[] => {
    const kind = adviceOn({ ...resource, testEndsAt: ends.get(resource.requestId ?? '') ?? null }, clock.now())
    return kind ? [{ kind, resource }] : []
  })
  const dismissed = await store.dismissedOf(
    tx,
    found.map((it) => it.resource.id),
  )
  return found.filter((it) => !dismissed.some((row) => row.kind === it.kind && row.resourceId === it.resource.id))
}

/** What a month of each costs at today's prices: what giving it back would save. */
const adviseOn = async ({ catalogue, clock, newId }: AdviceDeps, tx: Tx, found: readonly Finding[]): Promise<void> => {
  const componentIds = new Set(found.flatMap((it) => Object.values(it.resource.metering)))
  const prices = await catalogue.pricesOf(tx, [...componentIds])
  const now = clock.now()
  for (const { kind, resource } of found)
    await store.insertAdvice(tx, {
      id: newId(),
      kind,
      resourceId: resource.id,
      resourceKind: resource.kind,
      organisationId: resource.organisationId,
      systemId: resource.systemId,
      parameters: { since: now.toISOString() },
      monthlySavingYuanE4: measures.reduce((sum, measure) => {
        const price = priceAt(prices, resource.metering[measure], 'formal', now) ?? 0
        return sum + (resource.amounts[measure] ?? 0) * price
      }, 0),
      foundAt: now,
    })
}

/** Resources are looked at in the order of their ids, so many in one transaction: a province has a million. */
const find = (deps: AdviceDeps) => async (): Promise<void> => {
  const { atOnce = 1_000 } = deps
  for (let after: string | null = beforeAll; after !== null; ) {
    const from: string = after
    after = await deps.database.unrecorded(async (tx) => {
      const resources = await deps.resources(tx, from, atOnce)
      const last = resources.length < atOnce ? null : present(resources.at(-1), 'last').id
      const found = await findAmong(deps, tx, resources)
      if (found.length > 0) await adviseOn(deps, tx, found)
      const standing = found.map(({ kind, resource }) => ({ kind, resourceId: resource.id }))
      await store.settleOthers(tx, { after: from, last }, standing, deps.clock.now())
      return last
    })
  }
}

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
