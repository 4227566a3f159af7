import { type Static, Type } from 'typebox'
import { Measure } from './catalogue.ts'
import { OrganisationId, PlatformId, RequestId, SystemId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, pageOf, YuanE4 } from './primitive.ts'
import { changeKinds, RequestKind, RequestState, requestQuery, Step } from './request.ts'

/** A request as a list of hundreds shows it: what people decide by, and nothing to be looked up. */
export const InboxItem = Type.Object(
  {
    id: RequestId,
    kind: RequestKind,
    aboutRequestId: nullable(RequestId),
    state: RequestState,
    step: Step,
    side: literals(['department', 'operator', 'none'], { description: 'Whose move it is' }),
    organisationId: OrganisationId,
    organisationName: Type.String(),
    systemId: SystemId,
    systemName: Type.String(),
    sentByName: nullable(Type.String()),
    monthlyPriceYuanE4: YuanE4,
    dueAt: nullable(Instant),
    isOverdue: Type.Boolean(),
    lines: Type.Array(
      Type.Object({
        name: Type.String(),
        quantity: Type.Integer(),
        planName: nullable(Type.String()),
        changeKind: nullable(literals(changeKinds)),
        platformId: nullable(PlatformId),
        platformName: nullable(Type.String({ description: 'Chosen, or before that wished for' })),
      }),
    ),
    quotas: Type.Array(
      Type.Object({
        measure: Measure,
        wanted: Type.Integer(),
        held: Type.Integer(),
        limit: Type.Integer(),
        left: Type.Integer({ description: 'After it; negative where it asks for more than there is' }),
      }),
      { description: 'What an undecided request for new resources takes of the limits there are' },
    ),
    createdAt: Instant,
    updatedAt: Instant,
    revision: Type.Integer(),
  },
  { $id: 'InboxItem' },
)
export type InboxItem = Static<typeof InboxItem>

export const inboxList = operation({
  name: 'inbox.list',
  http: 'GET /inbox',
  summary: { 'zh-CN': '按时限列出办件', en: 'List requests as an inbox shows them' },
  query: requestQuery,
  answers: { 200: pageOf(InboxItem, 'InboxPage') },
  columns: ['id', 'kind', 'state', 'organisationName', 'systemName', 'monthlyPriceYuanE4', 'dueAt'],
})
