import sql from 'sql-template-tag'
import { maybeRow, run, type Tx, when, write } from '../../platform/database/index.ts'
import type { ResourceRow } from './store.ts'

/** Until the commit nobody else gives a name within the system. */
export const lockNames = (tx: Tx, systemId: string): Promise<number> =>
  run(tx, sql`select pg_advisory_xact_lock(hashtextextended(${`names ${systemId}`}, 0))`)

/** Another of its kind has the name: a server in the same system, a volume on the same server. */
export const isNameTaken = async (
  tx: Tx,
  { id, kind, systemId, serverId }: ResourceRow,
  name: string,
): Promise<boolean> =>
  (await maybeRow(
    tx,
    sql`select id from resources where system_id = ${systemId} and kind = ${kind} and name = ${name} and id <> ${id}
        and ended_at is null ${when(serverId, sql`and server_id = ${serverId}`)} limit 1`,
  )) !== null

export const saveName = (tx: Tx, id: string, name: string): Promise<void> =>
  write(tx, sql`update resources set name = ${name} where id = ${id}`)
