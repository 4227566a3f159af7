import { type Static, Type } from 'typebox'
import { IdentityProviderId, OrganisationId, PersonId } from './id.ts'
import { operation } from './operation.ts'
import { Code, Instant, literals, Name, nullable } from './primitive.ts'
import { roles, separatedDuties } from './role.ts'

export const identityProviderKinds = ['openid', 'directory', 'certificate'] as const
export type IdentityProviderKind = (typeof identityProviderKinds)[number]

const word = (description: string, maxLength = 200) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\p{Cc}]+$', description })

const Certificates = nullable(
  Type.String({ maxLength: 100_000, pattern: '^\\s*-----BEGIN CERTIFICATE-----', description: 'PEM, one or several' }),
)

const OpenIdSettings = Type.Object({
  kind: Type.Literal('openid'),
  issuer: Type.String({
    maxLength: 500,
    pattern: '^https?://[^\\s/?#@\\\\]+(/[^\\s?#]*)?$',
    description: 'As its discovery document names it (OpenID Connect Discovery 1.0 §4.3); https but on this machine',
  }),
  clientId: word('As it is registered there'),
  scopes: Type.Array(Type.String({ pattern: '^[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}$' }), {
    maxItems: 20,
    uniqueItems: true,
    description: 'beside `openid`',
  }),
  endsThere: Type.Optional(
    Type.Boolean({
      description:
        'Whoever logs out here is led on to log out there, where it has an `end_session_endpoint` (OpenID Connect ' +
        'RP-Initiated Logout 1.0)',
    }),
  ),
})

const DirectorySettings = Type.Object({
  kind: Type.Literal('directory'),
  url: Type.String({
    maxLength: 300,
    pattern: '^ldaps?://[^\\s/?#@\\\\]+/?$',
    description: 'ldaps://host:port, or ldap:// with StartTLS; without either on this machine only',
  }),
  startTls: Type.Boolean(),
  authorities: Certificates,
  bindDn: nullable(word('As whom it is searched; null for nobody in particular', 500)),
  baseDn: word('Below which people lie', 500),
  filter: Type.String({
    maxLength: 500,
    pattern: '^\\(.*\\)$',
    description: 'Whom it is about, as RFC 4515 writes it: (objectClass=inetOrgPerson)',
  }),
  subject: word('Attribute that never changes and is never given to another: entryUUID, objectGUID', 60),
})

const CertificateSettings = Type.Object({
  kind: Type.Literal('certificate'),
  authorities: Certificates,
})

export const IdentityProviderSettings = Type.Union([OpenIdSettings, DirectorySettings, CertificateSettings])
export type IdentityProviderSettings = Static<typeof IdentityProviderSettings>

/** Claims of a token, attributes of a directory's entry, or parts of a certificate's subject. */
const Claims = Type.Object({
  login: word('Of the log-in name', 60),
  name: word('Of what the person is called', 60),
  organisation: nullable(word('Of the organisation', 60)),
  roles: nullable(word('Of roles or groups', 60)),
})

const mappable = roles.filter((role) => !separatedDuties.includes(role))

const Value = word('What the claim says')

export const IdentityProviderRules = Type.Object({
  newcomers: literals(['refuse', 'create'], { description: 'Who is not known here yet' }),
  adopts: Type.Boolean({
    description:
      'A local person of the same log-in name, who holds no administrative post and belongs to the organisation that is ' +
      'found for them, or to one below it, is taken to be the same',
  }),
  organisationId: nullable({ ...OrganisationId, description: 'Of everybody whose claim says none that is mapped' }),
  organisations: Type.Array(Type.Object({ value: Value, organisationId: OrganisationId }), { maxItems: 2_000 }),
  roles: Type.Array(Type.Object({ value: Value, role: literals(mappable), reach: literals(['own', 'subtree']) }), {
    maxItems: 200,
  }),
})
export type IdentityProviderRules = Static<typeof IdentityProviderRules>

export const IdentityProvider = Type.Object(
  {
    id: IdentityProviderId,
    code: Code,
    name: Name,
    settings: IdentityProviderSettings,
    claims: Claims,
    hasSecret: Type.Boolean({ description: 'Client secret, or password of the bind' }),
    rules: IdentityProviderRules,
    enabled: Type.Boolean(),
    revision: Type.Integer({ minimum: 1 }),
    createdAt: Instant,
  },
  { $id: 'IdentityProvider' },
)
export type IdentityProvider = Static<typeof IdentityProvider>

const columns = ['id', 'code', 'name', 'enabled', 'revision']
const params = Type.Object({ identityProviderId: IdentityProviderId })
const Secret = Type.String({ minLength: 1, maxLength: 500, writeOnly: true })

export const identityProviderList = operation({
  name: 'identity-provider.list',
  http: 'GET /identity-providers',
  summary: { 'zh-CN': '列出身份提供方', en: 'List identity providers' },
  answers: { 200: Type.Object({ items: Type.Array(IdentityProvider) }, { $id: 'IdentityProviders' }) },
  columns,
})

export const identityProviderCreate = operation({
  name: 'identity-provider.create',
  http: 'POST /identity-providers',
  summary: { 'zh-CN': '登记身份提供方（停用状态）', en: 'Enter an identity provider; it lets nobody in yet' },
  body: Type.Object({
    code: Code,
    name: Name,
    settings: IdentityProviderSettings,
    claims: Claims,
    secret: Type.Optional(Secret),
  }),
  answers: { 201: IdentityProvider },
  faults: ['code-taken', 'identity-provider-unsafe'],
  columns,
  stepUp: true,
})

export const identityProviderEdit = operation({
  name: 'identity-provider.edit',
  http: 'PATCH /identity-providers/{identityProviderId}',
  summary: {
    'zh-CN': '修改身份提供方；连接方式变更后即停用',
    en: 'Edit an identity provider; a change of how it is reached switches it off',
  },
  params,
  body: Type.Object({
    name: Type.Optional(Name),
    settings: Type.Optional(IdentityProviderSettings),
    claims: Type.Optional(Claims),
    secret: Type.Optional(nullable(Secret)),
  }),
  answers: { 200: IdentityProvider },
  faults: [
    'revision-stale',
    'identity-provider-unsafe',
    'identity-provider-secret-missing',
    'identity-provider-is-another',
  ],
  columns,
  stepUp: true,
})

export const identityProviderRemove = operation({
  name: 'identity-provider.remove',
  http: 'DELETE /identity-providers/{identityProviderId}',
  summary: { 'zh-CN': '移除身份提供方及其会话', en: 'Remove an identity provider, and the sessions begun there' },
  params,
  answers: { 204: null },
  stepUp: true,
})

export const identityProviderProbe = operation({
  name: 'identity-provider.probe',
  http: 'POST /identity-providers/{identityProviderId}/probe',
  summary: { 'zh-CN': '测试身份提供方的连接', en: 'Try whether an identity provider can be reached' },
  params,
  answers: {
    200: Type.Object(
      { told: Type.String({ description: 'What it says of itself' }) },
      { $id: 'IdentityProviderProbe' },
    ),
  },
  faults: ['identity-provider-unreachable', 'identity-provider-unsafe'],
  columns: ['told'],
})

export const identityProviderSetRules = operation({
  name: 'identity-provider.set-rules',
  http: 'PUT /identity-providers/{identityProviderId}/rules',
  summary: {
    'zh-CN': '设置准入规则与声明映射',
    en: 'Say whom an identity provider lets in, and what its claims mean',
  },
  params,
  body: IdentityProviderRules,
  answers: { 200: IdentityProvider },
  faults: ['revision-stale', 'organisation-ended'],
  columns,
  stepUp: true,
})

export const identityProviderEnable = operation({
  name: 'identity-provider.enable',
  http: 'POST /identity-providers/{identityProviderId}/enable',
  summary: { 'zh-CN': '启用身份提供方', en: 'Let people in from an identity provider' },
  params,
  answers: { 200: IdentityProvider },
  columns,
  stepUp: true,
})

export const identityProviderDisable = operation({
  name: 'identity-provider.disable',
  http: 'POST /identity-providers/{identityProviderId}/disable',
  summary: { 'zh-CN': '停用身份提供方并结束其会话', en: 'Let nobody in from there, and end the sessions begun there' },
  params,
  answers: { 200: IdentityProvider },
  columns,
  stepUp: true,
})

const directoryEntryStates = ['new', 'same', 'linkable', 'unmapped', 'unsuitable', 'gone', 'ended'] as const

export const DirectoryEntry = Type.Object(
  {
    subject: Type.String(),
    login: Type.String(),
    name: Type.String(),
    organisationId: nullable(OrganisationId),
    personId: nullable(PersonId),
    state: literals(directoryEntryStates, {
      description:
        'new: will be created; same: is there; linkable: a local person of that log-in is taken to be the same; ' +
        'unmapped: no organisation, and no roles from claims; unsuitable: log-in or name cannot be taken; gone: no longer in the directory; ' +
        'ended: the account here has ended',
    }),
  },
  { $id: 'DirectoryEntry' },
)
export type DirectoryEntry = Static<typeof DirectoryEntry>

const Count = Type.Integer({ minimum: 0 })

const DirectoryComparison = Type.Object(
  {
    counts: Type.Object({
      ...{ new: Count, same: Count, linkable: Count },
      ...{ unmapped: Count, unsuitable: Count, gone: Count, ended: Count },
    } satisfies Record<(typeof directoryEntryStates)[number], unknown>),
    items: Type.Array(DirectoryEntry, { description: 'The first thousand; those that stay the same come last' }),
  },
  { $id: 'DirectoryComparison' },
)
export type DirectoryComparison = Static<typeof DirectoryComparison>

export const identityProviderCompare = operation({
  name: 'identity-provider.compare',
  http: 'GET /identity-providers/{identityProviderId}/people',
  summary: { 'zh-CN': '预览目录导入', en: 'Compare a directory with the people here' },
  params,
  answers: { 200: DirectoryComparison },
  faults: ['identity-provider-unreachable', 'identity-provider-not-directory', 'identity-provider-unsafe'],
  columns: ['login', 'name', 'state'],
})

export const identityProviderImport = operation({
  name: 'identity-provider.import',
  http: 'POST /identity-providers/{identityProviderId}/people',
  summary: { 'zh-CN': '从目录导入人员', en: 'Take people over from a directory' },
  params,
  answers: { 200: DirectoryComparison },
  faults: [
    'identity-provider-unreachable',
    'identity-provider-not-directory',
    'identity-provider-unsafe',
    'identity-provider-off',
  ],
  columns: ['login', 'name', 'state'],
})
