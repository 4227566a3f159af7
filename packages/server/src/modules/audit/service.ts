import { type AuditEntry, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Database, keyset, toPage } from '../../platform/database/index.ts'
import * as store from './store.ts'

const view = (row: store.AuditRow): AuditEntry => ({
  ...row,
  id: toId('audit', row.id),
  at: row.at.toISOString(),
  organisationId: row.organisationId && toId('organisation', row.organisationId),
})

export const createAuditService = ({ database }: { database: Database }) => ({
  async list(act: Act, query: { limit?: number; cursor?: string; target?: string; operation?: string }) {
    const page = keyset(query)
    const filter = { target: query.target ?? null, operation: query.operation ?? null }
    return toPage(await store.listEntries(database.plain, act.scope, filter, page), page, view)
  },
})

export type AuditService = ReturnType<typeof createAuditService>
