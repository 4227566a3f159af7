import {
  type CloudNode,
  type DataCentre,
  describeFault,
  type Host,
  type Link,
  type Locale,
  messages,
  type Platform,
  type PlatformDetail,
  type Pool,
  toId,
} from '@yiduo/contract'
import { capabilityNames } from '@yiduo/driver-api'
import type { Found } from '../../platform/database/index.ts'
import type { FoundRow } from './find-store.ts'
import type { SeenHost } from './host-store.ts'
import type { PlacedLinkRow } from './link-store.ts'
import { distanceKm } from './model.ts'
import type { DataCentreRow, NodeRow, ObservationRow, PlatformRow, PoolRow } from './store.ts'

export const viewNode = (row: NodeRow): CloudNode => ({
  id: toId('node', row.id),
  code: row.code,
  name: row.name,
  kind: row.kind,
  divisionCode: row.divisionCode,
  operatorOrganisationId: toId('organisation', row.operatorOrganisationId),
  providerOrganisationId: row.providerOrganisationId && toId('organisation', row.providerOrganisationId),
})

export const viewDataCentre = (row: DataCentreRow): DataCentre => ({
  id: toId('dataCentre', row.id),
  nodeId: toId('node', row.nodeId),
  code: row.code,
  name: row.name,
  role: row.role,
  longitude: row.longitude,
  latitude: row.latitude,
  powerGrid: row.powerGrid,
  riverBasin: row.riverBasin,
  seismicBelt: row.seismicBelt,
  pue: row.pue,
  greenLevel: row.greenLevel,
  greenIssuer: row.greenIssuer,
  greenExpiresAt: row.greenExpiresAt?.toISOString() ?? null,
  leaseEndsAt: row.leaseEndsAt?.toISOString() ?? null,
  revision: row.revision,
})

export const viewLink = (row: PlacedLinkRow): Link => ({
  id: toId('link', row.id),
  fromDataCentreId: toId('dataCentre', row.fromDataCentreId),
  toDataCentreId: toId('dataCentre', row.toDataCentreId),
  bandwidthMbps: row.bandwidthMbps,
  latencyMs: row.latencyMs,
  latencyBasis: row.latencyBasis,
  measuredAt: row.measuredAt?.toISOString() ?? null,
  distanceKm: distanceKm(
    { longitude: row.fromLongitude, latitude: row.fromLatitude },
    { longitude: row.toLongitude, latitude: row.toLatitude },
  ),
  revision: row.revision,
})

export const viewFound =
  (kind: 'node' | 'platform') =>
  ({ id, organisationId, name, code, state }: FoundRow): Found => ({
    id: toId(kind, id),
    organisationId,
    name,
    note: code,
    state,
  })

const viewCapabilities = (row: PlatformRow, locale: Locale): Platform['capabilities'] =>
  capabilityNames.flatMap((name): Platform['capabilities'] => {
    const it = row.capabilities[name]
    if (!it) return []
    if (it.supported) return [{ name, supported: true, reason: null, message: null }]
    return [
      {
        name,
        supported: false,
        reason: it.reason,
        message: messages[locale].capabilityReasons[it.reason] ?? it.reason,
      },
    ]
  })

export const viewObservation =
  (locale: Locale) =>
  (row: ObservationRow): PlatformDetail['observations'][number] => ({
    kind: row.kind,
    listedAt: row.listedAt?.toISOString() ?? null,
    fault: row.fault && describeFault(row.fault, locale),
  })

/** Never the credential, sealed or not. */
export const viewPlatform =
  (locale: Locale) =>
  (row: PlatformRow): Platform => ({
    id: toId('platform', row.id),
    dataCentreId: toId('dataCentre', row.dataCentreId),
    nodeId: toId('node', row.nodeId),
    organisationId: toId('organisation', row.organisationId),
    providerOrganisationId: row.providerOrganisationId && toId('organisation', row.providerOrganisationId),
    code: row.code,
    name: row.name,
    driver: row.driver,
    endpoint: row.endpoint,
    settings: row.settings,
    securityGrade: row.securityGrade,
    vcpuOverselling: row.vcpuOverselling,
    state: row.state,
    product: row.product,
    version: row.version,
    capabilities: viewCapabilities(row, locale),
    missingPermissions: row.missingPermissions,
    probedAt: row.probedAt?.toISOString() ?? null,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
  })

export const viewHost = (row: SeenHost): Host => ({
  id: toId('host', row.id),
  platformId: toId('platform', row.platformId),
  platformName: row.platformName,
  architecture: row.architecture,
  name: row.name,
  inOrder: row.inOrder,
  nativeState: row.nativeState,
  vcpus: { physical: row.vcpus, used: row.vcpusUsed },
  memoryMib: { physical: row.memoryMib, used: row.memoryMibUsed },
  zone: row.zone,
  aggregates: [...row.aggregates],
  observedAt: row.observedAt.toISOString(),
})

export const viewPool = (row: PoolRow & { platformName: string }): Pool => ({
  platformId: toId('platform', row.platformId),
  platformName: row.platformName,
  architecture: row.architecture,
  hosts: row.hosts,
  vcpus: { physical: row.vcpusPhysical, sellable: row.vcpusSellable, promised: row.vcpusPromised },
  memoryMib: { physical: row.memoryMibPhysical, sellable: row.memoryMibSellable, promised: row.memoryMibPromised },
  observedAt: row.observedAt.toISOString(),
})
