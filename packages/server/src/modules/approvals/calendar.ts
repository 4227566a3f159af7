import type { WorkingDay } from '@yiduo/contract'
import { afterWorkingMinutes, chinaCalendar } from '@yiduo/engines'
import type { Act } from '../../kernel/act.ts'
import type { Tx } from '../../platform/database/index.ts'
import type { ApprovalDeps } from './service.ts'
import * as store from './store.ts'

/** Days entered from here on can matter for a deadline: none is further away than that. */
const reachDays = 800
const dayMs = 86_400_000
const dayName = (at: Date): string => at.toISOString().slice(0, 10)

/** The instant by which so many minutes of office hours have passed, by the calendar as it stands. */
export const deadline = async (tx: Tx, from: Date, minutes: number): Promise<Date> => {
  const end = new Date(from.getTime() + reachDays * dayMs)
  const entered = await store.workingDays(tx, dayName(new Date(from.getTime() - dayMs)), dayName(end))
  return afterWorkingMinutes(chinaCalendar(new Map(entered.map((it) => [it.day, it.working]))), from, minutes)
}

/** Days from one to another (that one not among them) that differ from the week: true where offices work on them. */
export const daysUnlike = async (tx: Tx, from: string, before: string): Promise<ReadonlyMap<string, boolean>> => {
  const entered = await store.workingDays(tx, from, before)
  const { exceptions } = chinaCalendar(new Map(entered.map((it) => [it.day, it.working])))
  return new Map([...exceptions].filter(([day]) => from <= day && day < before))
}

export const listWorkingDays =
  ({ database }: ApprovalDeps) =>
  async (year: number): Promise<{ items: WorkingDay[] }> => {
    const entered = await store.workingDays(database.plain, `${year}-01-01`, `${year + 1}-01-01`)
    const days = new Map<string, WorkingDay>()
    for (const [day, working] of chinaCalendar().exceptions)
      if (day.startsWith(`${year}-`)) days.set(day, { day, working, source: shipped })
    for (const it of entered) days.set(it.day, it)
    return { items: [...days.values()].sort((a, b) => a.day.localeCompare(b.day)) }
  }
const shipped = '国务院办公厅年度放假通知（随产品附带，待核）'

/** Deadlines that were set already stay as they were told to people. */
export const setWorkingDay =
  ({ database, record }: ApprovalDeps) =>
  (act: Act, day: string, ask: { working: boolean; source: string }): Promise<WorkingDay> =>
    database.transaction(act, async (tx) => {
      const it: WorkingDay = { day, ...ask }
      await store.setWorkingDay(tx, it)
      await record(tx, { on: day, organisationId: null, after: it })
      return it
    })
