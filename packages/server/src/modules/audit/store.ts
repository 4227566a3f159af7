import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, pageFrom, rows, type Tx, visible, when } from '../../platform/database/index.ts'

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
  rows(
    tx,
    sql`select id, at, actor, on_behalf_of, operation, target, organisation_id, address, trace, before, after
        from audit_entries where ${visible(scope, 'organisation_id')}
        ${when(filter.target, sql`and target = ${filter.target}`)}
        ${when(filter.operation, sql`and operation = ${filter.operation}`)}
        ${pageFrom(page)}`,
  )
