import { describeFault, fromId, type Locale, type Operation, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { everything } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import * as store from './store.ts'

export interface OperationDeps {
  readonly database: Database
  /** Names of a saga's steps in order, empty when this release does not know the saga. */
  readonly stepsOf: (saga: string) => readonly string[]
}

const instant = (text: string | null): string | null => (text === null ? null : new Date(text).toISOString())

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

  async list(act: Act, query: { limit?: number; cursor?: string; state?: string }, locale: Locale) {
    const page = keyset(query)
    return toPage(
      await store.listOperations(deps.database.plain, act.scope, query.state ?? null, page),
      page,
      view(deps, locale),
    )
  },

  /** One that was started in this very transaction. */
  async started(tx: Tx, uuid: string, locale: Locale): Promise<Operation> {
    return view(deps, locale)(present(await store.findOperation(tx, everything, uuid), 'operation'))
  },
})

export type OperationService = ReturnType<typeof createOperationService>
