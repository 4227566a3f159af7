import {
  type BodyOf,
  fromId,
  type IdentityProvider,
  type IdentityProviderRules,
  type identityProviderCreate,
  type identityProviderEdit,
} from '@yiduo/contract'
import type { Act } from '../../../kernel/act.ts'
import { type Refusal, refuse } from '../../../kernel/refusal.ts'
import { staleBy } from '../../../kernel/revision.ts'
import { type Tx, violatedConstraint } from '../../../platform/database/index.ts'
import { endedAmong } from '../grants.ts'
import type { IdentityDeps } from '../service.ts'
import { followRules } from './claimed-grants.ts'
import { hasLinks } from './link-store.ts'
import { closedRules, leadsElsewhere, namesOthers, secretContext, unsafety, viewProvider } from './provider.ts'
import * as store from './provider-store.ts'

/** They are everybody's: whoever reaches a part of the province only does not set them up. */
const withinReach = (act: Act): Refusal | null => (act.scope.all ? null : refuse('not-found'))

/** One of them, as it stands. */
export const findProvider =
  ({ database }: IdentityDeps) =>
  async (act: Act, id: string): Promise<store.ProviderRow | Refusal> => {
    const uuid = fromId('identityProvider', id)
    const row = uuid && !withinReach(act) ? await store.providerById(database.plain, uuid) : null
    return row ?? refuse('not-found')
  }

const listProviders =
  ({ database }: IdentityDeps) =>
  async (act: Act): Promise<{ items: IdentityProvider[] }> => ({
    items: withinReach(act) ? [] : (await store.listProviders(database.plain)).map(viewProvider),
  })

const createProvider =
  ({ database, clock, newId, record, secrets }: IdentityDeps) =>
  async (act: Act, ask: BodyOf<typeof identityProviderCreate>): Promise<IdentityProvider | Refusal> => {
    const refusal = withinReach(act) ?? unsafety(ask.settings)
    if (refusal) return refusal
    const { secret, ...rest } = ask
    const id = newId()
    const row: store.ProviderRow = {
      ...rest,
      id,
      secret: secret === undefined ? null : secrets.seal(secret, secretContext(id)),
      ...{ rules: closedRules, enabled: false, revision: 1, createdAt: clock.now() },
    }
    try {
      return await database.transaction(act, async (tx) => {
        await store.insertProvider(tx, row)
        const after = viewProvider(row)
        await record(tx, { on: after.id, organisationId: null, after })
        return after
      })
    } catch (error) {
      if (violatedConstraint(error) === 'identity_providers_code_key') return refuse('code-taken', { code: ask.code })
      throw error
    }
  }

/** Locks one, does something to it, and writes both states down. */
const changing =
  ({ database, record }: IdentityDeps) =>
  (
    act: Act,
    id: string,
    given: number | null,
    change: (tx: Tx, row: store.ProviderRow) => Promise<store.ProviderRow | Refusal>,
  ): Promise<IdentityProvider | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('identityProvider', id)
      const row = uuid && !withinReach(act) ? await store.lockProvider(tx, uuid) : null
      if (!row) return refuse('not-found')
      const stale = staleBy(given, row.revision)
      if (stale) return stale
      const changed = await change(tx, row)
      if ('refused' in changed) return changed
      const updated = await store.updateProvider(tx, changed)
      // What was begun under other terms does not go on.
      if (row.enabled && !updated.enabled) await store.deleteSessionsFrom(tx, row.id)
      const after = viewProvider(updated)
      await record(tx, { on: after.id, organisationId: null, before: viewProvider(row), after })
      return after
    })

/** What an edit may not do, though nothing is wrong with what it enters. */
const misleads = async (
  tx: Tx,
  row: store.ProviderRow,
  { settings, secret }: BodyOf<typeof identityProviderEdit>,
): Promise<Refusal | null> => {
  if (settings === undefined) return null
  if (namesOthers(row.settings, settings) && (await hasLinks(tx, row.id)))
    return refuse('identity-provider-is-another', { provider: row.name })
  // It would be sent there by the first try, before a second person has looked at it: to whoever may not read it here.
  const isSent = row.secret !== null && secret === undefined
  return isSent && leadsElsewhere(row.settings, settings)
    ? refuse('identity-provider-secret-missing', { provider: row.name })
    : null
}

const editProvider =
  (deps: IdentityDeps) =>
  (
    act: Act,
    id: string,
    ask: BodyOf<typeof identityProviderEdit>,
    given: number | null,
  ): Promise<IdentityProvider | Refusal> =>
    changing(deps)(act, id, given, async (tx, row) => {
      const { secret, ...rest } = ask
      const settings = ask.settings ?? row.settings
      const refusal = unsafety(settings) ?? (await misleads(tx, row, ask))
      if (refusal) return refusal
      const sealed = secret && deps.secrets.seal(secret, secretContext(row.id))
      // Another place to send what is secret, or other words for who somebody is: two people look at that again.
      const isOther = ask.settings !== undefined || ask.claims !== undefined
      return {
        ...row,
        ...rest,
        settings,
        secret: secret === undefined ? row.secret : (sealed ?? null),
        enabled: row.enabled && !isOther,
      }
    })

const removeProvider =
  ({ database, record }: IdentityDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    database.transaction(act, async (tx) => {
      const uuid = fromId('identityProvider', id)
      const row = uuid && !withinReach(act) ? await store.lockProvider(tx, uuid) : null
      if (!row) return refuse('not-found')
      await store.deleteProvider(tx, row.id)
      await record(tx, { on: id, organisationId: null, before: viewProvider(row) })
      return null
    })

const setRules =
  (deps: IdentityDeps) =>
  (act: Act, id: string, rules: IdentityProviderRules, given: number | null): Promise<IdentityProvider | Refusal> =>
    changing(deps)(act, id, given, async (tx, row) => {
      const named = [...rules.organisations.map((it) => it.organisationId), rules.organisationId]
      const uuids: string[] = []
      for (const it of new Set(named)) {
        if (it === null) continue
        const uuid = fromId('organisation', it)
        if (!uuid || !(await deps.reachOrganisation(tx, act, uuid))) return refuse('not-found')
        uuids.push(uuid)
      }
      const ended = await endedAmong(deps, tx, uuids)
      if (ended) return ended
      await followRules(deps, tx, row, rules)
      return { ...row, rules }
    })

const switchTo =
  (deps: IdentityDeps, enabled: boolean) =>
  (act: Act, id: string, given: number | null): Promise<IdentityProvider | Refusal> =>
    changing(deps)(act, id, given, async (_tx, row) => unsafety(row.settings) ?? { ...row, enabled })

export const identityProviders = (deps: IdentityDeps) => ({
  listProviders: listProviders(deps),
  createProvider: createProvider(deps),
  editProvider: editProvider(deps),
  removeProvider: removeProvider(deps),
  setProviderRules: setRules(deps),
  enableProvider: switchTo(deps, true),
  disableProvider: switchTo(deps, false),
})
