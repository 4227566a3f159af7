import type { Link } from '@yiduo/contract'
import sql from 'sql-template-tag'
import type { Scope } from '../../kernel/act.ts'
import { type Keyset, maybeRow, pageFrom, rows, run, type Tx, visible, when } from '../../platform/database/index.ts'
import type { Sight } from '../../platform/http/index.ts'
import { isSeenNode } from './store.ts'

export interface LinkRow {
  readonly id: string
  readonly organisationId: string
  readonly fromDataCentreId: string
  readonly toDataCentreId: string
  readonly bandwidthMbps: number
  readonly latencyMs: number | null
  readonly latencyBasis: Link['latencyBasis']
  readonly measuredAt: Date | null
  readonly revision: number
  readonly createdAt: Date
}

/** With where both ends stand. */
export interface PlacedLinkRow extends LinkRow {
  readonly fromLongitude: number
  readonly fromLatitude: number
  readonly toLongitude: number
  readonly toLatitude: number
}

export const insertLink = (tx: Tx, it: Omit<LinkRow, 'revision'>): Promise<number> =>
  run(
    tx,
    sql`insert into links (id, organisation_id, from_data_centre_id, to_data_centre_id, bandwidth_mbps, latency_ms,
                           latency_basis, measured_at, created_at)
        values (${it.id}, ${it.organisationId}, ${it.fromDataCentreId}, ${it.toDataCentreId}, ${it.bandwidthMbps},
                ${it.latencyMs}, ${it.latencyBasis}, ${it.measuredAt}, ${it.createdAt})`,
  )

export const updateLink = (tx: Tx, it: LinkRow): Promise<number> =>
  run(
    tx,
    sql`update links set bandwidth_mbps = ${it.bandwidthMbps}, latency_ms = ${it.latencyMs},
               latency_basis = ${it.latencyBasis}, measured_at = ${it.measuredAt}, revision = revision + 1
        where id = ${it.id} and revision = ${it.revision}`,
  )

const links = sql`select l.*, a.longitude as from_longitude, a.latitude as from_latitude, b.longitude as to_longitude,
    b.latitude as to_latitude
  from links l join data_centres a on a.id = l.from_data_centre_id join data_centres b on b.id = l.to_data_centre_id`

export const findLink = (tx: Tx, scope: Scope, id: string): Promise<PlacedLinkRow | null> =>
  maybeRow(tx, sql`${links} where l.id = ${id} and ${visible(scope, 'l.organisation_id')}`)

/** Seen by whoever sees one of its ends. */
export const listLinks = (tx: Tx, sight: Sight, dataCentreId: string | null, page: Keyset): Promise<PlacedLinkRow[]> =>
  rows(
    tx,
    sql`${links} where (${isSeenNode(sight, 'a.node_id')} or ${isSeenNode(sight, 'b.node_id')})
        ${when(dataCentreId, sql`and (l.from_data_centre_id = ${dataCentreId} or l.to_data_centre_id = ${dataCentreId})`)}
        ${pageFrom(page, 'l.id')}`,
  )
