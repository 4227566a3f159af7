import { Type } from 'typebox'
import { maybe, shape } from './shape.ts'
import { links } from './shapes-compute.ts'

/** What we read of Cinder's answers (docs.openstack.org/api-ref/block-storage/v3), microversion up to 3.42. */

const volumeSchema = Type.Object({
  id: Type.String(),
  name: maybe(Type.String()),
  status: Type.String(),
  size: Type.Number(),
  created_at: maybe(Type.String()),
  metadata: maybe(Type.Record(Type.String(), Type.String())),
  'os-vol-tenant-attr:tenant_id': maybe(Type.String()),
  attachments: maybe(Type.Array(Type.Object({ server_id: maybe(Type.String()) }))),
  volume_image_metadata: maybe(Type.Object({ image_id: Type.Optional(Type.String()) })),
})
export type CinderVolume = Type.Static<typeof volumeSchema>
export const volumeShape = shape(Type.Object({ volume: volumeSchema }))
export const volumesShape = shape(Type.Object({ volumes: Type.Array(volumeSchema), volumes_links: links }))

const snapshotSchema = Type.Object({
  id: Type.String(),
  name: maybe(Type.String()),
  status: Type.String(),
  size: Type.Number(),
  volume_id: Type.String(),
  created_at: maybe(Type.String()),
  metadata: maybe(Type.Record(Type.String(), Type.String())),
  'os-extended-snapshot-attributes:project_id': maybe(Type.String()),
})
export type CinderSnapshot = Type.Static<typeof snapshotSchema>
export const snapshotShape = shape(Type.Object({ snapshot: snapshotSchema }))
export const snapshotsShape = shape(Type.Object({ snapshots: Type.Array(snapshotSchema), snapshots_links: links }))

/** Why a request failed after it was accepted: Cinder tells users by message, not by the volume. */
export const messagesShape = shape(
  Type.Object({
    messages: Type.Array(Type.Object({ user_message: Type.String(), created_at: maybe(Type.String()) })),
  }),
)

const useSchema = Type.Object({ in_use: Type.Number(), reserved: maybe(Type.Number()) })
export const volumeUseShape = shape(
  Type.Object({ quota_set: Type.Object({ gigabytes: useSchema, volumes: useSchema }) }),
)
