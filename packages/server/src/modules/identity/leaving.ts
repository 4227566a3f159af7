import { randomBytes } from 'node:crypto'
import { fromId, type Person, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { unremembered } from './entry.ts'
import * as factorStore from './factor-store.ts'
import { deleteGrantsOf, lastingSecurityAdmins, rolesForUpdate } from './grant-store.ts'
import { beyond } from './grants.ts'
import { leavesNobody, needsConfirming, needsFactor, oneTimeUntil } from './model.ts'
import { isKnownElsewhere } from './outside/link-store.ts'
import { policyOf } from './policy.ts'
import type { IdentityDeps } from './service.ts'
import * as sessionStore from './session-store.ts'
import * as store from './store.ts'
import { endApiTokens } from './token-store.ts'
import { viewPerson } from './view.ts'

/** Somebody else, within reach and still at their post. */
const another = async (tx: Tx, act: Act, id: string): Promise<store.PersonRow | Refusal> => {
  const uuid = fromId('person', id)
  const found = uuid && (await store.findPerson(tx, act.scope, uuid))
  if (!found) return refuse('not-found')
  if (act.caller.kind === 'person' && act.caller.personId === found.id) return refuse('person-oneself')
  const row = await store.lockPerson(tx, found.id)
  return row.endedAt === null ? row : refuse('person-ended', { login: row.login })
}

/** What was given is taken back at once: sessions, tokens, factors, grants, what was lent and borrowed, the password. */
export const endPerson =
  ({ database, clock, record }: IdentityDeps) =>
  (act: Act, id: string): Promise<Person | Refusal> =>
    database.transaction(act, async (tx) => {
      const row = await another(tx, act, id)
      if ('refused' in row) return row
      const now = clock.now()
      const lasting = await lastingSecurityAdmins(tx)
      if (leavesNobody(lasting, (it) => it.personId === row.id)) return refuse('last-security-admin')
      await sessionStore.deleteSessions(tx, row.id, null)
      await endApiTokens(tx, row.id, now)
      await factorStore.deleteFactors(tx, row.id)
      await store.endDelegationsOf(tx, row.id, now)
      const grants = await deleteGrantsOf(tx, row.id)
      await store.forgetPastPasswords(tx, row.id)
      await store.endPerson(tx, row.id, now)
      const after = viewPerson({ ...row, passwordHash: '', endedAt: now })
      const before = { ...viewPerson(row), roles: grants.map(({ role }) => role) }
      await record(tx, { on: id, organisationId: row.organisationId, before, after: { ...after, personId: id } })
      return after
    })

/** Three kinds of characters at least, and more than anybody guesses. */
const newOneTimePassword = (): string => `Y1-${randomBytes(12).toString('base64url')}`

/**
 * Whoever resets the password of an administrator who has no second factor yet could set one up in their place, and one
 * person would hold two posts, or be both of the two who give one.
 */
const isUnguarded = async ({ clock }: IdentityDeps, tx: Tx, personId: string): Promise<boolean> => {
  const posts = (await rolesForUpdate(tx, personId, clock.now())).filter(needsConfirming)
  return needsFactor(await policyOf(tx), posts) && (await factorStore.factorsOf(tx, personId)).length === 0
}

/** Nobody else learns it: it is answered to whoever asked, once, and changed at the first log-in. */
export const resetPassword = (deps: IdentityDeps) => {
  const { database, clock, record, passwords } = deps
  return async (act: Act, id: string): Promise<{ personId: string; oneTimePassword: string } | Refusal> => {
    const oneTimePassword = newOneTimePassword()
    const passwordHash = await passwords.hash(oneTimePassword)
    return database.transaction(unremembered(act), async (tx) => {
      const row = await another(tx, act, id)
      if ('refused' in row) return row
      if (row.kind === 'service') return refuse('person-is-service', { login: row.login })
      const refusal = await beyond(deps, tx, act, row.id)
      if (refusal) return refusal
      if (await isUnguarded(deps, tx, row.id)) return refuse('second-factor-missing', { login: row.login })
      const at = clock.now()
      await store.setPassword(tx, row.id, { passwordHash, mustChangePassword: true, at, expiresAt: oneTimeUntil(at) })
      await sessionStore.deleteSessions(tx, row.id, null)
      await record(tx, { on: toId('person', row.id), organisationId: row.organisationId, after: { personId: id } })
      return { personId: id, oneTimePassword }
    })
  }
}

/** The way back for who was given a password while their directory was away, and the way there for who had one before it. */
export const removePassword =
  (deps: IdentityDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const row = await another(tx, act, id)
      if ('refused' in row) return row
      const { login, organisationId } = row
      if (row.kind === 'service') return refuse('person-is-service', { login })
      if (row.passwordHash === '') return refuse('password-held-elsewhere', { login })
      const refusal = await beyond(deps, tx, act, row.id)
      if (refusal) return refusal
      if (!(await isKnownElsewhere(tx, row.id))) return refuse('password-only-proof', { login })
      // Whoever runs the directory could set one up in their place, as whoever resets a password could.
      if (await isUnguarded(deps, tx, row.id)) return refuse('second-factor-missing', { login })
      const at = deps.clock.now()
      // They rested until their person set a password of their own, which nobody will now.
      if (row.mustChangePassword) await endApiTokens(tx, row.id, at)
      await store.setPassword(tx, row.id, { passwordHash: '', mustChangePassword: false, at, expiresAt: null })
      await store.forgetPastPasswords(tx, row.id)
      await sessionStore.deleteSessions(tx, row.id, null)
      const before = viewPerson(row)
      const after = viewPerson({ ...row, passwordHash: '', mustChangePassword: false })
      await deps.record(tx, { on: after.id, organisationId, before, after })
      return null
    })
