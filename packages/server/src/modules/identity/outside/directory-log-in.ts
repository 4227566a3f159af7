import type { Session } from '@yiduo/contract'
import type { Act } from '../../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import { unremembered } from '../entry.ts'
import { ifRight, lockUntil, refusedLogIn } from '../guess.ts'
import { policyOf } from '../policy.ts'
import type { IdentityDeps } from '../service.ts'
import * as store from '../store.ts'
import { admit, admitIn, turnAway } from './admit.ts'
import type { Directory, Listed } from './directory.ts'
import * as failures from './directory-failure-store.ts'
import * as links from './link-store.ts'
import { enabledOfKind, type ProviderRow } from './provider-store.ts'

export interface DirectoryAttempt {
  readonly login: string
  readonly password: string
  /** Who has the name here, without a password; null where nobody has it. */
  readonly person: store.PersonRow | null
}

interface Proof {
  readonly provider: ProviderRow
  readonly listed: Listed
  readonly password: string
}

type Came = Session | Refusal

/** Whoever is not connected learns nothing of where it stands and what it says: its probe tells that. */
const away = ({ name }: ProviderRow): Refusal => refuse('identity-provider-unreachable', { provider: name })

const isAway = (it: Came): boolean => isRefusal(it) && it.refused.code === 'identity-provider-unreachable'

/** Of somebody who is here: wrong ones count as if the password were held here. */
const proveKnown =
  (deps: IdentityDeps, directory: Directory) =>
  async (act: Act, { provider, listed, password }: Proof, person: store.PersonRow): Promise<Came> => {
    const guess = {
      ...{ login: person.login, person, refusedAs: 'session.refuse' as const, refusal: refusedLogIn },
      ...{ guessed: 'password' as const, tellsLock: false },
      // Behind the last guess the directory is not asked either.
      isRight: async () =>
        !lockUntil(person.lockedUntil, deps.clock.now()) && directory.proves(provider, listed, password),
      // Given a password here while the directory was asked.
      isStill: (row: store.PersonRow) => row.passwordHash === '',
    }
    const { identity } = listed
    const listedBy = { provider, identity, session: null }
    const came = await ifRight(deps)(act, guess, (tx) => admitIn(deps, tx, act, listedBy))
    // Proven, and not let in all the same: on record as it is of an issuer's people.
    if (isRefusal(came) && came.refused.code.startsWith('sign-on-')) await turnAway(deps, act, listedBy, came)
    return came
  }

const countUnknown = async (
  { database, clock, record }: IdentityDeps,
  act: Act,
  { provider, listed: { identity } }: Proof,
): Promise<Refusal> => {
  const counted = await database.transaction(unremembered(act), async (tx) => {
    const now = clock.now()
    const policy = await policyOf(tx)
    await links.lockSubject(tx, provider.id, identity.subject)
    const before = await failures.findFailures(tx, provider.id, identity.subject)
    const locked = lockUntil(before?.lockedUntil, now)
    // The count starts anew when a lock has run out.
    const count = before && before.lockedUntil === null ? before.failures + 1 : 1
    const lockedUntil = count < policy.failuresToLock ? null : new Date(now.getTime() + policy.lockMinutes * 60_000)
    if (!locked) await failures.setFailures(tx, provider.id, identity.subject, { failures: count, lockedUntil })
    await record(tx, {
      ...{ on: identity.login, organisationId: null, as: 'session.refuse' },
      after: { provider: provider.code, subject: identity.subject },
      outcome: 'refused',
    })
    return { refusal: refusedLogIn(policy) }
  })
  return counted.refusal
}

/** Of somebody who is not here yet: wrong ones count by who they are there. */
const proveUnknown =
  (deps: IdentityDeps, directory: Directory) =>
  async (act: Act, proof: Proof): Promise<Came> => {
    const { database, clock } = deps
    const { provider, listed, password } = proof
    const { subject } = listed.identity
    const counted = await failures.findFailures(database.plain, provider.id, subject)
    if (lockUntil(counted?.lockedUntil, clock.now())) return countUnknown(deps, act, proof)
    const isRight = await directory.proves(provider, listed, password)
    if (isRefusal(isRight)) return isRight
    if (!isRight) return countUnknown(deps, act, proof)
    // Others may have been counted while the directory was asked: behind the last one the right one is not told either.
    const refusal = await database.unrecorded(async (tx) => {
      await links.lockSubject(tx, provider.id, subject)
      const since = await failures.findFailures(tx, provider.id, subject)
      if (lockUntil(since?.lockedUntil, clock.now())) return refusedLogIn(await policyOf(tx))
      await failures.clearFailures(tx, provider.id, subject)
      return null
    })
    return refusal ?? admit(deps)(act, { provider, identity: listed.identity, session: null })
  }

/** Who is meant here by whom a directory has found: somebody, nobody yet, or (null) nobody that it may prove. */
const meant = async (
  { database }: IdentityDeps,
  provider: ProviderRow,
  { identity }: Listed,
  person: store.PersonRow | null,
): Promise<store.PersonRow | 'newcomer' | null> => {
  const tx = database.plain
  const link = await links.findLink(tx, provider.id, identity.subject)
  // The name went over to another there, who is not taken for whom it means here.
  if (person && link && link.personId !== person.id) return null
  const found = link ? await store.personById(tx, link.personId) : await store.personByLogin(tx, identity.login)
  const holder = person ?? found
  if (holder === null) return provider.rules.newcomers === 'create' ? 'newcomer' : null
  // Where a password is held here, it is the only one.
  const isHere = holder.kind === 'person' && holder.endedAt === null && holder.passwordHash === ''
  return isHere && (link !== null || provider.rules.adopts) ? holder : null
}

/** The directories that may prove who has a name: those that know its holder, or any where it is new. */
const askable = async (
  { database }: IdentityDeps,
  person: store.PersonRow | null,
): Promise<readonly { provider: ProviderRow; subject: string | null }[]> => {
  const enabled = await enabledOfKind(database.plain, 'directory')
  const known = person ? await links.directoriesOf(database.plain, person.id) : []
  if (known.length === 0) return enabled.map((provider) => ({ provider, subject: null }))
  return enabled.flatMap((provider) =>
    known.flatMap((it) => (it.providerId === provider.id ? [{ provider, subject: it.subject }] : [])),
  )
}

/** Comes in by a directory's word; null where none has such a person, which says nothing about the password. */
export const logInByDirectory =
  (deps: IdentityDeps, directory: Directory) =>
  async (act: Act, { login, password, person }: DirectoryAttempt): Promise<Came | null> => {
    const refused: Refusal[] = []
    // At once: of several that are slow nobody waits for the sum.
    const asked = (await askable(deps, person)).map(async (it) => ({
      ...it,
      listed: await directory.find(it.provider, login),
    }))
    for (const { provider, subject, listed } of await Promise.all(asked)) {
      if (isRefusal(listed)) {
        refused.push(away(provider))
        continue
      }
      if (!listed || (subject !== null && listed.identity.subject !== subject)) continue
      const holder = await meant(deps, provider, listed, person)
      if (holder === null) continue
      const proof = { provider, listed, password }
      const came =
        holder === 'newcomer'
          ? await proveUnknown(deps, directory)(act, proof)
          : await proveKnown(deps, directory)(act, proof, holder)
      if (!isRefusal(came)) return came
      refused.push(isAway(came) ? away(provider) : came)
    }
    // One that is away may be the one that has them; but if another has, its word counts.
    return refused.find((it) => !isAway(it)) ?? refused[0] ?? null
  }
