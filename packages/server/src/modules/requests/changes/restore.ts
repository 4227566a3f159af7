import type { BodyOf, requestRestore } from '@yiduo/contract'
import { everything } from '../../../kernel/act.ts'
import { invariant, present } from '../../../kernel/invariant.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import { advance } from '../model.ts'
import { move } from '../move.ts'
import { priceOfHeld } from '../price.ts'
import { beginRecycle } from '../recycling.ts'
import * as store from '../store.ts'
import { systemNameOf } from '../system-name.ts'
import type { AskOf } from './ask.ts'
import type { Change } from './change.ts'
import { endInPast, isSoon } from './end.ts'

const endOf = (end: string | null): Date | null => (end === null ? null : new Date(end))

/**
 * Out of the recycle bin: its use was approved before, so the rule lets it back within quota. What went there because
 * its end had come needs another end, and that is decided as any other.
 */
export const restore: Change<AskOf<'restore'>, BodyOf<typeof requestRestore>> = {
  kind: 'restore',
  about: 'request',
  states: ['recycled'],

  async plan(deps, tx, _act, { about, resources }, { expiresAt }) {
    if (!advance(about.state, 'restore')) return refuse('step-not-allowed', { event: 'restore', state: about.state })
    const end = expiresAt === undefined ? about.expiresAt : endOf(expiresAt)
    const past = endInPast(deps.clock, end)
    if (past) return past
    const priceAfter = await priceOfHeld(deps, tx, resources)
    if (isRefusal(priceAfter)) return priceAfter
    const byRule = expiresAt === undefined || isSoon(deps.clock, end)
    return { ask: { kind: 'restore', expiresAt: end?.toISOString() ?? null }, priceBefore: 0, priceAfter, byRule }
  },

  async start(deps, tx, { about, resources, ask }) {
    const expiresAt = endOf(ask.expiresAt)
    const past = endInPast(deps.clock, expiresAt)
    if (past) return past
    const priceAfter = await priceOfHeld(deps, tx, resources)
    if (isRefusal(priceAfter)) return priceAfter
    const moved = await move(deps, tx, about, { event: 'restore', with: { expiresAt, fault: null } })
    if (isRefusal(moved)) return moved
    await deps.resources.setEnd(tx, about.id, expiresAt)
    const started = await deps.resources.startRestore(tx, about.id, await systemNameOf(deps, tx, about.systemId))
    return isRefusal(started) ? started : { operationIds: started.map((it) => it.operationId), priceAfter }
  },

  /** All of it runs again, or all of it goes back into the bin for the rest of its time. */
  async ended(deps, tx, row, failed) {
    const about = present(
      await store.lockRequest(tx, everything, present(row.aboutRequestId, 'what it is about')),
      'it',
    )
    await deps.resources.freeAll(tx, row.id)
    if (failed) {
      const back = await beginRecycle(deps, tx, about, { event: 'restore-failed', with: { fault: row.fault } })
      invariant(!isRefusal(back), 'what could not be restored goes back')
      return
    }
    await deps.resources.endRestore(tx, about.id)
    await move(deps, tx, about, { event: 'restored', with: { purgeAt: null } })
  },
}
