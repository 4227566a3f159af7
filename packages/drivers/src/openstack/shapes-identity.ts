import { Type } from 'typebox'
import { maybe, shape } from './shape.ts'

/** What we read of Keystone's and Glance's answers (docs.openstack.org/api-ref/identity/v3, …/image/v2). */

const projectSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  description: maybe(Type.String()),
  enabled: maybe(Type.Boolean()),
  tags: maybe(Type.Array(Type.String())),
})
export type KeystoneProject = Type.Static<typeof projectSchema>
export const projectShape = shape(Type.Object({ project: projectSchema }))
export const projectsShape = shape(
  // Keystone does not page: beyond its own limit it cuts off and says so.
  Type.Object({ projects: Type.Array(projectSchema), truncated: Type.Optional(Type.Boolean()) }),
)

export const rolesShape = shape(
  Type.Object({ roles: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })) }),
)

export const applicationCredentialShape = shape(
  Type.Object({ application_credential: Type.Object({ expires_at: maybe(Type.String()) }) }),
)

const imageSchema = Type.Object({
  id: Type.String(),
  name: maybe(Type.String()),
  status: Type.String(),
  visibility: maybe(Type.String()),
  owner: maybe(Type.String()),
  architecture: maybe(Type.String()),
  min_disk: maybe(Type.Number()),
  min_ram: maybe(Type.Number()),
  created_at: maybe(Type.String()),
  tags: maybe(Type.Array(Type.String())),
})
export type GlanceImage = Type.Static<typeof imageSchema>
export const imageMemberShape = shape(Type.Object({ member_id: Type.String(), status: Type.String() }))
export const imageShape = shape(imageSchema)
export const imagesShape = shape(Type.Object({ images: Type.Array(imageSchema), next: Type.Optional(Type.String()) }))
