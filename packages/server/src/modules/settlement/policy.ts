import type { ClosingPolicy } from '@yiduo/contract'
import { monthAfter, monthBefore, monthBounds, monthOf } from '@yiduo/engines'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import { findPolicy, updatePolicy } from './policy-store.ts'
import type { SettlementDeps } from './service.ts'
import { workingDayFrom } from './working-day.ts'

/** When the month before this one closes: a day of this month, or so many working days into it. */
const closingInstant = async ({ daysUnlike }: SettlementDeps, tx: Tx, policy: ClosingPolicy, month: string) => {
  const day =
    policy.dayKind === 'calendar-day'
      ? `${month}-${String(policy.day).padStart(2, '0')}`
      : workingDayFrom(`${month}-01`, policy.day, await daysUnlike(tx, `${month}-01`, `${monthAfter(month)}-01`))
  const days = (Date.parse(day) - Date.parse(`${month}-01`)) / 86_400_000
  return new Date(monthBounds(month).startsAt.getTime() + (days * 24 + policy.hour) * 3_600_000)
}

/** The latest month whose time to close has come. */
export const dueMonth = async (deps: SettlementDeps, tx: Tx): Promise<string> => {
  const now = deps.clock.now()
  const current = monthOf(now)
  const last = monthBefore(current)
  return now >= (await closingInstant(deps, tx, await findPolicy(tx), current)) ? last : monthBefore(last)
}

export const closingPolicy = (deps: SettlementDeps) => ({
  policy: (): Promise<ClosingPolicy> => findPolicy(deps.database.plain),

  setPolicy: (act: Act, ask: ClosingPolicy): Promise<ClosingPolicy | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      if (!(await deps.reachesProvince(tx, act)))
        return refuse('not-permitted', { operation: act.operation, roles: 'authority' })
      const before = await findPolicy(tx)
      const after = await updatePolicy(tx, ask)
      await deps.record(tx, { on: 'closing-policy', organisationId: null, before, after })
      return after
    }),
})
