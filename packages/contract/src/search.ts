import { type Static, Type } from 'typebox'
import { OrganisationId } from './id.ts'
import { operation } from './operation.ts'
import { literals, nullable, SearchText } from './primitive.ts'

/** What is searched, in the order in which it is shown. */
export const searchKinds = [
  'system',
  'request',
  'resource',
  'organisation',
  'person',
  'platform',
  'node',
  'offering',
  'template',
] as const
export type SearchKind = (typeof searchKinds)[number]

const Hit = Type.Object({
  id: Type.String(),
  name: Type.String({ description: 'Of a request: its system’s' }),
  note: nullable(Type.String({ description: 'A log-in, a code, an address: what else it is known by' })),
  state: nullable(Type.String()),
  organisationId: nullable(OrganisationId),
  organisationName: nullable(Type.String()),
})

export const SearchResult = Type.Object(
  {
    groups: Type.Array(
      Type.Object({
        kind: literals(searchKinds),
        items: Type.Array(Hit, { description: 'What is called just so, what begins so, what holds it' }),
        more: Type.Boolean({ description: 'There are others: the list of that kind shows them' }),
      }),
    ),
  },
  { $id: 'SearchResult', description: 'A group for each kind of which something was found' },
)
export type SearchResult = Static<typeof SearchResult>

export const searchFind = operation({
  name: 'search.find',
  http: 'GET /search',
  summary: { 'zh-CN': '全局搜索', en: 'Search in everything that I may list' },
  query: Type.Object({
    text: SearchText,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 5, description: 'Of each kind' })),
  }),
  answers: { 200: SearchResult },
  columns: ['groups'],
})
