import type { TemplateState } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  isCalled,
  type Keyset,
  listVisible,
  maybeRow,
  pageFrom,
  rows,
  run,
  type Sought,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'
import type { Part } from './model.ts'

export interface TemplateRow {
  readonly id: string
  /** Null for the catalogue's own. */
  readonly organisationId: string | null
  readonly name: string
  readonly description: string
  readonly state: TemplateState
  readonly parts: readonly Part[]
  /** Counts its edits. */
  readonly revision: number
  readonly updatedAt: Date
}

const columns = sql`id, organisation_id, name, description, state, parts, revision, updated_at`

export const insertTemplate = (tx: Tx, it: TemplateRow): Promise<void> =>
  write(
    tx,
    sql`insert into templates (${columns})
        values (${it.id}, ${it.organisationId}, ${it.name}, ${it.description}, ${it.state}, ${JSON.stringify(it.parts)},
                ${it.revision}, ${it.updatedAt})`,
  )

export const updateTemplate = (tx: Tx, it: TemplateRow): Promise<void> =>
  write(
    tx,
    sql`update templates set name = ${it.name}, description = ${it.description}, state = ${it.state},
               parts = ${JSON.stringify(it.parts)}, revision = ${it.revision}, updated_at = ${it.updatedAt}
        where id = ${it.id}`,
  )

/** The catalogue's are everybody's to see, an organisation's own are its. */
const shown = (scope: Scope) => sql`(organisation_id is null or ${visible(scope, 'organisation_id')})`

export const findTemplate = (tx: Tx, scope: Scope, id: string): Promise<TemplateRow | null> =>
  maybeRow(tx, sql`select ${columns} from templates where id = ${id} and ${shown(scope)}`)

export const lockTemplate = (tx: Tx, scope: Scope, id: string): Promise<TemplateRow | null> =>
  maybeRow(tx, sql`select ${columns} from templates where id = ${id} and ${shown(scope)} for update`)

const ofState = (state: TemplateState | null) => when(state, sql`and state = ${state}`)

/** The catalogue's own; those that are not released only for who makes them. */
export const listShared = (
  tx: Tx,
  { unreleased, state }: { unreleased: boolean; state: TemplateState | null },
  page: Keyset,
): Promise<TemplateRow[]> =>
  rows(
    tx,
    sql`select ${columns} from templates where organisation_id is null
        ${when(!unreleased, sql`and state = 'released'`)} ${ofState(state)} ${pageFrom(page)}`,
  )

export const listOwn = (tx: Tx, scope: Scope, state: TemplateState | null, page: Keyset): Promise<TemplateRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'templates',
      columns,
      owner: 'organisation_id',
      filters: sql`and organisation_id is not null ${ofState(state)}`,
    },
    page,
  )

/** Those of the lists above that are called so; released ones of the catalogue alone unless one makes them. */
export const templatesCalled = (
  tx: Tx,
  scope: Scope,
  { unreleased, sought }: { unreleased: boolean; sought: Sought },
  limit: number,
): Promise<TemplateRow[]> =>
  rows(
    tx,
    sql`select ${columns} from templates where ${isCalled(sought, 'name')}
        and ((organisation_id is null ${when(!unreleased, sql`and state = 'released'`)})
             or (organisation_id is not null and ${visible(scope, 'organisation_id')}))
        order by id desc limit ${limit}`,
  )

/** The templates of an organisation that ends become its successor's. */
export const giveTemplates = (tx: Tx, from: string, to: string): Promise<number> =>
  run(tx, sql`update templates set organisation_id = ${to} where organisation_id = ${from}`)
