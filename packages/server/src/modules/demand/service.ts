import {
  type BodyOf,
  type DemandPlan,
  type DemandPlanState,
  type demandPlanCompare,
  type demandPlanList,
  type demandPlanSet,
  fromId,
  type QueryOf,
  toId,
} from '@yiduo/contract'
import { monthOf } from '@yiduo/engines'
import type { Act, Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { next } from '../../kernel/state-machine.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import { type Capacity, cityOf, compare, type DemandPlanEvent, demandPlanMachine } from './model.ts'
import * as store from './store.ts'

export interface DemandDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string } | null>
  /** Division codes of organisations, and architectures of offerings, by bare id. */
  readonly divisionsOf: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly architecturesOf: (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** What can be sold and is promised, pool by pool. */
  readonly capacities: (tx: Tx, scope: Scope) => Promise<readonly Capacity[]>
}

const view = (row: store.DemandPlanRow): DemandPlan => ({
  ...row,
  id: toId('demandPlan', row.id),
  organisationId: toId('organisation', row.organisationId),
  lines: row.lines.map((it) => ({ ...it, offeringId: toId('offering', it.offeringId) })),
  updatedAt: row.updatedAt.toISOString(),
})

type Ask = BodyOf<typeof demandPlanSet>

const set =
  (deps: DemandDeps) =>
  (act: Act, id: string, ask: Ask): Promise<DemandPlan | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('organisation', id)
      const organisation = uuid && (await deps.reachOrganisation(tx, act, uuid))
      if (!organisation) return refuse('not-found')
      const now = deps.clock.now()
      if (ask.year < Number(monthOf(now).slice(0, 4)))
        return refuse('input-invalid', { field: 'year', problem: 'in-the-past' })
      const lines = ask.lines.map((it) => ({ ...it, offeringId: fromId('offering', it.offeringId) ?? '' }))
      const offerings = [...new Set(lines.map((it) => it.offeringId))]
      if ((await deps.architecturesOf(tx, offerings)).size < offerings.length) return refuse('not-found')
      await store.holdPlans(tx, organisation.id)
      const before = await store.lockPlanOf(tx, organisation.id, ask.year)
      const state = before ? next<DemandPlanState, DemandPlanEvent>(demandPlanMachine, before.state, 'set') : 'draft'
      if (!state) return refuse('demand-plan-step-not-allowed', { event: 'set', state: before?.state ?? '' })
      const row = await store.savePlan(tx, {
        id: before?.id ?? deps.newId(),
        organisationId: organisation.id,
        year: ask.year,
        state,
        remark: before?.remark ?? '',
        lines,
        updatedAt: now,
      })
      const made = view(row)
      await deps.record(tx, {
        on: made.id,
        organisationId: row.organisationId,
        before: before && view(before),
        after: made,
      })
      return made
    })

const move =
  (deps: DemandDeps) =>
  (act: Act, id: string, event: DemandPlanEvent, remark: string): Promise<DemandPlan | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('demandPlan', id)
      const row = uuid && (await store.lockPlan(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const state = next(demandPlanMachine, row.state, event)
      if (!state) return refuse('demand-plan-step-not-allowed', { event, state: row.state })
      const moved = await store.savePlan(tx, { ...row, state, remark, updatedAt: deps.clock.now() })
      const { organisationId } = row
      await deps.record(tx, { on: id, organisationId, before: { state: row.state }, after: { state, remark } })
      return view(moved)
    })

/** Per city and architecture: what the plans of a year need, against what can be sold there and is still free. */
const compareYear =
  (deps: DemandDeps) =>
  async (act: Act, { year, submitted = false }: QueryOf<typeof demandPlanCompare>) => {
    const { plain } = deps.database
    const states = submitted ? ['accepted', 'submitted'] : ['accepted']
    const plans = await store.plansOfYear(plain, act.scope, year, states)
    const divisions = await deps.divisionsOf(plain, [...new Set(plans.map((it) => it.organisationId))])
    const offerings = [...new Set(plans.flatMap((it) => it.lines.map((line) => line.offeringId)))]
    const architectures = await deps.architecturesOf(plain, offerings)
    const demands = plans.flatMap((plan) =>
      plan.lines.map((line) => ({
        divisionCode: cityOf(present(divisions.get(plan.organisationId), 'division')),
        architecture: present(architectures.get(line.offeringId), 'architecture'),
        measure: line.measure,
        quarter: line.quarter,
        quantity: line.quantity,
      })),
    )
    const capacities = (await deps.capacities(plain, act.scope)).map((it) => ({
      ...it,
      divisionCode: cityOf(it.divisionCode),
    }))
    return { items: compare(demands, capacities) }
  }

export const createDemandService = (deps: DemandDeps) => ({
  set: set(deps),
  move: move(deps),
  compare: compareYear(deps),

  async list(act: Act, query: QueryOf<typeof demandPlanList>) {
    const page = keyset(query)
    return toPage(await store.listPlans(deps.database.plain, act.scope, query.year ?? null, page), page, view)
  },

  async get(act: Act, id: string): Promise<DemandPlan | Refusal> {
    const uuid = fromId('demandPlan', id)
    const row = uuid && (await store.findPlan(deps.database.plain, act.scope, uuid))
    return row ? view(row) : refuse('not-found')
  },
})

export type DemandService = ReturnType<typeof createDemandService>
