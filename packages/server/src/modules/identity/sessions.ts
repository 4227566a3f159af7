import { fault, fromId, type OwnSession, type Session, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { FaultError, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { hashToken, newToken, person, viewSession } from './entry.ts'
import { type Guess, ifRight, refusedLogIn } from './guess.ts'
import { passwordWeakness, tooWeak } from './model.ts'
import { policyOf } from './policy.ts'
import type { IdentityDeps } from './service.ts'
import * as sessionStore from './session-store.ts'
import * as store from './store.ts'

/** Somebody has proven who they are, here or elsewhere: the session begins, whatever it still lacks. */
export const enter =
  (deps: IdentityDeps) =>
  async (
    tx: Tx,
    act: Act,
    { id: personId, login, organisationId }: Pick<store.PersonRow, 'id' | 'login' | 'organisationId'>,
    elsewhere: sessionStore.Elsewhere | null = null,
  ): Promise<Session> => {
    const token = newToken('session')
    const createdAt = deps.clock.now()
    const { sessionHours } = await policyOf(tx)
    await sessionStore.insertSession(tx, {
      id: deps.newId(),
      tokenHash: hashToken(token),
      personId,
      createdAt,
      expiresAt: new Date(createdAt.getTime() + sessionHours * 3_600_000),
      address: act.address,
      agent: act.agent,
      elsewhere,
    })
    await deps.record(tx, { on: login, organisationId, ...(elsewhere ? { after: { by: elsewhere.provider } } : {}) })
    const row = present(await sessionStore.sessionByToken(tx, hashToken(token)), 'session')
    return { ...viewSession(row, createdAt), token }
  }

/** One that somebody else gave, and that its person never changed: answered as a wrong one is. */
const isOver = (person: store.PersonRow | null, now: Date): boolean =>
  person !== null && person.passwordExpiresAt !== null && person.passwordExpiresAt <= now

export const passwordGuess = (
  { passwords, clock }: IdentityDeps,
  { password, ...it }: Pick<Guess, 'login' | 'person' | 'refusedAs' | 'tellsLock'> & { password: string },
): Guess => ({
  ...it,
  refusal: refusedLogIn,
  isRight: async () =>
    (await passwords.verify(it.person?.passwordHash ?? null, password)) && !isOver(it.person, clock.now()),
  guessed: 'password',
  // Changed while it was being hashed.
  isStill: (row) => row.passwordHash === it.person?.passwordHash,
})

/** It may have been ended while its last request was under way. */
const stillThere = (row: sessionStore.EntryRow | null): sessionStore.EntryRow => {
  if (!row) throw new FaultError(fault('not-signed-in'))
  return row
}

export const whoAmI =
  ({ database, clock }: IdentityDeps) =>
  async (act: Act): Promise<Session> => {
    const { sessionId, operations } = person(act)
    const find = operations ? sessionStore.apiTokenEntry : sessionStore.sessionById
    return viewSession(stillThere(await find(database.plain, sessionId)), clock.now())
  }

export const logOut =
  ({ database, record }: IdentityDeps) =>
  (act: Act): Promise<null> =>
    database.transaction(act, async (tx) => {
      const caller = person(act)
      await sessionStore.deleteSession(tx, caller.sessionId)
      await record(tx, { on: caller.login, organisationId: caller.organisationId })
      return null
    })

export const listSessions =
  ({ database, clock }: IdentityDeps) =>
  async (act: Act): Promise<{ items: OwnSession[] }> => {
    const { personId, sessionId } = person(act)
    const found = await sessionStore.sessionsOf(database.plain, personId, clock.now())
    return {
      items: found.map((it) => ({
        ...it,
        id: toId('session', it.id),
        current: it.id === sessionId,
        createdAt: it.createdAt.toISOString(),
        lastUsedAt: it.lastUsedAt.toISOString(),
        expiresAt: it.expiresAt.toISOString(),
      })),
    }
  }

export const endSession =
  ({ database, record }: IdentityDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    database.transaction(act, async (tx) => {
      const { personId, login, organisationId } = person(act)
      const uuid = fromId('session', id)
      if (!uuid || (await sessionStore.deleteSessionOf(tx, personId, uuid)) === 0) return refuse('not-found')
      await record(tx, { on: login, organisationId, before: { id } })
      return null
    })

/** In flight with the token before when it was replaced. */
const graceMs = 30_000

/** The session may do more than before: its token is a new one. */
export const replaceToken =
  ({ clock }: Pick<IdentityDeps, 'clock'>) =>
  async (tx: Tx, sessionId: string, it: { proven: boolean; keepsBefore: boolean }): Promise<Session> => {
    const now = clock.now()
    const token = newToken('session')
    const graceUntil = it.keepsBefore ? new Date(now.getTime() + graceMs) : null
    await sessionStore.replaceToken(tx, sessionId, {
      tokenHash: hashToken(token),
      graceUntil,
      provenAt: it.proven ? now : null,
    })
    return { ...viewSession(stillThere(await sessionStore.sessionById(tx, sessionId)), now), token }
  }

/** Whether one of the last passwords is taken again; each costs as much as a log-in. */
const isRemembered = async (
  { passwords }: IdentityDeps,
  tx: Tx,
  { personId, password, limit }: { personId: string; password: string; limit: number },
): Promise<boolean> => {
  for (const { passwordHash } of await store.pastPasswords(tx, personId, limit))
    if (await passwords.verify(passwordHash, password)) return true
  return false
}

/** Changes one's own password and ends every other session of the person. */
export const changePassword =
  (deps: IdentityDeps) =>
  async (act: Act, ask: { oldPassword: string; newPassword: string }): Promise<Session | Refusal> => {
    const { login, personId, sessionId, organisationId, grants, operations } = person(act)
    const row = await store.personById(deps.database.plain, personId)
    if (row.kind === 'service' || operations) return refuse('person-is-service', { login })
    if (row.passwordHash === '') return refuse('password-held-elsewhere', { login })
    const policy = await policyOf(deps.database.plain)
    const roles = grants.flatMap((it) => (it.lentBy ? [] : [it.role]))
    const organisation =
      (await deps.organisationNames(deps.database.plain, [organisationId])).get(organisationId) ?? null
    const weakness =
      ask.newPassword === ask.oldPassword
        ? 'password-same'
        : passwordWeakness(ask.newPassword, { login, organisation }, policy, roles)
    if (weakness) return tooWeak(weakness, policy, roles)
    const asked = { login, person: row, password: ask.oldPassword }
    const guess = passwordGuess(deps, { ...asked, refusedAs: 'password.refuse', tellsLock: true })
    const past = { personId, password: ask.newPassword, limit: policy.passwordsRemembered }
    const passwordHash = await deps.passwords.hash(ask.newPassword)
    return ifRight(deps)(act, guess, async (tx) => {
      // Not before the old one was right: else it would tell which were used once.
      if (await isRemembered(deps, tx, past)) return tooWeak('password-remembered', policy, roles)
      await store.setPassword(tx, personId, {
        ...{ passwordHash, mustChangePassword: false, at: deps.clock.now(), expiresAt: null },
      })
      await sessionStore.deleteSessions(tx, personId, sessionId)
      await deps.record(tx, { on: login, organisationId })
      return replaceToken(deps)(tx, sessionId, { proven: false, keepsBefore: false })
    })
  }
