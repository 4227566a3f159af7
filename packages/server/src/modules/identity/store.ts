import type { Person, Role } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  calledSo,
  idBegins,
  type Keyset,
  listVisible,
  maybeRow,
  oneRow,
  rows,
  run,
  type Searchable,
  type Sought,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'

export interface PersonRow {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly organisationId: string
  readonly passwordHash: string
  readonly mustChangePassword: boolean
  readonly failures: number
  readonly lockedUntil: Date | null
  /** The same of second factors. */
  readonly proofFailures: number
  readonly proofLockedUntil: Date | null
  readonly createdAt: Date
  readonly kind: Person['kind']
  readonly endedAt: Date | null
  readonly passwordChangedAt: Date | null
  /** Of a one-time password; null of one's own. */
  readonly passwordExpiresAt: Date | null
}
const columns = sql`id, login, name, organisation_id, password_hash, must_change_password, failures, locked_until, proof_failures,
  proof_locked_until, created_at, kind, ended_at, password_changed_at,
  password_expires_at`

type Counted = 'failures' | 'lockedUntil' | 'proofFailures' | 'proofLockedUntil'

export const insertPerson = (tx: Tx, it: Omit<PersonRow, Counted | 'endedAt' | 'passwordChangedAt'>): Promise<void> =>
  write(
    tx,
    sql`insert into people (id, login, name, organisation_id, password_hash, must_change_password, created_at, kind,
          password_changed_at, password_expires_at)
        values (${it.id}, ${it.login}, ${it.name}, ${it.organisationId}, ${it.passwordHash}, ${it.mustChangePassword},
                ${it.createdAt}, ${it.kind}, ${it.createdAt}, ${it.passwordExpiresAt})`,
  )

export const personByLogin = (tx: Tx, login: string): Promise<PersonRow | null> =>
  maybeRow(tx, sql`select ${columns} from people where login = ${login}`)

/**
 * Names that differ in large and small letters alone would be taken for one another. Of two who ask at once the second
 * waits for what becomes of the first.
 */
export const isLoginTaken = async (tx: Tx, login: string): Promise<boolean> => {
  await run(tx, sql`select pg_advisory_xact_lock(hashtextextended(lower(${login} collate "C"), 1))`)
  const row = await maybeRow(
    tx,
    sql`select from people where lower(login collate "C") = lower(${login} collate "C") limit 1`,
  )
  return row !== null
}

export const personById = (tx: Tx, id: string): Promise<PersonRow> =>
  oneRow(tx, sql`select ${columns} from people where id = ${id}`)

export const lockPerson = (tx: Tx, id: string): Promise<PersonRow> =>
  oneRow(tx, sql`select ${columns} from people where id = ${id} for update`)

export const findPerson = (tx: Tx, scope: Scope, id: string): Promise<PersonRow | null> =>
  maybeRow(tx, sql`select ${columns} from people where id = ${id} and ${visible(scope, 'organisation_id')}`)

const searchable: Searchable = {
  table: 'people',
  names: ['name', 'login'],
  otherwise: (text) => idBegins('person', text),
}

export const listPeople = async (
  tx: Tx,
  scope: Scope,
  filter: { organisationId: string | null; kind: PersonRow['kind'] | null; sought: Sought | null },
  page: Keyset,
): Promise<PersonRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'people',
      columns,
      owner: 'organisation_id',
      filters: sql`${when(filter.organisationId, sql`and organisation_id = ${filter.organisationId}`)}
        ${when(filter.kind, sql`and kind = ${filter.kind}`)}`,
    },
    page,
    calledSo(searchable, filter.sought),
  )

/** What is guessed: each is counted, and locks, for itself. */
export type Guessed = 'password' | 'proof'

const counters = {
  password: { failures: sql`failures`, lockedUntil: sql`locked_until` },
  proof: { failures: sql`proof_failures`, lockedUntil: sql`proof_locked_until` },
} as const

/** Counts a failure and locks at the limit; the count starts anew when a lock has run out. */
export const countFailure = (
  tx: Tx,
  id: string,
  guessed: Guessed,
  it: { limit: number; lockedUntil: Date; now: Date },
): Promise<number> => {
  const { failures, lockedUntil } = counters[guessed]
  return run(
    tx,
    sql`update people set
          ${failures} = case when ${lockedUntil} < ${it.now} then 1 else ${failures} + 1 end,
          ${lockedUntil} = case when ${lockedUntil} is distinct from null and ${lockedUntil} < ${it.now} then null
                                when ${failures} + 1 >= ${it.limit} then ${it.lockedUntil} else ${lockedUntil} end
        where id = ${id}`,
  )
}

export const clearFailures = (tx: Tx, id: string, guessed: Guessed): Promise<number> => {
  const { failures, lockedUntil } = counters[guessed]
  return run(tx, sql`update people set ${failures} = 0, ${lockedUntil} = null where id = ${id}`)
}

/** The one before is remembered. */
export const setPassword = (
  tx: Tx,
  id: string,
  it: { passwordHash: string; mustChangePassword: boolean; at: Date; expiresAt: Date | null },
): Promise<void> =>
  write(
    tx,
    sql`with past as (
          insert into past_passwords (person_id, replaced_at, password_hash)
          select id, ${it.at}, password_hash from people where id = ${id} and password_hash <> ''
          on conflict do nothing)
        update people set password_hash = ${it.passwordHash}, must_change_password = ${it.mustChangePassword},
          password_changed_at = ${it.at}, password_expires_at = ${it.expiresAt}, failures = 0, locked_until = null
        where id = ${id}`,
  )

/** The newest first. */
export const pastPasswords = (tx: Tx, personId: string, limit: number): Promise<{ passwordHash: string }[]> =>
  rows(
    tx,
    sql`select password_hash from past_passwords where person_id = ${personId} order by replaced_at desc limit ${limit}`,
  )

export const forgetPastPasswords = (tx: Tx, personId: string): Promise<void> =>
  write(tx, sql`delete from past_passwords where person_id = ${personId}`)

export const endPerson = (tx: Tx, id: string, at: Date): Promise<number> =>
  run(tx, sql`update people set ended_at = ${at}, password_hash = '' where id = ${id}`)

/** Who holds a role that reaches an organisation: `own` where they belong there or hold it there. */
export const holdersOf = (
  tx: Tx,
  role: Role,
  organisationId: string,
  now: Date,
): Promise<{ personId: string; own: boolean }[]> =>
  rows(
    tx,
    sql`with recursive above as (
          select id, parent_id from organisations where id = ${organisationId}
          union all select o.id, o.parent_id from organisations o join above a on o.id = a.parent_id)
        select g.person_id, bool_or(${organisationId} in (p.organisation_id, g.organisation_id)) as own
        from above a join grants g on g.organisation_id = a.id join people p on p.id = g.person_id
        where g.role = ${role} and (g.until is null or g.until > ${now})
          and (g.reach <> 'own' or g.organisation_id = ${organisationId})
        group by g.person_id order by g.person_id`,
  )

export interface DelegationRow {
  readonly id: string
  readonly personId: string
  readonly delegateId: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly endedAt: Date | null
  readonly reason: string
  readonly createdAt: Date
}

export type DelegationView = DelegationRow & { readonly personLogin: string; readonly delegateLogin: string }

export const insertDelegation = (tx: Tx, it: DelegationRow): Promise<void> =>
  write(
    tx,
    sql`insert into delegations (id, person_id, delegate_id, starts_at, ends_at, ended_at, reason, created_at)
        values (${it.id}, ${it.personId}, ${it.delegateId}, ${it.startsAt}, ${it.endsAt}, ${it.endedAt}, ${it.reason},
                ${it.createdAt})`,
  )

const delegations = sql`select d.*, p.login as person_login, l.login as delegate_login
  from delegations d join people p on p.id = d.person_id join people l on l.id = d.delegate_id`

/** Those that a person gave or was given, the newest first. */
export const delegationsOf = (tx: Tx, personId: string): Promise<DelegationView[]> =>
  rows(
    tx,
    sql`${delegations} where d.person_id = ${personId} or d.delegate_id = ${personId} order by d.id desc limit 200`,
  )

/** Those that a person gave and that are not over. */
export const countDelegationsBy = async (tx: Tx, personId: string, now: Date): Promise<number> =>
  (
    await oneRow<{ count: number }>(
      tx,
      sql`select count(*)::int as count from delegations
          where person_id = ${personId} and ended_at is null and ends_at > ${now}`,
    )
  ).count

export const delegationById = (tx: Tx, id: string): Promise<DelegationView | null> =>
  maybeRow(tx, sql`${delegations} where d.id = ${id}`)

export const endDelegation = (tx: Tx, id: string, at: Date): Promise<number> =>
  run(tx, sql`update delegations set ended_at = ${at} where id = ${id} and ended_at is null`)

export const endDelegationsOf = (tx: Tx, personId: string, at: Date): Promise<void> =>
  write(
    tx,
    sql`update delegations set ended_at = ${at}
        where (person_id = ${personId} or delegate_id = ${personId}) and ended_at is null`,
  )

/** Two people at most who hold one of the roles over an organisation, by grants of their own. */
export const peopleOver = (
  tx: Tx,
  roles: readonly Role[],
  organisationId: string,
  now: Date,
): Promise<{ personId: string }[]> =>
  rows(
    tx,
    sql`select distinct g.person_id from grants g
        join organisations at on at.id = g.organisation_id
        join organisations o on o.id = ${organisationId}
        where g.role = any(${[...roles]}::text[]) and (g.until is null or g.until > ${now})
          and (g.reach = 'all' or (g.reach = 'own' and at.id = o.id)
               or (g.reach = 'subtree' and starts_with(o.path, at.path)))
        limit 2`,
  )

export const homesOf = (tx: Tx, personIds: readonly string[]): Promise<{ id: string; organisationId: string }[]> =>
  rows(tx, sql`select id, organisation_id from people where id = any(${[...personIds]}::uuid[])`)

export const namesOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  rows(tx, sql`select id, name from people where id = any(${[...ids]}::uuid[])`)
