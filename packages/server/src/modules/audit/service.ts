import { type AuditEntry, type auditList, type QueryOf, toId } from '@yiduo/contract'
import type { Act, Scope } from '../../kernel/act.ts'
import { type Database, keyset, type Tx, toPage } from '../../platform/database/index.ts'
import * as store from './store.ts'

const view = (row: store.AuditRow): AuditEntry => ({
  ...row,
  id: toId('audit', row.id),
  at: row.at.toISOString(),
  organisationId: row.organisationId && toId('organisation', row.organisationId),
})

export interface AuditDeps {
  readonly database: Database
  /** What of a scope lies at an organisation and below it. */
  readonly within: (tx: Tx, scope: Scope, organisationId: string | undefined) => Promise<Scope>
}

const instant = (text: string | undefined): Date | null => (text === undefined ? null : new Date(text))

export const createAuditService = ({ database, within }: AuditDeps) => ({
  async list(act: Act, query: QueryOf<typeof auditList>) {
    const page = keyset(query)
    const filter = {
      target: query.target ?? null,
      operation: query.operation ?? null,
      actor: query.actor ?? null,
      trace: query.trace ?? null,
      from: instant(query.from),
      until: instant(query.until),
    }
    const scope = await within(database.plain, act.scope, query.organisationId)
    return toPage(await store.listEntries(database.plain, scope, filter, page), page, view)
  },
})

export type AuditService = ReturnType<typeof createAuditService>
