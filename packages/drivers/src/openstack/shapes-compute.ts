import { Type } from 'typebox'
import { maybe, shape } from './shape.ts'

/** What we read of Nova's answers (docs.openstack.org/api-ref/compute), microversion 2.52 to 2.87. */

export const links = Type.Optional(Type.Array(Type.Object({ rel: Type.String(), href: Type.String() })))

const serverSchema = Type.Object({
  id: Type.String(),
  // A server of a cell that is down shows little more than its id and UNKNOWN.
  status: Type.String(),
  name: maybe(Type.String()),
  tenant_id: maybe(Type.String()),
  created: maybe(Type.String()),
  updated: maybe(Type.String()),
  'OS-EXT-STS:task_state': maybe(Type.String()),
  'OS-EXT-SRV-ATTR:hypervisor_hostname': maybe(Type.String()),
  'OS-EXT-AZ:availability_zone': maybe(Type.String()),
  progress: maybe(Type.Number()),
  flavor: maybe(
    Type.Object({
      vcpus: Type.Optional(Type.Number()),
      ram: Type.Optional(Type.Number()),
      disk: Type.Optional(Type.Number()),
      original_name: Type.Optional(Type.String()),
    }),
  ),
  // Empty text for a server whose system disk is a volume.
  image: maybe(Type.Union([Type.Object({ id: Type.String() }), Type.Literal('')])),
  addresses: maybe(Type.Record(Type.String(), Type.Array(Type.Object({ addr: Type.String() })))),
  metadata: maybe(Type.Record(Type.String(), Type.String())),
  tags: maybe(Type.Array(Type.String())),
  fault: maybe(Type.Object({ message: Type.String() })),
  'os-extended-volumes:volumes_attached': maybe(
    Type.Array(Type.Object({ id: Type.String(), delete_on_termination: maybe(Type.Boolean()) })),
  ),
})
export type NovaServer = Type.Static<typeof serverSchema>
export const serverShape = shape(Type.Object({ server: serverSchema }))
export const serversShape = shape(Type.Object({ servers: Type.Array(serverSchema), servers_links: links }))
/** The answer to a creation holds little more than the id. */
export const createdServerShape = shape(Type.Object({ server: Type.Object({ id: Type.String() }) }))

const flavourSchema = Type.Object({
  id: Type.String(),
  name: Type.String(),
  vcpus: Type.Number(),
  ram: Type.Number(),
  disk: Type.Number(),
  'OS-FLV-DISABLED:disabled': maybe(Type.Boolean()),
  extra_specs: maybe(Type.Record(Type.String(), Type.String())),
})
export type NovaFlavour = Type.Static<typeof flavourSchema>
export const flavourShape = shape(Type.Object({ flavor: flavourSchema }))
export const flavoursShape = shape(Type.Object({ flavors: Type.Array(flavourSchema), flavors_links: links }))

const serverGroupSchema = Type.Object({
  id: Type.String(),
  name: maybe(Type.String()),
  project_id: maybe(Type.String()),
})
export type NovaServerGroup = Type.Static<typeof serverGroupSchema>
export const serverGroupShape = shape(Type.Object({ server_group: serverGroupSchema }))
export const serverGroupsShape = shape(Type.Object({ server_groups: Type.Array(serverGroupSchema) }))

export const consoleShape = shape(Type.Object({ remote_console: Type.Object({ url: Type.String() }) }))

const usageSchema = Type.Object({
  tenant_id: Type.String(),
  server_usages: Type.Optional(
    Type.Array(
      Type.Object({
        instance_id: Type.String(),
        name: maybe(Type.String()),
        hours: Type.Number(),
        vcpus: Type.Number(),
        memory_mb: Type.Number(),
        local_gb: Type.Number(),
      }),
    ),
  ),
})
export const usagesShape = shape(Type.Object({ tenant_usages: Type.Array(usageSchema), tenant_usages_links: links }))

const hypervisorSchema = Type.Object({
  // A number before 2.53.
  id: Type.Union([Type.String(), Type.Number()]),
  hypervisor_hostname: Type.String(),
  service: maybe(Type.Object({ host: Type.String() })),
  state: maybe(Type.String()),
  status: maybe(Type.String()),
  vcpus: maybe(Type.Number()),
  vcpus_used: maybe(Type.Number()),
  memory_mb: maybe(Type.Number()),
  memory_mb_used: maybe(Type.Number()),
  local_gb: maybe(Type.Number()),
  cpu_info: maybe(Type.Unknown()),
})
export type NovaHypervisor = Type.Static<typeof hypervisorSchema>
export const hypervisorShape = shape(Type.Object({ hypervisor: hypervisorSchema }))
export const hypervisorsShape = shape(
  Type.Object({ hypervisors: Type.Array(hypervisorSchema), hypervisors_links: links }),
)
export const servicesShape = shape(
  Type.Object({ services: Type.Array(Type.Object({ host: Type.String(), zone: Type.String() })) }),
)
export const aggregatesShape = shape(
  Type.Object({ aggregates: Type.Array(Type.Object({ name: Type.String(), hosts: Type.Array(Type.String()) })) }),
)
export const cpuInfoShape = shape(Type.Object({ arch: Type.String() }))

const actionSchema = Type.Object({
  action: Type.String(),
  request_id: Type.String(),
  start_time: maybe(Type.String()),
  // 'Error' once one of its events failed.
  message: maybe(Type.String()),
  user_id: maybe(Type.String()),
})
export type NovaAction = Type.Static<typeof actionSchema>
export const actionsShape = shape(Type.Object({ instanceActions: Type.Array(actionSchema) }))
export const actionShape = shape(
  Type.Object({
    instanceAction: Type.Object({
      events: Type.Optional(
        Type.Array(Type.Object({ event: Type.String(), result: maybe(Type.String()), details: maybe(Type.String()) })),
      ),
    }),
  }),
)
