import {
  Code,
  fromId,
  type IdentityProviderRules,
  PersonName,
  type Session,
  separatedDuties,
  toId,
} from '@yiduo/contract'
import { Value } from 'typebox/value'
import type { Act } from '../../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts'
import { unremembered } from '../entry.ts'
import * as grantStore from '../grant-store.ts'
import { endedAmong, unused, viewGrant } from '../grants.ts'
import type { IdentityDeps } from '../service.ts'
import { enter } from '../sessions.ts'
import * as store from '../store.ts'
import { viewPerson } from '../view.ts'
import * as links from './link-store.ts'
import type { Identity } from './provider.ts'
import { holdProvider, type ProviderRow } from './provider-store.ts'

/** The organisation that the rules find for what was claimed: the first of theirs that matches. */
export const organisationIn = (rules: IdentityProviderRules, { organisations }: Identity): string | null => {
  const mapped = rules.organisations.find(({ value }) => organisations.includes(value))
  const id = mapped?.organisationId ?? rules.organisationId
  return id === null ? null : fromId('organisation', id)
}

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

/** A local person of the same name, where the rules take them for the same and that gives nobody a post. */
const adopted = async (
  { clock }: IdentityDeps,
  tx: Tx,
  provider: ProviderRow,
  login: string,
): Promise<store.PersonRow | null> => {
  const known = provider.rules.adopts ? await store.personByLogin(tx, login) : null
  if (known?.kind !== 'person') return null
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
  await links.lockSubject(tx, provider.id, identity.subject)
  const link = await links.findLink(tx, provider.id, identity.subject)
  if (link) return store.lockPerson(tx, link.personId)
  const refusal = unsuitable(provider, identity)
  if (refusal) return refusal
  const isTaken = await store.isLoginTaken(tx, identity.login)
  if (!isTaken && provider.rules.newcomers === 'refuse') return notLinked(provider)
  const person = isTaken
    ? await adopted(deps, tx, provider, identity.login)
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

type Wanted = Omit<links.ClaimedGrant, 'id'>

const isSame = (a: Wanted, b: Wanted): boolean =>
  a.role === b.role && a.organisationId === b.organisationId && a.reach === b.reach

/** What the claims give, over the organisation that they say, or the person's own where they say none. */
const wantedGrants = ({ rules }: ProviderRow, identity: Identity, home: string): Wanted[] => {
  const organisationId = organisationIn(rules, identity) ?? home
  const given = rules.roles.filter(
    ({ value, role }) => identity.roles.includes(value) && !separatedDuties.includes(role),
  )
  return given
    .map(({ role, reach }) => ({ role, reach, organisationId }))
    .filter((it, place, all) => all.findIndex((other) => isSame(it, other)) === place)
}

/** Whether what is held because of claims is what they give. */
export const isInLine = (
  provider: ProviderRow,
  { identity, home }: { identity: Identity; home: string },
  held: readonly links.ClaimedGrant[],
): boolean => {
  const wanted = wantedGrants(provider, identity, home)
  return wanted.length === held.length && wanted.every((it) => held.some((other) => isSame(it, other)))
}

/** Grants that came from the provider's claims follow them; what people gave stays as it is. */
export const followClaims = async (
  deps: IdentityDeps,
  tx: Tx,
  provider: ProviderRow,
  { person, identity }: { person: store.PersonRow; identity: Identity },
): Promise<void> => {
  const now = deps.clock.now()
  const held = await links.claimedGrants(tx, provider.id, person.id)
  const wanted = wantedGrants(provider, identity, person.organisationId)
  const on = toId('person', person.id)
  for (const it of held.filter((one) => !wanted.some((other) => isSame(one, other)))) {
    await grantStore.deleteGrant(tx, it.id)
    const before = { id: toId('grant', it.id), role: it.role, reach: it.reach, by: provider.code }
    await deps.record(tx, { on, organisationId: it.organisationId, as: 'grant.revoke', before })
  }
  for (const it of wanted.filter((one) => !held.some((other) => isSame(one, other)))) {
    // An organisation that was abolished gives nobody anything; the log-in itself goes on.
    if (await endedAmong(deps, tx, [it.organisationId])) continue
    const row = {
      ...{ id: deps.newId(), personId: person.id, ...it, createdAt: now, emergency: false },
      ...{ until: null, lastsUntil: null, pendingUntil: null, askedById: null, confirmedById: null },
    }
    await grantStore.insertGrant(tx, row)
    await links.markClaimed(tx, row.id, provider.id)
    const made = viewGrant(now)({ ...row, ...unused })
    const after = { ...made, by: provider.code }
    await deps.record(tx, { on, organisationId: it.organisationId, as: 'grant.create', after })
  }
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

/** The one door for everybody who was proven elsewhere. */
export const admitIn = async (
  deps: IdentityDeps,
  tx: Tx,
  act: Act,
  { provider, identity, session }: Proven,
): Promise<Session | Refusal> => {
  const held = await holdProvider(tx, provider.id)
  if (!held?.enabled || held.revision !== provider.revision) return refuse('sign-on-unknown')
  const person = await personOf(deps, tx, held, identity)
  if (isRefusal(person)) return person
  if (person.endedAt !== null) return notLinked(held)
  await followClaims(deps, tx, held, { person, identity })
  const { id: providerId, code } = held
  const { subject } = identity
  await links.touchLink(tx, { providerId, subject, personId: person.id }, deps.clock.now())
  return enter(deps)(tx, act, person, { providerId, provider: code, subject, session })
}

export const admit =
  (deps: IdentityDeps) =>
  async (act: Act, proven: Proven): Promise<Session | Refusal> => {
    try {
      const session = await deps.database.transaction(unremembered(act), (tx) => admitIn(deps, tx, act, proven))
      if (isRefusal(session)) await recordRefused(deps, act, proven.provider, session.refused.code)
      return session
    } catch (error) {
      // Somebody of that name came in by another way in this very moment.
      if (violatedConstraint(error) === 'people_login_key') return notLinked(proven.provider)
      throw error
    }
  }
