import { type Static, Type } from 'typebox'
import { PersonId, SecondFactorId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, Name, nullable } from './primitive.ts'
import { Session } from './session.ts'

export const SecondFactor = Type.Object(
  {
    id: SecondFactorId,
    kind: literals(['totp', 'passkey']),
    name: Name,
    createdAt: Instant,
    lastUsedAt: nullable(Instant),
  },
  { $id: 'SecondFactor' },
)
export type SecondFactor = Static<typeof SecondFactor>

const columns = ['id', 'kind', 'name', 'createdAt', 'lastUsedAt']

/** Six digits, as programs and devices of RFC 6238 show them. */
const OneTimeCode = Type.String({ pattern: '^[0-9]{6}$', writeOnly: true })

/** What a browser takes and gives, as WebAuthn Level 3 writes it in JSON; checked by whoever speaks it. */
const ceremony = (description: string) => Type.Record(Type.String(), Type.Unknown(), { description })

export const secondFactorList = operation({
  name: 'second-factor.list',
  http: 'GET /second-factors',
  summary: { 'zh-CN': '列出本人的第二因子', en: 'List my second factors' },
  answers: { 200: Type.Object({ items: Type.Array(SecondFactor) }, { $id: 'SecondFactors' }) },
  access: 'self',
  entering: ['second-factor', 'second-factor-set-up'],
  columns,
})

export const secondFactorRemove = operation({
  name: 'second-factor.remove',
  http: 'DELETE /second-factors/{secondFactorId}',
  summary: { 'zh-CN': '移除本人的一个第二因子', en: 'Remove one of my second factors' },
  params: Type.Object({ secondFactorId: SecondFactorId }),
  answers: { 204: null },
  faults: ['second-factor-last', 'step-up-required'],
  access: 'self',
})

export const secondFactorReset = operation({
  name: 'second-factor.reset',
  http: 'POST /people/{personId}/second-factor-reset',
  summary: { 'zh-CN': '清除他人的第二因子', en: 'Remove somebody’s second factors' },
  params: Type.Object({ personId: PersonId }),
  answers: { 204: null },
  faults: ['person-oneself', 'person-reaches-further'],
  stepUp: true,
})

export const totpBegin = operation({
  name: 'totp.begin',
  http: 'POST /second-factors/totp',
  summary: { 'zh-CN': '开始设置动态口令', en: 'Begin to set up one-time codes' },
  body: Type.Object({ name: Name }),
  answers: {
    201: Type.Object(
      {
        id: SecondFactorId,
        secret: Type.String({ description: 'Base 32; for devices that cannot read the picture. Shown once' }),
        uri: Type.String({ description: '`otpauth://totp/…`, to be shown as a QR code. Shown once' }),
      },
      { $id: 'TotpSetUp' },
    ),
  },
  faults: ['second-factor-too-many', 'step-up-required'],
  access: 'self',
  entering: ['second-factor-set-up'],
  columns: ['secret', 'uri'],
})

export const totpConfirm = operation({
  name: 'totp.confirm',
  http: 'POST /second-factors/{secondFactorId}/confirm',
  summary: { 'zh-CN': '以第一个动态口令完成设置', en: 'Complete the set-up with the first code' },
  params: Type.Object({ secondFactorId: SecondFactorId }),
  body: Type.Object({ code: OneTimeCode }),
  answers: { 200: Session },
  faults: ['second-factor-wrong', 'log-in-locked'],
  access: 'self',
  entering: ['second-factor-set-up'],
  columns: ['stage', 'expiresAt'],
})

export const totpProve = operation({
  name: 'totp.prove',
  http: 'POST /second-factors/totp/prove',
  summary: { 'zh-CN': '以动态口令证明身份', en: 'Prove who I am by a one-time code' },
  body: Type.Object({ code: OneTimeCode }),
  answers: { 200: Session },
  faults: ['second-factor-wrong', 'log-in-locked'],
  access: 'self',
  entering: ['second-factor'],
  columns: ['stage', 'expiresAt'],
})

export const passkeyBegin = operation({
  name: 'passkey.begin',
  http: 'POST /second-factors/passkey',
  summary: { 'zh-CN': '开始登记通行密钥', en: 'Begin to register a passkey' },
  answers: { 200: ceremony('PublicKeyCredentialCreationOptionsJSON') },
  faults: ['second-factor-too-many', 'step-up-required'],
  access: 'self',
  entering: ['second-factor-set-up'],
})

export const passkeyRegister = operation({
  name: 'passkey.register',
  http: 'POST /second-factors/passkey/register',
  summary: { 'zh-CN': '登记通行密钥', en: 'Register a passkey' },
  body: Type.Object({ name: Name, response: ceremony('RegistrationResponseJSON') }),
  answers: { 200: Session },
  faults: ['second-factor-wrong', 'second-factor-known'],
  access: 'self',
  entering: ['second-factor-set-up'],
  columns: ['stage', 'expiresAt'],
})

export const passkeyChallenge = operation({
  name: 'passkey.challenge',
  http: 'POST /second-factors/passkey/challenge',
  summary: { 'zh-CN': '请求通行密钥的挑战', en: 'Ask for a passkey’s challenge' },
  answers: { 200: ceremony('PublicKeyCredentialRequestOptionsJSON') },
  access: 'self',
  entering: ['second-factor'],
})

export const passkeyProve = operation({
  name: 'passkey.prove',
  http: 'POST /second-factors/passkey/prove',
  summary: { 'zh-CN': '以通行密钥证明身份', en: 'Prove who I am by a passkey' },
  body: Type.Object({ response: ceremony('AuthenticationResponseJSON') }),
  answers: { 200: Session },
  faults: ['second-factor-wrong', 'log-in-locked'],
  access: 'self',
  entering: ['second-factor'],
  columns: ['stage', 'expiresAt'],
})
