import type { ActName } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { unremembered } from './entry.ts'
import { policyOf } from './policy.ts'
import type { Settings } from './policy-store.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'

/** Somebody says to be the person of a log-in, and has something to show for it. */
export interface Guess {
  readonly login: string
  /** Null where nobody has the log-in. */
  readonly person: store.PersonRow | null
  /** A refusal where that could not be told: it counts for nothing. */
  readonly isRight: () => Promise<boolean | Refusal>
  /** Whether it still is, asked of the person's row under its lock. */
  readonly isStill: (row: store.PersonRow) => boolean
  readonly guessed: store.Guessed
  /** Whether they are told that the account is locked: at the door that would tell that there is such an account. */
  readonly tellsLock: boolean
  /** Under which name a wrong one is put on record, and how it is answered. */
  readonly refusedAs: ActName
  readonly refusal: (policy: Settings) => Refusal
}

export const refusedLogIn = (policy: Settings): Refusal =>
  refuse('log-in-refused', { limit: policy.failuresToLock, minutes: policy.lockMinutes })

/** Nobody's who is at the door: told there, it would tell that there is such an account. */
export const lockUntil = (until: Date | null | undefined, now: Date): Refusal | null =>
  until && until > now ? refuse('log-in-locked', { until: until.toISOString() }) : null

const lockOf = (person: store.PersonRow | null, guessed: store.Guessed, now: Date): Refusal | null =>
  lockUntil(guessed === 'proof' ? person?.proofLockedUntil : person?.lockedUntil, now)

/** A name that nobody has is often a password in the wrong field, and the trail keeps what it is told for years. */
const unknownLogin = 'unknown'

/** Counted and recorded in a commit of its own, which is not the answer of the act: that was refused. */
const countWrong = async (
  { database, clock, record }: IdentityDeps,
  act: Act,
  { login, person, refusedAs, refusal, tellsLock, guessed }: Guess,
): Promise<Refusal> => {
  const counted = await database.transaction(unremembered(act), async (tx) => {
    const now = clock.now()
    const policy = await policyOf(tx)
    const row = person && (await store.lockPerson(tx, person.id))
    const locked = lockOf(row, guessed, now)
    const lockedUntil = new Date(now.getTime() + policy.lockMinutes * 60_000)
    const limit = policy.failuresToLock
    if (row && !locked) await store.countFailure(tx, row.id, guessed, { limit, lockedUntil, now })
    await record(tx, {
      on: row ? login : unknownLogin,
      organisationId: row?.organisationId ?? null,
      as: refusedAs,
      outcome: 'refused',
    })
    return { refusal: (tellsLock && locked) || refusal(policy) }
  })
  return counted.refusal
}

/**
 * Goes on, in the same transaction, if the guess is right. Hashing takes long, so many guesses may be under way at
 * once: each is judged under the lock of the person's row, and behind the last that is allowed not even the right one
 * is told from the wrong.
 */
export const ifRight =
  (deps: IdentityDeps) =>
  async <T>(act: Act, guess: Guess, goOn: (tx: Tx, person: store.PersonRow) => Promise<T>): Promise<T | Refusal> => {
    const { database, clock } = deps
    const { person, tellsLock, guessed } = guess
    const locked = lockOf(person, guessed, clock.now())
    if (locked && tellsLock) return locked
    const isRight = await guess.isRight()
    if (isRefusal(isRight)) return isRight
    if (!person || !isRight || locked) return countWrong(deps, act, guess)
    return database.transaction<T | Refusal>(unremembered(act), async (tx) => {
      const row = await store.lockPerson(tx, person.id)
      const lockedMeanwhile = lockOf(row, guessed, clock.now())
      if (lockedMeanwhile) return tellsLock ? lockedMeanwhile : guess.refusal(await policyOf(tx))
      if (row.endedAt !== null || !guess.isStill(row)) return guess.refusal(await policyOf(tx))
      const gone = await goOn(tx, row)
      if (!isRefusal(gone)) await store.clearFailures(tx, row.id, guessed)
      return gone
    })
  }
