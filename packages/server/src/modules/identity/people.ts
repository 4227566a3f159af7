import { type BodyOf, fromId, type Person, type personCreate } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import { violatedConstraint } from '../../platform/database/index.ts'
import { passwordWeakness } from './model.ts'
import { policyOf } from './policy.ts'
import type { Settings } from './policy-store.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'
import { viewPerson } from './view.ts'

/** Where a password is as weak as that, for a person who holds nothing yet. */
const weaknessOf = (policy: Settings, { password, login }: { password: string; login: string }): Refusal | null => {
  const problem = passwordWeakness(password, login, policy, [])
  return problem === null ? null : refuse('password-too-weak', { problem, minimum: policy.passwordMinimum })
}

/** A new person's password is one-time: it was known to whoever made the account. A service account has none. */
export const createPerson =
  ({ database, clock, newId, record, passwords, reachOrganisation }: IdentityDeps) =>
  async (act: Act, ask: BodyOf<typeof personCreate>, oneTime = true): Promise<Person | Refusal> => {
    const { login, name, password, kind = 'person' } = ask
    if (kind === 'service' && password !== undefined) return refuse('person-is-service', { login })
    if (kind === 'person' && password === undefined) return refuse('password-missing')
    const policy = await policyOf(database.plain)
    const refusal = password === undefined ? null : weaknessOf(policy, { password, login })
    if (refusal) return refusal
    const passwordHash = password === undefined ? '' : await passwords.hash(password)
    try {
      return await database.transaction(act, async (tx) => {
        const uuid = fromId('organisation', ask.organisationId)
        const organisation = uuid && (await reachOrganisation(tx, act, uuid))
        if (!organisation) return refuse('not-found')
        if (await store.isLoginTaken(tx, ask.login)) return refuse('login-taken', { login: ask.login })
        const row = {
          ...{ id: newId(), login, name, organisationId: organisation.id, passwordHash, kind, createdAt: clock.now() },
          mustChangePassword: oneTime && kind === 'person',
        }
        await store.insertPerson(tx, row)
        const made = viewPerson({ ...row, endedAt: null })
        await record(tx, { on: made.id, organisationId: organisation.id, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'people_login_key') return refuse('login-taken', { login: ask.login })
      throw error
    }
  }

export const getPerson =
  ({ database }: IdentityDeps) =>
  async (act: Act, id: string): Promise<Person | Refusal> => {
    const uuid = fromId('person', id)
    const row = uuid && (await store.findPerson(database.plain, act.scope, uuid))
    return row ? viewPerson(row) : refuse('not-found')
  }
