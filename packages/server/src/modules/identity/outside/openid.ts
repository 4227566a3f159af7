import type { IdentityProvider } from '@yiduo/contract'
import * as jose from 'jose'
import * as openid from 'openid-client'
import type { Clock } from '../../../kernel/clock.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { Secrets } from '../../../platform/secrets/index.ts'
import { type Identity, identityFrom, isSubject, secretContext, textOf, unreachable, wordsOf } from './provider.ts'
import type { ProviderRow } from './provider-store.ts'

/** An issuer that takes longer is as good as away: somebody sits in front of it. */
const patienceSeconds = 10
/** Keys and addresses of an issuer change seldom; signing keys that are not known are asked for anew anyway. */
const rememberedMs = 600_000
/** Clocks of two machines; a logout is told at once. */
export const clockToleranceSeconds = 60
export const logoutAgeSeconds = 300

export interface Authorisation {
  readonly url: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface OpenIdProof {
  readonly identity: Identity
  readonly session: string | null
}

/** What an issuer could not prove, and why: for the trail, not for whoever tries. */
export interface Unproven {
  readonly unproven: string
}

export interface Logout {
  readonly subject: string | null
  readonly session: string | null
  readonly issuedAt: Date
  /** `jti`: of its issuer's tokens no other has it. */
  readonly number: string
}

export interface OpenId {
  readonly begin: (provider: ProviderRow, redirectUri: string) => Promise<Authorisation | Refusal>
  readonly prove: (provider: ProviderRow, came: Return) => Promise<OpenIdProof | Unproven | Refusal>
  /** Who has logged out, by a token of OpenID Connect Back-Channel Logout 1.0 §2.6. */
  readonly readLogout: (provider: ProviderRow, token: string) => Promise<Logout | Unproven | Refusal>
  /** Where somebody goes to log out there (OpenID Connect RP-Initiated Logout 1.0 §2); null where it has no such place. */
  readonly leave: (provider: ProviderRow, backTo: string) => Promise<string | null | Refusal>
  readonly probe: (provider: ProviderRow) => Promise<string | Refusal>
}

type OpenIdSettings = Extract<IdentityProvider['settings'], { kind: 'openid' }>

const settingsOf = ({ settings, code }: ProviderRow): OpenIdSettings => {
  if (settings.kind !== 'openid') throw new Error(`${code} is no issuer`)
  return settings
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** `fetch` throws a bare TypeError where nobody answers; whatever else comes was an answer. */
const isAway = (error: unknown): boolean =>
  ['OAUTH_TIMEOUT', 'OAUTH_ABORT'].includes(codeOf(error)) ||
  (error instanceof TypeError && codeOf(error) === '' && error.cause !== undefined)

/** An answer that proves nothing: by which of its rules, in the library's own word. */
const reasonOf = (error: unknown): string => {
  const told = error instanceof openid.AuthorizationResponseError || error instanceof openid.ResponseBodyError
  // Of a return that is whatever anybody wrote into the address: no more than its standard lets it be (RFC 6749 §4.1.2.1).
  if (told) return `the issuer says ${error.error.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 100)}`
  const rule = error instanceof Error && error.cause instanceof Error ? error.cause.message : ''
  return `${codeOf(error) || 'refused'}: ${rule || wordsOf(error)}`.slice(0, 300)
}

/** The method that the issuer takes, the standard's own first (OpenID Connect Core 1.0 §9). */
const authenticationFor = (server: openid.ServerMetadata, secret: string | null): openid.ClientAuth => {
  if (secret === null) return openid.None()
  const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  return methods.includes('client_secret_basic') ? openid.ClientSecretBasic(secret) : openid.ClientSecretPost(secret)
}

const discover = async (provider: ProviderRow, secret: string | null): Promise<openid.Configuration> => {
  const { issuer, clientId } = settingsOf(provider)
  // Plain HTTP was let through for this machine only, when the provider was entered.
  const relaxed = issuer.startsWith('http:') ? [openid.allowInsecureRequests] : []
  const found = await openid.discovery(new URL(issuer), clientId, undefined, openid.None(), {
    execute: relaxed,
    timeout: patienceSeconds,
  })
  const server = found.serverMetadata()
  const metadata = { [openid.clockTolerance]: clockToleranceSeconds, ...(secret ? { client_secret: secret } : {}) }
  const configuration = new openid.Configuration(server, clientId, metadata, authenticationFor(server, secret))
  configuration.timeout = patienceSeconds
  for (const relax of relaxed) relax(configuration)
  openid.enableNonRepudiationChecks(configuration)
  return configuration
}

const claimsOf = async (
  configuration: openid.Configuration,
  { claims: named }: ProviderRow,
  tokens: Awaited<ReturnType<typeof openid.authorizationCodeGrant>>,
): Promise<Record<string, unknown>> => {
  const own: Record<string, unknown> = { ...tokens.claims() }
  const wanted = [named.login, named.name, named.organisation, named.roles].filter((it) => it !== null)
  const missingIn = (claims: Record<string, unknown>) => wanted.filter((it) => !(it in claims))
  const asks = missingIn(own).length > 0 && configuration.serverMetadata().userinfo_endpoint !== undefined
  // Many issuers keep the ID token small (OpenID Connect Core 1.0 §5.4); the subject must be the same (§5.3.2).
  const told = asks ? await openid.fetchUserInfo(configuration, tokens.access_token, textOf(own.sub)) : {}
  const claims: Record<string, unknown> = { ...told, ...own }
  // Kept with somebody else (§5.6.2), as groups are when they are many: that is not to have none.
  const elsewhere: unknown = claims._claim_names
  const kept = missingIn(claims).find((it) => typeof elsewhere === 'object' && elsewhere !== null && it in elsewhere)
  if (kept !== undefined) throw new Error(`the claim ${kept} is kept elsewhere`)
  return claims
}

type Keys = ReturnType<typeof jose.createRemoteJWKSet>

/** What an issuer said of itself. */
interface Known {
  readonly configuration: openid.Configuration
  /** Null where it has none that could be trusted. */
  readonly keys: Keys | null
}

const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout'

/** Claims by the standard's §2.4 and §2.6: an event, a subject or a session, and never a nonce. */
const logoutIn = ({ sub, sid, iat, events, nonce, jti }: jose.JWTPayload): Logout | Unproven => {
  if (nonce !== undefined) return { unproven: 'a nonce, as ID tokens have' }
  if (typeof events !== 'object' || events === null || !(logoutEvent in events))
    return { unproven: 'no event of a logout' }
  if (iat === undefined || jti === undefined) return { unproven: 'no iat or no jti' }
  const session = textOf(sid)
  if (session === '' && sub === undefined) return { unproven: 'neither sub nor sid' }
  if (![session || '-', sub ?? '-'].every(isSubject)) return { unproven: 'a sub or sid that nobody is known by' }
  const issuedAt = new Date((iat + 1) * 1_000)
  return { subject: sub ?? null, session: session === '' ? null : session, issuedAt, number: jti }
}

interface Return {
  readonly nonce: string
  readonly verifier: string
  readonly redirectUri: string
  readonly state: string
  /** What the issuer gave the browser. */
  readonly parameters: Record<string, string>
}

const authorise = async (
  configuration: openid.Configuration,
  provider: ProviderRow,
  redirectUri: string,
): Promise<Authorisation> => {
  const verifier = openid.randomPKCECodeVerifier()
  const state = openid.randomState()
  const nonce = openid.randomNonce()
  const url = openid.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: ['openid', ...settingsOf(provider).scopes].join(' '),
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  return { url: url.href, state, nonce, verifier }
}

const prove = async (
  configuration: openid.Configuration,
  provider: ProviderRow,
  { nonce, verifier, redirectUri, state, parameters }: Return,
): Promise<OpenIdProof | Unproven | Refusal> => {
  const came = new URL(redirectUri)
  came.search = new URLSearchParams(parameters).toString()
  try {
    const tokens = await openid.authorizationCodeGrant(configuration, came, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    })
    const claims = await claimsOf(configuration, provider, tokens)
    const [subject, session] = [textOf(claims.sub), textOf(claims.sid)]
    if (!isSubject(subject)) return { unproven: 'a subject that nobody can be known by' }
    return {
      identity: identityFrom(subject, provider.claims, (name) => claims[name]),
      session: isSubject(session) ? session : null,
    }
  } catch (error) {
    return isAway(error) ? unreachable(provider, error) : { unproven: reasonOf(error) }
  }
}

/** Kept with the rest that is known of an issuer: whoever sends us tokens does not make us ask it for its keys each time. */
const keysOf = ({ issuer, jwks_uri: place }: openid.ServerMetadata): Keys | null => {
  if (place === undefined || !URL.canParse(place)) return null
  // Keys that come in the clear are anybody's, but on this machine.
  if (!place.startsWith('https:') && !issuer.startsWith('http:')) return null
  return jose.createRemoteJWKSet(new URL(place), { timeoutDuration: patienceSeconds * 1_000 })
}

const readLogout = async (
  { configuration, keys }: Known,
  provider: ProviderRow,
  { token, now }: { token: string; now: Date },
): Promise<Logout | Unproven | Refusal> => {
  const server = configuration.serverMetadata()
  if (!keys) return { unproven: 'the issuer names no keys' }
  const signed = server.id_token_signing_alg_values_supported?.filter((it) => /^(RS|PS|ES|EdDSA)/.test(it))
  try {
    const { payload } = await jose.jwtVerify(token, keys, {
      issuer: server.issuer,
      audience: settingsOf(provider).clientId,
      algorithms: signed ?? ['RS256'],
      clockTolerance: clockToleranceSeconds,
      maxTokenAge: logoutAgeSeconds,
      currentDate: now,
    })
    return logoutIn(payload)
  } catch (error) {
    return isAway(error) || codeOf(error) === 'ERR_JWKS_TIMEOUT'
      ? unreachable(provider, error)
      : { unproven: codeOf(error) || wordsOf(error) }
  }
}

/** Without the ID token as a hint: kept for that, it would be in addresses and their histories, with all that it says. */
const exitOf = (configuration: openid.Configuration, backTo: string): string | null =>
  configuration.serverMetadata().end_session_endpoint === undefined
    ? null
    : openid.buildEndSessionUrl(configuration, { post_logout_redirect_uri: backTo }).href

/** Speaks with issuers of OpenID Connect; remembers what each says of itself for some minutes. */
export const createOpenId = ({ clock, secrets }: { clock: Clock; secrets: Pick<Secrets, 'open'> }): OpenId => {
  const known = new Map<string, { revision: number; until: number; it: Promise<Known> }>()
  const ask = async (provider: ProviderRow): Promise<Known> => {
    const secret = provider.secret === null ? null : secrets.open(provider.secret, secretContext(provider.id))
    const configuration = await discover(provider, secret)
    return { configuration, keys: keysOf(configuration.serverMetadata()) }
  }
  /** Of many who come at once one asks; who could not be asked is not remembered. */
  const knownOf = (provider: ProviderRow): Promise<Known> => {
    const now = clock.now().getTime()
    const remembered = known.get(provider.id)
    if (remembered?.revision === provider.revision && now < remembered.until) return remembered.it
    const it = ask(provider)
    const entry = { revision: provider.revision, until: now + rememberedMs, it }
    known.set(provider.id, entry)
    it.catch(() => known.get(provider.id) === entry && known.delete(provider.id))
    return it
  }
  const by = async <T>(provider: ProviderRow, go: (it: Known) => Promise<T>): Promise<T | Refusal> => {
    const found = await knownOf(provider).catch((error: unknown) => unreachable(provider, error))
    return isRefusal(found) ? found : go(found)
  }
  return {
    begin: (provider, redirectUri) => by(provider, (it) => authorise(it.configuration, provider, redirectUri)),
    prove: (provider, came) => by(provider, (it) => prove(it.configuration, provider, came)),
    readLogout: (provider, token) => by(provider, (it) => readLogout(it, provider, { token, now: clock.now() })),
    leave: (provider, backTo) => by(provider, async (it) => exitOf(it.configuration, backTo)),
    probe(provider) {
      known.delete(provider.id)
      return by(provider, async ({ configuration }) => {
        const server = configuration.serverMetadata()
        const { issuer, authorization_endpoint: entrance = '-', end_session_endpoint: exit = '-' } = server
        return `${issuer} → ${entrance}, ${exit}`
      })
    },
  }
}
