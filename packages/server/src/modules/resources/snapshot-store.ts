import type { Snapshot } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import {
  type Keyset,
  maybeRow,
  pageFrom,
  rows,
  run,
  type Tx,
  visible,
  when,
  write,
} from '../../platform/database/index.ts'

export interface SnapshotRow {
  readonly id: string
  readonly volumeId: string
  readonly name: string
  readonly state: Snapshot['state'] | 'removed'
  readonly sizeGib: number
  readonly externalId: string | null
  readonly createdAt: Date
  readonly endedAt: Date | null
}

export interface ListedSnapshot extends SnapshotRow {
  readonly serverId: string | null
  readonly organisationId: string
  readonly systemId: string
  readonly platformId: string
  readonly restorable: boolean
}

export const insertSnapshot = (tx: Tx, it: SnapshotRow): Promise<void> =>
  write(
    tx,
    sql`insert into snapshots (id, volume_id, name, state, size_gib, external_id, created_at)
        values (${it.id}, ${it.volumeId}, ${it.name}, ${it.state}, ${it.sizeGib}, ${it.externalId}, ${it.createdAt})`,
  )

/** The newest first. */
export const snapshotsOf = (tx: Tx, volumeId: string): Promise<SnapshotRow[]> =>
  rows(tx, sql`select * from snapshots where volume_id = ${volumeId} and ended_at is null order by id desc`)

export const findSnapshot = (tx: Tx, id: string): Promise<SnapshotRow | null> =>
  maybeRow(tx, sql`select * from snapshots where id = ${id}`)

export const saveTaken = (tx: Tx, id: string, externalId: string): Promise<number> =>
  run(tx, sql`update snapshots set external_id = ${externalId} where id = ${id}`)

export const setSnapshotState = (
  tx: Tx,
  id: string,
  state: SnapshotRow['state'],
  endedAt: Date | null = null,
): Promise<void> => write(tx, sql`update snapshots set state = ${state}, ended_at = ${endedAt} where id = ${id}`)

export const endSnapshotsOf = (tx: Tx, volumeId: string, at: Date): Promise<number> =>
  run(
    tx,
    sql`update snapshots set state = 'removed', ended_at = ${at} where volume_id = ${volumeId} and ended_at is null`,
  )

export interface SnapshotFilter {
  readonly volumeId: string | null
  readonly serverId: string | null
  readonly systemId: string | null
}

/** A volume goes back to its newest alone, and to none that is smaller than it is by now (Cinder, block storage 3.40). */
export const listSnapshots = (tx: Tx, scope: Scope, filter: SnapshotFilter, page: Keyset): Promise<ListedSnapshot[]> =>
  rows(
    tx,
    sql`select s.*, r.server_id, r.organisation_id, r.system_id, r.platform_id,
               s.state = 'ready' and s.size_gib = (r.desired->>'sizeGib')::int and not exists (
                 select from snapshots later
                 where later.volume_id = s.volume_id and later.id > s.id and later.ended_at is null) as restorable
        from snapshots s join resources r on r.id = s.volume_id
        where s.ended_at is null and ${visible(scope, 'r.organisation_id')}
          ${when(filter.volumeId, sql`and s.volume_id = ${filter.volumeId}`)}
          ${when(filter.serverId, sql`and r.server_id = ${filter.serverId}`)}
          ${when(filter.systemId, sql`and r.system_id = ${filter.systemId}`)} ${pageFrom(page, 's.id')}`,
  )
