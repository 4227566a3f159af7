import type { AuditPolicy } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, oneRow, type Tx, write } from '../../platform/database/index.ts'
import type { Problem } from './examine.ts'

export const findPolicy = (tx: Tx): Promise<AuditPolicy> => oneRow(tx, sql`select months from audit_policies`)

export const updatePolicy = (tx: Tx, { months }: AuditPolicy): Promise<AuditPolicy> =>
  oneRow(tx, sql`update audit_policies set months = ${months} returning months`)

export interface VerificationRow {
  readonly id: string
  readonly startedAt: Date
  readonly endedAt: Date
  readonly entries: number
  readonly problem: Problem | null
}

export const insertVerification = (tx: Tx, it: VerificationRow): Promise<void> =>
  write(
    tx,
    sql`insert into audit_verifications (id, started_at, ended_at, entries, problem)
        values (${it.id}, ${it.startedAt}, ${it.endedAt}, ${it.entries}, ${it.problem && JSON.stringify(it.problem)})`,
  )

export const lastVerification = (tx: Tx): Promise<VerificationRow | null> =>
  maybeRow(tx, sql`select id, started_at, ended_at, entries, problem from audit_verifications order by id desc limit 1`)
