import { type Static, Type } from 'typebox'
import { RequestId, ResourceId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, Paging, pageOf } from './primitive.ts'
import { changeKinds, RequestState } from './request.ts'

export const HistoryEntry = Type.Object(
  {
    at: Instant,
    operation: Type.String({ description: 'What was done, as permissions and the audit trail name it' }),
    requestId: nullable(RequestId),
    state: nullable(RequestState),
    changeKind: nullable(literals(changeKinds)),
    updatedAt: nullable(Instant),
    by: nullable(
      Type.String({
        description: 'Who asked for it; who did something else is for those alone who may read the audit trail',
      }),
    ),
    remark: nullable(Type.String({ description: 'What was said of the request last' })),
    after: nullable(Type.Unknown()),
  },
  {
    $id: 'HistoryEntry',
    description: 'A request about a resource, with what became of it; or something that was done to it',
  },
)
export type HistoryEntry = Static<typeof HistoryEntry>

export const resourceHistory = operation({
  name: 'resource.history',
  http: 'GET /resources/{resourceId}/history',
  summary: { 'zh-CN': '查看云资源的历史', en: 'Show what happened to a resource' },
  params: Type.Object({ resourceId: ResourceId }),
  query: Type.Object(Paging),
  answers: { 200: pageOf(HistoryEntry, 'HistoryPage') },
  columns: ['at', 'operation', 'changeKind', 'state', 'by'],
})
