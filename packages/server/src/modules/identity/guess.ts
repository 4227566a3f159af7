import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { passwordRules } from './model.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'

/** Somebody says to be the person of a log-in; null where nobody has it. */
export interface Guess {
  readonly login: string
  readonly person: store.PersonRow | null
  readonly password: string
  /** Under which name a wrong one is put on record. */
  readonly refusedAs: string
}

const refused = () =>
  refuse('log-in-refused', { limit: passwordRules.failuresToLock, minutes: passwordRules.lockMinutes })

const lockOf = (person: store.PersonRow | null, now: Date): Refusal | null =>
  person?.lockedUntil && person.lockedUntil > now
    ? refuse('log-in-locked', { until: person.lockedUntil.toISOString() })
    : null

/** Counted and recorded in a commit of its own, which is not the answer of the act: that was refused. */
const countWrong = async (
  { database, clock, record }: IdentityDeps,
  act: Act,
  { login, person, refusedAs }: Guess,
): Promise<Refusal> => {
  const { refusal } = await database.transaction({ ...act, idempotency: null }, async (tx) => {
    const now = clock.now()
    const row = person && (await store.lockPerson(tx, person.id))
    const locked = lockOf(row, now)
    const until = new Date(now.getTime() + passwordRules.lockMinutes * 60_000)
    if (row && !locked) await store.countFailure(tx, row.id, passwordRules.failuresToLock, until, now)
    await record(tx, { on: login, organisationId: row?.organisationId ?? null, as: refusedAs })
    return { refusal: locked ?? refused() }
  })
  return refusal
}

/**
 * Goes on, in the same transaction, if the password is right. Hashing takes long, so many guesses may be under way at
 * once: each is judged under the lock of the person's row, and behind the last that is allowed not even the right one
 * is told from the wrong.
 */
export const ifRight =
  (deps: IdentityDeps) =>
  async <T>(act: Act, guess: Guess, goOn: (tx: Tx, person: store.PersonRow) => Promise<T>): Promise<T | Refusal> => {
    const { database, clock, passwords } = deps
    const { person } = guess
    const locked = lockOf(person, clock.now())
    if (locked) return locked
    const matches = await passwords.verify(person?.passwordHash ?? null, guess.password)
    if (!person || !matches) return countWrong(deps, act, guess)
    return database.transaction<T | Refusal>(act, async (tx) => {
      const row = await store.lockPerson(tx, person.id)
      const refusal = lockOf(row, clock.now())
      if (refusal) return refusal
      if (row.passwordHash !== person.passwordHash) return refused() // changed while it was being hashed
      await store.clearFailures(tx, row.id)
      return goOn(tx, row)
    })
  }
