import { expect, test } from 'vitest'
import { type LoopbackCloud, markPrefix, startLoopbackCloud } from './testing/loopback-cloud.ts'

const project = { projectId: 'p-own' }
const mark = `${markPrefix}n1`
const ask = { mark, name: 'both', project, cidr: '10.1.0.0/24', routed: false }
const first = { since: null, handle: null }

/** A Neutron that gives each subnet an id of its version, and keeps what it was asked. */
function serveNetwork(cloud: LoopbackCloud) {
  const subnets: Record<string, unknown>[] = []
  cloud.on('POST', /\/networks$/, () => ({ status: 201, json: { network: { id: 'n-1', description: mark } } }))
  cloud.on('GET', /\/networks$/, () => ({ json: { networks: [{ id: 'n-1', description: mark }] } }))
  cloud.on('GET', /\/subnets$/, () => ({ json: { subnets } }))
  cloud.on('POST', /\/subnets$/, ({ at }) => {
    const version = at('subnet', 'ip_version')
    const cidr = at('subnet', 'cidr') ?? 'fd00:1::/64'
    const subnet = { ...Object(at('subnet')), id: `subnet-${version}`, cidr }
    subnets.push(subnet)
    return { status: 201, json: { subnet } }
  })
  return subnets
}

test('a network of both versions is one however often it is asked for, and each hands out its own name servers', async () => {
  await using cloud = await startLoopbackCloud()
  const subnets = serveNetwork(cloud)
  const dnsNameservers = ['10.0.0.53', '2001:db8::53']
  const driver = cloud.driver({ settings: { region: 'east', projectName: 'own', dnsNameservers } })
  const both = { ...ask, ipv6: { cidr: '2001:db8:1::/64' } }
  const value = { networkId: 'n-1', subnetId: 'subnet-4', ipv6SubnetId: 'subnet-6', routerId: null }
  expect(await driver.networks.ensure(both, first)).toEqual({ outcome: 'done', value })
  expect(await driver.networks.ensure(both, { since: new Date(), handle: null })).toEqual({ outcome: 'done', value })
  expect(subnets.map((it) => it.dns_nameservers)).toEqual([['10.0.0.53'], ['2001:db8::53']])
})

test('a port has an address of each version, whatever order they are told in', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('POST', /\/ports$/, () => ({
    status: 201,
    json: {
      port: {
        id: 'port-1',
        network_id: 'n-1',
        fixed_ips: [
          { subnet_id: 'subnet-6', ip_address: '2001:db8:1::7' },
          { subnet_id: 'subnet-4', ip_address: '10.1.0.7' },
        ],
      },
    },
  }))
  const network = { networkId: 'n-1', subnetId: 'subnet-4', ipv6SubnetId: 'subnet-6', routerId: null }
  const port = await cloud.driver().networks.createPort({ mark, name: 'p', project, network }, first)
  const value = { portId: 'port-1', fixedAddress: '10.1.0.7', ipv6Address: '2001:db8:1::7' }
  expect(port).toEqual({ outcome: 'done', value })
})

test('a range comes from the pool where the cloud has one, and where it has none that is said', async () => {
  await using cloud = await startLoopbackCloud()
  const subnets = serveNetwork(cloud)
  const { networks } = cloud.driver()
  expect((await networks.ensure({ ...ask, ipv6: 'from-pool' }, first)).outcome).toBe('done')
  expect(subnets[1]).toMatchObject({ use_default_subnetpool: true, ipv6_address_mode: 'dhcpv6-stateful' })
  await using poor = await startLoopbackCloud()
  serveNetwork(poor)
  poor.on('POST', /\/subnets$/, ({ at }) =>
    at('subnet', 'use_default_subnetpool') === true
      ? { status: 400, json: { NeutronError: { type: 'BadRequest', message: 'No default subnetpool found for IPv6' } } }
      : { status: 201, json: { subnet: { id: 'subnet-4', network_id: 'n-1', cidr: '10.1.0.0/24', ip_version: 4 } } },
  )
  const refused = await poor.driver().networks.ensure({ ...ask, ipv6: 'from-pool' }, first)
  expect(refused).toMatchObject({ outcome: 'permanent', code: 'cloud-unsupported' })
})
