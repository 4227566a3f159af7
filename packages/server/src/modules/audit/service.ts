import type { AuditCheckpoint, AuditPolicy, AuditState, auditCheckpoints, QueryOf } from '@yiduo/contract'
import { toId } from '@yiduo/contract'
import type { Act } from '../../kernel/act.ts'
import { type Refusal, refuse } from '../../kernel/refusal.ts'
import * as chain from './chain-store.ts'
import { type Checkpoint, checkpointText } from './checkpoint.ts'
import { exportTrail } from './export.ts'
import { type AuditDeps, listTrail } from './list.ts'
import * as policies from './policy-store.ts'
import { cutOff } from './retention.ts'
import { verifyDaily } from './verify-daily.ts'

const checkpointView = (it: Checkpoint): AuditCheckpoint => ({
  number: it.number,
  position: it.position,
  at: it.at.toISOString(),
  keyNumber: it.keyNumber,
  text: checkpointText(it),
})

const verificationView = ({ startedAt, endedAt, entries, problem }: policies.VerificationRow) => ({
  startedAt: startedAt.toISOString(),
  endedAt: endedAt.toISOString(),
  entries,
  problem: problem && {
    kind: problem.kind,
    position: problem.position,
    entryId: problem.entryId && toId('audit', problem.entryId),
    checkpoint: problem.checkpoint,
  },
})

export const createAuditService = (deps: AuditDeps) => {
  const { database, record, reachesProvince } = deps
  return {
    ...listTrail(deps),
    export: exportTrail(deps),
    verifyDaily: () => verifyDaily(deps),
    cutOff: () => cutOff(deps),

    async state(): Promise<AuditState> {
      const last = await chain.lastCheckpoint(database.plain)
      const verified = await policies.lastVerification(database.plain)
      return {
        position: last?.position ?? 0,
        waiting: await chain.countWaiting(database.plain),
        checkpoint: last && checkpointView(last),
        verification: verified && verificationView(verified),
      }
    },

    async checkpoints({ before, limit = 50 }: QueryOf<typeof auditCheckpoints>) {
      const found = await chain.checkpointsBefore(database.plain, before ?? Number.MAX_SAFE_INTEGER, limit)
      return { items: found.map(checkpointView) }
    },

    policy: (): Promise<AuditPolicy> => policies.findPolicy(database.plain),

    setPolicy: (act: Act, ask: AuditPolicy): Promise<AuditPolicy | Refusal> =>
      database.transaction(act, async (tx) => {
        if (!(await reachesProvince(tx, act)))
          return refuse('not-permitted', { operation: act.operation, roles: 'audit-admin' })
        const before = await policies.findPolicy(tx)
        const after = await policies.updatePolicy(tx, ask)
        await record(tx, { on: 'audit-policy', organisationId: null, before, after })
        return after
      }),
  }
}

export type AuditService = ReturnType<typeof createAuditService>
