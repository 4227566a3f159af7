import type { Collection } from './neutron.ts'
import * as network from './shapes-network.ts'

/** Rows of Neutron's table of things, typed by what each unwraps to. */
const collection = <T extends { readonly id: string }, M, O>(it: Collection<T, M, O>): Collection<T, M, O> => it

export const networks = collection({
  path: '/networks',
  thing: 'network',
  key: 'network',
  manyShape: network.networksShape,
  oneShape: network.networkShape,
  many: (body) => body.networks,
  one: (body) => body.network,
})

export const subnets = collection({
  path: '/subnets',
  thing: 'subnet',
  key: 'subnet',
  manyShape: network.subnetsShape,
  oneShape: network.subnetShape,
  many: (body) => body.subnets,
  one: (body) => body.subnet,
})

export const routers = collection({
  path: '/routers',
  thing: 'router',
  key: 'router',
  manyShape: network.routersShape,
  oneShape: network.routerShape,
  many: (body) => body.routers,
  one: (body) => body.router,
})

export const ports = collection({
  path: '/ports',
  thing: 'port',
  key: 'port',
  manyShape: network.portsShape,
  oneShape: network.portShape,
  many: (body) => body.ports,
  one: (body) => body.port,
})

export const securityGroups = collection({
  path: '/security-groups',
  thing: 'security group',
  key: 'security_group',
  manyShape: network.securityGroupsShape,
  oneShape: network.securityGroupShape,
  many: (body) => body.security_groups,
  one: (body) => body.security_group,
})

export const floatingAddresses = collection({
  path: '/floatingips',
  thing: 'address',
  key: 'floatingip',
  manyShape: network.floatingAddressesShape,
  oneShape: network.floatingAddressShape,
  many: (body) => body.floatingips,
  one: (body) => body.floatingip,
})
