import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { type BodyOf, type passkeyProve, type passkeyRegister, type Session, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { violatedConstraint } from '../../platform/database/index.ts'
import { person, unremembered } from './entry.ts'
import * as factorStore from './factor-store.ts'
import { mayNotAdd, viewFactor } from './factors.ts'
import { type Guess, ifRight } from './guess.ts'
import type { IdentityDeps } from './service.ts'
import * as sessionStore from './session-store.ts'
import { replaceToken } from './sessions.ts'
import * as store from './store.ts'

/** How long somebody may look for their key; the browser asks as long. */
const ceremonyMs = 120_000

/** The relying party is the name under which the console is reached; an address is none (WebAuthn L3, §5.1.2). */
const partyOf = (origin: string): string => new URL(origin).hostname

const wrong = () => refuse('second-factor-wrong')

const passkeysOf = (factors: readonly factorStore.FactorRow[]) =>
  factors.flatMap(({ id, credentialId, publicKey, counter, transports }) =>
    credentialId === null || publicKey === null || counter === null
      ? []
      : [{ id, credentialId, publicKey, counter, transports: transports ?? [] }],
  )

/** The challenge is kept with the session: another's answer, or a second one, is of no use. */
const challenge = async ({ database, clock }: IdentityDeps, act: Act, it: { challenge: string }): Promise<void> => {
  const until = new Date(clock.now().getTime() + ceremonyMs)
  await database.transaction(act, (tx) => sessionStore.setChallenge(tx, person(act).sessionId, it.challenge, until))
}

const takeChallenge = ({ database, clock }: IdentityDeps, act: Act): Promise<{ challenge: string } | null> =>
  database.transaction(act, (tx) => sessionStore.takeChallenge(tx, person(act).sessionId, clock.now()))

/** What a library says of an answer that is none, it throws; whatever it is, the answer was wrong. */
const verified = async <T>(verify: () => Promise<T>): Promise<T | null> => {
  try {
    return await verify()
  } catch {
    return null
  }
}

export const beginPasskey =
  (deps: IdentityDeps) =>
  async (given: Act, origin: string): Promise<Record<string, unknown> | Refusal> => {
    const act = unremembered(given)
    const { personId, login } = person(act)
    const refusal = await mayNotAdd(deps.database.plain, act, deps.clock.now())
    if (refusal) return refusal
    const held = passkeysOf(await factorStore.factorsOf(deps.database.plain, personId))
    const options = await generateRegistrationOptions({
      rpName: 'Yiduo 一朵',
      rpID: partyOf(origin),
      userName: login,
      userID: new TextEncoder().encode(personId),
      timeout: ceremonyMs,
      attestationType: 'none',
      excludeCredentials: held.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    })
    await challenge(deps, act, options)
    return { ...options }
  }

export const registerPasskey =
  (deps: IdentityDeps) =>
  async (given: Act, ask: BodyOf<typeof passkeyRegister>, origin: string): Promise<Session | Refusal> => {
    const act = unremembered(given)
    const { personId, sessionId, organisationId, stage } = person(act)
    const expected = await takeChallenge(deps, act)
    if (!expected) return wrong()
    const result = await verified(() =>
      verifyRegistrationResponse({
        response: ask.response as unknown as RegistrationResponseJSON, // what it is not, the library finds
        expectedChallenge: expected.challenge,
        expectedOrigin: origin,
        expectedRPID: partyOf(origin),
        requireUserVerification: true,
      }),
    )
    if (!result?.verified) return wrong()
    const { credential } = result.registrationInfo
    const now = deps.clock.now()
    const row: factorStore.FactorRow = {
      ...{ id: deps.newId(), personId, kind: 'passkey', name: ask.name, secret: null, lastStep: null },
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
      ...{ createdAt: now, confirmedAt: now, lastUsedAt: now },
    }
    try {
      return await deps.database.transaction(act, async (tx) => {
        await store.lockPerson(tx, personId)
        const refusal = await mayNotAdd(tx, act, now)
        if (refusal) return refusal
        await factorStore.insertFactor(tx, row)
        const after = { ...viewFactor(row), personId: toId('person', personId) }
        await deps.record(tx, { on: toId('person', personId), organisationId, after })
        return replaceToken(deps)(tx, sessionId, { proven: true, keepsBefore: stage === 'complete' })
      })
    } catch (error) {
      if (violatedConstraint(error) === 'second_factors_credential_id_key') return refuse('second-factor-known')
      throw error
    }
  }

export const challengePasskey =
  (deps: IdentityDeps) =>
  async (given: Act, origin: string): Promise<Record<string, unknown>> => {
    const act = unremembered(given)
    const held = passkeysOf(await factorStore.factorsOf(deps.database.plain, person(act).personId))
    const options = await generateAuthenticationOptions({
      rpID: partyOf(origin),
      timeout: ceremonyMs,
      userVerification: 'required',
      allowCredentials: held.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    })
    await challenge(deps, act, options)
    return { ...options }
  }

export const provePasskey =
  (deps: IdentityDeps) =>
  async (given: Act, ask: BodyOf<typeof passkeyProve>, origin: string): Promise<Session | Refusal> => {
    const act = unremembered(given)
    const { personId, login, sessionId, organisationId, stage } = person(act)
    const response = ask.response as unknown as AuthenticationResponseJSON // what it is not, the library finds
    const expected = await takeChallenge(deps, act)
    const held = passkeysOf(await factorStore.factorsOf(deps.database.plain, personId))
    const key = held.find((it) => it.credentialId === response.id)
    let counter = 0
    const guess: Guess = {
      login,
      person: await store.personById(deps.database.plain, personId),
      refusedAs: 'second-factor.refuse',
      refusal: wrong,
      isStill: () => true,
      guessed: 'proof',
      tellsLock: true,
      isRight: async () => {
        if (!key || !expected) return false
        const result = await verified(() =>
          verifyAuthenticationResponse({
            response,
            expectedChallenge: expected.challenge,
            expectedOrigin: origin,
            expectedRPID: partyOf(origin),
            requireUserVerification: true,
            credential: {
              id: key.credentialId,
              publicKey: new Uint8Array(key.publicKey),
              counter: key.counter,
              transports: key.transports,
            },
          }),
        )
        counter = result?.authenticationInfo.newCounter ?? 0
        return result?.verified ?? false
      },
    }
    return ifRight(deps)(act, guess, async (tx) => {
      if (!key || (await factorStore.useCounter(tx, key.id, counter, deps.clock.now())) === 0) return wrong()
      await deps.record(tx, { on: login, organisationId })
      return replaceToken(deps)(tx, sessionId, { proven: true, keepsBefore: stage === 'complete' })
    })
  }
