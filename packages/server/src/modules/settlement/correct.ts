import { type BodyOf, type billCorrect, type Correction, fromId, toId } from '@yiduo/contract'
import { type Act, callerName } from '../../kernel/act.ts'
import { isRefusal, type Refusal, refuse } from '../../kernel/refusal.ts'
import type { Tx } from '../../platform/database/index.ts'
import * as corrections from './correction-store.ts'
import { openMonth, viewCorrection } from './rate.ts'
import type { SettlementDeps } from './service.ts'
import * as store from './store.ts'

type Ask = BodyOf<typeof billCorrect>

interface About {
  readonly position: number | null
  readonly systemId: string | null
  readonly line: corrections.CorrectedLine | null
}

/** What of the closed bill is corrected; it must be there. */
const aboutOf = async (tx: Tx, bill: store.BillRow, ask: Ask): Promise<About | Refusal> => {
  const position = ask.correctsPosition ?? null
  const line = position === null ? null : await corrections.lineAt(tx, bill.id, position)
  if (position !== null && !line) return refuse('not-found')
  const given = ask.systemId === undefined ? null : fromId('system', ask.systemId)
  if (given && !(line ? line.systemId === given : await corrections.hasSystem(tx, bill.id, given)))
    return refuse('not-found')
  return { position, line, systemId: line?.systemId ?? given }
}

const yuan = (yuanE4: number): string => (yuanE4 / 10_000).toFixed(2)

/** Nobody is given back more than they were charged. */
const tooMuch = async (tx: Tx, bill: store.BillRow, about: About, amountYuanE4: number): Promise<Refusal | null> => {
  const before = await corrections.correctedSoFar(tx, bill.id, about.position)
  const charged = (about.line ?? bill).amountYuanE4 + before.amountYuanE4
  return charged + amountYuanE4 >= 0
    ? null
    : refuse('correction-too-large', { amount: yuan(-amountYuanE4), charged: yuan(charged) })
}

const into = async (
  deps: SettlementDeps,
  tx: Tx,
  organisationId: string,
  month: string,
  correctsMonth: string,
): Promise<store.BillRow | Refusal> => {
  const open = await openMonth(deps, tx, organisationId)
  if (await store.findBill(tx, organisationId, month)) return refuse('month-closed', { month, open })
  if (month !== open) return refuse('month-not-open', { month, open })
  const corrected = await store.findBill(tx, organisationId, correctsMonth)
  return corrected ?? refuse('correction-of-open-month', { month: correctsMonth })
}

/** A signed line about a closed month, in the open one. */
export const correct =
  (deps: SettlementDeps) =>
  (act: Act, organisationId: string, month: string, ask: Ask): Promise<Correction | Refusal> =>
    deps.database.transaction(act, async (tx) => {
      const uuid = fromId('organisation', organisationId)
      const organisation = uuid && (await deps.reachOrganisation(tx, act, uuid))
      if (!organisation) return refuse('not-found')
      if (ask.amountYuanE4 === 0) return refuse('nothing-to-change')
      await store.holdBills(tx, organisation.id)
      const bill = await into(deps, tx, organisation.id, month, ask.correctsMonth)
      if (isRefusal(bill)) return bill
      const about = await aboutOf(tx, bill, ask)
      if (isRefusal(about)) return about
      const refusal = await tooMuch(tx, bill, about, ask.amountYuanE4)
      if (refusal) return refusal
      const row: corrections.CorrectionRow = {
        id: deps.newId(),
        organisationId: organisation.id,
        month,
        billId: null,
        correctsBillId: bill.id,
        correctsMonth: bill.month,
        correctsPosition: about.position,
        systemId: about.systemId,
        componentId: about.line?.componentId ?? null,
        platformId: about.line?.platformId ?? null,
        amountYuanE4: ask.amountYuanE4,
        reason: ask.reason,
        correctedBy: callerName(act.caller),
        createdAt: deps.clock.now(),
      }
      await corrections.insertCorrection(tx, row)
      const made = viewCorrection(row)
      await deps.record(tx, { on: toId('bill', bill.id), organisationId: organisation.id, after: made })
      return made
    })
