import { createHash, randomBytes } from 'node:crypto'
import { fault, type Session } from '@yiduo/contract'
import type { Act, Caller, HeldGrant } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { FaultError, type Refusal, refuse } from '../../kernel/refusal.ts'
import { passwordRules, passwordWeakness, sessionHours } from './model.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'
import { viewGrant, viewPerson } from './view.ts'

const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

const grantsOf = (row: store.SessionRow): HeldGrant[] =>
  row.grants.map((it) => ({ ...it, until: it.until === null ? null : new Date(it.until) }))

const viewSession = (row: store.SessionRow): Session => ({
  person: viewPerson(row),
  grants: grantsOf(row).map((it) => viewGrant({ ...it, personId: row.id })),
  expiresAt: row.expiresAt.toISOString(),
})

/** The caller behind a token; a fault when the session is over. */
export const authenticate =
  ({ database, clock }: IdentityDeps) =>
  async (token: string): Promise<Caller> => {
    const row = await store.sessionByToken(database.plain, hashToken(token))
    if (!row) throw new FaultError(fault('not-signed-in'))
    if (row.expiresAt <= clock.now()) throw new FaultError(fault('session-expired'))
    return {
      kind: 'person',
      personId: row.id,
      login: row.login,
      organisationId: row.organisationId,
      sessionId: row.sessionId,
      mustChangePassword: row.mustChangePassword,
      grants: grantsOf(row),
    }
  }

const refused = () =>
  refuse('log-in-refused', { limit: passwordRules.failuresToLock, minutes: passwordRules.lockMinutes })

export const logIn =
  ({ database, clock, newId, record, passwords }: IdentityDeps) =>
  async (act: Act, ask: { login: string; password: string }): Promise<Session | Refusal> => {
    const now = clock.now()
    const person = await store.personByLogin(database.plain, ask.login)
    if (person?.lockedUntil && person.lockedUntil > now)
      return refuse('log-in-locked', { until: person.lockedUntil.toISOString() })
    const matches = await passwords.verify(person?.passwordHash ?? null, ask.password)
    if (!person) return refused()
    if (!matches) {
      const lockedUntil = new Date(now.getTime() + passwordRules.lockMinutes * 60_000)
      await database.transaction(act, async (tx) => {
        await store.countFailure(tx, person.id, passwordRules.failuresToLock, lockedUntil, now)
        await record(tx, { on: person.login, organisationId: person.organisationId, as: 'session.refuse' })
      })
      return refused()
    }
    const token = `yds_${randomBytes(32).toString('base64url')}`
    const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000)
    return database.transaction(act, async (tx) => {
      const id = newId()
      await store.clearFailures(tx, person.id)
      await store.insertSession(tx, { id, tokenHash: hashToken(token), personId: person.id, createdAt: now, expiresAt })
      await record(tx, { on: person.login, organisationId: person.organisationId })
      const row = present(await store.sessionByToken(tx, hashToken(token)), 'session')
      return { ...viewSession(row), token }
    })
  }

const person = (act: Act) => {
  if (act.caller.kind !== 'person') throw new FaultError(fault('not-signed-in'))
  return act.caller
}

export const whoAmI =
  ({ database }: IdentityDeps) =>
  async (act: Act): Promise<Session> =>
    viewSession(present(await store.sessionById(database.plain, person(act).sessionId), 'session'))

export const logOut =
  ({ database, record }: IdentityDeps) =>
  (act: Act): Promise<null> =>
    database.transaction(act, async (tx) => {
      const caller = person(act)
      await store.deleteSession(tx, caller.sessionId)
      await record(tx, { on: caller.login, organisationId: caller.organisationId })
      return null
    })

/** Changes one's own password and ends every other session of the person. */
export const changePassword =
  ({ database, record, passwords }: IdentityDeps) =>
  async (act: Act, ask: { oldPassword: string; newPassword: string }): Promise<null | Refusal> => {
    const caller = person(act)
    const row = await store.personById(database.plain, caller.personId)
    if (!(await passwords.verify(row.passwordHash, ask.oldPassword))) return refused()
    const weakness =
      ask.newPassword === ask.oldPassword ? 'the same as before' : passwordWeakness(ask.newPassword, caller.login)
    if (weakness) return refuse('password-too-weak', { problem: weakness, minimum: passwordRules.minimumCharacters })
    const passwordHash = await passwords.hash(ask.newPassword)
    return database.transaction(act, async (tx) => {
      await store.setPassword(tx, row.id, passwordHash)
      await store.deleteOtherSessions(tx, row.id, caller.sessionId)
      await record(tx, { on: caller.login, organisationId: caller.organisationId })
      return null
    })
  }
