import {
  type BodyOf,
  type Component,
  type componentCreate,
  fromId,
  type Measure,
  measures,
  type Offering,
  type offeringCreate,
  type offeringEdit,
  type Plan,
  type Price,
  type planCreate,
  type priceSet,
} from '@yiduo/contract'
import { monthOf } from '@yiduo/engines'
import type { Act } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { staleBy } from '../../kernel/revision.ts'
import { type Tx, violatedConstraint } from '../../platform/database/index.ts'
import type { CatalogueDeps } from './service.ts'
import * as store from './store.ts'
import { viewComponent, viewOffering, viewPlan, viewPrice } from './view.ts'

/** One catalogue serves the whole province: only who reaches all of it changes it. */
const beyondReach = async ({ reachesProvince }: CatalogueDeps, tx: Tx, act: Act): Promise<Refusal | null> =>
  (await reachesProvince(tx, act)) ? null : refuse('not-permitted', { operation: act.operation, roles: 'authority' })

/** Runs a creation; a code that is taken is a refusal, whichever table it is taken in. */
const unlessTaken = async <T>(code: string, make: () => Promise<T>): Promise<T | Refusal> => {
  try {
    return await make()
  } catch (error) {
    if (violatedConstraint(error)?.endsWith('_code_key')) return refuse('code-taken', { code })
    throw error
  }
}

export const createComponent =
  (deps: CatalogueDeps) =>
  (act: Act, ask: BodyOf<typeof componentCreate>): Promise<Component | Refusal> =>
    unlessTaken(ask.code, () =>
      deps.database.transaction(act, async (tx) => {
        const beyond = await beyondReach(deps, tx, act)
        if (beyond) return beyond
        const { clock, newId, record } = deps
        const row = { ...ask, id: newId(), createdAt: clock.now() }
        await store.insertComponent(tx, row)
        const made = viewComponent(row)
        await record(tx, { on: made.id, organisationId: null, after: made })
        return made
      }),
    )

export const setPrice =
  (deps: CatalogueDeps) =>
  async (act: Act, ask: BodyOf<typeof priceSet>): Promise<Price | Refusal> => {
    try {
      return await deps.database.transaction(act, async (tx) => {
        const beyond = await beyondReach(deps, tx, act)
        if (beyond) return beyond
        const { clock, newId, record } = deps
        const componentId = fromId('component', ask.componentId)
        const [component] = componentId ? await store.componentsById(tx, [componentId]) : []
        if (!component) return refuse('not-found')
        const validFrom = new Date(ask.validFrom)
        // A price for time that a closed bill has charged would say that the bill was wrong.
        const closed = await deps.chargedMonthFrom(tx, component.id, ask.phase, validFrom)
        if (closed) return refuse('month-closed', { month: closed, open: monthOf(deps.clock.now()) })
        const row = {
          id: newId(),
          componentId: component.id,
          phase: ask.phase,
          validFrom,
          monthlyPriceYuanE4: ask.monthlyPriceYuanE4,
          createdAt: clock.now(),
        }
        await store.insertPrice(tx, row)
        const made = viewPrice(row)
        await record(tx, { on: made.componentId, organisationId: null, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'prices_component_id_phase_valid_from_key') return refuse('price-already-set')
      throw error
    }
  }

/** Every measure must be metered by a component that measures it. */
const meteringOf = async (tx: Tx, asked: Readonly<Record<Measure, string>>): Promise<store.MeteringMap | Refusal> => {
  const ids = measures.map((measure) => ({ measure, uuid: fromId('component', asked[measure]) }))
  const known = await store.componentsById(
    tx,
    ids.flatMap(({ uuid }) => (uuid ? [uuid] : [])),
  )
  for (const { measure, uuid } of ids)
    if (!known.some((it) => it.id === uuid && it.measure === measure))
      return refuse('component-wrong', { component: asked[measure], measure })
  return Object.fromEntries(ids.map(({ measure, uuid }) => [measure, uuid])) as store.MeteringMap // checked just above
}

export const createOffering =
  (deps: CatalogueDeps) =>
  (act: Act, ask: BodyOf<typeof offeringCreate>): Promise<Offering | Refusal> =>
    unlessTaken(ask.code, () =>
      deps.database.transaction(act, async (tx) => {
        const beyond = await beyondReach(deps, tx, act)
        if (beyond) return beyond
        const { clock, newId, record } = deps
        const metering = await meteringOf(tx, ask.metering)
        if (isRefusal(metering)) return metering
        const row: store.OfferingRow = {
          id: newId(),
          code: ask.code,
          name: ask.name,
          kind: ask.kind,
          architecture: ask.architecture ?? 'x86-64',
          imageNames: ask.imageNames,
          metering,
          approvedByRuleUpToVcpus: ask.approvedByRuleUpToVcpus ?? 0,
          testDays: ask.testDays ?? 7,
          released: true,
          revision: 1,
          createdAt: clock.now(),
        }
        await store.insertOffering(tx, row)
        const made = viewOffering(row, [], [], clock.now())
        await record(tx, { on: made.id, organisationId: null, after: made })
        return made
      }),
    )

export const changeOffering = async (
  deps: CatalogueDeps,
  tx: Tx,
  act: Act,
  id: string,
  ask: BodyOf<typeof offeringEdit>,
  revision: number | null,
): Promise<store.OfferingRow | Refusal> => {
  const beyond = await beyondReach(deps, tx, act)
  if (beyond) return beyond
  const uuid = fromId('offering', id)
  const before = uuid && (await store.lockOffering(tx, uuid))
  if (!before) return refuse('not-found')
  const stale = staleBy(revision, before.revision)
  if (stale) return stale
  const row = { ...before, ...ask, revision: before.revision + 1 }
  await store.updateOffering(tx, row)
  const told = (it: store.OfferingRow) => viewOffering(it, [], [], deps.clock.now())
  await deps.record(tx, { on: id, organisationId: null, before: told(before), after: told(row) })
  return row
}

export const createPlan =
  (deps: CatalogueDeps) =>
  (act: Act, offeringId: string, ask: BodyOf<typeof planCreate>): Promise<Plan | Refusal> =>
    unlessTaken(ask.code, () =>
      deps.database.transaction(act, async (tx) => {
        const beyond = await beyondReach(deps, tx, act)
        if (beyond) return beyond
        const { clock, newId, record } = deps
        const uuid = fromId('offering', offeringId)
        const offering = uuid && (await store.findOffering(tx, uuid))
        if (!offering) return refuse('not-found')
        const row = { ...ask, id: newId(), offeringId: offering.id, createdAt: clock.now() }
        await store.insertPlan(tx, row)
        const prices = await store.pricesOf(tx, Object.values(offering.metering))
        const made = viewPlan(row, offering, prices, clock.now())
        await record(tx, { on: made.id, organisationId: null, after: made })
        return made
      }),
    )
