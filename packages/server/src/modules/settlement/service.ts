import { type Bill, fromId, type Phase, toId } from '@yiduo/contract'
import { monthBounds, type RatedLine, rateMonth } from '@yiduo/engines'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import type { CatalogueService } from '../catalogue/index.ts'
import type { MeteringService } from '../metering/index.ts'
import * as store from './store.ts'

export interface SettlementDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string } | null>
  readonly metering: Pick<MeteringService, 'usageBetween'>
  readonly catalogue: Pick<CatalogueService, 'pricesOf' | 'componentsById'>
  /** What was reclaimed within the month has passed its last step when that is closed. */
  readonly settleReclaimed: (tx: Tx, organisationId: string, from: Date, before: Date) => Promise<void>
}

interface Rated {
  readonly lines: readonly store.BillLineRow[]
  readonly amountYuanE4: number
}

const viewLine = ({ heldUntil: _heldUntil, ...line }: store.BillLineRow): Bill['lines'][number] => ({
  ...line,
  resourceId: toId(line.resourceKind, line.resourceId),
  systemId: toId('system', line.systemId),
  componentId: toId('component', line.componentId),
})

const view = (organisationId: string, month: string, rated: Rated, closed: store.BillRow | null, asOf: Date): Bill => ({
  id: closed && toId('bill', closed.id),
  organisationId: toId('organisation', organisationId),
  month,
  state: closed ? 'closed' : 'provisional',
  amountYuanE4: rated.amountYuanE4,
  asOf: asOf.toISOString(),
  lines: rated.lines.map(viewLine),
})

/** The month as it stands: what was held, at the prices valid at the time, up to now. */
const rate = async (
  { metering, catalogue, clock }: SettlementDeps,
  tx: Tx,
  organisationId: string,
  month: string,
): Promise<Rated | Refusal> => {
  const bounds = monthBounds(month)
  const usage = await metering.usageBetween(tx, organisationId, bounds.startsAt, bounds.endsAt)
  const ids = [...new Set(usage.map((it) => it.componentId))]
  const components = new Map((await catalogue.componentsById(tx, ids)).map((it) => [it.id, it]))
  const kinds = new Map(usage.map((it) => [it.resourceId, it.resourceKind]))
  const intervals = usage.map((it) => {
    const component = present(components.get(it.componentId), 'component')
    return { ...it, componentName: component.name, measure: component.measure }
  })
  const rated = rateMonth({ intervals, prices: await catalogue.pricesOf(tx, ids), month, asOf: clock.now() })
  if ('gaps' in rated) {
    const gap = present(rated.gaps[0], 'gap')
    return refuse('price-missing', { component: components.get(gap.componentId)?.code ?? '', at: gap.at.toISOString() })
  }
  const lineOf = ({ organisationId: _owner, ...line }: RatedLine): store.BillLineRow => ({
    ...line,
    resourceKind: present(kinds.get(line.resourceId), 'kind'),
  })
  return { lines: rated.lines.map(lineOf), amountYuanE4: rated.amountYuanE4 }
}

const read = async (deps: SettlementDeps, tx: Tx, organisationId: string, month: string): Promise<Bill | Refusal> => {
  const closed = await store.findBill(tx, organisationId, month)
  if (closed) {
    const lines = await store.linesOf(tx, closed.id)
    return view(organisationId, month, { lines, amountYuanE4: closed.amountYuanE4 }, closed, closed.closedAt)
  }
  const rated = await rate(deps, tx, organisationId, month)
  return isRefusal(rated) ? rated : view(organisationId, month, rated, null, deps.clock.now())
}

const get =
  (deps: SettlementDeps) =>
  async (act: Act, organisationId: string, month: string): Promise<Bill | Refusal> => {
    const uuid = fromId('organisation', organisationId)
    const organisation = uuid && (await deps.reachOrganisation(deps.database.plain, act, uuid))
    return organisation ? read(deps, deps.database.plain, organisation.id, month) : refuse('not-found')
  }

/** What began just before midnight may commit this much after it. */
const lateMs = 5 * 60_000

/** A closed month is never edited: corrections are lines of the open one. */
const close =
  (deps: SettlementDeps) =>
  (act: Act, organisationId: string, month: string): Promise<Bill | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('organisation', organisationId)
      const organisation = uuid && (await deps.reachOrganisation(tx, act, uuid))
      if (!organisation) return refuse('not-found')
      const { startsAt, endsAt } = monthBounds(month)
      const now = deps.clock.now()
      if (endsAt.getTime() + lateMs > now.getTime()) return refuse('month-not-over', { month })
      await store.holdOffPrices(tx)
      const rated = await rate(deps, tx, organisation.id, month)
      if (isRefusal(rated)) return rated
      const row = {
        id: deps.newId(),
        organisationId: organisation.id,
        month,
        amountYuanE4: rated.amountYuanE4,
        closedAt: now,
      }
      if ((await store.insertBill(tx, row)) === 0) return refuse('month-closed', { month })
      await store.insertLines(tx, row.id, rated.lines)
      await deps.settleReclaimed(tx, organisation.id, startsAt, endsAt)
      const bill = view(organisation.id, month, rated, row, now)
      await deps.record(tx, {
        on: toId('bill', row.id),
        organisationId: organisation.id,
        after: { month, amountYuanE4: row.amountYuanE4, lines: rated.lines.length },
      })
      return bill
    })

export const createSettlementService = (deps: SettlementDeps) => ({
  get: get(deps),
  close: close(deps),
})

/**
 * The latest closed month whose bills a price from an instant on would have changed, or null: time that nobody was
 * charged for is free to be priced. No month closes until the transaction has ended.
 */
export const chargedMonthFrom = async (tx: Tx, componentId: string, phase: Phase, at: Date): Promise<string | null> => {
  await store.holdOffClosing(tx)
  return (await store.latestChargedAfter(tx, componentId, phase, at))?.month ?? null
}

export type SettlementService = ReturnType<typeof createSettlementService>
