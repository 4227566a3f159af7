import { createHash, randomBytes } from 'node:crypto'
import {
  type AnswerOf,
  type BodyOf,
  fault,
  type Session,
  type sessionLogOut,
  type signOnBegin,
  type signOnComplete,
  type signOnProviders,
} from '@yiduo/contract'
import type { Act } from '../../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import { person, unremembered } from '../entry.ts'
import type { IdentityDeps } from '../service.ts'
import { logOut } from '../sessions.ts'
import { admit, recordRefused } from './admit.ts'
import { clockToleranceSeconds, logoutAgeSeconds, type OpenId } from './openid.ts'
import { listProviders, type ProviderRow, providerByCode, providerById } from './provider-store.ts'
import * as store from './sign-on-store.ts'

/** As long as somebody may need to type a password elsewhere, and to look for their telephone. */
const signOnMs = 600_000

const hash = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Where a log-in can begin; a directory has no button of its own, its people type their names here. */
const signOnPlaces =
  ({ database }: IdentityDeps) =>
  async (): Promise<AnswerOf<typeof signOnProviders>> => ({
    items: (await listProviders(database.plain)).flatMap(({ code, name, settings: { kind }, enabled }) =>
      enabled && kind !== 'directory' ? [{ code, name, kind }] : [],
    ),
  })

const issuer = ({ settings, enabled }: ProviderRow): boolean => enabled && settings.kind === 'openid'

/** Whoever is at the door learns nothing of where it stands and what it says: its probe tells that. */
const away = ({ name }: ProviderRow): Refusal => refuse('identity-provider-unreachable', { provider: name })

const begin =
  ({ database, clock }: IdentityDeps, openid: OpenId) =>
  async (
    { provider: code }: BodyOf<typeof signOnBegin>,
    origin: string,
  ): Promise<AnswerOf<typeof signOnBegin> | Refusal> => {
    const provider = await providerByCode(database.plain, code)
    if (!provider || !issuer(provider)) return refuse('sign-on-unknown')
    const redirectUri = `${origin}/sign-on`
    const begun = await openid.begin(provider, redirectUri)
    if (isRefusal(begun)) return away(provider)
    const { url, state, nonce, verifier } = begun
    const secret = randomBytes(32).toString('base64url')
    await database.unrecorded((tx) =>
      store.insertSignOn(tx, {
        ...{ stateHash: hash(state), secretHash: hash(secret), providerId: provider.id, nonce, verifier, redirectUri },
        providerRevision: provider.revision,
        expiresAt: new Date(clock.now().getTime() + signOnMs),
      }),
    )
    return { url, state, secret }
  }

const complete =
  (deps: IdentityDeps, openid: OpenId) =>
  async (act: Act, ask: BodyOf<typeof signOnComplete>): Promise<Session | Refusal> => {
    const { database, clock } = deps
    const { state, secret, parameters } = ask
    const taken = await database.unrecorded((tx) => store.takeSignOn(tx, hash(state), hash(secret), clock.now()))
    const provider = taken && (await providerById(database.plain, taken.providerId))
    if (!provider || !issuer(provider) || provider.revision !== taken.providerRevision) return refuse('sign-on-unknown')
    const proven = await openid.prove(provider, { ...taken, state, parameters })
    if ('refused' in proven) return away(provider)
    if ('unproven' in proven) {
      await recordRefused(deps, act, provider, proven.unproven)
      return refuse('sign-on-refused', { provider: provider.name })
    }
    return admit(deps)(act, { provider, ...proven })
  }

/** Here at once, whatever becomes of it there. */
const logOutThere =
  (deps: IdentityDeps, openid: OpenId) =>
  async (act: Act, origin: string): Promise<AnswerOf<typeof sessionLogOut>> => {
    const { plain } = deps.database
    const providerId = await store.providerOfSession(plain, person(act).sessionId)
    await logOut(deps)(unremembered(act)) // what is answered is more than that it ended
    const provider = providerId && (await providerById(plain, providerId))
    if (!provider || !issuer(provider)) return { url: null }
    const ends = provider.settings.kind === 'openid' && provider.settings.endsThere === true
    const url = ends ? await openid.leave(provider, `${origin}/`) : null
    return { url: isRefusal(url) ? null : url }
  }

/** An issuer says that somebody has logged out there. */
const endThere =
  (deps: IdentityDeps, openid: OpenId) =>
  async (act: Act, code: string, token: string): Promise<{ ended: number } | Refusal> => {
    const { database, clock, record } = deps
    const provider = await providerByCode(database.plain, code)
    if (!provider || !issuer(provider)) return refuse('not-found')
    const logout = await openid.readLogout(provider, token)
    if ('refused' in logout) return away(provider)
    // It is told to whoever sent it, and the trail counts it: anybody can send any number of them.
    if ('unproven' in logout) return { refused: fault('logout-token-invalid', {}, logout.unproven) }
    const { subject, session, issuedAt, number } = logout
    // Its clock may be behind ours, and then it speaks of what seems to be yet to come.
    const before = new Date(issuedAt.getTime() + clockToleranceSeconds * 1_000)
    const keptUntil = new Date(clock.now().getTime() + (logoutAgeSeconds + 2 * clockToleranceSeconds) * 1_000)
    return database.transaction(unremembered(act), async (tx) => {
      const isFirst = await store.takeLogout(tx, { providerId: provider.id, numberHash: hash(number), keptUntil })
      // Told again, it ends nothing that has begun since; who tells it did not hear that we had it.
      if (isFirst === 0) return { ended: 0 }
      const gone = await store.deleteSessionsBegun(tx, { providerId: provider.id, subject, session, before })
      for (const { login, organisationId } of gone)
        await record(tx, { on: login, organisationId, after: { by: provider.code } })
      return { ended: gone.length }
    })
  }

export const signOns = (deps: IdentityDeps, openid: OpenId) => ({
  listSignOnPlaces: signOnPlaces(deps),
  beginSignOn: begin(deps, openid),
  completeSignOn: complete(deps, openid),
  endSignOn: endThere(deps, openid),
  logOutThere: logOutThere(deps, openid),
})
