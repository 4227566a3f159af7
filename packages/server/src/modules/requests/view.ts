import { describeFault, type Locale, type ServiceRequest, toId } from '@yiduo/contract'
import type { Tx } from '../../platform/database/index.ts'
import { askOfLine, viewAsk } from './changes/ask.ts'
import { stepOf } from './model.ts'
import * as store from './store.ts'

const viewChange = (line: store.LineRow) => {
  const ask = askOfLine(line)
  return ask && viewAsk(ask)
}

const viewLine = (
  line: store.LineRow,
  deliveries: readonly store.DeliveryRow[],
  isChange: boolean,
): ServiceRequest['lines'][number] => ({
  id: toId('line', line.id),
  planId: line.planId && toId('plan', line.planId),
  name: line.name,
  quantity: line.quantity,
  imageName: line.imageName,
  dataVolumeGib: line.dataVolumeGib,
  publicAddress: line.publicAddress,
  resourceId: line.resourceId && line.resourceKind && toId(line.resourceKind, line.resourceId),
  sizeGib: line.sizeGib,
  change: isChange ? viewChange(line) : null,
  platformId: line.platformId && toId('platform', line.platformId),
  monthlyPriceYuanE4: line.monthlyPriceYuanE4,
  operationIds: deliveries.filter((it) => it.lineId === line.id).map((it) => toId('operation', it.operationId)),
})

const viewTrack = (row: store.TrackRow): ServiceRequest['track'][number] => ({
  step: row.step,
  state: row.state,
  side: row.side,
  by: row.movedBy,
  remark: row.remark,
  startedAt: row.startedAt.toISOString(),
  dueAt: row.dueAt?.toISOString() ?? null,
  endedAt: row.endedAt?.toISOString() ?? null,
})

/** Requests with their lines, tracks and operations, in three reads however many there are. */
export const viewRequests = async (
  tx: Tx,
  found: readonly store.RequestRow[],
  locale: Locale,
): Promise<ServiceRequest[]> => {
  const ids = found.map((row) => row.id)
  const lines = Map.groupBy(await store.linesOf(tx, ids), (line) => line.requestId)
  const tracks = Map.groupBy(await store.tracksOf(tx, ids), (track) => track.requestId)
  const deliveries = Map.groupBy(await store.deliveriesOf(tx, ids), (delivery) => delivery.requestId)
  return found.map((row) => ({
    id: toId('request', row.id),
    kind: row.kind,
    aboutRequestId: row.aboutRequestId && toId('request', row.aboutRequestId),
    state: row.state,
    step: stepOf(row.kind, row.state),
    organisationId: toId('organisation', row.organisationId),
    operatorOrganisationId: toId('organisation', row.operatorOrganisationId),
    systemId: toId('system', row.systemId),
    lines: (lines.get(row.id) ?? []).map((line) => viewLine(line, deliveries.get(row.id) ?? [], row.kind === 'change')),
    monthlyPriceYuanE4: row.monthlyPriceYuanE4,
    approvedByRule: row.approvedByRule,
    testEndsAt: row.testEndsAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    fault: row.fault && describeFault(row.fault, locale),
    track: (tracks.get(row.id) ?? []).map(viewTrack),
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }))
}
