import { Code, PersonName, type Session, separatedDuties, toId } from '@yiduo/contract'
import { Value } from 'typebox/value'
import type { Act } from '../../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts'
import { unremembered } from '../entry.ts'
import * as grantStore from '../grant-store.ts'
import { endedAmong } from '../grants.ts'
import type { IdentityDeps } from '../service.ts'
import { enter } from '../sessions.ts'
import * as store from '../store.ts'
import { viewPerson } from '../view.ts'
import { followClaims, organisationIn } from './claimed-grants.ts'
import * as links from './link-store.ts'
import type { Identity } from './provider.ts'
import { holdProvider, type ProviderRow } from './provider-store.ts'

/** What of it could not be taken here, in the words of the person's own language or not at all. */
export const unsuitable = ({ name: provider }: ProviderRow, { login, name }: Identity): Refusal | null => {
  const fields = [
    { field: 'login', value: login, isFit: Value.Check(Code, login) },
    { field: 'name', value: name, isFit: Value.Check(PersonName, name) },
  ]
  const wrong = fields.find(({ isFit }) => !isFit)
  return wrong ? refuse('sign-on-unsuitable', { provider, field: wrong.field, value: wrong.value.slice(0, 80) }) : null
}

const notLinked = ({ name }: ProviderRow): Refusal => refuse('sign-on-not-linked', { provider: name })

/**
 * A local person of the same name, where the rules take them for the same and that gives nobody a post. Of the organisation
 * that the rules find, or one below it: a provider of one place has no word about people of another.
 */
const adopted = async (
  { clock }: IdentityDeps,
  tx: Tx,
  provider: ProviderRow,
  identity: Identity,
): Promise<store.PersonRow | null> => {
  const place = organisationIn(provider.rules, identity)
  if (!provider.rules.adopts || place === null) return null
  const known = await store.personByLogin(tx, identity.login)
  if (known?.kind !== 'person' || !(await links.liesWithin(tx, known.organisationId, place))) return null
  const held = await grantStore.rolesForUpdate(tx, known.id, clock.now())
  return held.some((role) => separatedDuties.includes(role)) ? null : known
}

/** A person of the organisation that the rules say, without a password here. */
const createNewcomer = async (
  deps: IdentityDeps,
  tx: Tx,
  provider: ProviderRow,
  identity: Identity,
): Promise<store.PersonRow | Refusal> => {
  const organisationId = organisationIn(provider.rules, identity)
  if (organisationId === null) return notLinked(provider)
  const ended = await endedAmong(deps, tx, [organisationId])
  if (ended) return ended
  const { login, name } = identity
  const row = {
    ...{ id: deps.newId(), login, name, organisationId, passwordHash: '', mustChangePassword: false },
    ...{ kind: 'person' as const, createdAt: deps.clock.now(), passwordExpiresAt: null },
  }
  await store.insertPerson(tx, row)
  const made = viewPerson({ ...row, endedAt: null })
  await deps.record(tx, { on: made.id, organisationId, as: 'person.create', after: { ...made, by: provider.code } })
  return store.personById(tx, row.id)
}

/** Who somebody is here: by the link, or by one that is made now. */
export const personOf = async (
  deps: IdentityDeps,
  tx: Tx,
  provider: ProviderRow,
  identity: Identity,
): Promise<store.PersonRow | Refusal> => {
  // Who is known waits for nobody who holds the subject and wants the person.
  const find = () => links.findLink(tx, provider.id, identity.subject)
  const known = await find()
  if (known) return store.lockPerson(tx, known.personId)
  await links.lockSubject(tx, provider.id, identity.subject)
  const link = await find()
  if (link) return store.lockPerson(tx, link.personId)
  const refusal = unsuitable(provider, identity)
  if (refusal) return refusal
  const isTaken = await store.isLoginTaken(tx, identity.login)
  if (!isTaken && provider.rules.newcomers === 'refuse') return notLinked(provider)
  const person = isTaken
    ? await adopted(deps, tx, provider, identity)
    : await createNewcomer(deps, tx, provider, identity)
  if (person === null) return notLinked(provider)
  if (isRefusal(person)) return person
  const made = { providerId: provider.id, subject: identity.subject, personId: person.id }
  if ((await links.insertLink(tx, made, deps.clock.now())) === 0) return notLinked(provider)
  const after = { provider: provider.code, subject: identity.subject }
  await deps.record(tx, {
    ...{ on: toId('person', person.id), organisationId: person.organisationId, as: 'identity-link.create', after },
  })
  return person
}

/** Somebody whom a provider could not prove, or whom nobody here is: on record, in a commit of its own. */
export const recordRefused = async (
  { database, record }: IdentityDeps,
  act: Act,
  provider: ProviderRow,
  reason: string,
): Promise<void> => {
  await database.transaction(unremembered(act), (tx) =>
    record(tx, {
      ...{ on: toId('identityProvider', provider.id), organisationId: null, as: 'sign-on.refuse' },
      after: { provider: provider.code, reason },
      outcome: 'refused',
    }),
  )
}

export interface Proven {
  /** As it was when it was asked; what was changed since lets nobody in. */
  readonly provider: ProviderRow
  readonly identity: Identity
  readonly session: string | null
}

/** The provider, if nothing of it was changed since it was asked. */
const holdUnchanged = async (tx: Tx, { id, revision }: ProviderRow): Promise<ProviderRow | null> => {
  const held = await holdProvider(tx, id)
  return held?.enabled && held.revision === revision ? held : null
}

/** The one door for everybody who was proven elsewhere. */
export const admitIn = async (
  deps: IdentityDeps,
  tx: Tx,
  act: Act,
  { provider, identity, session }: Proven,
): Promise<Session | Refusal> => {
  const held = await holdUnchanged(tx, provider)
  if (!held) return refuse('sign-on-unknown')
  const person = await personOf(deps, tx, held, identity)
  if (isRefusal(person)) return person
  if (person.endedAt !== null || organisationIn(held.rules, identity) === null) return notLinked(held)
  await followClaims(deps, tx, held, { person, identity })
  const { id: providerId, code } = held
  const { subject } = identity
  await links.touchLink(tx, { providerId, subject, personId: person.id }, deps.clock.now())
  return enter(deps)(tx, act, person, { providerId, provider: code, subject, session })
}

/** Proven, and not let in: what claims gave to somebody who belongs to no organisation of ours any more goes with it. */
export const turnAway = async (
  deps: IdentityDeps,
  act: Act,
  { provider, identity }: Pick<Proven, 'provider' | 'identity'>,
  { refused: { code } }: Refusal,
): Promise<void> => {
  await deps.database.transaction(unremembered(act), async (tx) => {
    const held = await holdUnchanged(tx, provider)
    const link = held && (await links.findLink(tx, held.id, identity.subject))
    if (!link || organisationIn(held.rules, identity) !== null) return
    await followClaims(deps, tx, held, { person: await store.lockPerson(tx, link.personId), identity })
  })
  await recordRefused(deps, act, provider, code)
}

export const admit =
  (deps: IdentityDeps) =>
  async (act: Act, proven: Proven): Promise<Session | Refusal> => {
    try {
      const session = await deps.database.transaction(unremembered(act), (tx) => admitIn(deps, tx, act, proven))
      if (isRefusal(session)) await turnAway(deps, act, proven, session)
      return session
    } catch (error) {
      // Somebody of that name came in by another way in this very moment.
      if (violatedConstraint(error) === 'people_login_key') return notLinked(proven.provider)
      throw error
    }
  }
