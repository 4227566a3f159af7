import { type Static, Type } from 'typebox'
import { SessionGrant } from './grant.ts'
import { SessionId } from './id.ts'
import { Password, Person } from './identity.ts'
import { entryStages, operation } from './operation.ts'
import { Code, Instant, literals, nullable } from './primitive.ts'

export const sessionStages = [...entryStages, 'complete'] as const

export const Session = Type.Object(
  {
    id: SessionId,
    person: Person,
    grants: Type.Array(SessionGrant),
    stage: literals(sessionStages, {
      description: 'What it lacks. Before it is `complete` it opens nothing but what is needed to get there',
    }),
    provenAt: nullable(Type.String({ format: 'date-time', description: 'When a second factor was last proven' })),
    expiresAt: Instant,
    token: Type.Optional(
      Type.String({
        description:
          'Shown once, at log-in and whenever the session may do more than before; send as `Authorization: Bearer`',
      }),
    ),
  },
  { $id: 'Session' },
)
export type Session = Static<typeof Session>

export const OwnSession = Type.Object(
  {
    id: SessionId,
    current: Type.Boolean(),
    address: nullable(Type.String()),
    agent: nullable(Type.String({ description: 'What the browser or program calls itself' })),
    createdAt: Instant,
    lastUsedAt: Instant,
    expiresAt: Instant,
  },
  { $id: 'OwnSession' },
)
export type OwnSession = Static<typeof OwnSession>

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
  faults: ['log-in-refused', 'sign-on-not-linked', 'sign-on-unsuitable', 'identity-provider-unreachable'],
  access: 'public',
  columns: ['expiresAt'],
})

export const sessionGet = operation({
  name: 'session.get',
  http: 'GET /sessions/current',
  summary: { 'zh-CN': '查看当前会话', en: 'Show who I am' },
  answers: { 200: Session },
  access: 'self',
  entering: entryStages,
  columns: ['stage', 'expiresAt'],
})

export const sessionDelete = operation({
  name: 'session.delete',
  http: 'DELETE /sessions/current',
  summary: { 'zh-CN': '退出', en: 'Log out' },
  answers: { 204: null },
  access: 'self',
  entering: entryStages,
})

export const sessionLogOut = operation({
  name: 'session.log-out',
  http: 'POST /sessions/current/log-out',
  summary: {
    'zh-CN': '退出，并获知是否还须在身份提供方退出',
    en: 'Log out, and learn where to go on to log out of the identity provider',
  },
  answers: {
    200: Type.Object(
      {
        url: nullable(
          Type.String({
            description: 'Where the browser goes to end its session there too; it comes back to the console',
          }),
        ),
      },
      { $id: 'LoggedOut' },
    ),
  },
  access: 'self',
  entering: entryStages,
  columns: ['url'],
})

export const sessionList = operation({
  name: 'session.list',
  http: 'GET /sessions',
  summary: { 'zh-CN': '列出本人的会话', en: 'List my sessions' },
  answers: { 200: Type.Object({ items: Type.Array(OwnSession) }, { $id: 'OwnSessions' }) },
  access: 'self',
  columns: ['id', 'current', 'address', 'agent', 'lastUsedAt', 'expiresAt'],
})

export const sessionEnd = operation({
  name: 'session.end',
  http: 'DELETE /sessions/{sessionId}',
  summary: { 'zh-CN': '结束本人的一个会话', en: 'End one of my sessions' },
  params: Type.Object({ sessionId: SessionId }),
  answers: { 204: null },
  access: 'self',
})

export const passwordChange = operation({
  name: 'password.change',
  http: 'POST /passwords/change',
  summary: { 'zh-CN': '修改本人口令', en: 'Change my password' },
  body: Type.Object({ oldPassword: Password, newPassword: Password }),
  answers: { 200: Session },
  faults: ['log-in-refused', 'log-in-locked', 'password-too-weak', 'person-is-service', 'password-held-elsewhere'],
  access: 'self',
  entering: ['password-change'],
  columns: ['stage', 'expiresAt'],
})
