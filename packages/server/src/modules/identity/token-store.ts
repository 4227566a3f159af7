import sql from 'sql-template-tag'
import { rows, run, type Tx, write } from '../../platform/database/index.ts'

export interface ApiTokenRow {
  readonly id: string
  readonly personId: string
  readonly name: string
  readonly operations: string[]
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly lastUsedAt: Date | null
  readonly endedAt: Date | null
}

export const insertApiToken = (tx: Tx, it: ApiTokenRow & { readonly tokenHash: Buffer }): Promise<void> =>
  write(
    tx,
    sql`insert into api_tokens (id, person_id, name, token_hash, operations, created_at, expires_at)
        values (${it.id}, ${it.personId}, ${it.name}, ${it.tokenHash}, ${it.operations}, ${it.createdAt}, ${it.expiresAt})`,
  )

/** The newest first; ended ones as well, for people ask what once could. */
export const apiTokensOf = (tx: Tx, personId: string): Promise<ApiTokenRow[]> =>
  rows(
    tx,
    sql`select id, person_id, name, operations, created_at, expires_at, last_used_at, ended_at
        from api_tokens where person_id = ${personId} order by id desc limit 500`,
  )

export const endApiToken = (tx: Tx, personId: string, id: string, now: Date): Promise<number> =>
  run(
    tx,
    sql`update api_tokens set ended_at = ${now} where id = ${id} and person_id = ${personId} and ended_at is null`,
  )

export const endApiTokens = (tx: Tx, personId: string, now: Date): Promise<void> =>
  write(tx, sql`update api_tokens set ended_at = ${now} where person_id = ${personId} and ended_at is null`)
