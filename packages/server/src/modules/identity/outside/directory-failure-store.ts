import sql from 'sql-template-tag'
import { maybeRow, run, type Tx } from '../../../platform/database/index.ts'

/** Wrong passwords of somebody whom a directory has and nobody knows here yet. */
export interface DirectoryFailures {
  readonly failures: number
  readonly lockedUntil: Date | null
}

export const findFailures = (tx: Tx, providerId: string, subject: string): Promise<DirectoryFailures | null> =>
  maybeRow(
    tx,
    sql`select failures, locked_until from directory_failures
        where provider_id = ${providerId} and subject = ${subject}`,
  )

export const setFailures = (tx: Tx, providerId: string, subject: string, it: DirectoryFailures): Promise<number> =>
  run(
    tx,
    sql`insert into directory_failures (provider_id, subject, failures, locked_until)
        values (${providerId}, ${subject}, ${it.failures}, ${it.lockedUntil})
        on conflict (provider_id, subject) do update set failures = excluded.failures, locked_until = excluded.locked_until`,
  )

export const clearFailures = (tx: Tx, providerId: string, subject: string): Promise<number> =>
  run(tx, sql`delete from directory_failures where provider_id = ${providerId} and subject = ${subject}`)
