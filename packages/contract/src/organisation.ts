import { type Static, Type } from 'typebox'
import { OrganisationId } from './id.ts'
import { operation } from './operation.ts'
import { DivisionCode, Instant, literals, Name, nullable, Paging, pageOf, SearchText } from './primitive.ts'

export const organisationLevels = ['province', 'city', 'county', 'township', 'village'] as const
export const OrganisationLevel = literals(organisationLevels)

/** What an organisation is in the cloud's affairs; people's roles are another matter. */
export const actors = [
  'authority',
  'operator',
  'department',
  'provider',
  'security-operator',
  'regulator',
  'auditor',
] as const
export const Actor = literals(actors)

export const Organisation = Type.Object(
  {
    id: OrganisationId,
    parentId: nullable(OrganisationId),
    name: Name,
    actor: Actor,
    level: OrganisationLevel,
    divisionCode: DivisionCode,
    consolidates: Type.Boolean({ description: 'A county bureau that collects its county’s requests (扎口)' }),
    createdAt: Instant,
    endedAt: nullable(Instant),
    successorId: nullable(OrganisationId),
  },
  { $id: 'Organisation' },
)
export type Organisation = Static<typeof Organisation>

const params = Type.Object({ organisationId: OrganisationId })
const columns = ['id', 'name', 'actor', 'level', 'divisionCode']

export const organisationList = operation({
  name: 'organisation.list',
  http: 'GET /organisations',
  summary: { 'zh-CN': '列出机构', en: 'List organisations' },
  query: Type.Object({
    ...Paging,
    parentId: Type.Optional(OrganisationId),
    actor: Type.Optional(Actor),
    text: Type.Optional(SearchText),
  }),
  answers: { 200: pageOf(Organisation, 'OrganisationPage') },
  columns,
})

export const organisationGet = operation({
  name: 'organisation.get',
  http: 'GET /organisations/{organisationId}',
  summary: { 'zh-CN': '查看机构', en: 'Show an organisation' },
  params,
  answers: { 200: Organisation },
  columns,
})

export const organisationCreate = operation({
  name: 'organisation.create',
  http: 'POST /organisations',
  summary: { 'zh-CN': '新建机构', en: 'Create an organisation' },
  body: Type.Object({
    parentId: nullable(OrganisationId),
    name: Name,
    actor: Actor,
    level: OrganisationLevel,
    divisionCode: DivisionCode,
    consolidates: Type.Optional(Type.Boolean()),
  }),
  answers: { 201: Organisation },
  faults: ['organisation-level-wrong', 'organisation-name-taken'],
  columns,
})

export const organisationAbolish = operation({
  name: 'organisation.abolish',
  http: 'POST /organisations/{organisationId}/abolish',
  summary: { 'zh-CN': '撤并机构', en: 'Abolish an organisation; what waits at it goes to its successor' },
  params,
  body: Type.Object({ successorId: OrganisationId }),
  answers: { 200: Organisation },
  faults: ['organisation-ended', 'organisation-in-use', 'successor-unsuitable', 'last-security-admin'],
  columns,
  stepUp: true,
})
