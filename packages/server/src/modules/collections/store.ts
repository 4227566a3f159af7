import type { CollectionState } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  type Keyset,
  listVisible,
  maybeRow,
  rows,
  run,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'

export interface CollectionRow {
  readonly id: string
  readonly name: string
  readonly bureauOrganisationId: string
  readonly operatorOrganisationId: string
  readonly state: CollectionState
  readonly sentBy: string | null
  readonly revision: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

const columns = sql`id, name, bureau_organisation_id, operator_organisation_id, state, sent_by, revision, created_at, updated_at`

export const insertCollection = (tx: Tx, it: CollectionRow): Promise<void> =>
  write(
    tx,
    sql`insert into collections (${columns})
        values (${it.id}, ${it.name}, ${it.bureauOrganisationId}, ${it.operatorOrganisationId}, ${it.state}, ${it.sentBy},
                ${it.revision}, ${it.createdAt}, ${it.updatedAt})`,
  )

export const updateCollection = (tx: Tx, it: CollectionRow): Promise<void> =>
  write(
    tx,
    sql`update collections set name = ${it.name}, state = ${it.state}, sent_by = ${it.sentBy},
               revision = ${it.revision}, updated_at = ${it.updatedAt}
        where id = ${it.id}`,
  )

export const findCollection = (tx: Tx, scope: Scope, id: string): Promise<CollectionRow | null> =>
  maybeRow(tx, sql`select ${columns} from collections where id = ${id} and ${visible(scope, 'bureau_organisation_id')}`)

export const collectionsById = (tx: Tx, ids: readonly string[]): Promise<CollectionRow[]> =>
  rows(tx, sql`select ${columns} from collections where id = any(${[...ids]}::uuid[]) order by id`)

export const lockCollection = (tx: Tx, scope: Scope, id: string): Promise<CollectionRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from collections where id = ${id} and ${visible(scope, 'bureau_organisation_id')} for update`,
  )

export const listCollections = (
  tx: Tx,
  scope: Scope,
  filter: { readonly state: string | null },
  page: Keyset,
): Promise<CollectionRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'collections',
      columns,
      owner: 'bureau_organisation_id',
      filters: sql`${when(filter.state, sql`and state = ${filter.state}`)}`,
    },
    page,
  )

export const giveCollections = async (tx: Tx, from: string, to: string): Promise<void> => {
  await run(
    tx,
    sql`update collections set bureau_organisation_id = ${to}
        where bureau_organisation_id = ${from} and state in ('draft', 'submitted', 'returned')`,
  )
  await run(
    tx,
    sql`update collections set operator_organisation_id = ${to}
        where operator_organisation_id = ${from} and state in ('draft', 'submitted', 'returned')`,
  )
}
