import { type Static, Type } from 'typebox'
import { GrantId, OrganisationId, PersonId } from './id.ts'
import { operation } from './operation.ts'
import { Code, Instant, literals, Name, nullable, Paging, pageOf, SearchText } from './primitive.ts'
import { Role } from './role.ts'

export const Password = Type.String({ minLength: 1, maxLength: 200, writeOnly: true })

export const Grant = Type.Object(
  {
    id: GrantId,
    personId: PersonId,
    role: Role,
    organisationId: OrganisationId,
    reach: literals(['own', 'subtree', 'all']),
    until: nullable(Instant),
  },
  { $id: 'Grant' },
)
export type Grant = Static<typeof Grant>

export const Person = Type.Object(
  {
    id: PersonId,
    login: Code,
    name: Name,
    organisationId: OrganisationId,
    mustChangePassword: Type.Boolean(),
    createdAt: Instant,
  },
  { $id: 'Person' },
)
export type Person = Static<typeof Person>

export const Session = Type.Object(
  {
    person: Person,
    grants: Type.Array(Grant),
    expiresAt: Instant,
    token: Type.Optional(Type.String({ description: 'Shown once, at log-in; send as `Authorization: Bearer`' })),
  },
  { $id: 'Session' },
)
export type Session = Static<typeof Session>

export const sessionCreate = operation({
  name: 'session.create',
  http: 'POST /sessions',
  summary: { 'zh-CN': '登录', en: 'Log in' },
  body: Type.Object({
    login: Code,
    password: Password,
    cookie: Type.Optional(
      Type.Boolean({
        description: 'For browsers: the token comes as a cookie that scripts cannot read, not in the answer',
      }),
    ),
  }),
  answers: { 201: Session },
  faults: ['log-in-refused', 'log-in-locked'],
  access: 'public',
  columns: ['expiresAt'],
})

export const sessionGet = operation({
  name: 'session.get',
  http: 'GET /sessions/current',
  summary: { 'zh-CN': '查看当前会话', en: 'Show who I am' },
  answers: { 200: Session },
  access: 'self',
  columns: ['expiresAt'],
})

export const sessionDelete = operation({
  name: 'session.delete',
  http: 'DELETE /sessions/current',
  summary: { 'zh-CN': '退出', en: 'Log out' },
  answers: { 204: null },
  access: 'self',
})

export const passwordChange = operation({
  name: 'password.change',
  http: 'POST /passwords/change',
  summary: { 'zh-CN': '修改本人口令', en: 'Change my password' },
  body: Type.Object({ oldPassword: Password, newPassword: Password }),
  answers: { 204: null },
  faults: ['log-in-refused', 'log-in-locked', 'password-too-weak'],
  access: 'self',
})

export const personList = operation({
  name: 'person.list',
  http: 'GET /people',
  summary: { 'zh-CN': '列出人员', en: 'List people' },
  query: Type.Object({ ...Paging, organisationId: Type.Optional(OrganisationId), text: Type.Optional(SearchText) }),
  answers: { 200: pageOf(Person, 'PersonPage') },
  columns: ['id', 'login', 'name', 'organisationId'],
})

export const personCreate = operation({
  name: 'person.create',
  http: 'POST /people',
  summary: { 'zh-CN': '新建人员', en: 'Create a person' },
  body: Type.Object({ login: Code, name: Name, organisationId: OrganisationId, password: Password }),
  answers: { 201: Person },
  faults: ['login-taken', 'password-too-weak'],
  columns: ['id', 'login', 'name', 'organisationId'],
})

export const grantList = operation({
  name: 'grant.list',
  http: 'GET /grants',
  summary: { 'zh-CN': '列出授权', en: 'List grants' },
  query: Type.Object({ ...Paging, personId: Type.Optional(PersonId) }),
  answers: { 200: pageOf(Grant, 'GrantPage') },
  columns: ['id', 'personId', 'role', 'organisationId', 'reach', 'until'],
})

export const grantCreate = operation({
  name: 'grant.create',
  http: 'POST /grants',
  summary: { 'zh-CN': '授权', en: 'Grant a role' },
  body: Type.Object({
    personId: PersonId,
    role: Role,
    organisationId: OrganisationId,
    reach: literals(['own', 'subtree', 'all']),
    until: Type.Optional(Instant),
  }),
  answers: { 201: Grant },
  faults: ['duties-not-separated', 'grant-to-oneself'],
  columns: ['id', 'personId', 'role', 'organisationId', 'reach', 'until'],
})

export const grantRevoke = operation({
  name: 'grant.revoke',
  http: 'DELETE /grants/{grantId}',
  summary: { 'zh-CN': '收回授权', en: 'Revoke a grant' },
  params: Type.Object({ grantId: GrantId }),
  answers: { 204: null },
})
