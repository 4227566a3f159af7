import { toId } from '@yiduo/contract'
import { programAct } from '../../kernel/act.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { NewId } from '../../kernel/identifier.ts'
import type { Record } from '../../platform/acts/record.ts'
import type { Database } from '../../platform/database/index.ts'
import type { Problem } from './examine.ts'
import { insertVerification, lastVerification } from './policy-store.ts'
import type { Trail } from './trail.ts'

export interface DailyDeps {
  readonly database: Database
  readonly clock: Clock
  readonly newId: NewId
  readonly record: Record
  readonly trail: Pick<Trail, 'verify' | 'witnessed'>
  /** Bare id of the province, whose administrators are told; null before there is one. */
  readonly province: () => Promise<string | null>
}

const dayMs = 86_400_000

/** One that is said to be of the future holds nothing up: a clock was set back, or somebody put it there. */
const isRecent = (last: { readonly startedAt: Date } | null, now: Date): boolean => {
  const age = last ? now.getTime() - last.startedAt.getTime() : dayMs
  return age >= 0 && age < dayMs
}

/** What is not sealed can be removed without a trace. */
const unsealed = (entryId: string): Problem => ({
  ...{ kind: 'unsealed', position: null, entryId, checkpoint: null },
  what: 'it waits to be chained and sealed, and nothing is',
})

/**
 * Verifies the whole trail, if the last time is a day ago, it does not lead any more to what was seen sealed, or nothing is
 * sealed; and tells those who look after it where it is broken.
 */
export const verifyDaily = async (deps: DailyDeps): Promise<void> => {
  const { database, clock, newId, record, trail, province } = deps
  const startedAt = clock.now()
  const last = await lastVerification(database.plain)
  const { seen, holds, stuck } = await trail.witnessed()
  if (isRecent(last, startedAt) && ((holds && stuck === null) || last?.problem)) return
  const { entries, upTo, ...verified } = await trail.verify({ kept: seen })
  const problem = verified.problem ?? (stuck === null ? null : unsealed(stuck))
  const organisationId = await province()
  await database.transaction(programAct('audit-verifier', 'audit.verify', 'audit-verifier'), async (tx) => {
    await insertVerification(tx, { id: newId(), startedAt, endedAt: clock.now(), entries, problem })
    const found = problem && {
      kind: problem.kind,
      position: problem.position,
      entry: problem.entryId && toId('audit', problem.entryId),
    }
    const after = { entries, checkpoint: upTo?.number ?? null, isBroken: problem !== null, ...found }
    await record(tx, { on: 'audit-trail', organisationId, after })
  })
}
