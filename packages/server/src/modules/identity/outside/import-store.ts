import sql from 'sql-template-tag'
import { rows, type Tx } from '../../../platform/database/index.ts'
import { canBeWoken } from '../grant-store.ts'
import type { ClaimedGrant } from './link-store.ts'

export interface LinkedPerson {
  readonly subject: string
  readonly personId: string
  readonly login: string
  readonly name: string
  readonly organisationId: string
  readonly endedAt: Date | null
}

export const linkedPeople = (tx: Tx, providerId: string): Promise<LinkedPerson[]> =>
  rows(
    tx,
    sql`select l.subject, p.id as person_id, p.login, p.name, p.organisation_id, p.ended_at
        from identity_links l join people p on p.id = l.person_id where l.provider_id = ${providerId}
        order by p.login`,
  )

export interface NamedPerson {
  readonly id: string
  readonly login: string
  readonly organisationId: string
  readonly organisationPath: string
  /** A person at their post who holds none of the given roles, and whom the provider does not know by another subject. */
  readonly adoptable: boolean
}

/** Who has one of the names, in large or small letters; roles that wait to be confirmed or woken are held too. */
export const peopleNamed = (
  tx: Tx,
  it: { logins: readonly string[]; providerId: string; without: readonly string[]; now: Date },
): Promise<NamedPerson[]> =>
  rows(
    tx,
    sql`select p.id, p.login, p.organisation_id, o.path as organisation_path, p.kind = 'person' and p.ended_at is null
          and not exists (select from grants where person_id = p.id and role = any(${[...it.without]}::text[])
                and (until is null or until > ${it.now} or pending_until > ${it.now} or ${canBeWoken(it.now)}))
          and not exists (select from identity_links l where l.person_id = p.id and l.provider_id = ${it.providerId})
          as adoptable
        from people p join organisations o on o.id = p.organisation_id where lower(p.login collate "C") = any(${[...it.logins]}::text[])`,
  )

export const organisationPaths = (tx: Tx, ids: readonly string[]): Promise<{ id: string; path: string }[]> =>
  rows(tx, sql`select id, path from organisations where id = any(${[...ids]}::uuid[])`)

/** What its claims have given so far, to everybody. */
export const grantsClaimed = (tx: Tx, providerId: string): Promise<(ClaimedGrant & { readonly personId: string })[]> =>
  rows(
    tx,
    sql`select id, person_id, role, organisation_id, reach from grants
        where provider_id = ${providerId} and until is null order by id`,
  )
