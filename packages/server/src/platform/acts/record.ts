import sql from 'sql-template-tag'
import { callerName } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import { ring, run, type Tx } from '../database/query.ts'
import { mask } from './mask.ts'

export interface Recorded {
  /** Typed id of what was acted on. */
  readonly on: string
  readonly organisationId: string | null
  readonly before?: unknown
  readonly after?: unknown
  /** Name where it is not the act's own operation (a step of a saga, the consequence of a decision). */
  readonly as?: string
}

/** Writes the audit entry and the event of an act, in the act's own transaction. */
export type Record = (tx: Tx, it: Recorded) => Promise<void>

/** Readers wait on this channel; the payload says nothing, they read the table. */
export const eventChannel = 'yiduo_events'

const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(mask(value)))

export const createRecord =
  (clock: Clock, newId: NewId): Record =>
  async (tx, { on, organisationId, before, after, as }) => {
    const act = present(tx.act, 'act')
    const operation = as ?? act.operation
    const now = clock.now()
    const changed = json(after)
    await run(
      tx,
      sql`with entry as (
            insert into audit_entries
              (id, at, actor, on_behalf_of, operation, target, organisation_id, address, trace, before, after)
            values (${newId()}, ${now}, ${callerName(act.caller)}, ${act.onBehalfOf}, ${operation}, ${on},
                    ${organisationId}, ${act.address}, ${act.trace}, ${json(before)}, ${changed})
          )
          insert into events (at, type, subject, organisation_id, data)
          values (${now}, ${operation}, ${on}, ${organisationId}, coalesce(${changed}::jsonb, '{}'))`,
    )
    ring(tx, eventChannel)
  }
