import { type DirectoryComparison, separatedDuties } from '@yiduo/contract'
import type { Act } from '../../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import { unremembered } from '../entry.ts'
import type { IdentityDeps } from '../service.ts'
import { lockPerson } from '../store.ts'
import { personOf } from './admit.ts'
import { followClaims, isInLine, organisationIn } from './claimed-grants.ts'
import { type Compared, compare, type Known, nameKey, viewComparison } from './comparison.ts'
import type { Directory } from './directory.ts'
import * as store from './import-store.ts'
import type { ClaimedGrant } from './link-store.ts'
import { type Identity, unsafety } from './provider.ts'
import { holdProvider, type ProviderRow } from './provider-store.ts'
import { findProvider } from './providers.ts'

/** Long enough to be quick, short enough that little is done again when one is broken off. */
const batchSize = 200

const knownHere = async (
  { database, clock, organisationEnded }: IdentityDeps,
  provider: ProviderRow,
  listed: readonly Identity[],
): Promise<Known> => {
  const tx = database.plain
  const linked = await store.linkedPeople(tx, provider.id)
  const named = await store.peopleNamed(tx, {
    ...{ providerId: provider.id, without: separatedDuties, now: clock.now() },
    logins: listed.map(({ login }) => nameKey(login)),
  })
  const ended = new Set<string>()
  const meant = new Set(listed.map((it) => organisationIn(provider.rules, it)).filter((it) => it !== null))
  for (const id of meant) if (await organisationEnded(tx, id)) ended.add(id)
  const paths = await store.organisationPaths(tx, [...meant])
  return {
    linked: new Map(linked.map((it) => [it.subject, it])),
    named: new Map(named.map((it) => [nameKey(it.login), it])),
    ended,
    paths: new Map(paths.map((it) => [it.id, it.path])),
  }
}

/** Everybody there and who they are here, or why that cannot be told. */
const comparison =
  (deps: IdentityDeps, directory: Directory) =>
  async (provider: ProviderRow): Promise<Compared[] | Refusal> => {
    if (provider.settings.kind !== 'directory')
      return refuse('identity-provider-not-directory', { provider: provider.name })
    const listed = unsafety(provider.settings) ?? (await directory.list(provider))
    return isRefusal(listed) ? listed : compare(provider, listed, await knownHere(deps, provider, listed))
  }

/** Whom there is something to do for: who is not linked yet, or holds other roles than the claims give. */
const due = async (
  { database }: IdentityDeps,
  provider: ProviderRow,
  compared: readonly Compared[],
): Promise<Compared[]> => {
  const held = new Map<string, ClaimedGrant[]>()
  for (const { personId, ...grant } of await store.grantsClaimed(database.plain, provider.id))
    held.set(personId, [...(held.get(personId) ?? []), grant])
  return compared.filter(({ state, personId, identity }) => {
    if (state === 'new' || state === 'linkable') return true
    if (!['same', 'unmapped'].includes(state) || personId === null) return false
    return !isInLine(provider, identity, held.get(personId) ?? [])
  })
}

/** As somebody's first log-in would; whom the rules do not let in by themselves are taken over all the same. */
const takeOver = async (deps: IdentityDeps, tx: Tx, provider: ProviderRow, it: Compared): Promise<Compared> => {
  const { identity, personId } = it
  const taking = { ...provider, rules: { ...provider.rules, newcomers: 'create' as const } }
  const isKnown = it.state !== 'linkable' && personId !== null
  const person = isKnown ? await lockPerson(tx, personId) : await personOf(deps, tx, taking, identity)
  // Others came first since it was looked at.
  if (isRefusal(person))
    return { ...it, state: person.refused.code === 'organisation-ended' ? 'unmapped' : 'unsuitable' }
  if (person.endedAt !== null) return { ...it, state: 'ended' }
  await followClaims(deps, tx, provider, { person, identity })
  return { ...it, personId: person.id }
}

const takeBatch = (
  deps: IdentityDeps,
  act: Act,
  provider: ProviderRow,
  batch: readonly Compared[],
): Promise<Compared[] | Refusal> =>
  deps.database.transaction<Compared[] | Refusal>(unremembered(act), async (tx) => {
    const held = await holdProvider(tx, provider.id)
    if (!held?.enabled || held.revision !== provider.revision)
      return refuse('identity-provider-off', { provider: provider.name })
    const done: Compared[] = []
    for (const it of batch) done.push(await takeOver(deps, tx, held, it))
    return done
  })

const importPeople =
  (deps: IdentityDeps, directory: Directory) =>
  async (act: Act, id: string): Promise<DirectoryComparison | Refusal> => {
    const provider = await findProvider(deps)(act, id)
    if (isRefusal(provider)) return provider
    const compared = await comparison(deps, directory)(provider)
    if (isRefusal(compared)) return compared
    if (!provider.enabled) return refuse('identity-provider-off', { provider: provider.name })
    const waiting = await due(deps, provider, compared)
    const done = new Map<Identity, Compared>()
    for (let from = 0; from < waiting.length; from += batchSize) {
      const batch = await takeBatch(deps, act, provider, waiting.slice(from, from + batchSize))
      if (isRefusal(batch)) return batch
      for (const it of batch) done.set(it.identity, it)
    }
    const came = viewComparison(compared.map((it) => done.get(it.identity) ?? it))
    return deps.database.transaction(act, async (tx) => {
      await deps.record(tx, { on: id, organisationId: null, after: { provider: provider.code, ...came.counts } })
      return came
    })
  }

const comparePeople =
  (deps: IdentityDeps, directory: Directory) =>
  async (act: Act, id: string): Promise<DirectoryComparison | Refusal> => {
    const provider = await findProvider(deps)(act, id)
    if (isRefusal(provider)) return provider
    const compared = await comparison(deps, directory)(provider)
    return isRefusal(compared) ? compared : viewComparison(compared)
  }

/** People of a directory before they have ever come. */
export const directoryPeople = (deps: IdentityDeps, directory: Directory) => ({
  comparePeople: comparePeople(deps, directory),
  importPeople: importPeople(deps, directory),
})
