import { createHash, randomBytes } from 'node:crypto'
import { fault, type Session } from '@yiduo/contract'
import type { Act, Caller, HeldGrant } from '../../kernel/act.ts'
import { present } from '../../kernel/invariant.ts'
import { FaultError, type Refusal, refuse } from '../../kernel/refusal.ts'
import { ifRight } from './guess.ts'
import { passwordRules, passwordWeakness, sessionHours } from './model.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'
import { viewGrant, viewPerson } from './view.ts'

const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

/** One's own grants, and those of colleagues for as long as they have delegated them. */
const grantsOf = (row: store.SessionRow, now: Date): HeldGrant[] =>
  row.grants.flatMap(({ lentBy, until, ...grant }) => {
    const held = { ...grant, until: until === null ? null : new Date(until) }
    if (!lentBy) return [held]
    const { personId, login } = lentBy
    return new Date(lentBy.from) <= now && now < new Date(lentBy.until)
      ? [{ ...held, lentBy: { personId, login } }]
      : []
  })

const viewSession = (row: store.SessionRow, now: Date): Session => ({
  person: viewPerson(row),
  grants: grantsOf(row, now).map((it) => viewGrant({ ...it, personId: it.lentBy?.personId ?? row.id })),
  expiresAt: row.expiresAt.toISOString(),
})

const callerOf = (row: store.SessionRow | null, now: Date): Caller => {
  if (!row) throw new FaultError(fault('not-signed-in'))
  if (row.expiresAt <= now) throw new FaultError(fault('session-expired'))
  return {
    kind: 'person',
    personId: row.id,
    login: row.login,
    organisationId: row.organisationId,
    sessionId: row.sessionId,
    mustChangePassword: row.mustChangePassword,
    grants: grantsOf(row, now),
  }
}

/** The caller behind a token; a fault when the session is over. */
export const authenticate =
  ({ database, clock }: IdentityDeps) =>
  async (token: string): Promise<Caller> =>
    callerOf(await store.sessionByToken(database.plain, hashToken(token)), clock.now())

/** The same by the session's own id, for what goes on without its token. */
export const callerOfSession =
  ({ database, clock }: IdentityDeps) =>
  async (sessionId: string): Promise<Caller> =>
    callerOf(await store.sessionById(database.plain, sessionId), clock.now())

export const logIn =
  (deps: IdentityDeps) =>
  async (act: Act, { login, password }: { login: string; password: string }): Promise<Session | Refusal> => {
    const person = await store.personByLogin(deps.database.plain, login)
    const token = `yds_${randomBytes(32).toString('base64url')}`
    const guess = { login, person, password, refusedAs: 'session.refuse' }
    return ifRight(deps)(act, guess, async (tx, { id: personId, organisationId }) => {
      const createdAt = deps.clock.now()
      const expiresAt = new Date(createdAt.getTime() + sessionHours * 3_600_000)
      await store.insertSession(tx, { id: deps.newId(), tokenHash: hashToken(token), personId, createdAt, expiresAt })
      await deps.record(tx, { on: login, organisationId })
      const row = present(await store.sessionByToken(tx, hashToken(token)), 'session')
      return { ...viewSession(row, createdAt), token }
    })
  }

const person = (act: Act) => {
  if (act.caller.kind !== 'person') throw new FaultError(fault('not-signed-in'))
  return act.caller
}

export const whoAmI =
  ({ database, clock }: IdentityDeps) =>
  async (act: Act): Promise<Session> =>
    viewSession(present(await store.sessionById(database.plain, person(act).sessionId), 'session'), clock.now())

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
  (deps: IdentityDeps) =>
  async (act: Act, ask: { oldPassword: string; newPassword: string }): Promise<null | Refusal> => {
    const { login, personId, sessionId, organisationId } = person(act)
    const weakness =
      ask.newPassword === ask.oldPassword ? 'the same as before' : passwordWeakness(ask.newPassword, login)
    if (weakness) return refuse('password-too-weak', { problem: weakness, minimum: passwordRules.minimumCharacters })
    const row = await store.personById(deps.database.plain, personId)
    const guess = { login, person: row, password: ask.oldPassword, refusedAs: 'password.refuse' }
    const passwordHash = await deps.passwords.hash(ask.newPassword)
    return ifRight(deps)(act, guess, async (tx) => {
      await store.setPassword(tx, personId, passwordHash)
      await store.deleteOtherSessions(tx, personId, sessionId)
      await deps.record(tx, { on: login, organisationId })
      return null
    })
  }
