import {
  describeFault,
  type Fault,
  fromId,
  type Locale,
  type Operation,
  type operationList,
  type QueryOf,
  toId,
} from '@yiduo/contract'
import { type Act, everything, type Scope } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import { retakeResidue } from '../../platform/sagas/index.ts'
import * as store from './store.ts'

export interface OperationDeps {
  readonly database: Database
  readonly clock: Clock
  readonly record: Record
  /** Names of a saga's steps in order, empty when this release does not know the saga. */
  readonly stepsOf: (saga: string) => readonly string[]
}

const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString())

/** Without what to do now: nobody has to do anything. */
const remadeFor = (fault: Fault | null, locale: Locale): Operation['steps'][number]['remadeFor'] => {
  if (fault === null) return null
  const { code, message, words } = describeFault(fault, locale)
  return { code, message, words }
}

const view =
  ({ stepsOf }: OperationDeps, locale: Locale) =>
  (row: store.OperationRow): Operation => {
    const begun = new Map(row.steps.map((step) => [step.name, step]))
    const names = stepsOf(row.saga)
    const steps = (names.length > 0 ? names : [...begun.keys()]).map((name) => {
      const step = begun.get(name)
      return {
        name,
        state: (step?.state ?? 'waiting') as Operation['steps'][number]['state'], // checked by the table
        attempts: step?.attempts ?? 0,
        remadeFor: remadeFor(step?.remadeFor ?? null, locale),
        startedAt: instant(step?.startedAt ?? null),
        endedAt: instant(step?.endedAt ?? null),
      }
    })
    const ended = steps.filter((step) => step.state === 'done').length
    return {
      id: toId('operation', row.id),
      saga: row.saga,
      state: row.state,
      organisationId: toId('organisation', row.organisationId),
      subject: row.subject,
      progressPercent: row.state === 'succeeded' ? 100 : Math.round((100 * ended) / Math.max(1, steps.length)),
      steps,
      fault: row.fault && describeFault(row.fault, locale),
      residue: row.residue,
      createdAt: row.createdAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
    }
  }

export const createOperationService = (deps: OperationDeps) => ({
  async get(act: Act, id: string, locale: Locale): Promise<Operation | Refusal> {
    const uuid = fromId('operation', id)
    const row = uuid && (await store.findOperation(deps.database.plain, act.scope, uuid))
    return row ? view(deps, locale)(row) : refuse('not-found')
  },

  async list(act: Act, query: Omit<QueryOf<typeof operationList>, 'state'> & { state?: string }, locale: Locale) {
    const page = keyset(query)
    const filter = {
      state: query.state ?? null,
      saga: query.saga ?? null,
      subject: query.subject ?? null,
      unfinished: query.unfinished ?? false,
      failed: query.failed ?? false,
    }
    return toPage(await store.listOperations(deps.database.plain, act.scope, filter, page), page, view(deps, locale))
  },

  /** Takes back what an operation has left on the cloud, now instead of when its turn comes. */
  takeBack: (act: Act, id: string, locale: Locale): Promise<Operation | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('operation', id)
      const row = uuid && (await store.findOperation(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      const taken = await retakeResidue(tx, { now: deps.clock.now(), id: row.id })
      if (taken.length === 0) return refuse('nothing-left-behind', { state: row.state })
      await deps.record(tx, { on: id, organisationId: row.organisationId, before: { residue: row.residue } })
      return view(deps, locale)(present(await store.findOperation(tx, everything, row.id), 'operation'))
    }),

  /** What went wrong since an instant, or is still not taken back. */
  failed: (scope: Scope, since: Date, limit: number) => store.listFailed(deps.database.plain, scope, since, limit),

  /** Takes back again, of what is left, what is due. */
  takeBackDue: () => retakeResidue(deps.database.plain, { now: deps.clock.now(), id: null }),

  /** One that was started in this very transaction. */
  async started(tx: Tx, uuid: string, locale: Locale): Promise<Operation> {
    return view(deps, locale)(present(await store.findOperation(tx, everything, uuid), 'operation'))
  },
})

export type OperationService = ReturnType<typeof createOperationService>
