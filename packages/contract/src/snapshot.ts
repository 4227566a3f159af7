import { type Static, Type } from 'typebox'
import { OrganisationId, PlatformId, ServerId, SnapshotId, SystemId, VolumeId } from './id.ts'
import { operation } from './operation.ts'
import { Instant, literals, nullable, Paging, pageOf } from './primitive.ts'

export const snapshotStates = ['taking', 'ready', 'removing', 'failed'] as const

export const Snapshot = Type.Object(
  {
    id: SnapshotId,
    name: Type.String(),
    state: literals(snapshotStates),
    volumeId: VolumeId,
    serverId: nullable(ServerId),
    organisationId: OrganisationId,
    systemId: SystemId,
    platformId: PlatformId,
    sizeGib: Type.Integer({ description: 'Of the volume when it was taken; counted by the quota, and free of charge' }),
    restorable: Type.Boolean({
      description: 'Its volume can go back to it: it is the newest, of the size the volume has',
    }),
    externalId: nullable(Type.String({ description: 'The cloud’s own id' })),
    createdAt: Instant,
  },
  { $id: 'Snapshot', description: 'Of a volume as it was. It goes when its volume goes' },
)
export type Snapshot = Static<typeof Snapshot>

export const snapshotList = operation({
  name: 'snapshot.list',
  http: 'GET /snapshots',
  summary: { 'zh-CN': '列出云硬盘快照', en: 'List snapshots of volumes' },
  query: Type.Object({
    ...Paging,
    volumeId: Type.Optional(VolumeId),
    serverId: Type.Optional(ServerId),
    systemId: Type.Optional(SystemId),
  }),
  answers: { 200: pageOf(Snapshot, 'SnapshotPage') },
  columns: ['id', 'name', 'state', 'volumeId', 'sizeGib', 'restorable', 'createdAt'],
})
