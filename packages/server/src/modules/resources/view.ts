import { type Orphan, type Resource, toId, type WipeRecord } from '@yiduo/contract'
import { powerOf } from './model.ts'
import type { OrphanRow, ResourceRow } from './store.ts'
import type { WipeRow } from './wipe-store.ts'

export const viewOrphan = (row: OrphanRow): Orphan => ({
  ...row,
  platformId: toId('platform', row.platformId),
  foundAt: row.foundAt.toISOString(),
})

export const viewResource = (row: ResourceRow): Resource => ({
  id: toId(row.kind, row.id),
  kind: row.kind,
  name: row.name,
  state: row.state,
  organisationId: toId('organisation', row.organisationId),
  systemId: toId('system', row.systemId),
  platformId: toId('platform', row.platformId),
  projectSystemId: row.projectSystemId && toId('system', row.projectSystemId),
  requestId: row.requestId && toId('request', row.requestId),
  serverId: row.serverId && toId('server', row.serverId),
  desired: row.desired,
  power: powerOf(row),
  observed: row.observed,
  externalId: row.externalId,
  observedAt: row.observedAt?.toISOString() ?? null,
  expiresAt: row.expiresAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})

export const viewWiped = (row: WipeRow): WipeRecord => ({
  ...row,
  id: toId('wipeRecord', row.id),
  resourceId: toId(row.resourceKind, row.resourceId),
  organisationId: toId('organisation', row.organisationId),
  systemId: toId('system', row.systemId),
  platformId: toId('platform', row.platformId),
  operationId: toId('operation', row.operationId),
  wipedAt: row.wipedAt.toISOString(),
  evidence: { asked: row.evidence.asked, answered: row.evidence.answered, at: row.evidence.at },
})
