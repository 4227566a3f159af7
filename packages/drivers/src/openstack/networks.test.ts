import type { Attempt } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { type Asked, type LoopbackCloud, markPrefix, type Reply, startLoopbackCloud } from './testing/loopback-cloud.ts'

const project = { projectId: 'p-own' }
const mark = `${markPrefix}n1`
const ask = { mark, name: 'net', project, cidr: '10.1.0.0/24', routed: true }
const first: Attempt = { since: null, handle: null }
const again = (since = new Date()): Attempt => ({ since, handle: null })

type Row = Record<string, unknown> & { id: string }
const kinds = [
  { path: 'networks', key: 'network' },
  { path: 'subnets', key: 'subnet' },
  { path: 'routers', key: 'router' },
  { path: 'ports', key: 'port' },
  { path: 'floatingips', key: 'floatingip' },
] as const

/** Neutron: five tables, found by description, and routers with interfaces. `lose` cuts the answers it names. */
function serveNetworks(
  cloud: LoopbackCloud,
  lose: { path: string | null } = { path: null },
  interfaceOwner = 'network:router_interface',
) {
  const tables: Record<string, Row[]> = {}
  const reply = (path: string, asked: Asked, json: unknown): Reply =>
    lose.path === path && asked.method !== 'GET' ? 'cut' : { status: 201, json }
  for (const { path, key } of kinds) {
    const rows: Row[] = []
    tables[path] = rows
    cloud.on('GET', new RegExp(`/v2\\.0/${path}$`), ({ query }) => ({
      json: {
        [path]: rows.filter((it) =>
          [...query].every(([name, value]) => name === 'fields' || String(it[name]) === value),
        ),
      },
    }))
    cloud.on('POST', new RegExp(`/v2\\.0/${path}$`), (asked) => {
      const fields = asked.at(key)
      const id = `${key}-${rows.length + 1}`
      const fixed = { fixed_ips: [{ ip_address: '10.1.0.7', subnet_id: 'subnet-1' }] }
      const sent = typeof fields === 'object' ? fields : {}
      rows.push({ ...sent, id, ...fixed, floating_ip_address: '203.0.113.9' })
      return reply(path, asked, { [key]: rows.at(-1) })
    })
    cloud.on('DELETE', new RegExp(`/v2\\.0/${path}/`), (asked) => {
      rows.splice(
        rows.findIndex((it) => asked.path.endsWith(it.id)),
        1,
      )
      return { status: 204 }
    })
  }
  tables.networks?.push({ id: 'public', 'router:external': true, subnets: ['not-shown-to-members'] })
  const interfaces: Row[] = tables.ports ?? []
  cloud.on('PUT', /add_router_interface$/, (asked) => {
    const message = 'Bad router request: Router already has a port on subnet subnet-1.'
    if (interfaces.length > 0) return { status: 400, json: { NeutronError: { type: 'BadRequest', message } } }
    const row = { id: 'if-1', device_id: 'router-1', device_owner: interfaceOwner, network_id: 'network-2' }
    interfaces.push({ ...row, fixed_ips: [] })
    return reply('interface', asked, {})
  })
  cloud.on('PUT', /remove_router_interface$/, () => {
    interfaces.splice(0)
    return { json: {} }
  })
  return tables
}

const standing = (tables: Record<string, Row[]>) =>
  Object.fromEntries(Object.entries(tables).map(([path, rows]) => [path, rows.map((it) => it.id)]))

const whole = {
  networks: ['public', 'network-2'],
  subnets: ['subnet-1'],
  routers: ['router-1'],
  ports: ['if-1'],
  floatingips: [],
}

test.for(['networks', 'routers', 'subnets', 'interface'])(
  'a lost answer to making the %s leaves one network with one subnet, one router and one interface',
  async (path) => {
    await using cloud = await startLoopbackCloud()
    const lose: { path: string | null } = { path }
    const tables = serveNetworks(cloud, lose)
    const driver = cloud.driver()
    expect((await driver.networks.ensure(ask, first)).outcome).toBe('transient')
    lose.path = null
    expect(await driver.networks.ensure(ask, again())).toEqual({
      outcome: 'done',
      value: { networkId: 'network-2', subnetId: 'subnet-1', routerId: 'router-1' },
    })
    expect(standing(tables)).toEqual(whole)
  },
)

test('all of it goes in the order that Neutron allows, and again is a success', async () => {
  await using cloud = await startLoopbackCloud()
  const tables = serveNetworks(cloud)
  const driver = cloud.driver()
  await driver.networks.ensure(ask, first)
  const what = { mark, project, externalId: null }
  expect((await driver.networks.remove(what, first)).outcome).toBe('done')
  expect(standing(tables)).toMatchObject({ networks: ['public'], routers: [], ports: [] })
  const acts = cloud.asked.filter((it) => it.method === 'DELETE' || it.path.includes('remove_router'))
  expect(acts.map((it) => it.path.split('/').at(-1))).toEqual(['remove_router_interface', 'router-1', 'network-2'])
  expect((await driver.networks.remove(what, first)).outcome).toBe('done')
})

test.for(['network:ha_router_replicated_interface', 'network:router_interface_distributed'])(
  'a router that joins its subnet by %s is parted from it and goes',
  async (owner) => {
    await using cloud = await startLoopbackCloud()
    const tables = serveNetworks(cloud, { path: null }, owner)
    const inUse = { status: 409, json: { NeutronError: { type: 'RouterInUse', message: 'still has ports' } } }
    let parted = false
    // What the copies of the router talk over goes with it; to take it off is refused.
    const haPort = {
      id: 'ha-1',
      device_id: 'router-1',
      device_owner: 'network:router_ha_interface',
      network_id: 'ha-net',
      fixed_ips: [],
    }
    cloud.on('DELETE', /\/routers\//, () => {
      parted = !tables.ports?.some((it) => it.device_owner === owner)
      return parted ? { status: 204 } : inUse
    })
    cloud.on('PUT', /remove_router_interface$/, (asked) => {
      if (asked.at('port_id') === 'ha-1') return inUse
      tables.ports?.splice(0)
      return { json: {} }
    })
    const driver = cloud.driver()
    await driver.networks.ensure(ask, first)
    tables.ports?.push({ ...haPort })
    expect((await driver.networks.remove({ mark, project, externalId: null }, first)).outcome).toBe('done')
    expect(parted).toBe(true)
  },
)

test('a router whose call is still under way is waited for and removed, not leaked with its address', async () => {
  let now = new Date('2026-11-22T08:00:00Z')
  await using cloud = await startLoopbackCloud({ now: () => now })
  const tables = serveNetworks(cloud)
  cloud.on('POST', /\/routers$/, () => 'cut')
  const driver = cloud.driver()
  const since = now
  expect((await driver.networks.ensure(ask, first)).outcome).toBe('transient')
  const what = { mark, project, externalId: null }
  expect((await driver.networks.remove(what, { since, handle: null })).outcome).toBe('pending')
  // It lands only now.
  tables.routers?.push({ id: 'router-9', description: mark })
  expect((await driver.networks.remove(what, { since, handle: null })).outcome).not.toBe('permanent')
  expect(standing(tables)).toMatchObject({ routers: [] })
  now = new Date(now.getTime() + 2_000)
  expect((await driver.networks.remove(what, { since, handle: null })).outcome).toBe('done')
  expect(standing(tables)).toMatchObject({ networks: ['public'], routers: [] })
})

test('a network without a way out has no router; an IPv6 one hands out its addresses by DHCP', async () => {
  await using cloud = await startLoopbackCloud()
  serveNetworks(cloud)
  const settings = { region: 'east', projectName: 'own', dnsNameservers: ['10.9.9.9'] }
  const made = await cloud.driver({ settings }).networks.ensure({ ...ask, routed: false, cidr: 'fd00:1::/64' }, first)
  expect(made).toMatchObject({ outcome: 'done', value: { routerId: null } })
  expect(cloud.asked.find((it) => it.method === 'POST' && it.path.endsWith('/subnets'))?.at('subnet')).toMatchObject({
    ip_version: 6,
    ipv6_address_mode: 'dhcpv6-stateful',
    dns_nameservers: ['10.9.9.9'],
  })
})

test('a cloud without an external network says so', async () => {
  await using cloud = await startLoopbackCloud()
  const tables = serveNetworks(cloud)
  tables.networks?.splice(0)
  expect(await cloud.driver().networks.ensure(ask, first)).toMatchObject({ code: 'cloud-no-external-network' })
})

test('a port and a public address whose answers are lost are made once', async () => {
  await using cloud = await startLoopbackCloud()
  const lose: { path: string | null } = { path: 'ports' }
  const tables = serveNetworks(cloud, lose)
  const driver = cloud.driver()
  const network = { networkId: 'network-2', subnetId: 'subnet-1', routerId: null }
  const portAsk = { mark, name: 'port', project, network }
  expect((await driver.networks.createPort(portAsk, first)).outcome).toBe('transient')
  const port = await driver.networks.createPort(portAsk, again())
  expect(port).toEqual({ outcome: 'done', value: { portId: 'port-1', fixedAddress: '10.1.0.7' } })
  lose.path = 'floatingips'
  const addressAsk = { mark, name: 'address', project, port: { portId: 'port-1', fixedAddress: '10.1.0.7' } }
  expect((await driver.addresses.bind(addressAsk, first)).outcome).toBe('transient')
  expect(await driver.addresses.bind(addressAsk, again())).toEqual({
    outcome: 'done',
    value: { addressId: 'floatingip-1', address: '203.0.113.9' },
  })
  expect(standing(tables)).toMatchObject({ ports: ['port-1'], floatingips: ['floatingip-1'] })
  expect((await driver.addresses.release({ mark, project, externalId: 'floatingip-1' }, first)).outcome).toBe('done')
  expect((await driver.networks.removePort({ mark, project, externalId: null }, first)).outcome).toBe('done')
  expect(standing(tables)).toMatchObject({ ports: [], floatingips: [] })
})

test('two calls for one port carry one hardware address, which Neutron gives once; another port has another', async () => {
  await using cloud = await startLoopbackCloud()
  serveNetworks(cloud)
  const { networks } = cloud.driver()
  const network = { networkId: 'network-2', subnetId: 'subnet-1', routerId: null }
  for (const it of [mark, mark, `${mark}-other`])
    await networks.createPort({ mark: it, name: 'port', project, network }, first)
  const asked = cloud.asked.filter((it) => it.method === 'POST' && it.path.endsWith('/ports'))
  const [one, same, other] = asked.map((it) => JSON.stringify(it.at('port')).match(/fa(:[0-9a-f]{2}){5}/)?.[0])
  expect(one).toBeTruthy()
  expect(same).toBe(one)
  expect(other).not.toBe(one)
})

const addressAsk = { mark, name: 'address', project, port: { portId: 'port-1', fixedAddress: '10.1.0.7' } }
const standingAddress = {
  id: 'f-1',
  description: mark,
  floating_ip_address: '203.0.113.9',
  floating_network_id: 'public',
}

test('an adopted address that was let go is bound again', async () => {
  await using cloud = await startLoopbackCloud()
  const tables = serveNetworks(cloud)
  const row: Row = { ...standingAddress, port_id: null }
  tables.floatingips?.push(row)
  cloud.on('PUT', /\/floatingips\/f-1$/, ({ at }) => {
    row.port_id = at('floatingip', 'port_id')
    return { json: { floatingip: row } }
  })
  expect((await cloud.driver().addresses.bind(addressAsk, again())).outcome).toBe('done')
  expect(row.port_id).toBe('port-1')
})

test.for([
  [{ port_id: 'port-9' }, 'cloud-conflict'],
  [{ port_id: 'port-1', status: 'ERROR' }, 'cloud-thing-broken'],
] as const)('an address found with %j is not called bound', async ([found, code]) => {
  await using cloud = await startLoopbackCloud()
  serveNetworks(cloud).floatingips?.push({ ...standingAddress, ...found })
  expect(await cloud.driver().addresses.bind(addressAsk, again())).toMatchObject({ outcome: 'permanent', code })
})

test.for(['networks', 'routers', 'ports'] as const)(
  'one of %s that is found in ERROR is not built upon',
  async (path) => {
    await using cloud = await startLoopbackCloud()
    const tables = serveNetworks(cloud)
    tables[path]?.push({ id: 'x-1', description: mark, status: 'ERROR', network_id: 'n', fixed_ips: [] })
    const { networks } = cloud.driver()
    const network = { networkId: 'n', subnetId: 's', routerId: null }
    const outcome =
      path === 'ports'
        ? await networks.createPort({ mark, name: 'port', project, network }, again())
        : await networks.ensure(ask, again(new Date(0)))
    expect(outcome).toMatchObject({ outcome: 'permanent', code: 'cloud-thing-broken' })
  },
)
