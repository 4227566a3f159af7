import type { Role } from '@yiduo/contract'
import sql, { type Sql } from 'sql-template-tag'
import type { HeldGrant } from '../../kernel/act.ts'
import { maybeRow, rows, run, type Tx, write } from '../../platform/database/index.ts'
import type { Settings } from './policy-store.ts'
import type { PersonRow } from './store.ts'

/** Where somebody signed on, and what is known there of it. */
export interface Elsewhere {
  readonly providerId: string
  /** Its code. */
  readonly provider: string
  readonly subject: string
  /** `sid`, of issuers that tell when it ends. */
  readonly session: string | null
}

export interface NewSession {
  readonly id: string
  readonly tokenHash: Buffer
  readonly personId: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly address: string | null
  readonly agent: string | null
  readonly elsewhere: Elsewhere | null
}

export const insertSession = (tx: Tx, it: NewSession): Promise<void> =>
  write(
    tx,
    sql`insert into sessions (id, token_hash, person_id, created_at, expires_at, last_used_at, address, agent,
                              provider_id, issuer_subject, issuer_session)
        values (${it.id}, ${it.tokenHash}, ${it.personId}, ${it.createdAt}, ${it.expiresAt}, ${it.createdAt},
                ${it.address}, ${it.agent}, ${it.elsewhere?.providerId ?? null}, ${it.elsewhere?.subject ?? null},
                ${it.elsewhere?.session ?? null})`,
  )

/** What a token opens: its session or itself, its person, their grants and the policy. */
export interface EntryRow extends PersonRow {
  readonly sessionId: string
  readonly expiresAt: Date
  readonly lastUsedAt: Date
  readonly factorAt: Date | null
  readonly provenAt: Date | null
  readonly hasFactor: boolean
  /** Begun with a password of ours: what is asked of passwords concerns no other. */
  readonly byPassword: boolean
  /** Of a token for programs: what it may do. */
  readonly operations: string[] | null
  /** Null where nobody has set one. */
  readonly policy: Settings | null
  readonly grants: {
    id: string
    role: Role
    organisationId: string
    organisationPath: string
    reach: HeldGrant['reach']
    until: string | null
    emergency: boolean
    /** Set where a colleague has delegated it. */
    lentBy: { personId: string; login: string; from: string; until: string } | null
  }[]
}

const ofPerson = sql`p.*, (select settings from identity_policy) as policy,
    exists (select from second_factors f where f.person_id = p.id and f.confirmed_at is not null) as has_factor,
    coalesce((select jsonb_agg(jsonb_build_object('id', g.id, 'role', g.role, 'organisationId', g.organisation_id,
        'organisationPath', o.path, 'reach', g.reach, 'until', g.until, 'lentBy', h.lent_by, 'emergency', g.emergency))
      from (select p.id as person_id, null::jsonb as lent_by
            union all
            select d.person_id, jsonb_build_object('personId', l.id, 'login', l.login, 'from', d.starts_at, 'until', d.ends_at)
            from delegations d join people l on l.id = d.person_id
            where d.delegate_id = p.id and d.ended_at is null) h
      join grants g on g.person_id = h.person_id and g.pending_until is null
        and not (g.emergency and h.lent_by is not null) -- what is for emergencies is lent to nobody
        -- what claims gave rests while nobody is believed who makes them
        and (g.provider_id is null or exists (select from identity_providers i where i.id = g.provider_id and i.enabled))
      join organisations o on o.id = g.organisation_id), '[]') as grants`

const sessionsProven = (provenAt: Sql): Sql =>
  sql`select s.id as session_id, s.expires_at, coalesce(s.last_used_at, s.created_at) as last_used_at, s.factor_at,
    ${provenAt} as proven_at, null::text[] as operations, s.provider_id is null as by_password, ${ofPerson}
  from sessions s join people p on p.id = s.person_id`
const sessions = sessionsProven(sql`s.proven_at`)

/** Session, person, grants and policy in one statement: every authorised request pays for it. */
export const sessionByToken = (tx: Tx, tokenHash: Buffer): Promise<EntryRow | null> =>
  maybeRow(tx, sql`${sessions} where s.token_hash = ${tokenHash}`)

/** By the token before: it proves no more what the one behind it proves. */
export const sessionByPreviousToken = (tx: Tx, tokenHash: Buffer, now: Date): Promise<EntryRow | null> =>
  maybeRow(
    tx,
    sql`${sessionsProven(sql`null::timestamptz`)} where s.previous_token_hash = ${tokenHash} and s.previous_until > ${now}`,
  )

export const sessionById = (tx: Tx, id: string): Promise<EntryRow | null> =>
  maybeRow(tx, sql`${sessions} where s.id = ${id}`)

const tokens = sql`select t.id as session_id, t.expires_at, coalesce(t.last_used_at, t.created_at) as last_used_at,
    null::timestamptz as factor_at, null::timestamptz as proven_at, t.operations, false as by_password, ${ofPerson}
  from api_tokens t join people p on p.id = t.person_id`

export const apiTokenByHash = (tx: Tx, tokenHash: Buffer): Promise<EntryRow | null> =>
  maybeRow(tx, sql`${tokens} where t.token_hash = ${tokenHash} and t.ended_at is null`)

export const apiTokenEntry = (tx: Tx, id: string): Promise<EntryRow | null> =>
  maybeRow(tx, sql`${tokens} where t.id = ${id} and t.ended_at is null`)

/** Not with every request: a minute more or less tells nobody anything. */
export const touch = async (tx: Tx, { sessionId, operations }: EntryRow, now: Date): Promise<void> => {
  const before = new Date(now.getTime() - 60_000)
  if (operations)
    await run(
      tx,
      sql`update api_tokens set last_used_at = ${now} where id = ${sessionId} and (last_used_at is null or last_used_at < ${before})`,
    )
  else
    await run(
      tx,
      sql`update sessions set last_used_at = ${now} where id = ${sessionId} and (last_used_at is null or last_used_at < ${before})`,
    )
}

/** The token is another from now on; with `graceUntil` the one before still stands for what was under way. */
export const replaceToken = (
  tx: Tx,
  id: string,
  it: { tokenHash: Buffer; graceUntil: Date | null; provenAt: Date | null },
): Promise<number> =>
  run(
    tx,
    sql`update sessions set
          previous_token_hash = ${it.graceUntil === null ? null : sql`token_hash`}, previous_until = ${it.graceUntil},
          token_hash = ${it.tokenHash}, proven_at = coalesce(${it.provenAt}, proven_at),
          factor_at = coalesce(factor_at, ${it.provenAt}), challenge = null, challenge_until = null
        where id = ${id}`,
  )

export const setChallenge = (tx: Tx, id: string, challenge: string, until: Date): Promise<number> =>
  run(tx, sql`update sessions set challenge = ${challenge}, challenge_until = ${until} where id = ${id}`)

/** Whatever comes of it, it was the answer to this challenge: there is none to a second one. */
export const takeChallenge = (tx: Tx, id: string, now: Date): Promise<{ challenge: string } | null> =>
  maybeRow(
    tx,
    sql`update sessions s set challenge = null, challenge_until = null
        from (select id, challenge from sessions where id = ${id} and challenge_until > ${now} for update) it
        where s.id = it.id returning it.challenge`,
  )

export interface OwnSessionRow {
  readonly id: string
  readonly address: string | null
  readonly agent: string | null
  readonly createdAt: Date
  readonly lastUsedAt: Date
  readonly expiresAt: Date
}

export const sessionsOf = (tx: Tx, personId: string, now: Date): Promise<OwnSessionRow[]> =>
  rows(
    tx,
    sql`select id, address, agent, created_at, coalesce(last_used_at, created_at) as last_used_at, expires_at
        from sessions where person_id = ${personId} and expires_at > ${now} order by id desc limit 200`,
  )

export const deleteSession = (tx: Tx, id: string): Promise<void> =>
  write(tx, sql`delete from sessions where id = ${id}`)

export const deleteSessionOf = (tx: Tx, personId: string, id: string): Promise<number> =>
  run(tx, sql`delete from sessions where id = ${id} and person_id = ${personId}`)

/** All of a person, but for one that is kept. */
export const deleteSessions = (tx: Tx, personId: string, keep: string | null): Promise<number> =>
  run(tx, sql`delete from sessions where person_id = ${personId} and id is distinct from ${keep}`)

export const deleteExpiredSessions = (tx: Tx, now: Date): Promise<void> =>
  write(tx, sql`delete from sessions where expires_at < ${now}`)
