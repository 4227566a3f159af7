import { type Static, Type } from 'typebox'
import { OrganisationId, PlatformId, RequestId, ResourceId, resourceKinds, ServerId, SystemId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, Paging, pageOf, SearchText } from './primitive.ts'

export const resourceStates = [
  'planned',
  'building',
  'test',
  'formal',
  'recycled',
  'reclaiming',
  'reclaimed',
  'failed',
] as const
export const ResourceState = literals(resourceStates)

/** What was promised. Units are in the names; which are present follows from the kind. */
export const Desired = Type.Object({
  vcpus: Type.Optional(Type.Integer()),
  memoryMib: Type.Optional(Type.Integer()),
  diskGib: Type.Optional(Type.Integer()),
  sizeGib: Type.Optional(Type.Integer()),
  imageName: Type.Optional(Type.String()),
  snapshotGib: Type.Optional(
    Type.Integer({ description: 'Of its snapshots together; counted by the quota beside its size' }),
  ),
})

export const Resource = Type.Object(
  {
    id: ResourceId,
    kind: literals(resourceKinds),
    name: Type.String(),
    state: ResourceState,
    organisationId: OrganisationId,
    organisationName: Type.String(),
    systemId: SystemId,
    systemName: Type.String(),
    platformId: PlatformId,
    platformName: Type.String(),
    /** Of a transferred one: the system in whose project on the cloud it lies. */
    projectSystemId: nullable(SystemId),
    requestId: nullable(RequestId),
    serverId: nullable(ServerId),
    desired: Desired,
    power: nullable(
      literals(['running', 'stopped'], {
        description: 'Of a server, as the cloud showed it last; null where it does not say. Stopped costs as running',
      }),
    ),
    observed: nullable(Type.Record(Type.String(), Type.Unknown())),
    externalId: nullable(Type.String({ description: 'The cloud’s own id' })),
    observedAt: nullable(Instant),
    expiresAt: nullable(Instant),
    createdAt: Instant,
  },
  { $id: 'Resource' },
)
export type Resource = Static<typeof Resource>

const columns = ['id', 'kind', 'name', 'state', 'desired', 'externalId']

export const resourceList = operation({
  name: 'resource.list',
  http: 'GET /resources',
  summary: { 'zh-CN': '列出云资源', en: 'List resources' },
  query: Type.Object({
    ...Paging,
    kind: Type.Optional(literals(resourceKinds)),
    state: Type.Optional(ResourceState),
    systemId: Type.Optional(SystemId),
    platformId: Type.Optional(PlatformId),
    requestId: Type.Optional(RequestId),
    text: Type.Optional(SearchText),
  }),
  answers: { 200: pageOf(Resource, 'ResourcePage') },
  columns,
})

export const resourceGet = operation({
  name: 'resource.get',
  http: 'GET /resources/{resourceId}',
  summary: { 'zh-CN': '查看云资源', en: 'Show a resource' },
  params: Type.Object({ resourceId: ResourceId }),
  answers: { 200: Resource },
  columns,
})

export const Orphan = Type.Object(
  {
    platformId: PlatformId,
    kind: Type.String({ description: 'As clouds know it: server, volume, port, …' }),
    externalId: Type.String({ description: 'The cloud’s own id' }),
    mark: Type.String(),
    name: Type.String(),
    foundAt: Instant,
  },
  { $id: 'Orphan', description: 'Carries our mark on a cloud and belongs to nothing we hold' },
)
export type Orphan = Static<typeof Orphan>

export const orphanList = operation({
  name: 'orphan.list',
  http: 'GET /orphans',
  summary: { 'zh-CN': '列出无主资源', en: 'List what carries our mark and has no owner' },
  query: Type.Object({ platformId: Type.Optional(PlatformId) }),
  answers: { 200: Type.Object({ items: Type.Array(Orphan, { maxItems: 500 }) }, { $id: 'OrphanList' }) },
  columns: ['platformId', 'kind', 'externalId', 'name', 'foundAt'],
})
