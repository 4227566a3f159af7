import type { Finding } from '@yiduo/contract'
import sql, { type Sql } from 'sql-template-tag'
import {
  type Keyset,
  maybeRow,
  oneRow,
  pageFrom,
  rows,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'
import type { Sight } from '../../platform/http/index.ts'

export interface FindingRow {
  readonly id: string
  readonly organisationId: string
  readonly providerOrganisationId: string | null
  readonly subject: string
  readonly title: string
  readonly detail: string
  readonly severity: Finding['severity']
  readonly state: Finding['state']
  /** `2026-11-30` */
  readonly dueOn: string | null
  readonly remark: string
  readonly answer: string | null
  readonly raisedBy: string
  readonly raisedAt: Date
  readonly answeredAt: Date | null
  readonly closedAt: Date | null
}

const columns = sql`id, organisation_id, provider_organisation_id, subject, title, detail, severity, state,
  due_on::text as due_on, remark, answer, raised_by, raised_at, answered_at, closed_at`

const seenBy = ({ operated, supplied }: Sight): Sql =>
  sql`(${visible(operated, 'findings.organisation_id')} or ${visible(supplied, 'findings.provider_organisation_id')})`

export const insertFinding = (tx: Tx, it: FindingRow): Promise<void> =>
  write(
    tx,
    sql`insert into findings (id, organisation_id, provider_organisation_id, subject, title, detail, severity, state,
                              raised_by, raised_at)
        values (${it.id}, ${it.organisationId}, ${it.providerOrganisationId}, ${it.subject}, ${it.title}, ${it.detail},
                ${it.severity}, ${it.state}, ${it.raisedBy}, ${it.raisedAt})`,
  )

export const titlesOf = (tx: Tx, ids: readonly string[]): Promise<{ id: string; title: string }[]> =>
  rows(tx, sql`select id, title from findings where id = any(${[...ids]}::uuid[])`)

export const findFinding = (tx: Tx, sight: Sight, id: string): Promise<FindingRow | null> =>
  maybeRow(tx, sql`select ${columns} from findings where id = ${id} and ${seenBy(sight)}`)

export const lockFinding = (tx: Tx, sight: Sight, id: string): Promise<FindingRow | null> =>
  maybeRow(tx, sql`select ${columns} from findings where id = ${id} and ${seenBy(sight)} for update`)

export interface FindingFilter {
  readonly state: string | null
  readonly severity: string | null
  readonly organisationId: string | null
}

export const listFindings = (tx: Tx, sight: Sight, it: FindingFilter, page: Keyset): Promise<FindingRow[]> =>
  rows(
    tx,
    sql`select ${columns} from findings where ${seenBy(sight)}
          ${when(it.state, sql`and state = ${it.state}`)} ${when(it.severity, sql`and severity = ${it.severity}`)}
          ${when(it.organisationId, sql`and organisation_id = ${it.organisationId}`)} ${pageFrom(page)}`,
  )

export const saveFinding = (tx: Tx, it: FindingRow): Promise<FindingRow> =>
  oneRow(
    tx,
    sql`update findings set state = ${it.state}, due_on = ${it.dueOn}, remark = ${it.remark}, answer = ${it.answer},
               answered_at = ${it.answeredAt}, closed_at = ${it.closedAt}
        where id = ${it.id} returning ${columns}`,
  )
