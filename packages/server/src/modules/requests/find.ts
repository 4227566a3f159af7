import { toId } from '@yiduo/contract'
import type { Scope } from '../../kernel/act.ts'
import type { Found, Sought, Tx } from '../../platform/database/index.ts'
import { anyRequest, listRequests } from './list-store.ts'
import type { RequestDeps } from './service.ts'
import { linesOf } from './store.ts'

/** A request has no name: it is called as the system it is for, and by its id; what it asks for tells several apart. */
export const find =
  (deps: RequestDeps) =>
  async (tx: Tx, scope: Scope, sought: Sought, limit: number): Promise<Found[]> => {
    const filter = { ...anyRequest, sought }
    const found = (await listRequests(tx, scope, filter, { limit, after: null })).slice(0, limit)
    const names = await deps.systems.names(tx, [...new Set(found.map((row) => row.systemId))])
    const ids = found.map((row) => row.id)
    const lines = Map.groupBy(await linesOf(tx, ids), (line) => line.requestId)
    return found.map((row) => ({
      id: toId('request', row.id),
      organisationId: row.organisationId,
      name: names.get(row.systemId) ?? '',
      note: (lines.get(row.id) ?? []).map((line) => line.name).join(', ') || null,
      state: row.state,
    }))
  }
