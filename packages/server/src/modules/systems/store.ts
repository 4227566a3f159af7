import type { BusinessSystem } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  calledSo,
  idBegins,
  type Keyset,
  listVisible,
  maybeRow,
  rows,
  type Searchable,
  type Sought,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'

export interface SystemRow {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly securityGrade: number
  readonly dataClass: BusinessSystem['dataClass']
  readonly recoveryMode: BusinessSystem['recoveryMode']
  readonly zone: BusinessSystem['zone']
  readonly createdAt: Date
}

const columns = sql`id, organisation_id, name, security_grade, data_class, recovery_mode, zone, created_at`

export const insertSystem = (tx: Tx, it: SystemRow): Promise<void> =>
  write(
    tx,
    sql`insert into business_systems (${columns})
        values (${it.id}, ${it.organisationId}, ${it.name}, ${it.securityGrade}, ${it.dataClass}, ${it.recoveryMode},
                ${it.zone}, ${it.createdAt})`,
  )

export const findSystem = (tx: Tx, scope: Scope, id: string): Promise<SystemRow | null> =>
  maybeRow(tx, sql`select ${columns} from business_systems where id = ${id} and ${visible(scope, 'organisation_id')}`)

const searchable: Searchable = {
  table: 'business_systems',
  names: ['name'],
  otherwise: (text) => idBegins('system', text),
}

export const listSystems = async (
  tx: Tx,
  scope: Scope,
  filter: { organisationId: string | null; sought: Sought | null },
  page: Keyset,
): Promise<SystemRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'business_systems',
      columns,
      owner: 'organisation_id',
      filters: sql`${when(filter.organisationId, sql`and organisation_id = ${filter.organisationId}`)}`,
    },
    page,
    calledSo(searchable, filter.sought),
  )

export const namesOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; name: string }[]> =>
  rows(tx, sql`select id, name from business_systems where id = any(${[...ids]}::uuid[])`)
