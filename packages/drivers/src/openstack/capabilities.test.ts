import { expect, test } from 'vitest'
import { type LoopbackOptions, startLoopbackCloud } from './testing/loopback-cloud.ts'

const external = { id: 'n-public', subnets: ['s-public'] }
const subnet = (version: number) => ({ id: 's-public', network_id: 'n-public', cidr: '', ip_version: version })

const start = async (options: LoopbackOptions) => {
  const cloud = await startLoopbackCloud(options)
  cloud.on('GET', /^\/network\/v2\.0\/networks$/, () => ({ json: { networks: [external] } }))
  cloud.on('GET', /^\/network\/v2\.0\/subnets$/, () => ({ json: { subnets: [subnet(4)] } }))
  return cloud
}

/** With everything switched on that is off if not said. */
const wishful = { region: 'east', projectName: 'own', privateFlavours: true }
const first = { since: null, handle: null }
const project = { projectId: 'p-own' }

test('an administrator has it all, a member is told what needs an administrator', async () => {
  await using rich = await start({ admin: true })
  const all = await rich.driver({ settings: wishful }).capabilities()
  expect(all).toMatchObject({ outcome: 'done' })
  expect(JSON.stringify(all)).not.toContain('"supported":false')
  await using poor = await start({})
  expect(await poor.driver().capabilities()).toMatchObject({
    value: {
      projects: { supported: false, reason: 'needs-admin-rights' },
      hosts: { supported: false, reason: 'needs-admin-rights' },
      servers: { supported: true },
    },
  })
})

test('a Nova too old for marks says so, and no server is ever begun there', async () => {
  await using cloud = await start({ compute: '2.51' })
  const driver = cloud.driver()
  expect(await driver.capabilities()).toMatchObject({
    value: { servers: { supported: false, reason: 'version-too-old', words: 'compute 2.51, needed 2.52' } },
  })
  const ask = {
    mark: 'yd-test01-1',
    name: 'n',
    project,
    size: { vcpus: 1, memoryMib: 1, diskGib: 1 },
    imageName: 'i',
    port: { portId: 'port', fixedAddress: '10.0.0.2' },
  }
  expect(await driver.servers.create(ask, first)).toMatchObject({ outcome: 'permanent', code: 'cloud-unsupported' })
  expect(cloud.count('POST', /\/servers$/)).toBe(0)
})

test('a Cinder too old to extend what is attached leaves it alone', async () => {
  await using cloud = await start({ volume: '3.27' })
  cloud.on('GET', /\/volumes\/v-1$/, () => ({ json: { volume: { id: 'v-1', status: 'in-use', size: 1 } } }))
  const driver = cloud.driver()
  expect(await driver.capabilities()).toMatchObject({
    value: { volumeExtendAttached: { supported: false, reason: 'version-too-old' }, volumes: { supported: true } },
  })
  const outcome = await driver.volumes.extend({ project, volumeId: 'v-1', sizeGib: 2 }, first)
  expect(outcome).toMatchObject({ outcome: 'permanent', code: 'cloud-unsupported' })
  expect(cloud.count('POST', /\/action$/)).toBe(0)
})

test('each service is spoken to in a version that it offers', async () => {
  for (const [compute, spoken] of [
    ['2.93', '2.87'],
    ['2.60', '2.60'],
  ]) {
    await using cloud = await start({ compute: compute ?? '' })
    cloud.on('GET', /\/servers\/detail$/, () => ({ json: { servers: [] } }))
    await cloud.driver().list('server', null)
    expect(cloud.asked.at(-1)?.headers['openstack-api-version']).toBe(`compute ${spoken}`)
  }
})

test('a probe tells the release, the missing permissions and how long a round trip took', async () => {
  await using cloud = await start({})
  cloud.on('GET', /\/auth\/catalog$/, () => ({ json: { catalog: [] } }))
  for (const path of [/\/roles$/, /\/os-hypervisors$/])
    cloud.on('GET', path, () => ({ status: 403, json: { forbidden: { message: 'no' } } }))
  cloud.on('GET', /\/servers\/detail$/, () => ({ json: { servers: [] } }))
  const report = await cloud.driver().probe()
  expect(report).toMatchObject({
    outcome: 'done',
    value: {
      product: 'OpenStack',
      version: 'Zed (compute 2.93, volume 3.70)',
      missingPermissions: [
        'identity:list_projects',
        'identity:list_roles',
        'os_compute_api:os-hypervisors:list',
        'os_compute_api:servers:detail:get_all_tenants',
        'os_compute_api:os-flavor-manage:create',
        'os_compute_api:os-simple-tenant-usage:list',
      ],
      credentialExpiresAt: null,
    },
  })
  expect(report).toHaveProperty(
    'value.roundTripMs',
    expect.toSatisfy((it: number) => it > 0 && it < 20_000),
  )
})

test.for([
  [
    'compute',
    /^\/compute\//,
    [
      'servers',
      'serverResize',
      'serverPower',
      'serverRename',
      'serverRebuild',
      'consoles',
      'usage',
      'bootFromVolume',
      'publicKeys',
      'userData',
      'zones',
      'serverGroups',
      'privateFlavours',
      'flavours',
      'hosts',
    ],
  ],
  [
    'volume',
    /^\/volume\//,
    ['volumes', 'bootFromVolume', 'volumeExtendAttached', 'volumeRename', 'snapshots', 'snapshotRevert'],
  ],
  ['network', /^\/network\//, ['networks', 'ipv6', 'networkRules', 'addresses']],
  ['image', /^\/image\//, ['images']],
] as const)(
  'a %s service that does not answer takes its own with it and nothing else',
  async ([service, path, lost]) => {
    await using cloud = await start({ admin: true })
    cloud.on('GET', /\/auth\/catalog$/, () => ({ json: { catalog: [] } }))
    cloud.on('GET', path, () => 'cut')
    const report = await cloud.driver({ settings: wishful }).probe()
    if (report.outcome !== 'done') throw new Error(JSON.stringify(report))
    const missing = Object.entries(report.value.capabilities).filter(([, it]) => !it.supported)
    expect(missing.map(([name]) => name).toSorted()).toEqual(lost.toSorted())
    for (const [, it] of missing)
      expect(it).toMatchObject({ reason: 'service-not-answering', words: expect.stringContaining(`${service}: `) })
  },
)

test('an external network without IPv4 gives no addresses, and says so before anything is made', async () => {
  await using cloud = await start({})
  cloud.on('GET', /^\/network\/v2\.0\/subnets$/, () => ({ json: { subnets: [subnet(6)] } }))
  const driver = cloud.driver()
  expect(await driver.capabilities()).toMatchObject({
    value: { networks: { supported: true }, addresses: { supported: false, reason: 'not-in-this-cloud' } },
  })
  const ask = { mark: 'yd-test01-1', name: 'n', project, port: { portId: 'port', fixedAddress: '10.0.0.2' } }
  expect(await driver.addresses.bind(ask, first)).toMatchObject({ code: 'cloud-no-external-network' })
  expect(cloud.count('POST', /floatingips/)).toBe(0)
})

test('an external network that was replaced is looked up again after a refusal', async () => {
  await using cloud = await start({})
  let standing = external.id
  cloud.on('GET', /^\/network\/v2\.0\/networks$/, () => ({ json: { networks: [{ ...external, id: standing }] } }))
  cloud.on('GET', /^\/network\/v2\.0\/subnets$/, () => ({ json: { subnets: [] } }))
  cloud.on('POST', /floatingips$/, ({ at }) => {
    const named = at('floatingip', 'floating_network_id')
    if (named !== standing) return { status: 404, json: { NeutronError: { type: 'NetworkNotFound', message: 'gone' } } }
    const made = { id: 'f-1', floating_ip_address: '203.0.113.9', floating_network_id: named, port_id: 'port' }
    return { status: 201, json: { floatingip: made } }
  })
  const driver = cloud.driver()
  const ask = { mark: 'yd-test01-1', name: 'n', project, port: { portId: 'port', fixedAddress: '10.0.0.2' } }
  expect((await driver.addresses.bind(ask, first)).outcome).toBe('done')
  standing = 'n-new'
  expect(await driver.addresses.bind(ask, first)).toMatchObject({ code: 'cloud-thing-vanished' })
  expect((await driver.addresses.bind(ask, first)).outcome).toBe('done')
})
