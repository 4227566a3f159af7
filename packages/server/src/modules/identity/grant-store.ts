import type { Role } from '@yiduo/contract'
import sql, { empty, type Sql } from 'sql-template-tag'
import type { HeldGrant, Scope } from '../../kernel/act.ts'
import {
  idsCalled,
  type Keyset,
  listVisible,
  maybeRow,
  oneRow,
  rows,
  run,
  type Sought,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'

export interface GrantRow {
  readonly id: string
  readonly personId: string
  readonly role: Role
  readonly organisationId: string
  readonly reach: HeldGrant['reach']
  /** Alone says what it allows: from then on nothing; of one that is pending or asleep that is the past. */
  readonly until: Date | null
  /** As it was asked for. Null in rows of the release before, where `until` says it. */
  readonly lastsUntil: Date | null
  readonly pendingUntil: Date | null
  readonly askedById: string | null
  readonly confirmedById: string | null
  readonly emergency: boolean
  readonly awakeReason: string | null
  readonly lastUsedAt: Date | null
  readonly reviewedAt: Date | null
  readonly reviewedById: string | null
  readonly createdAt: Date
  /** Whose claims it follows; null of what people gave. */
  readonly provider: { readonly id: string; readonly name: string; readonly enabled: boolean } | null
}

export type NewGrant = Omit<GrantRow, 'awakeReason' | 'lastUsedAt' | 'reviewedAt' | 'reviewedById' | 'provider'>

export const columns = sql`id, person_id, role, organisation_id, reach, until, lasts_until, pending_until, asked_by_id,
  confirmed_by_id, emergency, awake_reason, last_used_at, reviewed_at, reviewed_by_id, created_at,
  (select jsonb_build_object('id', i.id, 'name', i.name, 'enabled', i.enabled)
   from identity_providers i where i.id = provider_id) as provider`

export const insertGrant = (tx: Tx, it: NewGrant): Promise<void> =>
  write(
    tx,
    sql`insert into grants (id, person_id, role, organisation_id, reach, until, lasts_until, pending_until, asked_by_id,
                            confirmed_by_id, emergency, created_at)
        values (${it.id}, ${it.personId}, ${it.role}, ${it.organisationId}, ${it.reach}, ${it.until}, ${it.lastsUntil},
                ${it.pendingUntil}, ${it.askedById}, ${it.confirmedById}, ${it.emergency}, ${it.createdAt})`,
  )

/** One for emergencies that has not ended, whether it is asleep or awake. */
export const canBeWoken = (now: Date): Sql =>
  sql`(emergency and pending_until is null and (lasts_until is null or lasts_until > ${now}))`

/** Locks the person, so that two grants at once cannot bring together what must stay apart; pending ones count. */
export const rolesForUpdate = async (tx: Tx, personId: string, now: Date): Promise<Role[]> => {
  await run(tx, sql`select from people where id = ${personId} for update`)
  const held = await rows<{ role: Role }>(
    tx,
    sql`select role from grants where person_id = ${personId}
          and (until is null or until > ${now} or pending_until > ${now} or ${canBeWoken(now)})`,
  )
  return held.map(({ role }) => role)
}

export interface GrantFilter {
  readonly personId: string | null
  readonly pending: boolean | null
  readonly role: Role | null
  /** In the name or the log-in of its person. */
  readonly sought: Sought | null
}

/** `and …`: grants of people who are called so, in such a role. */
export const ofPeople = ({ role, sought }: Pick<GrantFilter, 'role' | 'sought'>): Sql => sql`
  ${when(role, sql`and role = ${role}`)}
  ${sought ? sql`and person_id in (${idsCalled({ table: 'people', names: ['name', 'login'] }, sought)})` : empty}`

export const listGrants = (
  tx: Tx,
  scope: Scope,
  { personId, pending, ...others }: GrantFilter,
  page: Keyset,
): Promise<GrantRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'grants',
      columns,
      owner: 'organisation_id',
      filters: sql`${when(personId, sql`and person_id = ${personId}`)}
        ${pending === null ? empty : sql`and (pending_until is not null) = ${pending}`} ${ofPeople(others)}`,
    },
    page,
  )

/** Nobody else confirms, declines or revokes it until this transaction has ended. */
export const lockGrant = (tx: Tx, scope: Scope, id: string): Promise<GrantRow | null> =>
  maybeRow(tx, sql`select ${columns} from grants where id = ${id} and ${visible(scope, 'organisation_id')} for update`)

export const confirmGrant = (tx: Tx, id: string, confirmedById: string | null, until: Date | null): Promise<GrantRow> =>
  oneRow(
    tx,
    sql`update grants set pending_until = null, confirmed_by_id = ${confirmedById}, until = ${until}
        where id = ${id} returning ${columns}`,
  )

export const deleteGrant = (tx: Tx, id: string): Promise<void> => write(tx, sql`delete from grants where id = ${id}`)

/** Whether somebody holds a role by a grant of their own, wherever. */
export const holds = async (tx: Tx, personId: string, role: Role, now: Date): Promise<boolean> =>
  (await maybeRow(
    tx,
    sql`select from grants where person_id = ${personId} and role = ${role} and (until is null or until > ${now}) limit 1`,
  )) !== null

export interface HeldPlace {
  readonly reach: HeldGrant['reach']
  readonly organisationId: string
  readonly organisationPath: string
}

/** Where a person holds something that has not ended, asleep and pending grants among them. */
export const placesHeld = (tx: Tx, personId: string, now: Date): Promise<HeldPlace[]> =>
  rows(
    tx,
    sql`select g.reach, g.organisation_id, o.path as organisation_path
        from grants g join organisations o on o.id = g.organisation_id
        where g.person_id = ${personId}
          and (until is null or until > ${now} or pending_until > ${now} or ${canBeWoken(now)})`,
  )

/** Of somebody who leaves, pending ones and all. */
export const deleteGrantsOf = (tx: Tx, personId: string): Promise<{ role: Role }[]> =>
  rows(tx, sql`delete from grants where person_id = ${personId} returning role`)

interface LastingGrant {
  readonly id: string
  readonly personId: string
  readonly organisationId: string
  /** To which its person belongs. */
  readonly homeId: string
}

/**
 * The grants that keep a province from being without a security administrator: for good, and over all of it. Locked, so
 * that of two that go at once one sees the other gone.
 */
export const lastingSecurityAdmins = (tx: Tx): Promise<LastingGrant[]> =>
  rows(
    tx,
    sql`select g.id, g.person_id, g.organisation_id, p.organisation_id as home_id from grants g join people p on p.id = g.person_id
        where g.role = 'security-admin' and g.reach = 'all' and g.until is null and p.ended_at is null
        order by g.id for update of g`,
  )

/** Awake until an instant; asleep from it on. */
export const setAwake = (tx: Tx, id: string, it: { until: Date; reason: string | null }): Promise<GrantRow> =>
  oneRow(
    tx,
    sql`update grants set until = ${it.until}, awake_reason = ${it.reason} where id = ${id} returning ${columns}`,
  )

/** What people may do at an organisation, and what its own people may do anywhere. */
export const endGrantsAt = (tx: Tx, organisationId: string, at: Date): Promise<number> =>
  run(
    tx,
    sql`update grants set until = least(until, ${at}), lasts_until = least(lasts_until, ${at}), pending_until = null
        where (organisation_id = ${organisationId}
               or person_id in (select id from people where organisation_id = ${organisationId}))
          and (until is null or until > ${at} or pending_until is not null or ${canBeWoken(at)})`,
  )
