import { type AdviceSummary, fromId, type Locale, toId } from '@yiduo/contract'
import type { Act, Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import type { CatalogueService } from '../catalogue/index.ts'
import type { MeteringService } from '../metering/index.ts'
import type { ResourceForAdvice } from '../resources/index.ts'
import { find } from './find.ts'
import { dayOf } from './model.ts'
import * as store from './store.ts'
import { assign, decline, dismiss, tellOverdue } from './tasks.ts'
import { viewAdvice } from './view.ts'

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
  /** What is counted of resources at this instant. */
  readonly heldNow: MeteringService['heldNow']
  /** By advice: the request that has changed its resource or given it back since it was found. */
  readonly resolvedBy: (
    tx: Tx,
    advice: readonly Pick<store.AdviceRow, 'id' | 'resourceId' | 'requestId' | 'foundAt'>[],
  ) => Promise<ReadonlyMap<string, string>>
  /** Whether somebody is of a department or of the operator over it. */
  readonly actsFor: (tx: Tx, personId: string, organisationId: string) => Promise<boolean>
  readonly reachOrganisation: (tx: Tx, act: Act, uuid: string) => Promise<{ id: string } | null>
}

export const createAdviceService = (deps: AdviceDeps) => ({
  find: find(deps),
  tellOverdue: tellOverdue(deps),
  dismiss: dismiss(deps),
  decline: decline(deps),
  assign: assign(deps),

  async list(act: Act, query: { limit?: number; cursor?: string; state?: string }, locale: Locale) {
    const page = keyset(query)
    const found = await store.listAdvice(deps.database.plain, act.scope, query.state ?? null, page)
    return toPage(found, page, viewAdvice(locale))
  },

  /** What is open or taken on, in a scope. */
  countTasks: (scope: Scope) => store.countTasks(deps.database.plain, scope, dayOf(deps.clock.now())),

  async summary(act: Act, organisationId: string): Promise<AdviceSummary | Refusal> {
    const uuid = fromId('organisation', organisationId)
    const organisation = uuid && (await deps.reachOrganisation(deps.database.plain, act, uuid))
    if (!organisation) return refuse('not-found')
    const now = deps.clock.now()
    const summary = await store.summarise(deps.database.plain, organisation.id, { now, today: dayOf(now) })
    return { organisationId: toId('organisation', organisation.id), ...summary }
  },
})

export type AdviceService = ReturnType<typeof createAdviceService>
