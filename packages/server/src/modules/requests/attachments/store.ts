import sql from 'sql-template-tag'
import { maybeRow, oneRow, rows, run, type Tx, write } from '../../../platform/database/index.ts'

export interface AttachmentRow {
  readonly id: string
  readonly requestId: string
  readonly name: string
  readonly mediaType: string
  readonly sizeBytes: number
  readonly sha256: Buffer
  readonly addedBy: string
  /** Log-in of the same. */
  readonly login: string
  readonly createdAt: Date
}

/** Room is taken before the first byte comes, so that many at once do not fit in where one would. */
export const insertArriving = (
  tx: Tx,
  it: Pick<AttachmentRow, 'id' | 'requestId' | 'name' | 'mediaType' | 'sizeBytes' | 'addedBy' | 'createdAt'>,
): Promise<void> =>
  write(
    tx,
    sql`insert into attachments (id, request_id, name, media_type, size_bytes, added_by, created_at)
        values (${it.id}, ${it.requestId}, ${it.name}, ${it.mediaType}, ${it.sizeBytes}, ${it.addedBy}, ${it.createdAt})`,
  )

export const insertChunk = (tx: Tx, attachmentId: string, position: number, content: Buffer): Promise<void> =>
  write(
    tx,
    sql`insert into attachment_chunks (attachment_id, position, content) values (${attachmentId}, ${position}, ${content})`,
  )

/** What is there and on its way, together. */
export const heldBy = (tx: Tx, requestId: string): Promise<{ count: number; sizeBytes: number }> =>
  oneRow(
    tx,
    sql`select count(*)::int as count, coalesce(sum(size_bytes), 0)::bigint as size_bytes
        from attachments where request_id = ${requestId}`,
  )

/** It has come whole; zero where it was given up meanwhile. */
export const markArrived = (tx: Tx, id: string, sha256: Buffer): Promise<number> =>
  run(tx, sql`update attachments set sha256 = ${sha256} where id = ${id} and sha256 is null`)

export const removeAttachment = (tx: Tx, id: string): Promise<void> =>
  write(tx, sql`delete from attachments where id = ${id}`)

/** One that was given up; what has come whole after all, and was only not answered, stays. */
export const removeArriving = (tx: Tx, id: string): Promise<number> =>
  run(tx, sql`delete from attachments where id = ${id} and sha256 is null`)

/** Nobody is sending any more what began so long ago. */
export const removeAbandoned = (tx: Tx, before: Date): Promise<void> =>
  write(tx, sql`delete from attachments where sha256 is null and created_at < ${before}`)

const columns = sql`a.id, a.request_id, a.name, a.media_type, a.size_bytes, a.sha256, a.added_by, p.login, a.created_at`

export const listAttachments = (tx: Tx, requestId: string): Promise<AttachmentRow[]> =>
  rows(
    tx,
    sql`select ${columns} from attachments a join people p on p.id = a.added_by
        where a.request_id = ${requestId} and a.sha256 is not null order by a.id`,
  )

export const findAttachment = (tx: Tx, id: string): Promise<AttachmentRow | null> =>
  maybeRow(
    tx,
    sql`select ${columns} from attachments a join people p on p.id = a.added_by
        where a.id = ${id} and a.sha256 is not null`,
  )

export const findChunk = (tx: Tx, attachmentId: string, position: number): Promise<{ content: Buffer } | null> =>
  maybeRow(
    tx,
    sql`select content from attachment_chunks where attachment_id = ${attachmentId} and position = ${position}`,
  )
