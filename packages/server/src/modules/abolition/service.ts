import { fromId, type Organisation, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database, Tx } from '../../platform/database/index.ts'
import type { OrganisationService } from '../organisations/index.ts'

export interface AbolitionDeps {
  readonly database: Database
  readonly record: Record
  readonly organisations: Pick<OrganisationService, 'lock' | 'countBelow' | 'end'>
  /** What still hangs on it: live resources, and requests that are not over. */
  readonly countHeld: (tx: Tx, organisationId: string) => Promise<{ resources: number; requests: number }>
  /** Each gives what waits at one organisation to another: seats, counties' requests, collections. */
  readonly takeOver: readonly ((tx: Tx, from: string, to: string) => Promise<unknown>)[]
  /** Posts at an organisation that is no more are no posts, nor are those of its people. */
  readonly endGrants: (tx: Tx, organisationId: string) => Promise<Refusal | null>
}

type Row = NonNullable<Awaited<ReturnType<OrganisationService['lock']>>>

const isSuitable = (row: Row, successor: Row): boolean =>
  successor.id !== row.id &&
  successor.endedAt === null &&
  successor.actor === row.actor &&
  (successor.consolidates || !row.consolidates)

/**
 * Ends an organisation that holds nothing any more. What others have sent to it, and it has not decided on, goes to its
 * successor in the same commit: nobody's request is left where nobody sits.
 */
const abolish =
  (deps: AbolitionDeps) =>
  (act: Act, id: string, ask: { successorId: string }): Promise<Organisation | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuids = [fromId('organisation', id) ?? '', fromId('organisation', ask.successorId) ?? ''] as const
      if (uuids.includes('')) return refuse('not-found')
      const row = await deps.organisations.lock(tx, act, uuids[0])
      const successor = await deps.organisations.lock(tx, act, uuids[1])
      if (!row || !successor) return refuse('not-found')
      if (row.endedAt) return refuse('organisation-ended', { organisation: row.name, successor: successor.name })
      if (!isSuitable(row, successor))
        return refuse('successor-unsuitable', { organisation: row.name, successor: successor.name })
      const children = await deps.organisations.countBelow(tx, row.id)
      const { resources, requests } = await deps.countHeld(tx, row.id)
      if (children + resources + requests > 0)
        return refuse('organisation-in-use', { organisation: row.name, children, resources, requests })
      for (const take of deps.takeOver) await take(tx, row.id, successor.id)
      const refusal = await deps.endGrants(tx, row.id)
      if (refusal) return refusal
      const ended = await deps.organisations.end(tx, row, successor.id)
      await deps.record(tx, {
        on: id,
        organisationId: row.id,
        before: { endedAt: null },
        after: { endedAt: ended.endedAt, successorId: toId('organisation', successor.id) },
      })
      return ended
    })

export const createAbolitionService = (deps: AbolitionDeps) => ({ abolish: abolish(deps) })

export type AbolitionService = ReturnType<typeof createAbolitionService>
