import sql, { empty, type Sql } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, listVisible, type Tx, when } from '../../platform/database/index.ts'

export interface AuditRow {
  readonly id: string
  readonly at: Date
  readonly actor: string
  readonly actorOrganisationId: string | null
  readonly onBehalfOf: string | null
  readonly operation: string
  readonly target: string
  readonly organisationId: string | null
  readonly emergencyGrantId: string | null
  /** Null where it was done. */
  readonly outcome: 'refused' | null
  readonly address: string | null
  readonly trace: string
  readonly before: unknown
  readonly after: unknown
  readonly position: number | null
}

export interface AuditFilter {
  readonly target: string | null
  readonly operation: string | null
  readonly actor: string | null
  readonly trace: string | null
  readonly outcome: 'done' | 'refused' | null
  readonly emergency: boolean | null
  readonly from: Date | null
  readonly until: Date | null
}

/** A whole name, or what begins with one that ends in a dot: `/` is the sign after it. */
const isOperation = (name: string): Sql =>
  name.endsWith('.')
    ? sql`and operation collate "C" >= ${name} and operation collate "C" < ${`${name.slice(0, -1)}/`}`
    : sql`and operation = ${name}`

/** Ids run with time; an entry's own instant may differ from its id's by what a clock was set meanwhile. */
const slackMs = 60_000

/** The least id of an instant: where the list, which runs by id, begins and ends. */
const idAt = (at: Date): string => {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

const isAct = ({ target, operation, actor }: Pick<AuditFilter, 'target' | 'operation' | 'actor'>): Sql => sql`
  ${when(target, sql`and target = ${target}`)} ${operation === null ? empty : isOperation(operation)}
  ${when(actor, sql`and actor = ${actor}`)}`

const isWithin = ({ from, until }: Pick<AuditFilter, 'from' | 'until'>): Sql => sql`
  ${from ? sql`and at >= ${from} and id >= ${idAt(new Date(from.getTime() - slackMs))}` : empty}
  ${until ? sql`and at < ${until} and id < ${idAt(new Date(until.getTime() + slackMs))}` : empty}`

export const listEntries = (tx: Tx, scope: Scope, filter: AuditFilter, page: Keyset): Promise<AuditRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'audit_entries',
      columns: sql`id, at, actor, actor_organisation_id, on_behalf_of, operation, target, organisation_id,
        emergency_grant_id, outcome, address, trace, before, after,
        (select position from audit_chain c where c.entry_id = audit_entries.id) as position`,
      owner: 'organisation_id',
      filters: sql`${isAct(filter)} ${when(filter.trace, sql`and trace = ${filter.trace}`)} ${isWithin(filter)}
        ${filter.outcome === null ? empty : sql`and (outcome is not null) = ${filter.outcome === 'refused'}`}
        ${filter.emergency === null ? empty : sql`and (emergency_grant_id is not null) = ${filter.emergency}`}`,
    },
    page,
  )

export interface ForeignActRow {
  readonly id: string
  readonly at: Date
  readonly actor: string
  readonly actorOrganisationId: string
  readonly operation: string
  readonly target: string
}

/** What people of other organisations did to the things of those in the scope. */
export const listForeignActs = (
  tx: Tx,
  scope: Scope,
  filter: Omit<AuditFilter, 'trace' | 'emergency'>,
  page: Keyset,
): Promise<ForeignActRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'audit_entries',
      columns: sql`id, at, actor, actor_organisation_id, operation, target`,
      owner: 'organisation_id',
      filters: sql`and actor_organisation_id <> organisation_id ${isAct(filter)} ${isWithin(filter)}`,
    },
    page,
  )
