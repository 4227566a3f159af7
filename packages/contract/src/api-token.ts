import { type Static, Type } from 'typebox'
import { ApiTokenId, PersonId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, Name, nullable } from './primitive.ts'

/** `request.list`, or all of a noun: `request.*`. */
const Operations = Type.Array(Type.String({ pattern: '^[a-z][a-z-]*\\.([a-z][a-z-]*|\\*)$' }), {
  minItems: 1,
  maxItems: 200,
  uniqueItems: true,
})

export const ApiToken = Type.Object(
  {
    id: ApiTokenId,
    personId: PersonId,
    name: Name,
    operations: Operations,
    createdAt: Instant,
    expiresAt: Instant,
    lastUsedAt: nullable(Instant),
    endedAt: nullable(Instant),
  },
  { $id: 'ApiToken' },
)
export type ApiToken = Static<typeof ApiToken>

const columns = ['id', 'name', 'operations', 'expiresAt', 'lastUsedAt', 'endedAt']

const asked = {
  name: Name,
  operations: Operations,
  expiresAt: Instant,
}
const MadeToken = Type.Intersect([
  ApiToken,
  Type.Object({ token: Type.String({ description: 'Shown once; send as `Authorization: Bearer`' }) }),
])

export const apiTokenList = operation({
  name: 'api-token.list',
  http: 'GET /api-tokens',
  summary: { 'zh-CN': '列出本人的令牌', en: 'List my tokens' },
  answers: { 200: Type.Object({ items: Type.Array(ApiToken) }, { $id: 'ApiTokens' }) },
  access: 'self',
  columns,
})

export const apiTokenCreate = operation({
  name: 'api-token.create',
  http: 'POST /api-tokens',
  summary: { 'zh-CN': '为程序新建令牌', en: 'Make a token for a program' },
  body: Type.Object(asked),
  answers: { 201: MadeToken },
  faults: ['api-token-too-long', 'api-token-too-many', 'operation-unknown', 'step-up-required'],
  access: 'self',
  columns: ['id', 'name', 'expiresAt', 'token'],
})

export const apiTokenRevoke = operation({
  name: 'api-token.revoke',
  http: 'DELETE /api-tokens/{apiTokenId}',
  summary: { 'zh-CN': '收回本人的令牌', en: 'Revoke one of my tokens' },
  params: Type.Object({ apiTokenId: ApiTokenId }),
  answers: { 204: null },
  access: 'self',
})

const ofPerson = Type.Object({ personId: PersonId })

export const serviceTokenList = operation({
  name: 'service-token.list',
  http: 'GET /people/{personId}/api-tokens',
  summary: { 'zh-CN': '列出服务账号的令牌', en: 'List a service account’s tokens' },
  params: ofPerson,
  answers: { 200: Type.Object({ items: Type.Array(ApiToken) }, { $id: 'ServiceTokens' }) },
  faults: ['person-not-service'],
  columns,
})

export const serviceTokenCreate = operation({
  name: 'service-token.create',
  http: 'POST /people/{personId}/api-tokens',
  summary: { 'zh-CN': '为服务账号新建令牌', en: 'Make a token for a service account' },
  params: ofPerson,
  body: Type.Object(asked),
  answers: { 201: MadeToken },
  faults: [
    'person-not-service',
    'person-reaches-further',
    'person-ended',
    'api-token-too-long',
    'api-token-too-many',
    'operation-unknown',
  ],
  stepUp: true,
  columns: ['id', 'name', 'expiresAt', 'token'],
})

export const serviceTokenRevoke = operation({
  name: 'service-token.revoke',
  http: 'DELETE /people/{personId}/api-tokens/{apiTokenId}',
  summary: { 'zh-CN': '收回服务账号的令牌', en: 'Revoke a service account’s token' },
  params: Type.Object({ personId: PersonId, apiTokenId: ApiTokenId }),
  answers: { 204: null },
})
