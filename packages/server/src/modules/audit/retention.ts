import { programAct } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database } from '../../platform/database/index.ts'
import { findPolicy } from './policy-store.ts'
import { cutBefore, dropEmptyMonth, monthsBehind, removeUpTo } from './retention-store.ts'

export interface RetentionDeps {
  readonly database: Database
  readonly clock: Clock
  readonly record: Record
}

/** The law's least (网络安全法 on logs), whatever somebody may have written into the table. */
const leastMonths = 6

/** So many entries go in one commit. */
const atOnce = 10_000

const monthsBefore = (instant: Date, months: number): Date => {
  const earlier = new Date(instant)
  earlier.setUTCMonth(earlier.getUTCMonth() - months)
  return earlier
}

/** What was a month's, and holds nothing any more. What still holds something, or is in use just now, is left for later. */
const dropEmptied = async ({ database, clock }: RetentionDeps): Promise<void> => {
  for (const month of await monthsBehind(database.plain, monthsBefore(clock.now(), leastMonths)))
    await database.unrecorded((tx) => dropEmptyMonth(tx, month))
}

/**
 * Lets go of what is older than the rule says, up to a checkpoint, which stays: verification begins there. The cut is an
 * entry itself, so whoever removes the beginning without it is found out.
 */
export const cutOff = async (deps: RetentionDeps): Promise<void> => {
  const { database, clock, record } = deps
  const act = programAct('audit-retention', 'audit.cut', 'audit-retention')
  for (let goesOn = true; goesOn; )
    goesOn = await database.transaction(act, async (tx) => {
      const months = Math.max((await findPolicy(tx)).months, leastMonths)
      const before = monthsBefore(clock.now(), months)
      const cut = await cutBefore(tx, before, atOnce)
      if (!cut) return false
      const entries = await removeUpTo(tx, cut)
      const after = { checkpoint: cut.number, position: cut.position, entries, months, before: before.toISOString() }
      await record(tx, { on: 'audit-trail', organisationId: null, after })
      return true
    })
  await dropEmptied(deps)
}
