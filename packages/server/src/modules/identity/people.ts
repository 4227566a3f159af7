import {
  type BodyOf,
  fromId,
  type Grant,
  type grantCreate,
  type Person,
  type personCreate,
  rolesAllowed,
  toId,
} from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { violatedConstraint } from '../../platform/database/index.ts'
import { excludedBy, mayGive, passwordRules, passwordWeakness } from './model.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'
import { viewGrant, viewPerson } from './view.ts'

/** A new person's password is one-time: it was known to whoever made the account. */
export const createPerson =
  ({ database, clock, newId, record, passwords, reachOrganisation }: IdentityDeps) =>
  async (act: Act, ask: BodyOf<typeof personCreate>, oneTime = true): Promise<Person | Refusal> => {
    const weakness = passwordWeakness(ask.password, ask.login)
    if (weakness) return refuse('password-too-weak', { problem: weakness, minimum: passwordRules.minimumCharacters })
    const passwordHash = await passwords.hash(ask.password)
    try {
      return await database.transaction(act, async (tx) => {
        const uuid = fromId('organisation', ask.organisationId)
        const organisation = uuid && (await reachOrganisation(tx, act, uuid))
        if (!organisation) return refuse('not-found')
        const row = {
          id: newId(),
          login: ask.login,
          name: ask.name,
          organisationId: organisation.id,
          passwordHash,
          mustChangePassword: oneTime,
          createdAt: clock.now(),
        }
        await store.insertPerson(tx, row)
        const made = viewPerson({ ...row, failures: 0, lockedUntil: null })
        await record(tx, { on: made.id, organisationId: organisation.id, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'people_login_key') return refuse('login-taken', { login: ask.login })
      throw error
    }
  }

export const createGrant =
  ({ database, clock, newId, record, reachOrganisation }: IdentityDeps) =>
  (act: Act, ask: BodyOf<typeof grantCreate>): Promise<Grant | Refusal> =>
    database.transaction(act, async (tx) => {
      const personId = fromId('person', ask.personId)
      const organisationId = fromId('organisation', ask.organisationId)
      const organisation = organisationId && (await reachOrganisation(tx, act, organisationId))
      const person = personId && (await store.findPerson(tx, act.scope, personId))
      if (!organisation || !person) return refuse('not-found')
      if (act.caller.kind === 'person' && act.caller.personId === person.id) return refuse('grant-to-oneself')
      if (!mayGive(act.scope, ask.reach, organisation.path))
        return refuse('not-permitted', {
          operation: `${act.operation} (${ask.reach})`,
          roles: rolesAllowed(act.operation).join(', '),
        })
      const excluded = excludedBy(await store.rolesForUpdate(tx, person.id), ask.role)
      if (excluded) return refuse('duties-not-separated', { held: excluded, wanted: ask.role })
      const row = {
        id: newId(),
        personId: person.id,
        role: ask.role,
        organisationId: organisation.id,
        reach: ask.reach,
        until: ask.until === undefined ? null : new Date(ask.until),
        createdAt: clock.now(),
      }
      await store.insertGrant(tx, row)
      const made = viewGrant(row)
      await record(tx, { on: made.personId, organisationId: organisation.id, after: made })
      return made
    })

export const revokeGrant =
  ({ database, record }: IdentityDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('grant', id)
      const row = uuid && (await store.deleteGrant(tx, act.scope, uuid))
      if (!row) return refuse('not-found')
      await record(tx, { on: toId('person', row.personId), organisationId: row.organisationId, before: viewGrant(row) })
      return null
    })
