import { Type } from 'typebox'
import { maybe, shape } from './shape.ts'
import { links } from './shapes-compute.ts'

/** What we read of Neutron's answers (docs.openstack.org/api-ref/network/v2). */

const common = {
  id: Type.String(),
  name: maybe(Type.String()),
  status: maybe(Type.String()),
  description: maybe(Type.String()),
  project_id: maybe(Type.String()),
  created_at: maybe(Type.String()),
}

const networkSchema = Type.Object({
  ...common,
  admin_state_up: maybe(Type.Boolean()),
  subnets: maybe(Type.Array(Type.String())),
})
export type NeutronNetwork = Type.Static<typeof networkSchema>
export const networkShape = shape(Type.Object({ network: networkSchema }))
export const networksShape = shape(Type.Object({ networks: Type.Array(networkSchema), networks_links: links }))

const subnetSchema = Type.Object({
  ...common,
  network_id: Type.String(),
  cidr: Type.String(),
  ip_version: maybe(Type.Number()),
})
export type NeutronSubnet = Type.Static<typeof subnetSchema>
export const subnetShape = shape(Type.Object({ subnet: subnetSchema }))
export const subnetsShape = shape(Type.Object({ subnets: Type.Array(subnetSchema), subnets_links: links }))

const routerSchema = Type.Object({ ...common, admin_state_up: maybe(Type.Boolean()) })
export type NeutronRouter = Type.Static<typeof routerSchema>
export const routerShape = shape(Type.Object({ router: routerSchema }))
export const routersShape = shape(Type.Object({ routers: Type.Array(routerSchema), routers_links: links }))

const portSchema = Type.Object({
  ...common,
  network_id: Type.String(),
  device_id: maybe(Type.String()),
  device_owner: maybe(Type.String()),
  admin_state_up: maybe(Type.Boolean()),
  fixed_ips: Type.Array(Type.Object({ ip_address: Type.String(), subnet_id: Type.String() })),
})
export type NeutronPort = Type.Static<typeof portSchema>
export const portShape = shape(Type.Object({ port: portSchema }))
export const portsShape = shape(Type.Object({ ports: Type.Array(portSchema), ports_links: links }))

const floatingAddressSchema = Type.Object({
  ...common,
  floating_ip_address: Type.String(),
  floating_network_id: Type.String(),
  port_id: maybe(Type.String()),
})
export type NeutronFloatingAddress = Type.Static<typeof floatingAddressSchema>
export const floatingAddressShape = shape(Type.Object({ floatingip: floatingAddressSchema }))
export const floatingAddressesShape = shape(
  Type.Object({ floatingips: Type.Array(floatingAddressSchema), floatingips_links: links }),
)

const securityRuleSchema = Type.Object({
  id: Type.String(),
  direction: Type.String(),
  ethertype: Type.String(),
  protocol: maybe(Type.String()),
  port_range_min: maybe(Type.Number()),
  port_range_max: maybe(Type.Number()),
  remote_ip_prefix: maybe(Type.String()),
  remote_group_id: maybe(Type.String()),
  remote_address_group_id: maybe(Type.String()),
})
export type NeutronSecurityRule = Type.Static<typeof securityRuleSchema>
const securityGroupSchema = Type.Object({ ...common, security_group_rules: maybe(Type.Array(securityRuleSchema)) })
export type NeutronSecurityGroup = Type.Static<typeof securityGroupSchema>
export const securityGroupShape = shape(Type.Object({ security_group: securityGroupSchema }))
export const securityGroupsShape = shape(
  Type.Object({ security_groups: Type.Array(securityGroupSchema), security_groups_links: links }),
)
