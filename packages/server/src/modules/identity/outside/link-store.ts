import type { Role } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { HeldGrant } from '../../../kernel/act.ts'
import { maybeRow, rows, run, type Tx } from '../../../platform/database/index.ts'

export interface LinkRow {
  readonly providerId: string
  readonly subject: string
  readonly personId: string
}

/** Of two first log-ins at once one makes the link: whoever is second waits here, and finds it. */
export const lockSubject = (tx: Tx, providerId: string, subject: string): Promise<number> =>
  run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`${providerId} ${subject}`}, 0))`)

export const findLink = (tx: Tx, providerId: string, subject: string): Promise<LinkRow | null> =>
  maybeRow(
    tx,
    sql`select provider_id, subject, person_id from identity_links
        where provider_id = ${providerId} and subject = ${subject}`,
  )

/** Whether anybody is known by it. */
export const hasLinks = async (tx: Tx, providerId: string): Promise<boolean> =>
  (await maybeRow(tx, sql`select from identity_links where provider_id = ${providerId} limit 1`)) !== null

/** Whether an organisation is another, or lies below it. */
export const liesWithin = async (tx: Tx, organisationId: string, aboveId: string): Promise<boolean> =>
  (await maybeRow(
    tx,
    sql`select from organisations o join organisations above on starts_with(o.path, above.path)
        where o.id = ${organisationId} and above.id = ${aboveId}`,
  )) !== null

/** Of a person whose password is not here: the directories that know them, switched off or not. */
export const directoriesOf = (tx: Tx, personId: string): Promise<{ providerId: string; subject: string }[]> =>
  rows(
    tx,
    sql`select l.provider_id, l.subject from identity_links l join identity_providers i on i.id = l.provider_id
        where l.person_id = ${personId} and i.settings ->> 'kind' = 'directory' order by i.code`,
  )

/** Whether a provider that is switched on can prove who they are. */
export const isKnownElsewhere = async (tx: Tx, personId: string): Promise<boolean> =>
  (await maybeRow(
    tx,
    sql`select from identity_links l join identity_providers i on i.id = l.provider_id
        where l.person_id = ${personId} and i.enabled limit 1`,
  )) !== null

/** None where the person is linked to another subject of that provider already. */
export const insertLink = (tx: Tx, it: LinkRow, createdAt: Date): Promise<number> =>
  run(
    tx,
    sql`insert into identity_links (provider_id, subject, person_id, created_at)
        values (${it.providerId}, ${it.subject}, ${it.personId}, ${createdAt})
        on conflict do nothing`,
  )

export const touchLink = (tx: Tx, { providerId, subject }: LinkRow, at: Date): Promise<number> =>
  run(
    tx,
    sql`update identity_links set last_used_at = ${at} where provider_id = ${providerId} and subject = ${subject}`,
  )

export interface ClaimedGrant {
  readonly id: string
  readonly role: Role
  readonly organisationId: string
  readonly reach: HeldGrant['reach']
}

/** What a person holds because a provider claimed it. */
export const claimedGrants = (tx: Tx, providerId: string, personId: string): Promise<ClaimedGrant[]> =>
  rows(
    tx,
    sql`select id, role, organisation_id, reach from grants
        where provider_id = ${providerId} and person_id = ${personId} and until is null order by id`,
  )

/** What a provider's claims have given, by whatever rules, and its rules do not give to anybody any more. */
export const deleteUngiven = (
  tx: Tx,
  providerId: string,
  it: { roles: readonly Pick<ClaimedGrant, 'role' | 'reach'>[]; organisations: readonly string[] },
): Promise<(ClaimedGrant & { readonly personId: string })[]> =>
  rows(
    tx,
    sql`delete from grants g where g.provider_id = ${providerId} and g.until is null
          and not (g.organisation_id = any(${[...it.organisations]}::uuid[])
                   and exists (select from jsonb_to_recordset(${JSON.stringify(it.roles)}::jsonb) as r(role text, reach text)
                               where r.role = g.role and r.reach = g.reach))
        returning id, person_id, role, organisation_id, reach`,
  )

export const markClaimed = (tx: Tx, grantId: string, providerId: string): Promise<number> =>
  run(tx, sql`update grants set provider_id = ${providerId} where id = ${grantId}`)
