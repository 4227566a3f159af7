import type { Driver, Observed, ObservedKind } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { markPrefix, startLoopbackCloud, tokenReply } from './testing/loopback-cloud.ts'

const servers = /^\/compute\/v2\.1\/servers\/detail$/
const server = (id: string, more: object = {}) => ({ id, status: 'ACTIVE', name: `name-${id}`, ...more })

async function readWhole(driver: Driver, kind: ObservedKind): Promise<{ items: Observed[]; counts: number[] }> {
  const items: Observed[] = []
  const counts: number[] = []
  for (let cursor: string | null = null; ; ) {
    const page = await driver.list(kind, cursor)
    if (page.outcome !== 'done') throw new Error(JSON.stringify(page))
    items.push(...page.value.items)
    counts.push(page.value.count)
    expect(page.value.complete).toBe(page.value.nextCursor === null)
    if (page.value.complete) return { items, counts }
    cursor = page.value.nextCursor
  }
}

test('pages are followed by marker to their end, whatever host the cloud thinks it has', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', servers, ({ query }) => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const from = query.has('marker') ? ids.indexOf(query.get('marker') ?? '') + 1 : 0
    const page = ids.slice(from, from + 2)
    const href = `http://internal.invalid:8774/v2.1/servers/detail?limit=2&marker=${page.at(-1)}`
    return {
      json: {
        servers: page.map((it) => server(it)),
        ...(from + 2 < ids.length ? { servers_links: [{ rel: 'next', href }] } : {}),
      },
    }
  })
  const { items, counts } = await readWhole(cloud.driver(), 'server')
  expect(items.map((it) => it.externalId)).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(counts).toEqual([2, 4, 5])
})

test('a page that fails on the way is a failure and never an end', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', servers, ({ query }) =>
    query.has('marker')
      ? { status: 500, text: 'cell timeout' }
      : { json: { servers: [server('a')], servers_links: [{ rel: 'next', href: '/servers/detail?marker=a' }] } },
  )
  const driver = cloud.driver()
  expect(await driver.list('server', null)).toMatchObject({ value: { complete: false, nextCursor: '1.a' } })
  expect(await driver.list('server', '1.a')).toMatchObject({ outcome: 'transient', code: 'cloud-internal-error' })
})

test('projects that Keystone cut off are never called complete', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  cloud.on('GET', /^\/identity\/v3\/projects$/, () => ({
    json: { projects: [{ id: 'p', name: 'n' }], truncated: true },
  }))
  expect(await cloud.driver().list('project', null)).toMatchObject({ value: { complete: false, count: 1 } })
})

test.for([
  { says: 'a web page', reply: { text: '<html>hello</html>' } },
  { says: 'half a document', reply: { text: '{"servers": [{"id": "a"' } },
  { says: 'another document', reply: { json: { volumes: [] } } },
  { says: 'a server without its state', reply: { json: { servers: [{ id: 'a' }] } } },
])('$says with 200 is unreadable, not empty', async ({ reply }) => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', servers, () => reply)
  expect(await cloud.driver().list('server', null)).toMatchObject({
    outcome: 'transient',
    code: 'cloud-answer-unreadable',
  })
})

test('an administrator lists for everyone, a member for itself', async () => {
  for (const admin of [true, false]) {
    await using cloud = await startLoopbackCloud({ admin })
    cloud.on('GET', servers, () => ({ json: { servers: [] } }))
    await cloud.driver().list('server', null)
    expect(cloud.asked.at(-1)?.query.get('all_tenants')).toBe(admin ? '1' : null)
  }
})

test('a server is told in our words and units, with our mark and with no one else’s', async () => {
  await using cloud = await startLoopbackCloud()
  const full = {
    tenant_id: 'p-1',
    created: '2026-11-22T06:24:05Z',
    flavor: { vcpus: 2, ram: 4_096, disk: 40, original_name: 'm1.medium' },
    image: { id: 'i-1' },
    addresses: { net: [{ addr: '10.0.0.9' }, { addr: '10.0.0.10' }] },
    'os-extended-volumes:volumes_attached': [{ id: 'v-2' }, { id: 'v-1' }],
    'OS-EXT-STS:task_state': null,
  }
  cloud.on('GET', servers, () => ({
    json: {
      servers: [
        server('ours', { ...full, name: 'a \\u{1f642}', tags: ['web', `${markPrefix}7`] }),
        server('theirs', {
          tags: ['yd-other1-7'],
          name: 'a \\u{1f642}',
          image: '',
          metadata: { yiduo: 'yd-other1-7' },
        }),
        server('going', { 'OS-EXT-STS:task_state': 'deleting' }),
        server('unseen', { status: 'UNKNOWN' }),
      ],
    },
  }))
  const { items } = await readWhole(cloud.driver(), 'server')
  expect(items[0]).toEqual({
    kind: 'server',
    externalId: 'ours',
    mark: `${markPrefix}7`,
    name: 'a 🙂',
    projectId: 'p-1',
    state: 'active',
    nativeState: 'ACTIVE',
    facts: {
      vcpus: 2,
      memoryMib: 4_096,
      diskGib: 40,
      flavourName: 'm1.medium',
      imageId: 'i-1',
      addresses: ['10.0.0.10', '10.0.0.9'],
      volumeIds: ['v-1', 'v-2'],
    },
    createdAt: new Date('2026-11-22T06:24:05Z'),
  })
  expect(items[1]).toMatchObject({ mark: null, name: 'a \\u{1f642}', facts: { volumeIds: [] } })
  expect(items.map((it) => it.state)).toEqual(['active', 'active', 'deleting', 'unknown'])
})

test('a network shows its range alike in the listing and alone', async () => {
  await using cloud = await startLoopbackCloud()
  const network = { id: 'n-1', name: 'net', status: 'ACTIVE', description: `${markPrefix}1`, project_id: 'p-1' }
  cloud.on('GET', /\/networks$/, () => ({ json: { networks: [network] } }))
  cloud.on('GET', /\/networks\/n-1$/, () => ({ json: { network } }))
  cloud.on('GET', /\/subnets$/, () => ({ json: { subnets: [{ id: 's-1', network_id: 'n-1', cidr: '10.1.0.0/24' }] } }))
  const driver = cloud.driver()
  const { items } = await readWhole(driver, 'network')
  expect(items[0]).toMatchObject({ mark: `${markPrefix}1`, facts: { cidr: '10.1.0.0/24' } })
  expect(await driver.get('network', 'n-1', null)).toEqual({ outcome: 'done', value: items[0] })
  expect(await driver.get('network', 'n-2', null)).toEqual({ outcome: 'absent' })
})

test('instants without a zone are UTC', async () => {
  await using cloud = await startLoopbackCloud()
  const volume = {
    id: 'v-1',
    status: 'in-use',
    size: 3,
    created_at: '2026-11-22T06:24:05.000000',
    attachments: [{ server_id: 's-1' }],
  }
  cloud.on('GET', /\/volumes\/detail$/, () => ({ json: { volumes: [volume] } }))
  const { items } = await readWhole(cloud.driver(), 'volume')
  expect(items[0]).toMatchObject({
    state: 'active',
    facts: { sizeGib: 3, serverId: 's-1' },
    createdAt: new Date('2026-11-22T06:24:05Z'),
  })
})

test('an unreadable answer is quoted without our token', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', servers, ({ headers }) => ({ text: `debug: X-Auth-Token ${headers['x-auth-token']}` }))
  expect(await cloud.driver().list('server', null)).toHaveProperty('words', expect.stringMatching(/Token \*\*\*$/))
})

test.for(['?limit=1&marker=a', '?limit=1'])(
  'a next page at %s after a leads nowhere: no end, and no endless listing',
  async (link) => {
    await using cloud = await startLoopbackCloud()
    cloud.on('GET', servers, () => ({
      json: { servers: [server('a')], servers_links: [{ rel: 'next', href: `/servers/detail${link}` }] },
    }))
    expect(await cloud.driver().list('server', '1.a')).toMatchObject({
      outcome: 'transient',
      code: 'cloud-answer-unreadable',
    })
  },
)

test('whoever may list projects is not thereby let see everyone’s servers: each service has its own policy', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  cloud.on('GET', servers, ({ query }) =>
    query.has('all_tenants')
      ? { status: 403, json: { forbidden: { message: 'no' } } }
      : { json: { servers: [server('a')] } },
  )
  expect(await cloud.driver().list('server', null)).toMatchObject({ outcome: 'done', value: { count: 1 } })
})

test('what Nova hides from home is read where it stands, and is not called gone', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  cloud.on('POST', /auth\/tokens$/, ({ at }) => {
    const asked = at('auth', 'scope', 'project', 'id')
    const id = typeof asked === 'string' ? asked : 'p-own'
    return tokenReply(cloud.url, `token-of-${id}`, id, new Date())
  })
  cloud.on('GET', /\/servers\/s-1$/, ({ headers }) =>
    headers['x-auth-token'] === 'token-of-p-2'
      ? { json: { server: server('s-1', { flavor: { vcpus: 1 } }) } }
      : { status: 404 },
  )
  const driver = cloud.driver()
  expect(await driver.get('server', 's-1', { projectId: 'p-2' })).toMatchObject({ value: { externalId: 's-1' } })
  const ask = { mark: `${markPrefix}1`, name: 'n', project: { projectId: 'p-2' }, imageName: 'i' }
  const size = { vcpus: 1, memoryMib: 1, diskGib: 1 }
  const port = { portId: 'port', fixedAddress: '10.0.0.2' }
  const polled = await driver.servers.create({ ...ask, size, port }, { since: new Date(), handle: 's-1' })
  expect(polled).toMatchObject({ outcome: 'done', value: { serverId: 's-1' } })
  expect(await driver.get('server', 's-2', { projectId: 'p-2' })).toEqual({ outcome: 'absent' })
})

test.for([
  ['subnet', 'subnets', { network_id: 'n-1', cidr: '10.1.0.0/24' }, { networkId: 'n-1', cidr: '10.1.0.0/24' }],
  ['router', 'routers', { admin_state_up: true }, { enabled: true }],
  ['securityGroup', 'security-groups', {}, {}],
] as const)(
  'a %s that was left behind is listed with its mark, name and project',
  async ([kind, path, more, facts]) => {
    await using cloud = await startLoopbackCloud()
    const row = { id: 'x-1', name: 'net', status: 'ACTIVE', description: `${markPrefix}1`, project_id: 'p-1', ...more }
    cloud.on('GET', new RegExp(`/network/v2.0/${path}$`), () => ({ json: { [path.replace('-', '_')]: [row] } }))
    const { items } = await readWhole(cloud.driver(), kind)
    expect(items).toMatchObject([
      { kind, mark: `${markPrefix}1`, name: 'net', projectId: 'p-1', state: 'active', facts },
    ])
  },
)
