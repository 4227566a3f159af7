import { type Static, Type } from 'typebox'
import { OrganisationId, PersonId } from './id.ts'
import { operation } from './operation.ts'
import { Code, Instant, literals, Name, nullable, Paging, PersonName, pageOf, SearchText } from './primitive.ts'

export const Password = Type.String({ minLength: 1, maxLength: 200, writeOnly: true })

export const Person = Type.Object(
  {
    id: PersonId,
    login: Code,
    name: Name,
    organisationId: OrganisationId,
    mustChangePassword: Type.Boolean(),
    hasPassword: Type.Boolean({
      description: 'Held here, and then it is the one that counts; else an identity provider says who they are',
    }),
    kind: literals(['person', 'service'], {
      description: 'A service account is a program: it has tokens, and no password',
    }),
    /** When the post was left; from then on the account opens nothing. */
    endedAt: nullable(Instant),
    createdAt: Instant,
  },
  { $id: 'Person' },
)
export type Person = Static<typeof Person>

export const personList = operation({
  name: 'person.list',
  http: 'GET /people',
  summary: { 'zh-CN': '列出人员', en: 'List people' },
  query: Type.Object({
    ...Paging,
    organisationId: Type.Optional(OrganisationId),
    kind: Type.Optional(Person.properties.kind),
    text: Type.Optional(SearchText),
  }),
  answers: { 200: pageOf(Person, 'PersonPage') },
  columns: ['id', 'login', 'name', 'organisationId'],
})

const ofPerson = Type.Object({ personId: PersonId })

export const personGet = operation({
  name: 'person.get',
  http: 'GET /people/{personId}',
  summary: { 'zh-CN': '查看人员', en: 'Show a person' },
  params: ofPerson,
  answers: { 200: Person },
  columns: ['id', 'login', 'name', 'organisationId'],
})

export const personCreate = operation({
  name: 'person.create',
  http: 'POST /people',
  summary: { 'zh-CN': '新建人员', en: 'Create a person' },
  body: Type.Object({
    login: Code,
    name: PersonName,
    organisationId: OrganisationId,
    password: Type.Optional(Password),
    kind: Type.Optional(literals(['person', 'service'])),
  }),
  answers: { 201: Person },
  faults: ['login-taken', 'password-too-weak', 'password-missing', 'organisation-ended'],
  columns: ['id', 'login', 'name', 'organisationId'],
})

export const personEnd = operation({
  name: 'person.end',
  http: 'POST /people/{personId}/end',
  summary: { 'zh-CN': '离岗：立即收回一切', en: 'Leave the post: everything ends at once' },
  params: ofPerson,
  answers: { 200: Person },
  faults: ['person-oneself', 'person-ended', 'last-security-admin'],
  stepUp: true,
  columns: ['id', 'login', 'name', 'endedAt'],
})

export const passwordReset = operation({
  name: 'password.reset',
  http: 'POST /people/{personId}/password-reset',
  summary: { 'zh-CN': '重置口令', en: 'Reset a password' },
  params: ofPerson,
  answers: {
    200: Type.Object({
      personId: PersonId,
      oneTimePassword: Type.String({ description: 'Shown once; to be changed at the first log-in, within a week' }),
    }),
  },
  faults: ['person-oneself', 'person-reaches-further', 'person-ended', 'person-is-service', 'second-factor-missing'],
  stepUp: true,
  columns: ['personId', 'oneTimePassword'],
})

export const passwordRemove = operation({
  name: 'password.remove',
  http: 'DELETE /people/{personId}/password',
  summary: {
    'zh-CN': '删除口令，此后由身份提供方证明其身份',
    en: 'Remove a password, so that identity providers alone say who somebody is',
  },
  params: ofPerson,
  answers: { 204: null },
  faults: [
    'person-oneself',
    'person-reaches-further',
    'person-ended',
    'person-is-service',
    'password-held-elsewhere',
    'password-only-proof',
    'second-factor-missing',
  ],
  stepUp: true,
})
