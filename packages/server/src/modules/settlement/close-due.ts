import { toId } from '@yiduo/contract'
import { monthAfter, monthOf } from '@yiduo/engines'
import { programAct } from '../../kernel/act.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { closeMonth } from './close.ts'
import { draftStatements } from './draft-statements.ts'
import { dueMonth } from './policy.ts'
import type { SettlementDeps } from './service.ts'
import * as store from './store.ts'

/** No UUIDv7 is smaller. */
const beforeAll = '00000000-0000-0000-0000-000000000000'
const atOnce = 200

/** The first month of an organisation that is not closed; null where it never held anything. */
const nextMonth = async (
  { database, metering }: SettlementDeps,
  organisationId: string,
  latest: string | undefined,
) => {
  if (latest !== undefined) return monthAfter(latest)
  const first = await metering.firstUse(database.plain, organisationId)
  return first && monthOf(first)
}

/** Month by month up to the due one, and whether all of them stand; each in a commit of its own: what is broken off goes on where it was. */
const closeUpTo = async (deps: SettlementDeps, organisationId: string, from: string, due: string): Promise<boolean> => {
  for (let month = from; month <= due; month = monthAfter(month)) {
    const act = programAct('closing-reconciler', 'bill.close', organisationId)
    const bill = await deps.database.transaction(act, (tx) => closeMonth(deps, tx, { organisationId, month }))
    if (!isRefusal(bill) || bill.refused.code === 'month-closed') continue
    // Others are not kept waiting by a price that is missing here; its bill says so to whoever looks.
    deps.log.warn({ organisation: toId('organisation', organisationId), month, ...bill }, 'a month cannot be closed')
    return false
  }
  return true
}

/** Closes whatever is due and drafts the statements, of every organisation that ever held anything, in the order of their ids. */
export const closeDue = (deps: SettlementDeps) => async (): Promise<void> => {
  const { plain } = deps.database
  const due = await dueMonth(deps, plain)
  let allClosed = true
  for (let after: string | null = beforeAll; after !== null; ) {
    const ids: string[] = await deps.metering.holders(plain, after, atOnce)
    const latest = new Map((await store.latestMonths(plain, ids)).map((it) => [it.organisationId, it.month]))
    for (const id of ids) {
      const known = latest.get(id)
      const from = known !== undefined && known >= due ? null : await nextMonth(deps, id, known)
      if (from !== null && !(await closeUpTo(deps, id, from, due))) allClosed = false
    }
    after = ids.length < atOnce ? null : (ids.at(-1) ?? null)
  }
  // A statement is of all that was used: it waits for the last bill of its month.
  if (allClosed) await draftStatements(deps, due)
}
