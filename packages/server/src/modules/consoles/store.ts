import type { ConsoleProtocol } from '@yiduo/contract'
import sql from 'sql-template-tag'
import { maybeRow, run, type Tx, write } from '../../platform/database/index.ts'

export interface TicketRow {
  readonly tokenHash: Buffer
  readonly sessionId: string
  readonly serverId: string
  readonly protocol: ConsoleProtocol
  readonly expiresAt: Date
}

export const insertTicket = (tx: Tx, it: TicketRow): Promise<void> =>
  write(
    tx,
    sql`insert into console_tickets (token_hash, session_id, server_id, protocol, expires_at)
        values (${it.tokenHash}, ${it.sessionId}, ${it.serverId}, ${it.protocol}, ${it.expiresAt})`,
  )

export const findTicket = (tx: Tx, tokenHash: Buffer, now: Date): Promise<TicketRow | null> =>
  maybeRow(tx, sql`select * from console_tickets where token_hash = ${tokenHash} and expires_at > ${now}`)

/** Of two who come with one ticket, one finds it. */
export const takeTicket = (tx: Tx, tokenHash: Buffer): Promise<number> =>
  run(tx, sql`delete from console_tickets where token_hash = ${tokenHash}`)

export const deleteExpired = (tx: Tx, now: Date): Promise<void> =>
  write(tx, sql`delete from console_tickets where expires_at <= ${now}`)
