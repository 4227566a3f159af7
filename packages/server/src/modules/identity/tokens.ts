import { type ApiToken, type apiTokenCreate, type BodyOf, fromId, operations, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { hashToken, newToken, person, unproven, unremembered } from './entry.ts'
import { beyond } from './grants.ts'
import { policyOf } from './policy.ts'
import type { IdentityDeps } from './service.ts'
import * as store from './store.ts'
import * as tokenStore from './token-store.ts'

const limit = 50
const dayMs = 86_400_000

type Ask = BodyOf<typeof apiTokenCreate>
type Made = ApiToken & { token: string }

const view = (row: tokenStore.ApiTokenRow): ApiToken => ({
  id: toId('apiToken', row.id),
  personId: toId('person', row.personId),
  name: row.name,
  operations: row.operations,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
})

const names = new Set(operations.map(({ name }) => name))
const nouns = new Set(operations.map(({ name }) => name.slice(0, name.indexOf('.'))))
const isKnown = (it: string): boolean => (it.endsWith('.*') ? nouns.has(it.slice(0, -2)) : names.has(it))

const make = async (
  { clock, newId, record }: IdentityDeps,
  tx: Tx,
  owner: { readonly id: string; readonly organisationId: string },
  ask: Ask,
): Promise<Made | Refusal> => {
  const unknown = ask.operations.find((it) => !isKnown(it))
  if (unknown !== undefined) return refuse('operation-unknown', { operation: unknown })
  const now = clock.now()
  const { tokenDays } = await policyOf(tx)
  const expiresAt = new Date(ask.expiresAt)
  if (expiresAt <= now || expiresAt.getTime() - now.getTime() > tokenDays * dayMs)
    return refuse('api-token-too-long', { days: tokenDays })
  await store.lockPerson(tx, owner.id)
  const held = await tokenStore.apiTokensOf(tx, owner.id)
  if (held.filter((it) => it.endedAt === null && it.expiresAt > now).length >= limit)
    return refuse('api-token-too-many', { limit })
  const token = newToken('program')
  const row = {
    ...{ id: newId(), personId: owner.id, name: ask.name, operations: ask.operations, createdAt: now, expiresAt },
    ...{ lastUsedAt: null, endedAt: null },
  }
  await tokenStore.insertApiToken(tx, { ...row, tokenHash: hashToken(token) })
  await record(tx, { on: toId('person', owner.id), organisationId: owner.organisationId, after: view(row) })
  return { ...view(row), token }
}

const end = async (
  { clock, record }: IdentityDeps,
  tx: Tx,
  owner: { readonly id: string; readonly organisationId: string },
  id: string,
): Promise<null | Refusal> => {
  const uuid = fromId('apiToken', id)
  if (!uuid || (await tokenStore.endApiToken(tx, owner.id, uuid, clock.now())) === 0) return refuse('not-found')
  await record(tx, { on: toId('person', owner.id), organisationId: owner.organisationId, before: { id } })
  return null
}

const oneself = (act: Act) => {
  const { personId, organisationId } = person(act)
  return { id: personId, organisationId }
}

export const listTokens =
  ({ database }: IdentityDeps) =>
  async (act: Act): Promise<{ items: ApiToken[] }> => ({
    items: (await tokenStore.apiTokensOf(database.plain, person(act).personId)).map(view),
  })

export const createToken =
  (deps: IdentityDeps) =>
  (act: Act, ask: Ask): Promise<Made | Refusal> =>
    deps.database.transaction(
      unremembered(act),
      async (tx) => unproven(act, true, deps.clock.now()) ?? make(deps, tx, oneself(act), ask),
    )

export const revokeToken =
  (deps: IdentityDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    deps.database.transaction(act, (tx) => end(deps, tx, oneself(act), id))

/** The service account, as far as the act reaches. */
const service = async (tx: Tx, act: Act, personId: string): Promise<store.PersonRow | Refusal> => {
  const uuid = fromId('person', personId)
  const found = uuid && (await store.findPerson(tx, act.scope, uuid))
  if (!found) return refuse('not-found')
  return found.kind === 'service' ? found : refuse('person-not-service', { login: found.login })
}

export const listServiceTokens =
  ({ database }: IdentityDeps) =>
  async (act: Act, personId: string): Promise<{ items: ApiToken[] } | Refusal> => {
    const owner = await service(database.plain, act, personId)
    return 'refused' in owner ? owner : { items: (await tokenStore.apiTokensOf(database.plain, owner.id)).map(view) }
  }

/** Programs that stand still soon, unless somebody renews what they come with. */
export const serviceTokensEnding =
  ({ database, clock }: IdentityDeps) =>
  (act: Act, before: Date, limit: number): Promise<tokenStore.EndingToken[]> =>
    tokenStore.serviceTokensEnding(database.plain, act.scope, { now: clock.now(), before }, limit)

export const createServiceToken =
  (deps: IdentityDeps) =>
  (act: Act, personId: string, ask: Ask): Promise<Made | Refusal> =>
    deps.database.transaction(unremembered(act), async (tx) => {
      const owner = await service(tx, act, personId)
      if ('refused' in owner) return owner
      if (owner.endedAt !== null) return refuse('person-ended', { login: owner.login })
      return (await beyond(deps, tx, act, owner.id)) ?? make(deps, tx, owner, ask)
    })

export const revokeServiceToken =
  (deps: IdentityDeps) =>
  (act: Act, personId: string, id: string): Promise<null | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const owner = await service(tx, act, personId)
      return 'refused' in owner ? owner : end(deps, tx, owner, id)
    })
