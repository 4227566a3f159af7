import { type BodyOf, fromId, type Measure, measures, type Quota, type quotaSet, toId } from '@yiduo/contract'
import type { ProjectQuota } from '@yiduo/driver-api'
import type { Act } from '../../kernel/act.ts'
import { invariant } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import { difference, type Holding, poolDifference } from './model.ts'
import * as store from './store.ts'
import { systemQuotas } from './system-quota.ts'
import { holdOfSystem } from './system-store.ts'

export interface QuotaDeps {
  readonly database: Database
  readonly record: Record
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string } | null>
  readonly reachSystem: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string; organisationId: string } | null>
  /** Takes capacity of a pool (negative: gives back); false where there is no room. */
  readonly promiseCapacity: (tx: Tx, poolId: string, vcpus: number, memoryMib: number) => Promise<boolean>
}

/** More than any province has, less than any cloud's integer. */
const wideOpen = 1_000_000

const view = (row: store.QuotaRow): Quota => ({
  organisationId: toId('organisation', row.organisationId),
  measure: row.measure,
  limit: row.quotaLimit,
  held: row.held,
})

/** Whose quota and which pool something is taken of; without a system only the organisation’s quota counts. */
export interface Holder {
  readonly organisationId: string
  readonly systemId?: string | null
  readonly poolId: string
}

/**
 * One commit that checks and writes quota, of the organisation and of the system, and capacity: two approvals never
 * take the same core. The lock of the organisation orders whoever takes of its systems, too.
 */
const move = async (
  deps: QuotaDeps,
  tx: Tx,
  of: Holder,
  from: readonly Holding[],
  to: readonly Holding[],
): Promise<Refusal | null> => {
  await store.lockHoldings(tx, of.organisationId)
  // Room first: who finds none here has taken nothing, and may look elsewhere in the same commit.
  return (await movePromise(deps, tx, of, from, to)) ?? moveHeld(tx, of, from, to)
}

const moveQuota = async (
  tx: Tx,
  of: Omit<Holder, 'poolId'>,
  from: readonly Holding[],
  to: readonly Holding[],
): Promise<Refusal | null> => {
  await store.lockHoldings(tx, of.organisationId)
  return moveHeld(tx, of, from, to)
}

/** Under the organisation's lock. */
const moveHeld = async (
  tx: Tx,
  of: Omit<Holder, 'poolId'>,
  from: readonly Holding[],
  to: readonly Holding[],
): Promise<Refusal | null> => {
  const changes = difference(from, to).filter(({ amount }) => amount !== 0)
  const askedOf = (measure: Measure) => changes.find((it) => it.measure === measure)?.amount ?? 0
  const full = await store.hold(tx, of.organisationId, changes)
  if (full)
    return refuse('quota-exceeded', {
      measure: full.measure,
      limit: full.quotaLimit,
      held: full.held,
      asked: askedOf(full.measure),
    })
  const own = of.systemId ? await holdOfSystem(tx, of.systemId, changes) : null
  if (own)
    return refuse('system-quota-exceeded', {
      measure: own.measure,
      limit: own.quotaLimit,
      held: own.held,
      asked: askedOf(own.measure),
    })
  return null
}

const movePromise = async (
  { promiseCapacity }: QuotaDeps,
  tx: Tx,
  of: Pick<Holder, 'poolId'>,
  from: readonly Holding[],
  to: readonly Holding[],
): Promise<Refusal | null> => {
  const { vcpus, memoryMib } = poolDifference(from, to)
  if (vcpus === 0 && memoryMib === 0) return null
  return (await promiseCapacity(tx, of.poolId, vcpus, memoryMib)) ? null : refuse('capacity-exhausted')
}

const adjust =
  (deps: QuotaDeps) =>
  async (tx: Tx, resourceId: string, to: Holding): Promise<Refusal | null> => {
    const held = await store.lockReservation(tx, resourceId)
    invariant(held, 'what is adjusted is reserved')
    const refusal = await move(deps, tx, held, [held], [to])
    if (!refusal) await store.updateReservation(tx, { ...held, ...to })
    return refusal
  }

const set =
  ({ database, record, reachOrganisation }: QuotaDeps) =>
  (act: Act, organisationId: string, measure: Measure, ask: BodyOf<typeof quotaSet>): Promise<Quota | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('organisation', organisationId)
      const organisation = uuid && (await reachOrganisation(tx, act, uuid))
      if (!organisation) return refuse('not-found')
      await store.lockHoldings(tx, organisation.id)
      const before = (await store.listQuotas(tx, organisation.id)).find((it) => it.measure === measure)
      const row = await store.setQuota(tx, organisation.id, measure, ask.limit)
      if (row.held > row.quotaLimit) return refuse('quota-below-held', { held: row.held })
      const made = view(row)
      await record(tx, {
        on: organisationId,
        organisationId: organisation.id,
        before: before && view(before),
        after: made,
      })
      return made
    })

const release =
  (deps: QuotaDeps) =>
  async (tx: Tx, resourceId: string): Promise<boolean> => {
    const held = await store.lockReservation(tx, resourceId)
    if (!held) return false
    if (held.counted) await move(deps, tx, held, [held], [])
    else await movePromise(deps, tx, held, [held], [])
    await store.deleteReservation(tx, resourceId)
    return true
  }

/** The organisation's quota counts it no more; the capacity stays its own. */
const suspend = async (tx: Tx, resourceId: string): Promise<void> => {
  const held = await store.lockReservation(tx, resourceId)
  if (!held?.counted) return
  await moveQuota(tx, held, [held], [])
  await store.setCounted(tx, resourceId, false)
}

/** Its quota is taken again, if there is still enough. */
const resume = async (tx: Tx, resourceId: string): Promise<Refusal | null> => {
  const held = await store.lockReservation(tx, resourceId)
  if (!held || held.counted) return null
  const refusal = await moveQuota(tx, held, [], [held])
  if (!refusal) await store.setCounted(tx, resourceId, true)
  return refusal
}

/** From whoever holds it to another, in the same pool. Two that give to each other wait for one another in one order. */
const handOver = async (
  tx: Tx,
  resourceIds: readonly string[],
  to: Pick<store.ReservationRow, 'organisationId' | 'systemId'>,
): Promise<Refusal | null> => {
  const held = await store.reservationsOf(tx, resourceIds)
  const organisations = new Set([to.organisationId, ...held.map((it) => it.organisationId)])
  for (const id of [...organisations].sort()) await store.lockHoldings(tx, id)
  for (const it of held) await moveQuota(tx, it, [it], [])
  const refusal = await moveQuota(tx, to, [], held)
  if (!refusal) await store.setHolder(tx, resourceIds, to)
  return refusal
}

type HoldingOf = Holding & { readonly resourceId: string }

const reserve =
  (deps: QuotaDeps) =>
  async (tx: Tx, of: Holder, holdings: readonly HoldingOf[]): Promise<Refusal | null> => {
    const refusal = await move(deps, tx, of, [], holdings)
    if (refusal) return refusal
    await store.insertReservations(
      tx,
      holdings.map((it) => ({
        ...it,
        organisationId: of.organisationId,
        systemId: of.systemId ?? null,
        poolId: of.poolId,
      })),
    )
    return null
  }

/** For what is to hang on something that is held: of the same organisation, in the same pool. */
const reserveBeside =
  (deps: QuotaDeps) =>
  async (tx: Tx, resourceId: string, holdings: readonly HoldingOf[]): Promise<Refusal | null> => {
    const held = await store.lockReservation(tx, resourceId)
    invariant(held, 'what something is to hang on is reserved')
    return reserve(deps)(tx, held, holdings)
  }

export const createQuotaService = (deps: QuotaDeps) => ({
  set: set(deps),
  ...systemQuotas(deps),

  async list(act: Act, organisationId: string): Promise<{ items: Quota[] } | Refusal> {
    const uuid = fromId('organisation', organisationId)
    const organisation = uuid && (await deps.reachOrganisation(deps.database.plain, act, uuid))
    if (!organisation) return refuse('not-found')
    return { items: (await store.listQuotas(deps.database.plain, organisation.id)).map(view) }
  },

  /** Whether there is a quota for everything: without one nothing is “within quota”. */
  isBounded: async (tx: Tx, organisationId: string): Promise<boolean> =>
    (await store.listQuotas(tx, organisationId)).length === measures.length,

  /** What organisations may hold and hold, by bare id. */
  async limitsOf(tx: Tx, organisationIds: readonly string[]): Promise<ReadonlyMap<string, readonly Quota[]>> {
    const found = Map.groupBy(await store.quotasOf(tx, organisationIds), (row) => row.organisationId)
    return new Map([...found].map(([id, limits]) => [id, limits.map(view)]))
  },

  /**
   * How much of the scarcest measure is left once so much more is held, in percent of its limit; below zero where it
   * does not fit, null where not everything is bounded.
   */
  async leftPercent(tx: Tx, organisationId: string, more: readonly Holding[]): Promise<number | null> {
    const limits = await store.listQuotas(tx, organisationId)
    if (limits.length < measures.length) return null
    const asked = new Map(difference([], more).map((it) => [it.measure, it.amount]))
    const left = limits.map(({ measure, quotaLimit, held }) => {
      const rest = quotaLimit - held - (asked.get(measure) ?? 0)
      if (rest < 0) return -1
      return quotaLimit === 0 ? 100 : (rest * 100) / quotaLimit // nothing may be held, and nothing is asked for
    })
    return Math.floor(Math.min(...left))
  },

  /**
   * What a cloud's project of these organisations may hold: their limits together, wide open where one has none. The check
   * that counts is ours, in the commit of the approval; the cloud's own is the second line of defence.
   */
  async projectQuota(tx: Tx, organisationIds: readonly string[]): Promise<ProjectQuota> {
    const limits = { vcpu: 0, 'memory-gib': 0, 'volume-gib': 0, address: 0 }
    for (const id of organisationIds) {
      const own = new Map((await store.listQuotas(tx, id)).map((row) => [row.measure, row.quotaLimit]))
      for (const measure of measures)
        limits[measure] = Math.min(limits[measure] + (own.get(measure) ?? wideOpen), wideOpen)
    }
    return {
      vcpus: limits.vcpu,
      memoryMib: limits['memory-gib'] * 1024,
      servers: limits.vcpu,
      volumeGib: limits['volume-gib'],
      volumes: limits['volume-gib'],
      addresses: limits.address,
    }
  },

  /** Holds for resources to be, in the commit that starts the sagas which make them; their end frees it or keeps it. */
  reserve: reserve(deps),
  reserveBeside: reserveBeside(deps),
  adjust: adjust(deps),
  suspend,
  handOver,
  resume,
  release: release(deps),
})

export type QuotaService = ReturnType<typeof createQuotaService>
