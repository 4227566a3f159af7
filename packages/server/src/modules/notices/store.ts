import type { Fault, FaultParameters, NoticeCode } from '@yiduo/contract'
import sql from 'sql-template-tag'
import {
  type Keyset,
  maybeRow,
  oneRow,
  pageFrom,
  rows,
  run,
  type Tx,
  when,
  write,
} from '../../platform/database/index.ts'

export interface NoticeRow {
  readonly id: string
  readonly personId: string
  readonly eventPosition: number
  readonly code: NoticeCode
  readonly parameters: FaultParameters
  readonly subject: string
  readonly fault: Fault | null
  readonly organisationId: string | null
  readonly at: Date
  readonly createdAt: Date
  readonly readAt: Date | null
}

export type NewNotice = Omit<NoticeRow, 'readAt'> & { readonly byMail: boolean }

/** Whoever was told of the event already is not told again. */
export const insertNotices = (tx: Tx, notices: readonly NewNotice[]): Promise<void> =>
  write(
    tx,
    sql`insert into notices (id, person_id, event_position, code, parameters, subject, fault, organisation_id, at, created_at, by_mail)
        select n.id, n."personId", n."eventPosition", n.code, n.parameters, n.subject, n.fault, n."organisationId", n.at, n."createdAt", n."byMail"
        from jsonb_to_recordset(${JSON.stringify(notices)}::jsonb) as n(id uuid, "personId" uuid, "eventPosition" bigint,
          code text, parameters jsonb, subject text, fault jsonb, "organisationId" uuid, at timestamptz, "createdAt" timestamptz, "byMail" boolean)
        on conflict (event_position, person_id) do nothing`,
  )

export const listNotices = (tx: Tx, personId: string, unread: boolean | null, page: Keyset): Promise<NoticeRow[]> =>
  rows(
    tx,
    sql`select * from notices where person_id = ${personId} ${when(unread === true, sql`and read_at is null`)}
          ${when(unread === false, sql`and read_at is not null`)} ${pageFrom(page)}`,
  )

export const countUnread = async (tx: Tx, personId: string, atMost: number): Promise<number> => {
  const { unread } = await oneRow<{ unread: number }>(
    tx,
    sql`select count(*) as unread from (
          select from notices where person_id = ${personId} and read_at is null limit ${atMost}) counted`,
  )
  return unread
}

/** The instant of the first reading stays. */
export const markRead = (tx: Tx, personId: string, id: string, now: Date): Promise<NoticeRow | null> =>
  maybeRow(
    tx,
    sql`update notices set read_at = coalesce(read_at, ${now}) where id = ${id} and person_id = ${personId} returning *`,
  )

export const markAllRead = (tx: Tx, personId: string, upTo: string | null, now: Date): Promise<number> =>
  run(
    tx,
    sql`update notices set read_at = ${now}
        where person_id = ${personId} and read_at is null ${when(upTo, sql`and id <= ${upTo}`)}`,
  )

export const deleteNoticesBefore = (tx: Tx, before: Date): Promise<number> =>
  run(tx, sql`delete from notices where created_at < ${before}`)
