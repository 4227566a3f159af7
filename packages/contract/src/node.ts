import { type Static, Type } from 'typebox'
import { DataCentreId, HostId, LinkId, NodeId, OrganisationId, PlatformId } from './id.ts'
import { operation } from './operation.ts'
import { FaultView, Operation } from './operation-record.ts'
import { Code, DivisionCode, Instant, literals, Name, nullable, Paging, pageOf } from './primitive.ts'
import { SecurityGrade } from './system.ts'

export const CloudNode = Type.Object(
  {
    id: NodeId,
    code: Code,
    name: Name,
    kind: literals(['core', 'backbone', 'provider', 'integration', 'recovery']),
    divisionCode: DivisionCode,
    operatorOrganisationId: OrganisationId,
    providerOrganisationId: nullable({ ...OrganisationId, description: 'Who supplies it as a whole' }),
  },
  { $id: 'CloudNode' },
)
export type CloudNode = Static<typeof CloudNode>

/** Two sites with the same grid or basin fail together the likelier, the further down the path that is. */
const SitePath = Type.String({
  maxLength: 200,
  pattern: '^[^\\p{Cc}/]+(/[^\\p{Cc}/]+){0,5}$',
  description: 'from the widest to the narrowest, parted by “/”',
  examples: ['华东电网/江苏省网/苏南'],
})

/** What recovery and energy are judged by; null where nobody has entered it. */
const siteFacts = {
  powerGrid: nullable(SitePath),
  riverBasin: nullable(SitePath),
  seismicBelt: nullable(Name),
  pue: nullable(Type.Number({ minimum: 1, maximum: 9, description: 'energy of a year, all ÷ of the machines' })),
  greenLevel: nullable(literals(['1A', '2A', '3A', '4A', '5A'], { description: 'as certified; no function of PUE' })),
  greenIssuer: nullable(Name),
  greenExpiresAt: nullable(Instant),
  leaseEndsAt: nullable(Instant),
}
const optionalSiteFacts = {
  powerGrid: Type.Optional(siteFacts.powerGrid),
  riverBasin: Type.Optional(siteFacts.riverBasin),
  seismicBelt: Type.Optional(siteFacts.seismicBelt),
  pue: Type.Optional(siteFacts.pue),
  greenLevel: Type.Optional(siteFacts.greenLevel),
  greenIssuer: Type.Optional(siteFacts.greenIssuer),
  greenExpiresAt: Type.Optional(siteFacts.greenExpiresAt),
  leaseEndsAt: Type.Optional(siteFacts.leaseEndsAt),
}

export const DataCentre = Type.Object(
  {
    id: DataCentreId,
    nodeId: NodeId,
    code: Code,
    name: Name,
    role: literals(['production', 'active-active', 'standby', 'remote']),
    longitude: Type.Number({ minimum: -180, maximum: 180, description: 'degrees, CGCS2000' }),
    latitude: Type.Number({ minimum: -90, maximum: 90, description: 'degrees, CGCS2000' }),
    ...siteFacts,
    revision: Type.Integer(),
  },
  { $id: 'DataCentre' },
)
export type DataCentre = Static<typeof DataCentre>

/** A direct line between two data centres, told from one of its ends; there is one for a pair at most. */
export const Link = Type.Object(
  {
    id: LinkId,
    fromDataCentreId: DataCentreId,
    toDataCentreId: DataCentreId,
    bandwidthMbps: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
    latencyMs: nullable(Type.Number({ minimum: 0, maximum: 60_000, description: 'as measured; null: not yet' })),
    latencyBasis: literals(['round-trip', 'one-way']),
    measuredAt: nullable(Instant),
    distanceKm: Type.Number({ description: 'as the crow flies; from the coordinates of both ends' }),
    revision: Type.Integer(),
  },
  { $id: 'Link' },
)
export type Link = Static<typeof Link>

export const CapabilityView = Type.Object(
  {
    name: Type.String(),
    supported: Type.Boolean(),
    reason: nullable(Type.String({ description: 'code' })),
    message: nullable(Type.String()),
  },
  { $id: 'Capability' },
)

export const Platform = Type.Object(
  {
    id: PlatformId,
    dataCentreId: DataCentreId,
    nodeId: NodeId,
    organisationId: OrganisationId,
    providerOrganisationId: nullable(OrganisationId),
    code: Code,
    name: Name,
    driver: Code,
    endpoint: Type.String(),
    settings: Type.Record(Type.String(), Type.Unknown()),
    securityGrade: SecurityGrade,
    vcpuOverselling: Type.Number({ description: 'sellable ÷ physical cores, as the contract allows' }),
    state: literals(['unprobed', 'online', 'unreachable', 'refused'], {
      description: 'What the last probe found; nothing is placed on a platform that is not online',
    }),
    product: nullable(Type.String()),
    version: nullable(Type.String()),
    capabilities: Type.Array(CapabilityView),
    missingPermissions: Type.Array(Type.String()),
    probedAt: nullable(Instant),
    revision: Type.Integer({ description: 'Rises with every edit, not with what is observed' }),
    createdAt: Instant,
  },
  { $id: 'Platform' },
)
export type Platform = Static<typeof Platform>

/** How fresh what is known of one kind of thing on a platform is, and what keeps it from being fresher. */
export const Observation = Type.Object(
  {
    kind: Type.String({ description: 'What was listed: `server`, `volume`, `host`, …' }),
    listedAt: nullable(Instant),
    fault: nullable(FaultView),
  },
  { $id: 'Observation' },
)

export const PlatformDetail = Type.Object(
  { ...Platform.properties, observations: Type.Array(Observation) },
  { $id: 'PlatformDetail' },
)
export type PlatformDetail = Static<typeof PlatformDetail>

export const Pool = Type.Object(
  {
    platformId: PlatformId,
    platformName: Name,
    architecture: Type.String(),
    hosts: nullable(Type.Integer()),
    vcpus: Type.Object({ physical: Type.Integer(), sellable: Type.Integer(), promised: Type.Integer() }),
    memoryMib: Type.Object({ physical: Type.Integer(), sellable: Type.Integer(), promised: Type.Integer() }),
    observedAt: Instant,
  },
  { $id: 'Pool' },
)
export type Pool = Static<typeof Pool>

const Seen = Type.Object({ physical: Type.Integer(), used: Type.Integer({ description: 'As the cloud counts' }) })

export const Host = Type.Object(
  {
    id: HostId,
    platformId: PlatformId,
    platformName: Name,
    architecture: Type.String(),
    name: Type.String(),
    inOrder: Type.Boolean({ description: 'Takes new work: up, and not taken out of service' }),
    nativeState: Type.String({ description: 'The cloud’s own word' }),
    vcpus: Seen,
    memoryMib: Seen,
    zone: nullable(Type.String()),
    aggregates: Type.Array(Type.String()),
    observedAt: Instant,
  },
  { $id: 'Host', description: 'As its cloud showed it last' },
)
export type Host = Static<typeof Host>

export const nodeList = operation({
  name: 'node.list',
  http: 'GET /nodes',
  summary: { 'zh-CN': '列出云节点', en: 'List cloud nodes' },
  query: Type.Object(Paging),
  answers: { 200: pageOf(CloudNode, 'CloudNodePage') },
  columns: ['id', 'code', 'name', 'kind', 'divisionCode'],
})

export const nodeCreate = operation({
  name: 'node.create',
  http: 'POST /nodes',
  summary: { 'zh-CN': '新建云节点', en: 'Create a cloud node' },
  body: Type.Object({
    code: Code,
    name: Name,
    kind: CloudNode.properties.kind,
    divisionCode: DivisionCode,
    operatorOrganisationId: OrganisationId,
    providerOrganisationId: Type.Optional(OrganisationId),
  }),
  answers: { 201: CloudNode },
  faults: ['code-taken', 'organisation-not-provider'],
  columns: ['id', 'code', 'name', 'kind', 'divisionCode'],
})

export const dataCentreList = operation({
  name: 'data-centre.list',
  http: 'GET /data-centres',
  summary: { 'zh-CN': '列出数据中心', en: 'List data centres' },
  query: Type.Object({ ...Paging, nodeId: Type.Optional(NodeId) }),
  answers: { 200: pageOf(DataCentre, 'DataCentrePage') },
  columns: ['id', 'code', 'name', 'role', 'longitude', 'latitude'],
})

export const dataCentreCreate = operation({
  name: 'data-centre.create',
  http: 'POST /data-centres',
  summary: { 'zh-CN': '新建数据中心', en: 'Create a data centre' },
  body: Type.Object({
    nodeId: NodeId,
    code: Code,
    name: Name,
    role: DataCentre.properties.role,
    longitude: DataCentre.properties.longitude,
    latitude: DataCentre.properties.latitude,
    ...optionalSiteFacts,
  }),
  answers: { 201: DataCentre },
  faults: ['code-taken'],
  columns: ['id', 'code', 'name', 'role'],
})

export const dataCentreEdit = operation({
  name: 'data-centre.edit',
  http: 'PATCH /data-centres/{dataCentreId}',
  summary: { 'zh-CN': '修改数据中心', en: 'Edit a data centre' },
  params: Type.Object({ dataCentreId: DataCentreId }),
  body: Type.Object({
    name: Type.Optional(Name),
    role: Type.Optional(DataCentre.properties.role),
    ...optionalSiteFacts,
  }),
  answers: { 200: DataCentre },
  faults: ['revision-stale'],
  columns: ['id', 'code', 'name', 'role'],
})

const linkColumns = ['id', 'fromDataCentreId', 'toDataCentreId', 'bandwidthMbps', 'latencyMs', 'distanceKm']
const latency = {
  latencyMs: Type.Optional(Link.properties.latencyMs),
  latencyBasis: Type.Optional(Link.properties.latencyBasis),
  measuredAt: Type.Optional(Link.properties.measuredAt),
}

export const linkList = operation({
  name: 'link.list',
  http: 'GET /links',
  summary: { 'zh-CN': '列出直连链路', en: 'List links between data centres' },
  query: Type.Object({ ...Paging, dataCentreId: Type.Optional(DataCentreId) }),
  answers: { 200: pageOf(Link, 'LinkPage') },
  columns: linkColumns,
})

export const linkCreate = operation({
  name: 'link.create',
  http: 'POST /links',
  summary: { 'zh-CN': '登记直连链路', en: 'Enter a link between two data centres' },
  body: Type.Object({
    fromDataCentreId: DataCentreId,
    toDataCentreId: DataCentreId,
    bandwidthMbps: Link.properties.bandwidthMbps,
    ...latency,
  }),
  answers: { 201: Link },
  faults: ['link-exists', 'link-to-itself'],
  columns: linkColumns,
})

export const linkEdit = operation({
  name: 'link.edit',
  http: 'PATCH /links/{linkId}',
  summary: { 'zh-CN': '修改直连链路', en: 'Edit a link, or enter what was measured' },
  params: Type.Object({ linkId: LinkId }),
  body: Type.Object({ bandwidthMbps: Type.Optional(Link.properties.bandwidthMbps), ...latency }),
  answers: { 200: Link },
  faults: ['revision-stale'],
  columns: linkColumns,
})

const platformColumns = ['id', 'code', 'name', 'driver', 'state', 'product', 'version', 'probedAt']

export const platformList = operation({
  name: 'platform.list',
  http: 'GET /platforms',
  summary: { 'zh-CN': '列出云平台', en: 'List platforms' },
  query: Type.Object({ ...Paging, nodeId: Type.Optional(NodeId) }),
  answers: { 200: pageOf(Platform, 'PlatformPage') },
  columns: platformColumns,
})

export const platformGet = operation({
  name: 'platform.get',
  http: 'GET /platforms/{platformId}',
  summary: { 'zh-CN': '查看云平台', en: 'Show a platform' },
  params: Type.Object({ platformId: PlatformId }),
  answers: { 200: PlatformDetail },
  columns: platformColumns,
})

export const PlatformAdded = Type.Object({ platform: Platform, operation: Operation }, { $id: 'PlatformAdded' })
const Credential = Type.Record(Type.String(), Type.Unknown(), { writeOnly: true, description: 'As the driver asks' })
const Settings = Type.Record(Type.String(), Type.Unknown())
/** The cloud provider that supplies it under contract; null where nobody does, as with a department's own room. */
const Provider = nullable(OrganisationId)
const Endpoint = Type.String({
  minLength: 1,
  maxLength: 500,
  // Everybody who may look at platforms sees the endpoint: `https://user:password@host` would show them the password.
  pattern: '^[a-z][a-z0-9+.-]*://[^\\s/?#@\\\\]+([/?#]\\S*)?$',
  description: 'scheme://host…; without user name and password, which belong into the credential',
})

export const platformAdd = operation({
  name: 'platform.add',
  http: 'POST /platforms',
  summary: { 'zh-CN': '接入云平台', en: 'Connect a platform' },
  body: Type.Object({
    dataCentreId: DataCentreId,
    code: Code,
    name: Name,
    driver: Code,
    endpoint: Endpoint,
    settings: Type.Optional(Settings),
    credential: Credential,
    securityGrade: Type.Optional(SecurityGrade),
    architecture: Type.Optional(literals(['x86-64', 'arm64', 'loongarch64'])),
    vcpuOverselling: Type.Optional(Type.Number({ minimum: 1, maximum: 16, description: 'sellable ÷ physical cores' })),
    providerOrganisationId: Type.Optional(Provider),
  }),
  answers: { 202: PlatformAdded },
  faults: ['code-taken', 'driver-unknown', 'driver-settings-invalid', 'organisation-not-provider'],
  columns: platformColumns,
})

export const platformProbe = operation({
  name: 'platform.probe',
  http: 'POST /platforms/{platformId}/probe',
  summary: { 'zh-CN': '探测云平台', en: 'Probe a platform' },
  params: Type.Object({ platformId: PlatformId }),
  answers: { 202: Operation },
  columns: ['id', 'saga', 'state'],
})

export const platformEdit = operation({
  name: 'platform.edit',
  http: 'PATCH /platforms/{platformId}',
  summary: { 'zh-CN': '修改云平台', en: 'Edit a platform or its credential' },
  params: Type.Object({ platformId: PlatformId }),
  body: Type.Object({
    name: Type.Optional(Name),
    endpoint: Type.Optional(Endpoint),
    settings: Type.Optional(Settings),
    credential: Type.Optional(Credential),
    providerOrganisationId: Type.Optional(Provider),
  }),
  answers: { 202: PlatformAdded },
  faults: ['revision-stale', 'driver-settings-invalid', 'organisation-not-provider'],
  columns: platformColumns,
})

export const hostList = operation({
  name: 'host.list',
  http: 'GET /hosts',
  summary: { 'zh-CN': '列出宿主机', en: 'List hosts' },
  query: Type.Object({ ...Paging, platformId: Type.Optional(PlatformId) }),
  answers: { 200: pageOf(Host, 'HostPage') },
  columns: ['id', 'platformName', 'name', 'architecture', 'vcpus', 'memoryMib', 'inOrder', 'zone'],
})

export const poolList = operation({
  name: 'pool.list',
  http: 'GET /pools',
  summary: { 'zh-CN': '列出资源池', en: 'List pools' },
  query: Type.Object({ platformId: Type.Optional(PlatformId) }),
  answers: { 200: Type.Object({ items: Type.Array(Pool) }, { $id: 'PoolList' }) },
  columns: ['platformName', 'architecture', 'hosts', 'vcpus', 'memoryMib', 'observedAt'],
})
