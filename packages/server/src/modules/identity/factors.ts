import { fromId, type SecondFactor, toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { person, unproven } from './entry.ts'
import * as factorStore from './factor-store.ts'
import { beyond } from './grants.ts'
import { needsFactor } from './model.ts'
import { policyOf } from './policy.ts'
import type { IdentityDeps } from './service.ts'
import * as sessionStore from './session-store.ts'
import * as store from './store.ts'

const limit = 10

export const viewFactor = (row: factorStore.FactorRow): SecondFactor => ({
  id: toId('secondFactor', row.id),
  kind: row.kind,
  name: row.name,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})

/** Of a session that came without any factor when there was none: meanwhile there is one, and it was not proven here. */
export const mustProveFirst = async (tx: Tx, act: Act): Promise<Refusal | null> => {
  const session = await sessionStore.sessionById(tx, person(act).sessionId)
  return session?.hasFactor && session.factorAt === null ? refuse('second-factor-required') : null
}

/**
 * Why no further factor may be added: there are many, or whoever has the session has not proven one of them lately. Asked
 * with the person locked where one is added then.
 */
export const mayNotAdd = async (tx: Tx, act: Act, now: Date): Promise<Refusal | null> => {
  const held = await factorStore.factorsOf(tx, person(act).personId)
  if (held.length >= limit) return refuse('second-factor-too-many', { limit })
  return (await mustProveFirst(tx, act)) ?? unproven(act, held.length > 0, now)
}

export const listFactors =
  ({ database }: IdentityDeps) =>
  async (act: Act): Promise<{ items: SecondFactor[] }> => ({
    items: (await factorStore.factorsOf(database.plain, person(act).personId)).map(viewFactor),
  })

export const removeFactor =
  ({ database, clock, record }: IdentityDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    database.transaction(act, async (tx) => {
      const { personId, organisationId, grants } = person(act)
      await store.lockPerson(tx, personId)
      const held = await factorStore.factorsOf(tx, personId)
      const factor = held.find((it) => it.id === fromId('secondFactor', id))
      if (!factor) return refuse('not-found')
      const refusal = unproven(act, true, clock.now())
      if (refusal) return refusal
      const roles = grants.flatMap((it) => (it.lentBy ? [] : [it.role]))
      if (held.length === 1 && needsFactor(await policyOf(tx), roles)) return refuse('second-factor-last')
      await factorStore.deleteFactor(tx, personId, factor.id)
      await record(tx, { on: toId('person', personId), organisationId, before: viewFactor(factor) })
      return null
    })

/** By the system administrator: with a new password as well, which another administrator gives, somebody begins anew. */
export const resetFactors =
  (deps: IdentityDeps) =>
  (act: Act, id: string): Promise<null | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('person', id)
      const found = uuid && (await store.findPerson(tx, act.scope, uuid))
      if (!found) return refuse('not-found')
      if (act.caller.kind === 'person' && act.caller.personId === found.id) return refuse('person-oneself')
      const refusal = await beyond(deps, tx, act, found.id)
      if (refusal) return refusal
      const held = await factorStore.factorsOf(tx, found.id)
      await factorStore.deleteFactors(tx, found.id)
      await store.clearFailures(tx, found.id, 'proof')
      await sessionStore.deleteSessions(tx, found.id, null)
      await deps.record(tx, {
        on: id,
        organisationId: found.organisationId,
        before: { factors: held.map(viewFactor) },
        after: { personId: id, factors: [] },
      })
      return null
    })
