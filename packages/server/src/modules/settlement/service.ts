import { type Bill, fromId, type Phase } from '@yiduo/contract'
import type { Logger } from 'pino'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import type { CatalogueService } from '../catalogue/index.ts'
import type { MeteringService, NamesOf } from '../metering/index.ts'
import { charges } from './charges.ts'
import { closeMonth } from './close.ts'
import { closeDue } from './close-due.ts'
import { correct } from './correct.ts'
import { exportBill } from './export.ts'
import { chargedByMonth, list, summarise } from './list.ts'
import { closingPolicy } from './policy.ts'
import { readBill, viewBill } from './rate.ts'
import { createStatements } from './statement.ts'
import * as store from './store.ts'

export interface SettlementDeps {
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly newId: NewId
  readonly record: Record
  readonly reachOrganisation: (
    tx: Tx,
    act: Act,
    uuid: string,
  ) => Promise<{ id: string; name: string; path: string; actor: string } | null>
  readonly reachesProvince: (tx: Tx, act: Act) => Promise<boolean>
  readonly organisationNames: NamesOf
  readonly systemNames: NamesOf
  readonly componentNames: NamesOf
  /** Days of [from, before), as `2026-10-01`, that are unlike their weekday: true where they are worked. */
  readonly daysUnlike: (tx: Tx, from: string, before: string) => Promise<ReadonlyMap<string, boolean>>
  readonly metering: Pick<MeteringService, 'usageBetween' | 'holders' | 'firstUse'>
  readonly catalogue: Pick<CatalogueService, 'pricesOf' | 'componentsById'>
  /** Bare ids of the platforms that each provider supplies. */
  readonly suppliedBy: (tx: Tx) => Promise<ReadonlyMap<string, readonly string[]>>
  readonly platformNames: NamesOf
  /** On which platform each resource lies. */
  readonly platformsOf: (tx: Tx, resourceIds: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** What was reclaimed within the month has passed its last step when that is closed. */
  readonly settleReclaimed: (tx: Tx, organisationId: string, from: Date, before: Date) => Promise<void>
}

const reach = async ({ reachOrganisation }: SettlementDeps, tx: Tx, act: Act, id: string) => {
  const uuid = fromId('organisation', id)
  return uuid ? reachOrganisation(tx, act, uuid) : null
}

const get =
  (deps: SettlementDeps) =>
  async (act: Act, id: string, month: string): Promise<Bill | Refusal> => {
    const { plain } = deps.database
    const organisation = await reach(deps, plain, act, id)
    if (!organisation) return refuse('not-found')
    const of = { organisationId: organisation.id, month }
    const bill = await readBill(deps, plain, of)
    if (isRefusal(bill)) return bill
    return viewBill(of, bill.rated, bill.closed, bill.closed?.closedAt ?? deps.clock.now())
  }

const close =
  (deps: SettlementDeps) =>
  (act: Act, id: string, month: string): Promise<Bill | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const organisation = await reach(deps, tx, act, id)
      return organisation ? closeMonth(deps, tx, { organisationId: organisation.id, month }) : refuse('not-found')
    })

export const createSettlementService = (deps: SettlementDeps) => ({
  get: get(deps),
  close: close(deps),
  closeDue: closeDue(deps),
  charges: charges(deps),
  correct: correct(deps),
  list: list(deps),
  summarise: summarise(deps),
  chargedByMonth: chargedByMonth(deps),
  export: exportBill(deps),
  ...closingPolicy(deps),
  statements: createStatements(deps),
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
