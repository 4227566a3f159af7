import { type BodyOf, fromId, type Offering, type offeringEdit, type Phase, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, type Found, keyset, type Sought, type Tx, toPage } from '../../platform/database/index.ts'
import { changeOffering, createComponent, createOffering, createPlan, setPrice } from './release.ts'
import * as store from './store.ts'
import { viewComponent, viewOffering, viewPrice } from './view.ts'

export interface CatalogueDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  /** Whether the act reaches the whole province. */
  readonly reachesProvince: (tx: Tx, act: Act) => Promise<boolean>
  /** The latest month whose closed bills charged the component, in the phase, for time after an instant; or null. */
  readonly chargedMonthFrom: (tx: Tx, componentId: string, phase: Phase, at: Date) => Promise<string | null>
}

export interface Paged {
  limit?: number
  cursor?: string
}

const offeringsOf = async ({ clock }: CatalogueDeps, tx: Tx, rows: readonly store.OfferingRow[]) => {
  const plans = await store.plansOf(
    tx,
    rows.map((row) => row.id),
  )
  const prices = await store.pricesOf(
    tx,
    rows.flatMap((row) => Object.values(row.metering)),
  )
  return (row: store.OfferingRow): Offering => viewOffering(row, plans, prices, clock.now())
}

/** What was asked for already is judged by what it says when that is sent and approved. */
const editOffering =
  (deps: CatalogueDeps) =>
  (act: Act, id: string, ask: BodyOf<typeof offeringEdit>, revision: number | null): Promise<Offering | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const row = await changeOffering(deps, tx, act, id, ask, revision)
      return isRefusal(row) ? row : (await offeringsOf(deps, tx, [row]))(row)
    })

export const createCatalogueService = (deps: CatalogueDeps) => ({
  createComponent: createComponent(deps),
  setPrice: setPrice(deps),
  createOffering: createOffering(deps),
  createPlan: createPlan(deps),
  editOffering: editOffering(deps),

  async listOfferings(query: Paged) {
    const page = keyset(query)
    const found = await store.listOfferings(deps.database.plain, page)
    return toPage(found, page, await offeringsOf(deps, deps.database.plain, found))
  },

  async findOfferings(tx: Tx, sought: Sought, limit: number): Promise<Found[]> {
    const found = await store.offeringsCalled(tx, sought, limit)
    return found.map(({ id, name, code }) => ({
      id: toId('offering', id),
      organisationId: null,
      name,
      note: code,
      state: null,
    }))
  },

  async getOffering(id: string): Promise<Offering | Refusal> {
    const uuid = fromId('offering', id)
    const row = uuid && (await store.findOffering(deps.database.plain, uuid))
    return row ? (await offeringsOf(deps, deps.database.plain, [row]))(row) : refuse('not-found')
  },

  async listComponents(query: Paged) {
    const page = keyset(query)
    return toPage(await store.listComponents(deps.database.plain, page), page, viewComponent)
  },

  async listPrices(query: Paged & { componentId?: string }) {
    const page = keyset(query)
    const componentId = query.componentId === undefined ? null : fromId('component', query.componentId)
    return toPage(await store.listPrices(deps.database.plain, componentId, page), page, viewPrice)
  },

  /** A plan with its offering, for whoever orders by it. */
  async plan(tx: Tx, uuid: string): Promise<{ plan: store.PlanRow; offering: store.OfferingRow } | null> {
    const plan = await store.findPlan(tx, uuid)
    const offering = plan && (await store.findOffering(tx, plan.offeringId))
    return plan && offering ? { plan, offering } : null
  },

  testDays: store.testDays,

  /** The same of several plans at once, by bare id, with all prices that their parts have or had. */
  async plans(tx: Tx, uuids: readonly string[]) {
    const plans = await store.plansById(tx, uuids)
    const offerings = await store.offeringsById(tx, [...new Set(plans.map((it) => it.offeringId))])
    const byId = new Map(offerings.map((it) => [it.id, it]))
    const componentIds = [...new Set(offerings.flatMap((it) => Object.values(it.metering)))]
    return {
      plans: new Map(
        plans.map((plan) => [plan.id, { plan, offering: present(byId.get(plan.offeringId), 'offering') }]),
      ),
      prices: await store.pricesOf(tx, componentIds),
      componentCodes: new Map((await store.componentsById(tx, componentIds)).map((it) => [it.id, it.code])),
    }
  },

  pricesOf: (tx: Tx, componentIds: readonly string[]) => store.pricesOf(tx, componentIds),
  /** For which chips offerings are, by bare id; those that are not there are left out. */
  architectures: async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map((await store.architecturesOf(tx, ids)).map((it) => [it.id, it.architecture])),
  /** What components are called, by bare id. */
  componentNames: async (tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> =>
    new Map((await store.componentsById(tx, ids)).map((it) => [it.id, it.name])),
  componentsById: (tx: Tx, ids: readonly string[]) => store.componentsById(tx, ids),
})

export type CatalogueService = ReturnType<typeof createCatalogueService>
