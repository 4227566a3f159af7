import { present } from '../../kernel/invariant.ts'
import type { Tx } from '../../platform/database/index.ts'
import { byOperator } from './model.ts'
import { emptySeat, seatOf } from './stages.ts'
import * as store from './store.ts'

/** What was sent in the past and waits for its operator since; nobody is called to it any more where it is late. */
export interface PastSubject extends store.Subject {
  readonly dueAt: Date
}

const stage = present(byOperator[0], 'stage')

/** The stage at which things of a history still wait, as sending them would have opened it. */
export const insertPastStages = async (tx: Tx, subjects: readonly PastSubject[], now: Date): Promise<void> => {
  for (const { dueAt, ...subject } of subjects) {
    const escalatedAt = dueAt < now ? dueAt : null
    const row = {
      ...subject,
      ...stage,
      round: 1,
      position: 1,
      state: 'open',
      dueAt,
      escalatedAt,
      endedAt: null,
    } as const
    const organisationId = subject.operatorOrganisationId
    await store.insertStage(tx, row)
    await store.insertSeat(tx, {
      ...emptySeat,
      ...seatOf(row),
      position: 1,
      party: 'operator',
      organisationId,
      escalated: false,
    })
  }
}
