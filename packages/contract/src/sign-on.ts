import { Type } from 'typebox'
import { identityProviderKinds } from './identity-provider.ts'
import { operation } from './operation.ts'
import { Code, literals, Name } from './primitive.ts'
import { Session } from './session.ts'

const SignOnProvider = Type.Object(
  { code: Code, name: Name, kind: literals(identityProviderKinds) },
  { $id: 'SignOnProvider' },
)

export const signOnProviders = operation({
  name: 'sign-on.providers',
  http: 'GET /sign-ons/providers',
  summary: { 'zh-CN': '列出可用的登录方式', en: 'List where people can sign on' },
  answers: { 200: Type.Object({ items: Type.Array(SignOnProvider) }, { $id: 'SignOnProviders' }) },
  access: 'public',
  columns: ['code', 'name', 'kind'],
})

const State = Type.String({ minLength: 20, maxLength: 100 })
const Cookie = Type.Optional(
  Type.Boolean({
    description: 'For browsers: the token comes as a cookie that scripts cannot read, not in the answer',
  }),
)

export const signOnBegin = operation({
  name: 'sign-on.begin',
  http: 'POST /sign-ons',
  summary: { 'zh-CN': '开始单点登录', en: 'Begin to sign on elsewhere' },
  body: Type.Object({ provider: Code }),
  answers: {
    201: Type.Object(
      {
        url: Type.String({ description: 'Where the browser goes; it comes back to /sign-on of the console' }),
        state: State,
        secret: Type.String({ description: 'Stays in the browser that began, and completes the log-in from there' }),
      },
      { $id: 'SignOn' },
    ),
  },
  faults: ['sign-on-unknown', 'identity-provider-unreachable'],
  access: 'public',
  columns: ['url'],
})

export const signOnComplete = operation({
  name: 'sign-on.complete',
  http: 'POST /sign-ons/complete',
  summary: { 'zh-CN': '完成单点登录', en: 'Complete a log-in from elsewhere' },
  body: Type.Object({
    state: State,
    secret: Type.String({ minLength: 20, maxLength: 100, writeOnly: true }),
    parameters: Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: 8_000 }), {
      maxProperties: 20,
      description: 'What the issuer gave the browser: `code`, `state`, `iss`, or `error`',
    }),
    cookie: Cookie,
  }),
  answers: { 201: Session },
  faults: [
    'sign-on-unknown',
    'sign-on-refused',
    'sign-on-not-linked',
    'sign-on-unsuitable',
    'identity-provider-unreachable',
  ],
  access: 'public',
  columns: ['stage', 'expiresAt'],
})

export const signOnByCertificate = operation({
  name: 'sign-on.by-certificate',
  http: 'POST /sign-ons/certificate',
  summary: { 'zh-CN': '以数字证书登录', en: 'Log in with a certificate' },
  body: Type.Object({ cookie: Cookie }),
  answers: { 201: Session },
  faults: [
    'sign-on-unknown',
    'sign-on-refused',
    'sign-on-not-linked',
    'sign-on-unsuitable',
    'certificate-missing',
    'certificate-not-trusted',
  ],
  access: 'public',
  columns: ['stage', 'expiresAt'],
})

export const signOnEnd = operation({
  name: 'sign-on.end',
  http: 'POST /sign-ons/{provider}/back-channel-logout',
  summary: {
    'zh-CN': '身份提供方通知退出（后端通道）',
    en: 'An issuer says that somebody logged out there (OpenID Connect Back-Channel Logout 1.0)',
  },
  params: Type.Object({ provider: Code }),
  body: Type.Object({ logout_token: Type.String({ maxLength: 20_000, writeOnly: true }) }),
  form: true,
  // Not 204: issuers look for 200 (§2.8).
  answers: {
    200: Type.Object({ ended: Type.Integer({ minimum: 0, description: 'sessions' }) }, { $id: 'SignOnEnded' }),
  },
  faults: ['logout-token-invalid', 'identity-provider-unreachable'],
  access: 'public',
})
