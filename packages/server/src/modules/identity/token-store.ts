import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { rows, run, type Tx, visible, write } from '../../platform/database/index.ts'

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

export interface EndingToken {
  readonly id: string
  readonly name: string
  readonly login: string
  readonly organisationId: string
  readonly expiresAt: Date
}

/** Tokens of programs that end by then, the soonest first. */
export const serviceTokensEnding = (
  tx: Tx,
  scope: Scope,
  span: { readonly now: Date; readonly before: Date },
  limit: number,
): Promise<EndingToken[]> =>
  rows(
    tx,
    sql`select t.id, t.name, p.login, p.organisation_id, t.expires_at
        from people p join api_tokens t on t.person_id = p.id
        where p.kind = 'service' and p.ended_at is null and t.ended_at is null
          and t.expires_at > ${span.now} and t.expires_at <= ${span.before} and ${visible(scope, 'p.organisation_id')}
        order by t.expires_at, t.id limit ${limit}`,
  )

export const endApiToken = (tx: Tx, personId: string, id: string, now: Date): Promise<number> =>
  run(
    tx,
    sql`update api_tokens set ended_at = ${now} where id = ${id} and person_id = ${personId} and ended_at is null`,
  )

export const endApiTokens = (tx: Tx, personId: string, now: Date): Promise<void> =>
  write(tx, sql`update api_tokens set ended_at = ${now} where person_id = ${personId} and ended_at is null`)
