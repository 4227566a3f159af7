import { isIP } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { fault, type IdentityProvider, toId } from '@yiduo/contract'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import { isLoopback } from '../../../platform/posting/index.ts'
import type { SealedColumn } from '../../../platform/secrets/index.ts'
import type { ProviderRow } from './provider-store.ts'

/** What a provider says of somebody, however it was proven. */
export interface Identity {
  /** Never changes, and is never given to another. */
  readonly subject: string
  readonly login: string
  readonly name: string
  readonly organisations: readonly string[]
  readonly roles: readonly string[]
}

/** Bound to the provider: sealed for one, a secret does not open for another. */
export const secretContext = (providerId: string): string => `identity provider ${providerId}`

export const sealedProviderSecrets: SealedColumn = {
  table: 'identity_providers',
  column: 'secret',
  id: 'id',
  contextOf: secretContext,
}

/** Lets nobody in that is not known, and gives nobody anything. */
export const closedRules: IdentityProvider['rules'] = {
  newcomers: 'refuse',
  adopts: false,
  organisationId: null,
  organisations: [],
  roles: [],
}

export const viewProvider = ({ secret, id, createdAt, ...row }: ProviderRow): IdentityProvider => ({
  ...row,
  id: toId('identityProvider', id),
  hasSecret: secret !== null,
  createdAt: createdAt.toISOString(),
})

/** Without the brackets of an IPv6 one. */
export const hostOf = (url: string): string => new URL(url).hostname.replace(/^\[|\]$/g, '')

/** Passwords and claims go over it in the clear: on this machine only. */
export const unsafety = (settings: IdentityProvider['settings']): Refusal | null => {
  if (settings.kind === 'certificate') return null
  const url = settings.kind === 'openid' ? settings.issuer : settings.url
  if (!URL.canParse(url)) return refuse('identity-provider-unsafe', { url })
  const isPlain = settings.kind === 'openid' ? url.startsWith('http:') : url.startsWith('ldap:') && !settings.startTls
  const host = hostOf(url)
  const isHere = host === 'localhost' || (isIP(host) !== 0 && isLoopback(host))
  return isPlain && !isHere ? refuse('identity-provider-unsafe', { url }) : null
}

type Settings = IdentityProvider['settings']

/** To whom its secret is sent, and who vouches that they are it. */
const destinationOf = (settings: Settings): unknown => {
  if (settings.kind === 'directory') return [settings.url, settings.startTls, settings.authorities]
  return settings.kind === 'openid' ? settings.issuer : null
}

/** What makes a subject of it somebody: the same subject of another is another person (OpenID Connect Core 1.0 §5.7). */
const namespaceOf = (settings: Settings): unknown => {
  if (settings.kind === 'directory') return settings.subject.toLowerCase()
  return settings.kind === 'openid' ? settings.issuer : null
}

const differs = (before: Settings, after: Settings, of: (it: Settings) => unknown): boolean =>
  before.kind !== after.kind || !isDeepStrictEqual(of(before), of(after))

/** Whether a secret that was entered for the one would be sent to somebody else by the other. */
export const leadsElsewhere = (before: Settings, after: Settings): boolean => differs(before, after, destinationOf)

/** Whether people who are known by the one would be mistaken for others by the other. */
export const namesOthers = (before: Settings, after: Settings): boolean => differs(before, after, namespaceOf)

/** Of whatever went wrong, as they were said. */
export const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return `${error.message}${cause}`.slice(0, 300)
}

export const unreachable = ({ name }: ProviderRow, error: unknown): Refusal => ({
  refused: fault('identity-provider-unreachable', { provider: name }, wordsOf(error)),
})

/** Longer ones no index takes; nobody is known by what cannot be written down. */
const longestSubjectBytes = 2_000

/** Whether somebody, or a session, can be known by it. */
export const isSubject = (text: string): boolean =>
  /^\P{Cc}+$/u.test(text) && Buffer.byteLength(text) <= longestSubjectBytes

/** The one claim, or none; numbers are taken as they are written. */
export const textOf = (value: unknown): string => {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value
  return typeof one === 'string' ? one : typeof one === 'number' ? String(one) : ''
}

/** All that a claim says: of lists, every word. */
const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((it) => (textOf(it) === '' ? [] : [textOf(it)]))

export const identityFrom = (
  subject: string,
  claims: IdentityProvider['claims'],
  claimed: (name: string) => unknown,
): Identity => ({
  subject,
  login: textOf(claimed(claims.login)),
  name: textOf(claimed(claims.name)),
  organisations: claims.organisation === null ? [] : textsOf(claimed(claims.organisation)),
  roles: claims.roles === null ? [] : textsOf(claimed(claims.roles)),
})
