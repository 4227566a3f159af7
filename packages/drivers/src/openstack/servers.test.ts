import type { Attempt } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { type LoopbackCloud, markPrefix, type Reply, startLoopbackCloud } from './testing/loopback-cloud.ts'

const project = { projectId: 'p-own' }
const mark = `${markPrefix}s1`
const ask = {
  mark,
  name: 'web',
  project,
  size: { vcpus: 1, memoryMib: 512, diskGib: 1 },
  imageName: 'tiny-linux',
  port: { portId: 'port-1', fixedAddress: '10.0.0.2' },
}
const first: Attempt = { since: null, handle: null }
const again = (handle: string | null = null): Attempt => ({ since: new Date(), handle })
const flavours = [
  { id: 'f-tiny', name: 'm1.tiny', vcpus: 1, ram: 512, disk: 1 },
  { id: 'f-small', name: 'm1.small', vcpus: 1, ram: 2_048, disk: 20 },
]
const tiny = { vcpus: 1, ram: 512, disk: 1, original_name: 'm1.tiny' }
const small = { vcpus: 1, ram: 2_048, disk: 20, original_name: 'm1.small' }

/** Nova and Glance; `reply` may lose what a creation answers. */
function serveServers(
  cloud: LoopbackCloud,
  reply: (server: object) => Reply = (server) => ({ status: 202, json: { server } }),
) {
  const servers: Record<string, unknown>[] = []
  const of = (path: string) => servers.find((it) => path.split('/').includes(String(it.id)))
  cloud.on('GET', /\/flavors\/detail$/, () => ({ json: { flavors: flavours } }))
  cloud.on('GET', /\/image\/v2\/images$/, () => ({
    json: { images: [{ id: 'i-1', status: 'active', visibility: 'public' }] },
  }))
  cloud.on('GET', /\/servers\/detail$/, () => ({ json: { servers } }))
  cloud.on('GET', /\/servers\/s-\d+$/, ({ path }) => {
    const server = of(path)
    return server === undefined ? { status: 404 } : { json: { server } }
  })
  cloud.on('POST', /\/servers$/, (asked) => {
    const server = { id: `s-${servers.length + 1}`, status: 'BUILD', flavor: tiny, tags: asked.at('server', 'tags') }
    servers.push(server)
    return reply({ id: server.id })
  })
  return servers
}

test('a server is begun on its port with its mark, polled, and told when it runs', async () => {
  await using cloud = await startLoopbackCloud()
  const servers = serveServers(cloud)
  const driver = cloud.driver()
  expect(await driver.servers.create(ask, first)).toEqual({ outcome: 'pending', handle: 's-1', retryAfterMs: 200 })
  const body = cloud.asked.findLast((it) => it.method === 'POST')?.body
  expect(body).toEqual({
    server: {
      name: 'web',
      flavorRef: 'f-tiny',
      imageRef: 'i-1',
      networks: [{ port: 'port-1' }],
      tags: [mark],
      metadata: { yiduo: mark },
    },
  })
  expect((await driver.servers.create(ask, again('s-1'))).outcome).toBe('pending')
  Object.assign(servers[0] ?? {}, { status: 'ACTIVE' })
  expect(await driver.servers.create(ask, again('s-1'))).toEqual({
    outcome: 'done',
    value: { serverId: 's-1', size: ask.size, hostName: null, addresses: ['10.0.0.2'] },
  })
})

test('a creation whose answer is lost makes exactly one server', async () => {
  await using cloud = await startLoopbackCloud()
  const servers = serveServers(cloud, () => 'cut')
  const driver = cloud.driver()
  expect((await driver.servers.create(ask, first)).outcome).toBe('transient')
  expect(await driver.servers.create(ask, again())).toMatchObject({ outcome: 'pending', handle: 's-1' })
  expect(servers).toHaveLength(1)
})

test('a port that is taken leads to the server that took it, if that is ours', async () => {
  await using cloud = await startLoopbackCloud()
  const servers = serveServers(cloud)
  cloud.on('POST', /\/servers$/, () => ({
    status: 409,
    json: { conflictingRequest: { message: 'Port port-1 is still in use.' } },
  }))
  const driver = cloud.driver()
  servers.push({ id: 's-7', status: 'ACTIVE', flavor: tiny, tags: ['yd-other1-1'] })
  expect(await driver.servers.create(ask, first)).toMatchObject({ outcome: 'permanent', code: 'cloud-conflict' })
  servers.push({ id: 's-8', status: 'ACTIVE', flavor: tiny, tags: [mark] })
  expect(await driver.servers.create(ask, first)).toMatchObject({ outcome: 'done', value: { serverId: 's-8' } })
})

test('a port that Neutron took away meanwhile is told as such, not as a bad request', async () => {
  await using cloud = await startLoopbackCloud()
  serveServers(cloud)
  const message = 'Port id port-1 could not be found.'
  cloud.on('POST', /\/servers$/, () => ({ status: 400, json: { badRequest: { message, code: 400 } } }))
  const outcome = await cloud.driver().servers.create(ask, first)
  expect(outcome).toMatchObject({ outcome: 'permanent', code: 'cloud-thing-vanished', words: `400 ${message}` })
})

test('of two that were made the one that lives is ours, whichever was polled, and both are removed', async () => {
  await using cloud = await startLoopbackCloud()
  const servers = serveServers(cloud)
  const fault = { message: 'Port port-1 is still in use.' }
  servers.push({ id: 's-1', status: 'ERROR', flavor: tiny, tags: [mark], fault, created: '2026-11-22T06:00:00Z' })
  servers.push({ id: 's-2', status: 'ACTIVE', flavor: tiny, tags: [mark], created: '2026-11-22T06:00:01Z' })
  const driver = cloud.driver()
  expect(await driver.servers.create(ask, again('s-1'))).toMatchObject({ outcome: 'done', value: { serverId: 's-2' } })
  expect(await driver.servers.create(ask, again())).toMatchObject({ outcome: 'done', value: { serverId: 's-2' } })
  cloud.on('DELETE', /\/servers\/s-\d$/, ({ path }) => {
    servers.splice(
      servers.findIndex((it) => path.endsWith(String(it.id))),
      1,
    )
    return { status: 204 }
  })
  expect((await driver.servers.remove({ mark, project, externalId: 's-2' }, first)).outcome).toBe('pending')
  expect(servers).toEqual([])
  expect((await driver.servers.remove({ mark, project, externalId: 's-2' }, again('s-2'))).outcome).toBe('done')
})

test.for([
  ['No valid host was found. ', 'exhausted', 'cloud-capacity-exhausted'],
  ['Build of instance s-1 aborted: image is corrupt', 'permanent', 'cloud-thing-broken'],
])('a server that broke for "%s" is %s', async ([message, outcome, code]) => {
  await using cloud = await startLoopbackCloud()
  const servers = serveServers(cloud)
  servers.push({ id: 's-1', status: 'ERROR', flavor: tiny, tags: [mark], fault: { message } })
  expect(await cloud.driver().servers.create(ask, again('s-1'))).toEqual({ outcome, code, words: message })
})

test('a server that has just broken is given a moment to say why', async () => {
  await using cloud = await startLoopbackCloud()
  const servers = serveServers(cloud)
  const updated = (agoMs: number) => new Date(Date.now() - agoMs).toISOString()
  servers.push({ id: 's-1', status: 'ERROR', flavor: tiny, tags: [mark], updated: updated(0) })
  const driver = cloud.driver()
  expect((await driver.servers.create(ask, again('s-1'))).outcome).toBe('pending')
  Object.assign(servers[0] ?? {}, { updated: updated(60_000) })
  expect(await driver.servers.create(ask, again('s-1'))).toMatchObject({ code: 'cloud-thing-broken' })
})

test('one that broke makes room for another on its port as soon as it goes, and is not taken for it', async () => {
  let now = new Date()
  await using cloud = await startLoopbackCloud({ now: () => now })
  const servers = serveServers(cloud)
  const driver = cloud.driver()
  cloud.on('DELETE', /\/servers\/s-1$/, () => {
    Object.assign(servers[0] ?? {}, { 'OS-EXT-STS:task_state': 'deleting' })
    return { status: 204 }
  })
  await driver.servers.create(ask, first)
  const fault = { message: 'Exceeded maximum number of retries.' }
  Object.assign(servers[0] ?? {}, { status: 'ERROR', fault })
  expect(await driver.servers.create(ask, again('s-1'))).toMatchObject({ code: 'cloud-thing-broken' })
  expect(await driver.servers.remove({ mark, project, externalId: 's-1' }, again('s-1'))).toMatchObject({
    outcome: 'pending',
    handle: 's-1',
  })
  now = new Date(now.getTime() + 600_000)
  expect(await driver.servers.create(ask, again())).toMatchObject({ outcome: 'pending', handle: 's-2' })
  Object.assign(servers[1] ?? {}, { status: 'ACTIVE' })
  expect(await driver.servers.create(ask, again('s-2'))).toMatchObject({ outcome: 'done', value: { serverId: 's-2' } })
  const asked = cloud.asked.filter((it) => it.method === 'POST' && it.path.endsWith('/servers'))
  expect(asked.map((it) => it.at('server', 'networks'))).toEqual([[{ port: 'port-1' }], [{ port: 'port-1' }]])
})

test('a quota, a size and an image that do not allow it are told apart', async () => {
  await using cloud = await startLoopbackCloud()
  serveServers(cloud)
  const driver = cloud.driver()
  const huge = { ...ask, size: { vcpus: 64, memoryMib: 512, diskGib: 1 } }
  expect(await driver.servers.create(huge, first)).toMatchObject({ code: 'cloud-no-fitting-flavour' })
  cloud.on('POST', /\/servers$/, () => ({ status: 403, json: { forbidden: { message: 'Quota exceeded for cores' } } }))
  expect(await driver.servers.create(ask, first)).toMatchObject({ outcome: 'exhausted', code: 'cloud-quota-exceeded' })
  cloud.on('GET', /\/image\/v2\/images$/, () => ({ json: { images: [] } }))
  expect(await driver.servers.create(ask, first)).toMatchObject({ code: 'cloud-no-such-image' })
})

const grow = { project, serverId: 's-1', size: { vcpus: 1, memoryMib: 2_048, diskGib: 20 } }

/** Nova with one server, and the acts that were asked of it. */
async function startResize(state: object) {
  const cloud = await startLoopbackCloud()
  const server: Record<string, unknown> = { id: 's-1', status: 'ACTIVE', flavor: tiny, ...state }
  serveServers(cloud).push(server)
  const acts: string[] = []
  cloud.on('POST', /\/servers\/s-1\/action$/, ({ body }) => {
    acts.push(...Object.keys(body ?? {}))
    return { status: 202 }
  })
  const [driver, dispose] = [cloud.driver(), () => cloud[Symbol.asyncDispose]()]
  return { cloud, driver, server, acts, [Symbol.asyncDispose]: dispose }
}

test('a resize goes on from wherever it stands', async () => {
  await using world = await startResize({})
  const { driver, server, acts } = world
  expect(await driver.servers.resize(grow, first)).toMatchObject({ outcome: 'pending', handle: 's-1' })
  Object.assign(server, { status: 'RESIZE', 'OS-EXT-STS:task_state': 'resize_migrating' })
  expect((await driver.servers.resize(grow, again('s-1'))).outcome).toBe('pending')
  Object.assign(server, { status: 'VERIFY_RESIZE', flavor: small, 'OS-EXT-STS:task_state': null })
  expect((await driver.servers.resize(grow, again())).outcome).toBe('pending')
  Object.assign(server, { status: 'ACTIVE' })
  expect(await driver.servers.resize(grow, again())).toMatchObject({ outcome: 'done', value: { size: grow.size } })
  expect(acts).toEqual(['resize', 'confirmResize'])
})

test('a confirmation that runs already is waited for', async () => {
  await using world = await startResize({ status: 'VERIFY_RESIZE', flavor: small })
  const refuse = (status: number, message: string) =>
    world.cloud.on('POST', /\/action$/, () => ({ status, json: { badRequest: { message } } }))
  refuse(400, 'Instance has not been resized.')
  expect((await world.driver.servers.resize(grow, again('s-1'))).outcome).toBe('pending')
  refuse(409, "Cannot 'confirmResize' instance s-1 while it is in vm_state active")
  expect((await world.driver.servers.resize(grow, again('s-1'))).outcome).toBe('pending')
})

test('a resize to elsewhere is taken back first', async () => {
  const elsewhere = { ...small, original_name: 'm1.odd' }
  await using world = await startResize({ status: 'VERIFY_RESIZE', flavor: elsewhere })
  expect(await world.driver.servers.resize(grow, first)).toMatchObject({ outcome: 'pending', handle: null })
  expect(world.acts).toEqual(['revertResize'])
})

test('a resize that Nova gave up is told with its reason and not begun again', async () => {
  await using world = await startResize({})
  const actions = [
    { action: 'create', request_id: 'r-0' },
    { action: 'resize', request_id: 'r-1' },
  ]
  world.cloud.on('GET', /\/os-instance-actions$/, () => ({ json: { instanceActions: actions } }))
  world.cloud.on('GET', /\/os-instance-actions\/r-1$/, () => ({
    json: {
      instanceAction: { events: [{ event: 'cold_migrate', result: 'Error', details: 'No valid host was found.' }] },
    },
  }))
  expect(await world.driver.servers.resize(grow, again('s-1'))).toEqual({
    outcome: 'exhausted',
    code: 'cloud-capacity-exhausted',
    words: 'Nova gave up the resize and kept the old size; cold_migrate: No valid host was found.',
  })
  expect(world.acts).toEqual([])
})

test('a server that a resize broke is set back to work before the failure is told', async () => {
  await using world = await startResize({ status: 'ERROR', fault: { message: 'disk too small' } })
  expect(await world.driver.servers.resize(grow, again('s-1'))).toEqual({
    outcome: 'permanent',
    code: 'cloud-thing-broken',
    words: 'disk too small',
  })
  expect(world.acts).toEqual(['os-resetState'])
})

test('a server that was broken before is left as it is', async () => {
  await using world = await startResize({ status: 'ERROR', fault: { message: 'host lost' } })
  expect(await world.driver.servers.resize(grow, first)).toMatchObject({ words: 'host lost' })
  expect(world.acts).toEqual([])
})

const reset = (acts: readonly string[]) => acts.filter((it) => it === 'os-resetState')
const history = (world: Awaited<ReturnType<typeof startResize>>, newest: object) =>
  world.cloud.on('GET', /\/os-instance-actions$/, () => ({
    json: {
      instanceActions: [
        {
          action: 'resize',
          request_id: 'r-1',
          message: 'Error',
          user_id: 'u-yiduo',
          start_time: '2026-11-01T00:00:00',
        },
        { request_id: 'r-2', start_time: '2026-11-02T00:00:00', ...newest },
      ],
    },
  }))

test.for([
  ['something else since', { action: 'reboot', message: 'Error', user_id: 'u-yiduo' }],
  ['someone else’s resize', { action: 'resize', message: 'Error', user_id: 'u-stranger' }],
  ['nothing of a resize that went well', { action: 'resize', message: null, user_id: 'u-yiduo' }],
] as const)('a server broken by %s is not told to be well, though the call is a repetition', async ([, newest]) => {
  await using world = await startResize({ status: 'ERROR', fault: { message: 'host lost' } })
  history(world, newest)
  expect(await world.driver.servers.resize(grow, again())).toMatchObject({ words: 'host lost' })
  expect(reset(world.acts)).toEqual([])
})

test('a server that a resize of ours broke before its handle was kept is set back to work', async () => {
  await using world = await startResize({ status: 'ERROR', fault: { message: 'disk too small' } })
  history(world, { action: 'resize', message: 'Error', user_id: 'u-yiduo' })
  expect(await world.driver.servers.resize(grow, again())).toMatchObject({ words: 'disk too small' })
  expect(reset(world.acts)).toEqual(['os-resetState'])
})

test('a server whose cell is down is asked for again, not taken for done without a size', async () => {
  await using world = await startResize({ status: 'UNKNOWN', flavor: null, tags: [mark] })
  const unseen = { outcome: 'transient', code: 'cloud-internal-error' }
  expect(await world.driver.servers.create(ask, again('s-1'))).toMatchObject(unseen)
  expect(await world.driver.servers.resize(grow, again())).toMatchObject(unseen)
  expect(world.acts).toEqual([])
})

test('a flavour list that fails costs no waiting: nothing was sent', async () => {
  await using cloud = await startLoopbackCloud()
  serveServers(cloud)
  let broken = true
  cloud.on('GET', /\/flavors\/detail$/, () => (broken ? { status: 503 } : { json: { flavors: flavours } }))
  const driver = cloud.driver()
  expect((await driver.servers.create(ask, first)).outcome).toBe('transient')
  broken = false
  // Tried for the first time long ago: only a call remembered as under way would be waited out.
  const since = new Date(Date.now() - 60_000)
  expect(await driver.servers.create(ask, { since, handle: null })).toMatchObject({ handle: 's-1' })
})

test.for([
  ['a stranger’s private one', { visibility: 'private', owner: 'p-9' }, false],
  ['one offered to us and not accepted', { visibility: 'shared', owner: 'p-offers' }, false],
  ['one shared with us', { visibility: 'shared', owner: 'p-shares' }, true],
  ['our own', { visibility: 'private', owner: 'p-own' }, true],
] as const)('of images of one name the newest is taken that is ours to use: %s', async ([, newest, taken]) => {
  await using cloud = await startLoopbackCloud({ admin: true })
  serveServers(cloud)
  const images = [
    { id: `i-new-${newest.owner}`, status: 'active', ...newest },
    { id: 'i-old', status: 'active', visibility: 'public', owner: 'p-9' },
  ]
  cloud.on('GET', /\/image\/v2\/images$/, () => ({ json: { images } }))
  cloud.on('GET', /\/image\/v2\/images\/[^/]+\/members\/p-own$/, ({ path }) => ({
    json: { member_id: 'p-own', status: path.includes('p-shares') ? 'accepted' : 'pending' },
  }))
  await cloud.driver().servers.create(ask, first)
  const sent = cloud.asked.findLast((it) => it.method === 'POST')?.at('server', 'imageRef')
  expect(sent).toBe(taken ? `i-new-${newest.owner}` : 'i-old')
})
