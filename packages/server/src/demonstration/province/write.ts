import { stockSimCloud } from '@yiduo/drivers'
import { insertPastAdvice } from '../../modules/advice/index.ts'
import { insertPastStages } from '../../modules/approvals/index.ts'
import { insertIntervals } from '../../modules/metering/index.ts'
import { insertPastProjects } from '../../modules/projects/index.ts'
import { insertReservations } from '../../modules/quota/index.ts'
import { insertPastLines, insertPastRequests, insertPastTracks } from '../../modules/requests/index.ts'
import { insertPastResources } from '../../modules/resources/index.ts'
import { insertBillLines, insertBills } from '../../modules/settlement/index.ts'
import { insertSystems } from '../../modules/systems/index.ts'
import type { Tx } from '../../platform/database/index.ts'
import { simDatabaseWithin } from '../../platform/database/sim-database.ts'
import type { BillRows } from './bills.ts'
import { type CloudDraft, type Draft, emptyDraft } from './draft.ts'

/** Rows of one statement: few enough that neither we nor PostgreSQL hold much of it at once. */
const atOnce = 4_000

const inParts = async <T>(rows: T[], write: (part: readonly T[]) => Promise<unknown>): Promise<void> => {
  for (let from = 0; from < rows.length; from += atOnce) await write(rows.slice(from, from + atOnce))
  rows.length = 0
}

/** How many rows of each kind were written. */
export type Count = Record<keyof Draft | 'bills' | 'billLines', number>

export const nothingYet = (): Count => ({
  ...(Object.fromEntries(Object.keys(emptyDraft()).map((key) => [key, 0])) as Record<keyof Draft, number>), // its own keys
  bills: 0,
  billLines: 0,
})

/** In an order that foreign keys allow; afterwards the draft is empty. */
export const writeDraft = async (tx: Tx, draft: Draft, count: Count, today: Date): Promise<void> => {
  for (const key of Object.keys(draft) as (keyof Draft)[]) count[key] += draft[key].length // its own keys
  // What a request is about was made before it, and has the smaller id.
  draft.requests.sort((a, b) => (a.id < b.id ? -1 : 1))
  await inParts(draft.systems, (part) => insertSystems(tx, part))
  await inParts(draft.projects, (part) => insertPastProjects(tx, part))
  await inParts(draft.requests, (part) => insertPastRequests(tx, part))
  await inParts(draft.lines, (part) => insertPastLines(tx, part))
  await inParts(draft.tracks, (part) => insertPastTracks(tx, part))
  await inParts(draft.waiting, (part) => insertPastStages(tx, part, today))
  await inParts(draft.resources, (part) => insertPastResources(tx, part))
  await inParts(draft.reservations, (part) => insertReservations(tx, part))
  await inParts(draft.usage, (part) => insertIntervals(tx, part))
  await inParts(draft.advice, (part) => insertPastAdvice(tx, part))
}

export const writeBills = async (tx: Tx, { bills, lines }: BillRows, count: Count): Promise<void> => {
  count.bills += bills.length
  count.billLines += lines.length
  await inParts([...bills], (part) => insertBills(tx, part))
  await inParts([...lines], (part) => insertBillLines(tx, part))
}

export const writeClouds = async (tx: Tx, clouds: Iterable<readonly [string, CloudDraft]>): Promise<void> => {
  for (const [code, stock] of clouds) await stockSimCloud(simDatabaseWithin(tx), code, stock)
}
