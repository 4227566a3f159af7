import { describeFault, type Locale, type ServiceRequest, toId } from '@yiduo/contract'
import type { Tx } from '../../platform/database/index.ts'
import { askOfLine, viewAsk } from './changes/ask.ts'
import { stepOf } from './model.ts'
import type { RequestDeps } from './service.ts'
import * as store from './store.ts'

const viewChange = (line: store.LineRow) => {
  const ask = askOfLine(line)
  return ask && viewAsk(ask)
}

type Line = ServiceRequest['lines'][number]

/** Where a line stands, by the last round of operations that were started for it. */
const lineState = (
  { state }: store.RequestRow,
  line: store.LineRow,
  deliveries: readonly store.DeliveryRow[],
): Line['state'] => {
  if (line.outcome !== null) return line.outcome
  const last = Math.max(...deliveries.map((it) => it.round))
  const outcomes = deliveries.filter((it) => it.round === last).map((it) => it.outcome)
  if (outcomes.length === 0) return 'asked'
  if (state === 'delivering' && outcomes.includes(null)) return 'delivering'
  return state === 'delivery-failed' && outcomes.includes('failed') ? 'failed' : 'delivered'
}

const viewLine = (row: store.RequestRow, line: store.LineRow, deliveries: readonly store.DeliveryRow[]): Line => ({
  id: toId('line', line.id),
  planId: line.planId && toId('plan', line.planId),
  name: line.name,
  quantity: line.quantity,
  imageName: line.imageName,
  dataVolumeGib: line.dataVolumeGib,
  publicAddress: line.publicAddress,
  resourceId: line.resourceId && line.resourceKind && toId(line.resourceKind, line.resourceId),
  sizeGib: line.sizeGib,
  change: row.kind === 'change' ? viewChange(line) : null,
  template: line.template && { ...line.template, templateId: toId('template', line.template.templateId) },
  platformId: line.platformId && toId('platform', line.platformId),
  monthlyPriceYuanE4: line.monthlyPriceYuanE4,
  operationIds: deliveries.map((it) => toId('operation', it.operationId)),
  state: lineState(row, line, deliveries),
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

/** Requests with their lines, tracks and operations, with their stages, in a few reads however many there are. */
export const viewRequests = async (
  { approvals, organisations, systems }: Pick<RequestDeps, 'approvals' | 'organisations' | 'systems'>,
  tx: Tx,
  found: readonly store.RequestRow[],
  locale: Locale,
): Promise<ServiceRequest[]> => {
  const ids = found.map((row) => row.id)
  const lines = Map.groupBy(await store.linesOf(tx, ids), (line) => line.requestId)
  const tracks = Map.groupBy(await store.tracksOf(tx, ids), (track) => track.requestId)
  const deliveries = Map.groupBy(await store.deliveriesOf(tx, ids), (delivery) => delivery.lineId)
  const stages = await approvals.stagesOf(tx, ids)
  const concerned = found.flatMap((row) => [row.organisationId, row.operatorOrganisationId])
  const organisationNames = await organisations.names(tx, [...new Set(concerned)])
  const systemNames = await systems.names(tx, [...new Set(found.map((row) => row.systemId))])
  return found.map((row) => ({
    id: toId('request', row.id),
    kind: row.kind,
    aboutRequestId: row.aboutRequestId && toId('request', row.aboutRequestId),
    state: row.state,
    step: stepOf(row.kind, row.state),
    organisationId: toId('organisation', row.organisationId),
    organisationName: organisationNames.get(row.organisationId) ?? '',
    operatorOrganisationId: toId('organisation', row.operatorOrganisationId),
    operatorOrganisationName: organisationNames.get(row.operatorOrganisationId) ?? '',
    bureauOrganisationId: row.bureauOrganisationId && toId('organisation', row.bureauOrganisationId),
    collectionId: row.collectionId && toId('collection', row.collectionId),
    systemId: toId('system', row.systemId),
    systemName: systemNames.get(row.systemId) ?? '',
    stages: stages.get(row.id) ?? [],
    lines: (lines.get(row.id) ?? []).map((line) => viewLine(row, line, deliveries.get(line.id) ?? [])),
    monthlyPriceYuanE4: row.monthlyPriceYuanE4,
    approvedByRule: row.approvedByRule,
    testEndsAt: row.testEndsAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    graceEndsAt: row.graceEndsAt?.toISOString() ?? null,
    purgeAt: row.purgeAt?.toISOString() ?? null,
    fault: row.fault && describeFault(row.fault, locale),
    track: (tracks.get(row.id) ?? []).map(viewTrack),
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }))
}
