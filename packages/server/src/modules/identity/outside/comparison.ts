import { type DirectoryComparison, type DirectoryEntry, toId } from '@yiduo/contract'
import { unsuitable } from './admit.ts'
import { organisationIn } from './claimed-grants.ts'
import type { LinkedPerson, NamedPerson } from './import-store.ts'
import type { Identity } from './provider.ts'
import type { ProviderRow } from './provider-store.ts'

type State = DirectoryEntry['state']

/** What is known here of those whom a directory lists. */
export interface Known {
  /** By subject. */
  readonly linked: ReadonlyMap<string, LinkedPerson>
  /** By log-in name in small letters. */
  readonly named: ReadonlyMap<string, NamedPerson>
  /** Organisations that were abolished. */
  readonly ended: ReadonlySet<string>
  /** Where the organisations lie that the rules find. */
  readonly paths: ReadonlyMap<string, string>
}

/** One of a directory, and what it is to us. */
export interface Compared {
  readonly identity: Identity
  readonly state: State
  readonly personId: string | null
  readonly organisationId: string | null
}

export const nameKey = (login: string): string => login.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())

/** Of one whom no link knows. */
const unlinked = (
  provider: ProviderRow,
  { named, ended, paths }: Known,
  identity: Identity,
): Omit<Compared, 'identity'> => {
  const organisationId = organisationIn(provider.rules, identity)
  const nobody = { personId: null, organisationId }
  if (identity.subject === '' || unsuitable(provider, identity)) return { ...nobody, state: 'unsuitable' }
  const holder = named.get(nameKey(identity.login))
  if (holder) {
    const isOfHere = holder.organisationPath.startsWith(paths.get(organisationId ?? '') ?? 'nowhere')
    const isSame = provider.rules.adopts && holder.adoptable && holder.login === identity.login && isOfHere
    if (!isSame) return { ...nobody, state: 'unsuitable' }
    return { personId: holder.id, organisationId: holder.organisationId, state: 'linkable' }
  }
  if (organisationId === null || ended.has(organisationId)) return { ...nobody, state: 'unmapped' }
  return { ...nobody, state: 'new' }
}

const comparedWith =
  (provider: ProviderRow, known: Known) =>
  (identity: Identity): Compared => {
    const link = known.linked.get(identity.subject)
    if (!link) return { identity, ...unlinked(provider, known, identity) }
    const { personId, organisationId, endedAt } = link
    if (endedAt !== null) return { identity, personId, organisationId, state: 'ended' }
    const isPlaced = organisationIn(provider.rules, identity) !== null
    return { identity, personId, organisationId, state: isPlaced ? 'same' : 'unmapped' }
  }

/** Of two that would be one here, by subject or by name, the second is not taken. */
const withoutDoubles = (all: readonly Compared[]): Compared[] => {
  const seen = new Set<string>()
  return all.map((it) => {
    if (it.state === 'unsuitable') return it
    const keys = [`subject ${it.identity.subject}`, `login ${nameKey(it.identity.login)}`]
    const isKnown = it.state !== 'linkable' && it.personId !== null
    const isDouble = keys.some((key, place) => seen.has(key) && (place === 0 || !isKnown))
    for (const key of keys) seen.add(key)
    return isDouble ? { ...it, state: 'unsuitable', personId: null } : it
  })
}

/** Everybody there against everybody who is known from there; who is gone comes last. */
export const compare = (provider: ProviderRow, listed: readonly Identity[], known: Known): Compared[] => {
  const there = new Set(listed.map(({ subject }) => subject))
  const gone = [...known.linked].flatMap(([subject, { login, name, personId, organisationId, endedAt }]) =>
    there.has(subject) || endedAt !== null
      ? []
      : [
          {
            identity: { subject, login, name, organisations: [], roles: [] },
            ...{ personId, organisationId, state: 'gone' as const },
          },
        ],
  )
  return [...withoutDoubles(listed.map(comparedWith(provider, known))), ...gone]
}

const shownItems = 1_000

export const viewComparison = (all: readonly Compared[]): DirectoryComparison => {
  const counts = { new: 0, same: 0, linkable: 0, unmapped: 0, unsuitable: 0, gone: 0, ended: 0 }
  for (const { state } of all) counts[state]++
  const sorted = [...all.filter((it) => it.state !== 'same'), ...all.filter((it) => it.state === 'same')]
  return {
    counts,
    items: sorted.slice(0, shownItems).map(({ identity: { subject, login, name }, ...it }) => ({
      ...{ subject, login: login.slice(0, 200), name: name.slice(0, 200), state: it.state },
      personId: it.personId && toId('person', it.personId),
      organisationId: it.organisationId && toId('organisation', it.organisationId),
    })),
  }
}
