import type { Organisation } from '@yiduo/contract'
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
  type Searchable,
  type Sought,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'

export interface OrganisationRow {
  readonly id: string
  readonly parentId: string | null
  readonly path: string
  readonly name: string
  readonly actor: Organisation['actor']
  readonly level: Organisation['level']
  readonly divisionCode: string
  readonly consolidates: boolean
  readonly createdAt: Date
  readonly endedAt: Date | null
  readonly successorId: string | null
}

const columns = sql`id, parent_id, path, name, actor, level, division_code, consolidates, created_at,
  ended_at, successor_id`

/** The label of the path is the row's own number, so the path is complete in the one statement that makes it. */
export const insertOrganisation = (
  tx: Tx,
  it: Omit<OrganisationRow, 'path' | 'endedAt' | 'successorId'> & { parentPath: string },
): Promise<OrganisationRow> =>
  oneRow(
    tx,
    sql`with label as (select nextval(pg_get_serial_sequence('organisations', 'label')) as value)
        insert into organisations (id, parent_id, label, path, name, actor, level, division_code, consolidates, created_at)
        overriding system value
        select ${it.id}, ${it.parentId}, value, ${it.parentPath} || value || '/', ${it.name}, ${it.actor}, ${it.level},
               ${it.divisionCode}, ${it.consolidates}, ${it.createdAt}
        from label returning ${columns}`,
  )

export const findOrganisation = (tx: Tx, scope: Scope, id: string): Promise<OrganisationRow | null> =>
  maybeRow(tx, sql`select ${columns} from organisations where id = ${id} and ${visible(scope, 'organisations.id')}`)

export const findRoot = (tx: Tx): Promise<OrganisationRow | null> =>
  maybeRow(tx, sql`select ${columns} from organisations where parent_id is null order by id limit 1`)

const searchable: Searchable = {
  table: 'organisations',
  names: ['name'],
  otherwise: (text) => idBegins('organisation', text),
}

export const listOrganisations = async (
  tx: Tx,
  scope: Scope,
  filter: { parentId: string | null; actor: string | null; sought: Sought | null },
  page: Keyset,
): Promise<OrganisationRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'organisations',
      columns,
      owner: 'id',
      filters: sql`${when(filter.parentId, sql`and parent_id = ${filter.parentId}`)}
        ${when(filter.actor, sql`and actor = ${filter.actor}`)}`,
    },
    page,
    calledSo(searchable, filter.sought),
  )

/** The operator of the nearest level above: the one whose own parent contains the organisation most closely. */
export const findOperatorOf = (tx: Tx, id: string): Promise<OrganisationRow | null> =>
  maybeRow(
    tx,
    sql`select op.id, op.parent_id, op.path, op.name, op.actor, op.level, op.division_code, op.consolidates, op.created_at,
               op.ended_at, op.successor_id
        from organisations mine
        join organisations parent on mine.path like parent.path || '%'
        join organisations op on op.parent_id = parent.id and op.actor = 'operator' and op.ended_at is null
        where mine.id = ${id}
        order by length(parent.path) desc, op.id limit 1`,
  )

/** The operator of the next level above another operator. */
export const findOperatorAbove = (tx: Tx, operatorId: string): Promise<{ id: string } | null> =>
  maybeRow(
    tx,
    sql`select op.id
        from organisations mine
        join organisations level on level.id = mine.parent_id
        join organisations parent on level.path like parent.path || '%' and parent.id <> level.id
        join organisations op on op.parent_id = parent.id and op.actor = 'operator' and op.ended_at is null
        where mine.id = ${operatorId}
        order by length(parent.path) desc, op.id limit 1`,
  )

/** The authority whose cloud an operator runs: the organisation right above it, or one beside it. */
export const findAuthorityOf = (tx: Tx, operatorId: string): Promise<{ id: string } | null> =>
  maybeRow(
    tx,
    sql`select a.id from organisations mine
        join organisations a on a.actor = 'authority' and (a.id = mine.parent_id or a.parent_id = mine.parent_id)
          and a.level = mine.level and a.ended_at is null
        where mine.id = ${operatorId}
        order by a.id = mine.parent_id desc, a.id limit 1`,
  )

/** The bureau that collects for the county an organisation lies in; none for the bureau itself, or outside of counties. */
export const findBureauOf = (tx: Tx, id: string): Promise<{ id: string } | null> =>
  maybeRow(
    tx,
    sql`select bureau.id
        from organisations mine
        join organisations county on mine.path like county.path || '%' and county.level = 'county'
        join organisations bureau on bureau.parent_id = county.id and bureau.consolidates
          and bureau.ended_at is null
        where mine.id = ${id} and not mine.consolidates
        order by length(county.path) desc, bureau.id limit 1`,
  )

export const namesOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  rows(tx, sql`select id, name from organisations where id = any(${[...ids]}::uuid[])`)

export const pathsOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; path: string }[]> =>
  rows(tx, sql`select id, path from organisations where id = any(${[...ids]}::uuid[])`)

export const lockOrganisation = (tx: Tx, scope: Scope, id: string): Promise<OrganisationRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from organisations where id = ${id} and ${visible(scope, 'organisations.id')} for update`,
  )

/** How many organisations that were not abolished stand right below one. */
export const countBelow = async (tx: Tx, id: string): Promise<number> =>
  (
    await oneRow<{ count: number }>(
      tx,
      sql`select count(*)::int as count from organisations where parent_id = ${id} and ended_at is null`,
    )
  ).count

export const endOrganisation = (tx: Tx, id: string, successorId: string, at: Date): Promise<void> =>
  write(tx, sql`update organisations set ended_at = ${at}, successor_id = ${successorId} where id = ${id}`)
export const divisionsOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; divisionCode: string }[]> =>
  rows(tx, sql`select id, division_code from organisations where id = any(${[...ids]}::uuid[])`)
