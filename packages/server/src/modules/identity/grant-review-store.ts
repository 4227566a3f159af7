import type { Role } from '@yiduo/contract'
import sql, { empty } from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  listOrdered,
  type OrderedPage,
  oneRow,
  rows,
  type Sought,
  type Tx,
  when,
  write,
} from '../../platform/database/index.ts'
import { canBeWoken, columns, type GrantRow, ofPeople } from './grant-store.ts'

export interface ReviewFilter {
  readonly personId: string | null
  readonly due: boolean | null
  readonly unused: boolean | null
  readonly emergency: boolean | null
  readonly role: Role | null
  readonly sought: Sought | null
  readonly now: Date
  /** What was not looked over or not used since is due, or unused. */
  readonly since: Date
}

/** Since when a grant lies unused. */
export const idleSince = ({ lastUsedAt, createdAt }: Pick<GrantRow, 'lastUsedAt' | 'createdAt'>): Date =>
  lastUsedAt ?? createdAt
const idle = { key: 'coalesce(last_used_at, created_at)' }

/** Grants that allow something, or can be woken to; the longest unused first. */
export const listReviews = (tx: Tx, scope: Scope, it: ReviewFilter, page: OrderedPage): Promise<GrantRow[]> =>
  listOrdered(
    tx,
    scope,
    {
      table: 'grants',
      columns,
      owner: 'organisation_id',
      filters: sql`and (until is null or until > ${it.now} or ${canBeWoken(it.now)})
        ${when(it.personId, sql`and person_id = ${it.personId}`)}
        ${it.due === null ? empty : sql`and (coalesce(reviewed_at, created_at) <= ${it.since}) = ${it.due}`}
        ${it.unused === null ? empty : sql`and (not emergency and coalesce(last_used_at, created_at) <= ${it.since}) = ${it.unused}`}
        ${it.emergency === null ? empty : sql`and emergency = ${it.emergency}`} ${ofPeople(it)}`,
    },
    idle,
    page,
    null,
  )

export const keepGrant = (tx: Tx, id: string, reviewedById: string | null, at: Date): Promise<GrantRow> =>
  oneRow(
    tx,
    sql`update grants set reviewed_at = ${at}, reviewed_by_id = ${reviewedById} where id = ${id} returning ${columns}`,
  )

export interface Called {
  readonly id: string
  readonly login: string
  readonly name: string
}

export const calledOf = (tx: Tx, ids: readonly string[]): Promise<Called[]> =>
  rows(tx, sql`select id, login, name from people where id = any(${[...ids]}::uuid[])`)

export interface GrantUse {
  readonly id: string
  readonly at: Date
}

/** Another process may have seen a later use. */
export const saveUses = (tx: Tx, uses: readonly GrantUse[]): Promise<void> =>
  write(
    tx,
    sql`update grants g set last_used_at = greatest(g.last_used_at, u.at)
        from jsonb_to_recordset(${JSON.stringify(uses)}::jsonb) as u(id uuid, at timestamptz) where g.id = u.id`,
  )
