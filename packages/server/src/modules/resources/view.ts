import { type Orphan, type Resource, toId, type WipeRecord } from '@yiduo/contract'
import type { Tx } from '../../platform/database/index.ts'
import { powerOf } from './model.ts'
import type { OrphanRow, ResourceRow } from './store.ts'
import type { WipeRow } from './wipe-store.ts'

export const viewOrphan = (row: OrphanRow): Orphan => ({
  ...row,
  platformId: toId('platform', row.platformId),
  foundAt: row.foundAt.toISOString(),
})

type NamesOf = (tx: Tx, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** Whose rooms know what the things around a resource are called. */
export interface NameDeps {
  readonly organisationNames: NamesOf
  readonly systemNames: NamesOf
  readonly platformNames: NamesOf
}

interface Names {
  readonly organisations: ReadonlyMap<string, string>
  readonly systems: ReadonlyMap<string, string>
  readonly platforms: ReadonlyMap<string, string>
}

const namesFor = async (deps: NameDeps, tx: Tx, rows: readonly ResourceRow[]): Promise<Names> => {
  const each = (idOf: (row: ResourceRow) => string): string[] => [...new Set(rows.map(idOf))]
  return {
    organisations: await deps.organisationNames(
      tx,
      each((row) => row.organisationId),
    ),
    systems: await deps.systemNames(
      tx,
      each((row) => row.systemId),
    ),
    platforms: await deps.platformNames(
      tx,
      each((row) => row.platformId),
    ),
  }
}

const viewResource = (row: ResourceRow, names: Names): Resource => ({
  id: toId(row.kind, row.id),
  kind: row.kind,
  name: row.name,
  state: row.state,
  organisationId: toId('organisation', row.organisationId),
  organisationName: names.organisations.get(row.organisationId) ?? '',
  systemId: toId('system', row.systemId),
  systemName: names.systems.get(row.systemId) ?? '',
  platformId: toId('platform', row.platformId),
  platformName: names.platforms.get(row.platformId) ?? '',
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

/** Resources with the names of what they belong to, in three reads however many there are. */
export const viewResources = async (deps: NameDeps, tx: Tx, rows: readonly ResourceRow[]): Promise<Resource[]> => {
  const names = await namesFor(deps, tx, rows)
  return rows.map((row) => viewResource(row, names))
}

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
