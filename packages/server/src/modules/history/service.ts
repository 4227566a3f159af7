import type { AuditEntry, HistoryEntry, Locale, ServiceRequest } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { scopeOf } from '../../platform/http/index.ts'
import type { AuditService } from '../audit/index.ts'
import type { RequestService } from '../requests/index.ts'
import type { ResourceService } from '../resources/index.ts'

export interface HistoryDeps {
  readonly clock: Clock
  readonly resources: Pick<ResourceService, 'get'>
  readonly requests: Pick<RequestService, 'list'>
  readonly audit: Pick<AuditService, 'list'>
}

/** Ids of all kinds rise with time, whatever their prefix: by them two lists are one, and go on at one place. */
interface Placed {
  readonly place: string
  readonly entry: HistoryEntry
}

const placeOf = (id: string): string => id.slice(id.indexOf('_') + 1)

const ofRequest = ({ id, kind, state, createdAt, updatedAt, lines, track }: ServiceRequest): Placed => {
  const changeKind = lines[0]?.change?.kind ?? null
  const operation = kind === 'open' ? 'request.create' : kind === 'reclaim' ? 'request.reclaim' : 'request.change'
  const by = track[0]?.by ?? null
  const remark = track.findLast((it) => it.remark !== '')?.remark ?? null
  const entry = { at: createdAt, operation, requestId: id, state, changeKind, updatedAt, by, remark, after: null }
  return { place: placeOf(id), entry }
}

/** What was done is told to whoever sees the thing; who did it, and with what, to those who read the audit trail. */
const ofAct = ({ id, at, operation, actor, after }: AuditEntry, whole: boolean): Placed => {
  const told = whole ? { by: actor, after } : { by: null, after: null }
  return {
    place: placeOf(id),
    entry: { at, operation, requestId: null, state: null, changeKind: null, updatedAt: null, remark: null, ...told },
  }
}

interface HistoryPage {
  items: HistoryEntry[]
  nextCursor: string | null
}

const list =
  ({ clock, resources, requests, audit }: HistoryDeps) =>
  async (
    act: Act,
    resourceId: string,
    query: { limit?: number; cursor?: string },
    locale: Locale,
  ): Promise<HistoryPage | Refusal> => {
    const resource = await resources.get(act, resourceId)
    if (isRefusal(resource)) return resource
    const { caller } = act
    const auditScope = caller.kind === 'person' ? scopeOf(caller.grants, 'audit.list', clock.now()) : act.scope
    const whole = !isRefusal(await resources.get({ ...act, scope: auditScope }, resourceId))
    const asked = await requests.list(act, { ...query, resourceId }, locale)
    const done = await audit.list(act, { ...query, target: resourceId })
    const all = [...asked.items.map(ofRequest), ...done.items.map((it) => ofAct(it, whole))]
    const kept = all.sort((a, b) => (a.place < b.place ? 1 : -1)).slice(0, query.limit ?? 50)
    const more = all.length > kept.length || asked.nextCursor !== null || done.nextCursor !== null
    return { items: kept.map((it) => it.entry), nextCursor: more ? (kept.at(-1)?.place ?? null) : null }
  }

export const createHistoryService = (deps: HistoryDeps) => ({ list: list(deps) })
export type HistoryService = ReturnType<typeof createHistoryService>
