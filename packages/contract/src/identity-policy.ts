import { type Static, Type } from 'typebox'
import { operation } from './operation.ts'
import { literals, nullable } from './primitive.ts'
import { roles } from './role.ts'

const whole = (minimum: number, maximum: number, description: string) => Type.Integer({ minimum, maximum, description })

const figures = {
  passwordMinimum: whole(8, 64, 'characters of a password'),
  administratorPasswordMinimum: whole(8, 64, 'characters of an administrator’s'),
  passwordKinds: whole(1, 4, 'of small letters, capitals, digits and other signs'),
  passwordMaxAgeDays: nullable(whole(1, 3_650, 'days after which a password is changed; null for never')),
  passwordsRemembered: whole(0, 24, 'of the past that are not taken again'),
  failuresToLock: whole(1, 20, 'wrong passwords or codes in a row'),
  lockMinutes: whole(1, 1_440, 'minutes that an account is locked'),
  idleMinutes: whole(1, 1_440, 'minutes without use that end a session'),
  administratorIdleMinutes: whole(1, 1_440, 'minutes that end an administrator’s'),
  sessionHours: whole(1, 168, 'hours after which any session ends'),
  tokenDays: whole(1, 1_095, 'days that a token for programs lasts at most'),
  secondFactorRoles: nullable(
    Type.Array(literals(roles), {
      uniqueItems: true,
      minItems: 1,
      maxItems: roles.length,
      description: 'whose holders need a second factor; null for nobody’s',
    }),
  ),
  stepUpMinutes: nullable(
    whole(1, 240, 'minutes for which a proven second factor allows what destroys, grants, settles; null: always'),
  ),
}

export const IdentityPolicy = Type.Object(
  {
    ...figures,
    revision: Type.Integer({ minimum: 1 }),
  },
  { $id: 'IdentityPolicy' },
)
export type IdentityPolicy = Static<typeof IdentityPolicy>

const columns = [
  'secondFactorRoles',
  'stepUpMinutes',
  'passwordMinimum',
  'failuresToLock',
  'idleMinutes',
  'sessionHours',
]

export const identityPolicyGet = operation({
  name: 'identity-policy.get',
  http: 'GET /identity-policy',
  summary: { 'zh-CN': '查看身份鉴别策略', en: 'Show how people are authenticated' },
  answers: { 200: IdentityPolicy },
  columns,
})

export const identityPolicySet = operation({
  name: 'identity-policy.set',
  http: 'PUT /identity-policy',
  summary: { 'zh-CN': '设置身份鉴别策略', en: 'Set how people are authenticated' },
  body: Type.Object(figures),
  answers: { 200: IdentityPolicy },
  faults: ['revision-stale'],
  stepUp: true,
  columns,
})
