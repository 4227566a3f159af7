import type { BodyOf, requestProlong } from '@yiduo/contract'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import { priceOfHeld } from '../price.ts'
import * as store from '../store.ts'
import type { AskOf } from './ask.ts'
import type { Change } from './change.ts'
import { endInPast, isSoon } from './end.ts'

/** Another end, or none. Up to a year ahead is standard within quota; beyond, or without end, the operator decides. */
export const prolong: Change<AskOf<'prolong'>, BodyOf<typeof requestProlong>> = {
  kind: 'prolong',
  about: 'request',
  states: ['formal'],

  async plan(deps, tx, _act, { about, resources }, body) {
    const end = body.expiresAt === null ? null : new Date(body.expiresAt)
    const past = endInPast(deps.clock, end)
    if (past) return past
    if (end?.getTime() === about.expiresAt?.getTime()) return refuse('nothing-to-change')
    const priceAfter = await priceOfHeld(deps, tx, resources)
    if (isRefusal(priceAfter)) return priceAfter
    const byRule = isSoon(deps.clock, end) && (await deps.quota.isBounded(tx, about.organisationId))
    return { ask: { kind: 'prolong', expiresAt: end?.toISOString() ?? null }, priceAfter, byRule }
  },

  async start(deps, tx, { about, resources, ask }) {
    const expiresAt = ask.expiresAt === null ? null : new Date(ask.expiresAt)
    const past = endInPast(deps.clock, expiresAt)
    if (past) return past
    const priceAfter = await priceOfHeld(deps, tx, resources)
    if (isRefusal(priceAfter)) return priceAfter
    await store.updateRequest(tx, { ...about, expiresAt, graceEndsAt: null, updatedAt: deps.clock.now() })
    await deps.resources.setEnd(tx, about.id, expiresAt)
    return { operationIds: [], priceAfter }
  },
}
