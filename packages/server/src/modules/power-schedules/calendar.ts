import { chinaCalendar, type WorkingCalendar } from '@yiduo/engines'
import type { Tx } from '../../platform/database/index.ts'
import { dayNameOf, horizonDays } from './model.ts'
import type { PowerScheduleDeps } from './service.ts'

const dayMs = 86_400_000

/** The calendar as far back and ahead as an instant may lie. */
export const calendarAround = async ({ daysUnlike, clock }: PowerScheduleDeps, tx: Tx): Promise<WorkingCalendar> => {
  const day = (days: number) => dayNameOf(new Date(clock.now().getTime() + days * dayMs))
  return chinaCalendar(await daysUnlike(tx, day(-horizonDays - 1), day(horizonDays + 2)))
}
