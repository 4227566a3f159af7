import { expect, test } from 'vitest'
import { type LoopbackCloud, markPrefix, startLoopbackCloud } from './testing/loopback-cloud.ts'

const mark = `${markPrefix}s1`
const project = { projectId: 'p-own' }
const publicKey = 'ssh-ed25519 AAAA someone'
const ask = {
  mark,
  name: 'web',
  project,
  size: { vcpus: 1, memoryMib: 512, diskGib: 8 },
  imageName: 'tiny-linux',
  port: { portId: 'port-1', fixedAddress: '10.0.0.2' },
}
const first = { since: null, handle: null }
const again = (handle: string | null = null) => ({ since: new Date(), handle })

/** Nova, Glance and Cinder around one server, and the keypairs of our user. */
function serveOne(cloud: LoopbackCloud) {
  const keys = new Set<string>()
  const flavours: Record<string, unknown>[] = [{ id: 'f-1', name: 'm1.tiny', vcpus: 1, ram: 512, disk: 1 }]
  const servers: Record<string, unknown>[] = []
  cloud.on('GET', /\/flavors\/detail$/, () => ({ json: { flavors: flavours } }))
  cloud.on('GET', /\/image\/v2\/images$/, () => ({
    json: { images: [{ id: 'i-1', status: 'active', visibility: 'public', min_disk: 4 }] },
  }))
  cloud.on('GET', /\/servers\/detail$/, () => ({ json: { servers } }))
  cloud.on('GET', /\/servers\/s-1$/, () => ({ json: { server: servers[0] } }))
  cloud.on('GET', /\/volumes\/v-1$/, () => ({ json: { volume: { id: 'v-1', status: 'in-use', size: 8 } } }))
  cloud.on('POST', /\/os-keypairs$/, ({ at }) => {
    const name = String(at('keypair', 'name'))
    if (keys.has(name)) return { status: 409, json: { conflictingRequest: { message: 'Key pair already exists.' } } }
    keys.add(name)
    return { status: 201, json: {} }
  })
  cloud.on('DELETE', /\/os-keypairs\/.+$/, ({ path }) => ({
    status: keys.delete(path.split('/').at(-1) ?? '') ? 202 : 404,
  }))
  cloud.on('POST', /\/servers$/, () => {
    servers.push({
      id: 's-1',
      status: 'ACTIVE',
      tenant_id: 'p-own',
      image: '',
      flavor: { vcpus: 1, ram: 512, disk: 1 },
      tags: [mark],
      'os-extended-volumes:volumes_attached': [{ id: 'v-0' }, { id: 'v-1', delete_on_termination: true }],
    })
    return { status: 202, json: { server: { id: 's-1' } } }
  })
  return { keys, flavours, servers }
}

test('a server on a volume needs no disk of its flavour and tells the size of its volume', async () => {
  await using cloud = await startLoopbackCloud()
  serveOne(cloud)
  const { servers } = cloud.driver()
  const wish = { ...ask, systemDisk: 'volume', zone: 'north', serverGroupId: 'g-1', userData: '初始化' } as const
  expect((await servers.create(wish, first)).outcome).toBe('pending')
  expect(cloud.asked.findLast((it) => it.method === 'POST')?.body).toEqual({
    server: {
      name: 'web',
      flavorRef: 'f-1',
      block_device_mapping_v2: [
        {
          boot_index: 0,
          uuid: 'i-1',
          source_type: 'image',
          destination_type: 'volume',
          volume_size: 8,
          delete_on_termination: true,
        },
      ],
      networks: [{ port: 'port-1' }],
      tags: [mark],
      metadata: { yiduo: mark },
      user_data: Buffer.from('初始化').toString('base64'),
      availability_zone: 'north',
    },
    'os:scheduler_hints': { group: 'g-1' },
  })
  expect(await servers.create(wish, again('s-1'))).toMatchObject({ outcome: 'done', value: { size: { diskGib: 8 } } })
})

test('a keypair stands for the call only, also when its answer is lost, and never twice', async () => {
  await using cloud = await startLoopbackCloud()
  const { keys, servers } = serveOne(cloud)
  const { servers: facet } = cloud.driver()
  const wish = { ...ask, systemDisk: 'volume', publicKey } as const
  let kept = false
  cloud.on('POST', /\/servers$/, ({ at }) => {
    kept = keys.has(String(at('server', 'key_name')))
    servers.push({ id: 's-1', status: 'ACTIVE', tags: [mark] })
    return 'cut'
  })
  expect((await facet.create(wish, first)).outcome).toBe('transient')
  expect([kept, keys.size]).toEqual([true, 1])
  expect((await facet.create(wish, again())).outcome).toBe('done')
  expect(keys.size).toBe(0)
})

test('a keypair that a crash left behind goes with the server', async () => {
  await using cloud = await startLoopbackCloud()
  const { keys } = serveOne(cloud)
  keys.add(mark)
  expect((await cloud.driver().servers.remove({ mark, project, externalId: 's-0' }, first)).outcome).toBe('done')
  expect(keys.size).toBe(0)
})

test('a size that no flavour has is made one where it is wished, once, and shown to the project', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  const { flavours } = serveOne(cloud)
  cloud.on('POST', /\/flavors$/, ({ at }) => {
    const name = at('flavor', 'name')
    if (flavours.some((it) => it.name === name))
      return { status: 409, json: { conflictingRequest: { message: 'exists' } } }
    const flavor = {
      id: 'f-2',
      name,
      vcpus: at('flavor', 'vcpus'),
      ram: at('flavor', 'ram'),
      disk: at('flavor', 'disk'),
    }
    flavours.push(flavor)
    return { json: { flavor } }
  })
  cloud.on('POST', /\/flavors\/f-2\/action$/, () => ({ json: { flavor_access: [] } }))
  const settings = { region: 'east', projectName: 'own', privateFlavours: true }
  const { servers } = cloud.driver({ settings })
  const none = { code: 'cloud-no-fitting-flavour' }
  expect(await cloud.driver().servers.create(ask, first)).toMatchObject(none)
  // Beyond the largest of the cloud: such a flavour would only stay behind.
  expect(await servers.create({ ...ask, size: { ...ask.size, vcpus: 100_000 } }, first)).toMatchObject(none)
  expect((await servers.create(ask, first)).outcome).toBe('pending')
  expect(flavours.map((it) => it.name)).toEqual(['m1.tiny', `${markPrefix}1c-512m-8g`])
  expect(
    cloud.asked.findLast((it) => it.path.endsWith('/servers') && it.method === 'POST')?.at('server', 'flavorRef'),
  ).toBe('f-2')
  expect(cloud.asked.findLast((it) => it.path.endsWith('/action'))?.at('addTenantAccess', 'tenant')).toBe('p-own')
})

test('user data beyond what Nova takes is refused before anything is asked for', async () => {
  await using cloud = await startLoopbackCloud()
  serveOne(cloud)
  const wish = { ...ask, publicKey, userData: 'x'.repeat(60_000) }
  expect(await cloud.driver().servers.create(wish, first)).toMatchObject({ code: 'cloud-request-refused' })
  expect(cloud.count('POST', /\/compute\//)).toBe(0)
})
