import type { Fault, Operation } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, listVisible, maybeRow, rows, type Tx, visible, when } from '../../platform/database/index.ts'

export interface OperationRow {
  readonly id: string
  readonly saga: string
  readonly state: Operation['state']
  readonly organisationId: string
  readonly subject: string | null
  readonly fault: Fault | null
  readonly residue: { step: string; words: string }[]
  readonly createdAt: Date
  readonly endedAt: Date | null
  readonly steps: {
    name: string
    state: string
    attempts: number
    remadeFor: Fault | null
    startedAt: string
    endedAt: string | null
  }[]
}

const columns = sql`id, saga, state, organisation_id, subject, fault, residue, created_at, ended_at,
  coalesce((select jsonb_agg(jsonb_build_object('name', s.name, 'state', s.state, 'attempts', s.attempts,
      'remadeFor', s.remade_for, 'startedAt', s.started_at, 'endedAt', s.ended_at) order by s.position)
    from operation_steps s where s.operation_id = operations.id), '[]') as steps`

export const findOperation = (tx: Tx, scope: Scope, id: string): Promise<OperationRow | null> =>
  maybeRow(tx, sql`select ${columns} from operations where id = ${id} and ${visible(scope, 'organisation_id')}`)

export interface OperationFilter {
  readonly state: string | null
  readonly saga: string | null
  readonly subject: string | null
  readonly unfinished: boolean
  readonly failed: boolean
}

export const listOperations = (
  tx: Tx,
  scope: Scope,
  { state, saga, subject, unfinished, failed }: OperationFilter,
  page: Keyset,
): Promise<OperationRow[]> =>
  listVisible(
    tx,
    scope,
    {
      table: 'operations',
      columns,
      owner: 'organisation_id',
      filters: sql`${when(state, sql`and state = ${state}`)} ${when(saga, sql`and saga = ${saga}`)}
        ${when(subject, sql`and subject = ${subject}`)} ${when(unfinished, sql`and ended_at is null`)}
        ${when(failed, sql`and state in ('failed', 'failed-with-residue')`)}`,
    },
    page,
  )

export type FailedRow = Pick<OperationRow, 'id' | 'saga' | 'organisationId' | 'state' | 'endedAt'>

/** Ids grow with time: what began then or later has this one or a larger one. */
const firstIdAt = (instant: Date): string => {
  const ms = instant.getTime().toString(16).padStart(12, '0')
  return `${ms.slice(0, 8)}-${ms.slice(8)}-0000-0000-000000000000`
}

/** What failed since an instant, and what has left something behind whenever that was; the newest first. */
export const listFailed = (tx: Tx, scope: Scope, since: Date, limit: number): Promise<FailedRow[]> =>
  rows(
    tx,
    sql`select id, saga, organisation_id, state, ended_at from operations
        where ((state = 'failed' and id >= ${firstIdAt(since)}) or state = 'failed-with-residue')
          and ${visible(scope, 'organisation_id')}
        order by id desc limit ${limit}`,
  )
