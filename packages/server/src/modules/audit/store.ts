import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, listVisible, type Tx, when } from '../../platform/database/index.ts'

export interface AuditRow {
  readonly id: string
  readonly at: Date
  readonly actor: string
  readonly onBehalfOf: string | null
  readonly operation: string
  readonly target: string
  readonly organisationId: string | null
  readonly address: string | null
  readonly trace: string
  readonly before: unknown
  readonly after: unknown
}

export const listEntries = (
  tx: Tx,
  scope: Scope,
  filter: { target: string | null; operation: string | null },
  page: Keyset,
): Promise<AuditRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'audit_entries',
      columns: sql`id, at, actor, on_behalf_of, operation, target, organisation_id, address, trace, before, after`,
      owner: 'organisation_id',
      filters: sql`${when(filter.target, sql`and target = ${filter.target}`)}
        ${when(filter.operation, sql`and operation = ${filter.operation}`)}`,
    },
    page,
  )
