import { type BodyOf, fromId, type Person, type personCreate } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import { type Tx, violatedConstraint } from '../../platform/database/index.ts'
import { oneTimeUntil, passwordWeakness, tooWeak } from './model.ts'
import { policyOf } from './policy.ts'
import type { Settings } from './policy-store.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'
import { viewPerson } from './view.ts'

type Ask = BodyOf<typeof personCreate>

/** `published` is the demonstration's, which stands in its description for all to read. */
type FirstPassword = 'one-time' | 'lasting' | 'published'

/** Where a password is too weak for a person who holds nothing yet. */
const weaknessOf = (policy: Settings, { password, login }: Ask, organisation: string | null): Refusal | null => {
  const problem = password === undefined ? null : passwordWeakness(password, { login, organisation }, policy, [])
  return problem === null ? null : tooWeak(problem, policy, [])
}

/** The organisation, where the act reaches it and somebody new may belong to it. */
const homeOf = async (
  { reachOrganisation, organisationEnded, organisationNames }: IdentityDeps,
  tx: Tx,
  act: Act,
  id: string,
): Promise<{ id: string; name: string | null } | Refusal> => {
  const uuid = fromId('organisation', id)
  const organisation = uuid && (await reachOrganisation(tx, act, uuid))
  if (!organisation) return refuse('not-found')
  const name = (await organisationNames(tx, [organisation.id])).get(organisation.id) ?? null
  return (await organisationEnded(tx, organisation.id)) ?? { id: organisation.id, name }
}

/** A new person's password is one-time: it was known to whoever made the account. A service account has none. */
export const createPerson = (deps: IdentityDeps) => {
  const { database, clock, newId, record, passwords } = deps
  return async (act: Act, ask: Ask, first: FirstPassword = 'one-time'): Promise<Person | Refusal> => {
    const { login, name, password, kind = 'person' } = ask
    if (kind === 'service' && password !== undefined) return refuse('person-is-service', { login })
    if (kind === 'person' && password === undefined) return refuse('password-missing')
    const policy = await policyOf(database.plain)
    const weak = (organisation: string | null) => (first === 'published' ? null : weaknessOf(policy, ask, organisation))
    const refusal = weak(null)
    if (refusal) return refusal
    const passwordHash = password === undefined ? '' : await passwords.hash(password)
    try {
      return await database.transaction(act, async (tx) => {
        const home = await homeOf(deps, tx, act, ask.organisationId)
        if (isRefusal(home)) return home
        const named = weak(home.name) // not before it is sure that they may know of it
        if (named) return named
        if (await store.isLoginTaken(tx, ask.login)) return refuse('login-taken', { login: ask.login })
        const row = {
          ...{ id: newId(), login, name, organisationId: home.id, passwordHash, kind, createdAt: clock.now() },
          mustChangePassword: first === 'one-time' && kind === 'person',
          // What the program gave on the first start waits as long as it takes.
          passwordExpiresAt: first === 'one-time' && act.caller.kind === 'person' ? oneTimeUntil(clock.now()) : null,
        }
        await store.insertPerson(tx, row)
        const made = viewPerson({ ...row, endedAt: null })
        await record(tx, { on: made.id, organisationId: home.id, after: made })
        return made
      })
    } catch (error) {
      if (violatedConstraint(error) === 'people_login_key') return refuse('login-taken', { login: ask.login })
      throw error
    }
  }
}

export const getPerson =
  ({ database }: IdentityDeps) =>
  async (act: Act, id: string): Promise<Person | Refusal> => {
    const uuid = fromId('person', id)
    const row = uuid && (await store.findPerson(database.plain, act.scope, uuid))
    return row ? viewPerson(row) : refuse('not-found')
  }
