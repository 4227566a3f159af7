import type { ActName } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { type Act, callerName, type EmergencyAccess } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import { present } from '../../kernel/invariant.ts'
import { oneRow, ring, type Tx, write } from '../database/query.ts'
import { visible } from '../database/visible.ts'
import type { Mac } from '../secrets/index.ts'
import { canonicalText, type WrittenEntry } from './canonical.ts'
import { mask } from './mask.ts'

export interface Recorded {
  /** Typed id of what was acted on. */
  readonly on: string
  readonly organisationId: string | null
  readonly before?: unknown
  readonly after?: unknown
  /** Name where it is not the act's own operation (a step of a saga, the consequence of a decision). */
  readonly as?: ActName
  /** Where it was tried and not done. */
  readonly outcome?: 'refused'
}

/** Writes the audit entry and the event of an act, in the act's own transaction. */
export type Record = (tx: Tx, it: Recorded) => Promise<void>

/** Readers wait on this channel; the payload says nothing, they read the table. */
export const eventChannel = 'yiduo_events'

export const jsonOf = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(mask(value)))

/** Who acts, as entries name them. */
export const entryOf = (
  act: Act,
): Pick<WrittenEntry, 'actor' | 'actorOrganisationId' | 'onBehalfOf' | 'address' | 'trace'> => ({
  actor: callerName(act.caller),
  actorOrganisationId: act.caller.kind === 'person' ? act.caller.organisationId : null,
  onBehalfOf: act.onBehalfOf,
  address: act.address,
  trace: act.trace,
})

/**
 * The mark of emergency access is for what lies where the caller could not have been without it: of some owners one that
 * they do not reach, or, where there are none, anything if they reach nothing.
 */
export const emergencyGrantOf = async (
  tx: Tx,
  { grantId, without }: EmergencyAccess,
  owners: readonly string[],
): Promise<string | null> => {
  if (owners.length === 0) return without.subtrees.length + without.organisations.length > 0 ? null : grantId
  const lies = visible(without, 'thing.organisation_id')
  const { areOwn } = await oneRow<{ areOwn: boolean }>(
    tx,
    sql`select bool_and(coalesce(${lies}, false)) as are_own
        from unnest(${[...owners]}::uuid[]) as thing (organisation_id)`,
  )
  return areOwn ? null : grantId
}

export interface RecordDependencies {
  readonly clock: Clock
  readonly newId: NewId
  readonly mac: Mac
}

export const createRecord =
  ({ clock, newId, mac }: RecordDependencies): Record =>
  async (tx, { on, organisationId, before, after, as, outcome }) => {
    const act = present(tx.act, 'act')
    const markOf = ({ emergency }: Act) =>
      emergency && organisationId !== null ? emergencyGrantOf(tx, emergency, [organisationId]) : emergency?.grantId
    const it: WrittenEntry = {
      ...entryOf(act),
      id: newId(),
      at: clock.now(),
      operation: as ?? act.operation,
      target: on,
      organisationId,
      before: jsonOf(before),
      after: jsonOf(after),
      emergencyGrantId: (await markOf(act)) ?? null,
      outcome: outcome ?? null,
    }
    await write(
      tx,
      sql`with entry as (
            insert into audit_entries
              (id, at, actor, actor_organisation_id, on_behalf_of, operation, target, organisation_id, address, trace,
               before, after, emergency_grant_id, outcome, mac)
            values (${it.id}, ${it.at}, ${it.actor}, ${it.actorOrganisationId}, ${it.onBehalfOf}, ${it.operation},
                    ${it.target}, ${it.organisationId}, ${it.address}, ${it.trace}, ${it.before}, ${it.after},
                    ${it.emergencyGrantId}, ${it.outcome}, ${mac.sign(canonicalText(it))})
          )
          insert into events (at, type, subject, organisation_id, data)
          values (${it.at}, ${it.operation}, ${on}, ${organisationId}, coalesce(${it.after}::jsonb, '{}'))`,
    )
    ring(tx, eventChannel)
  }
