import { present } from '../../../kernel/invariant.ts'
import { isRefusal, type Refusal, refuse } from '../../../kernel/refusal.ts'
import type { Tx } from '../../../platform/database/index.ts'
import type { RequestDeps } from '../service.ts'
import * as store from '../store.ts'
import { askOfLine, type ChangeAsk } from './ask.ts'
import { changeOf } from './registry.ts'
import { lockSubjects } from './subjects.ts'

/** What a change leaves to do when the last of its operations has ended, well or not. */
export const endChange = async (deps: RequestDeps, tx: Tx, row: store.RequestRow, failed: boolean): Promise<void> => {
  const line = present((await store.linesOf(tx, [row.id]))[0], 'the line of a change')
  await changeOf(present(askOfLine(line), 'what a change asks for')).ended?.(deps, tx, row, failed)
  await deps.resources.freeAll(tx, row.id)
}

/** The bare id of what a change is about. */
const subjectOf = (row: store.RequestRow, line: store.LineRow, ask: ChangeAsk): string | null => {
  if (ask.kind === 'scale') return ask.lineId
  return changeOf(ask).about === 'request' ? row.aboutRequestId : line.resourceId
}

/**
 * Begins an approved change, the first time or again after a failure: what it is about is judged anew, and busy from
 * here on. Answers how many operations it takes; with none it is done.
 */
export const startChange = async (
  deps: RequestDeps,
  tx: Tx,
  row: store.RequestRow,
  round: number,
): Promise<number | Refusal> => {
  const line = present((await store.linesOf(tx, [row.id]))[0], 'the line of a change')
  const ask = present(askOfLine(line), 'what a change asks for')
  const change = changeOf(ask)
  const uuid = present(subjectOf(row, line, ask), 'what is changed')
  const on = await lockSubjects(deps, tx, change, { uuid, requestId: row.id })
  if (isRefusal(on)) return on
  // Approved or tried again when what it is about has long been another's.
  if (on.about.systemId !== row.systemId) return refuse('resource-changed', { name: line.name })
  await deps.resources.setBusy(
    tx,
    on.resources.map((it) => it.id),
    row.id,
  )
  const begun = await change.start(deps, tx, { ...on, row, line, ask })
  if (isRefusal(begun)) return begun
  await store.savePrice(tx, line.id, begun.priceAfter)
  await store.insertDeliveries(tx, begun.operationIds, { requestId: row.id, lineId: line.id, round })
  if (begun.operationIds.length === 0) await deps.resources.freeAll(tx, row.id)
  return begun.operationIds.length
}
