import {
  hostList,
  operationGet,
  operationTakeBack,
  organisationCreate,
  type Platform,
  platformAdd,
  platformEdit,
  platformGet,
  platformProbe,
  poolList,
  requestRetry,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { bodyOf, createSystem, order, problemOf, tested } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { nothingThere, thingsOf } from '../world/things.ts'
import { cloudName, cloudToken, connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let platformId: string
beforeAll(async () => {
  world = await createWorld()
  platformId = await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const add = (it: {
  code: string
  endpoint?: string
  driver?: string
  credential?: Record<string, unknown>
  providerOrganisationId?: string
}) =>
  world.call('operator', platformAdd, {
    body: {
      dataCentreId: world.province.dataCentre.id,
      name: it.code,
      driver: 'sim',
      endpoint: `sim://${cloudName}`,
      credential: { token: cloudToken },
      ...it,
    },
  })
const platform = (id: string): Promise<Platform> => world.call('operator', platformGet, { params: { platformId: id } })
const probe = async (id: string) => {
  const { id: operationId } = await world.call('operator', platformProbe, { params: { platformId: id } })
  return world.operationEnded('operator', operationId)
}
const give = (token: string) =>
  world.call('operator', platformEdit, { params: { platformId }, body: { credential: { token } } })

test.each([
  'https://user:S3cret-pw@keystone.example/v3',
  'https://user@keystone.example/v3',
  'sim://:S3cret-pw@test-cloud',
  'https://user:S3cret-pw\\@keystone.example/v3',
])('an address with a name or password in it is refused, and says where these belong: %s', async (endpoint) => {
  for (const refused of [
    problemOf(add({ code: 'userinfo', endpoint })),
    problemOf(world.call('operator', platformEdit, { params: { platformId }, body: { endpoint } })),
  ]) {
    const { status, code, detail } = await refused
    expect({ status, code }).toEqual({ status: 400, code: 'input-invalid' })
    expect(detail).toMatch(/endpoint.*without user name and password/)
    expect(detail).not.toContain('S3cret-pw')
  }
})

test('a platform with a wrong credential is refused, and nothing is placed on it until it is mended', async () => {
  const added = await add({ code: 'wrong-token', credential: { token: 'guessed' } })
  const ended = await world.operationEnded('operator', added.operation.id)
  expect(ended).toMatchObject({ state: 'failed', fault: { code: 'cloud-credentials-refused' } })
  expect(ended.fault?.words).toMatch(/401/)
  expect(await platform(added.platform.id)).toMatchObject({ state: 'refused' })
  const mended = await world.call('operator', platformEdit, {
    params: { platformId: added.platform.id },
    body: { credential: { token: cloudToken } },
  })
  expect(mended.platform.state).toBe('unprobed')
  expect(await world.operationEnded('operator', mended.operation.id)).toMatchObject({ state: 'succeeded' })
  expect(await platform(added.platform.id)).toMatchObject({ state: 'online', missingPermissions: [] })
})

test('who supplies a platform is a provider, is kept by other edits, and can be taken away', async () => {
  const { province, department } = world.province
  const provider = await world.call('operator', organisationCreate, {
    body: { parentId: province.id, name: '云服务商甲', actor: 'provider', level: 'province', divisionCode: '320000' },
  })
  const wrong = { status: 400, code: 'organisation-not-provider' }
  expect(await problemOf(add({ code: 'no-provider', providerOrganisationId: department.id }))).toMatchObject(wrong)
  const added = await add({ code: 'supplied', providerOrganisationId: provider.id })
  const { id } = added.platform
  const edit = (body: { name?: string; providerOrganisationId?: string | null }) =>
    world.call('operator', platformEdit, { params: { platformId: id }, body })
  await edit({ name: 'renamed' })
  expect(await platform(id)).toMatchObject({ name: 'renamed', providerOrganisationId: provider.id })
  expect(await problemOf(edit({ providerOrganisationId: department.id }))).toMatchObject(wrong)
  await edit({ providerOrganisationId: null })
  expect((await platform(id)).providerOrganisationId).toBeNull()
})

test('an address where no cloud answers is said to be wrong', async () => {
  const added = await add({ code: 'nowhere', endpoint: 'sim://no-such-cloud' })
  const ended = await world.operationEnded('operator', added.operation.id)
  expect(ended).toMatchObject({ state: 'failed', fault: { code: 'cloud-endpoint-wrong' } })
  expect((await platform(added.platform.id)).state).not.toBe('online')
})

test('a cloud that cannot be reached is told at once, and is online again when it answers', async () => {
  {
    await using _down = await world.fault({ call: '*', mode: 'down' })
    expect(await probe(platformId)).toMatchObject({ state: 'failed', fault: { code: 'cloud-unreachable' } })
    expect(await platform(platformId)).toMatchObject({ state: 'unreachable' })
  }
  expect(await probe(platformId)).toMatchObject({ state: 'succeeded' })
  expect(await platform(platformId)).toMatchObject({ state: 'online' })
})

test('what the driver does not take is refused before anything is stored', async () => {
  const wrong = { status: 400, code: 'driver-settings-invalid' }
  expect(await problemOf(add({ code: 'no-token', credential: {} }))).toMatchObject(wrong)
  expect(await problemOf(add({ code: 'empty-token', credential: { token: '' } }))).toMatchObject(wrong)
  expect(await problemOf(add({ code: 'unknown', driver: 'vapour' }))).toMatchObject({
    status: 400,
    code: 'driver-unknown',
    detail: expect.stringContaining('vapour'),
  })
  expect(await problemOf(add({ code: cloudName }))).toMatchObject({ status: 409, code: 'code-taken' })
  const stored = await rowsOf(
    world.databaseUrl,
    `select from platforms where code in ('no-token', 'empty-token', 'unknown')`,
  )
  expect(stored).toEqual([])
})

test('a credential that expires under way fails the delivery, and a retry after it was renewed delivers', async () => {
  const system = await createSystem(world)
  await rowsOf(world.databaseUrl, `update sim.cloud set token = 'renewed' where name = $1`, [cloudName])
  const { id } = await order(world, { systemId: system.id, platformId })
  const failed = await world.requestIn(id, 'delivery-failed', 'testing')
  expect(failed).toMatchObject({ state: 'delivery-failed', fault: { code: 'cloud-credentials-refused' } })
  const ask = { params: { operationId: failed.lines[0]?.operationIds[0] ?? '' } }
  // Without a credential nobody can tell what was made, so it may be anything.
  expect((await world.call('operator', operationGet, ask)).state).toBe('failed-with-residue')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  const edited = await give('renewed')
  await world.operationEnded('operator', edited.operation.id)
  await world.call('operator', requestRetry, { params: { requestId: id }, body: {} })
  expect(await world.requestIn(id, 'delivery-failed', 'testing')).toMatchObject({ state: 'testing', fault: null })
  await world.call('operator', operationTakeBack, ask)
  const cleared = async () => (await world.call('operator', operationGet, ask)).state === 'failed'
  await world.until(cleared)
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await rowsOf(world.databaseUrl, `update sim.cloud set token = $2 where name = $1`, [cloudName, cloudToken])
  await world.operationEnded('operator', (await give(cloudToken)).operation.id)
})

test('a cloud that answers 429 and 500 for a while is waited for', async () => {
  const system = await createSystem(world)
  await world.fault({ call: 'servers.create', mode: 'rateLimited', retryAfterMs: 100, times: 2 })
  await world.fault({ call: 'volumes.create', mode: 'error500', times: 3 })
  await world.fault({ call: 'addresses.bind', mode: 'down', times: 2 })
  await tested(world, { systemId: system.id, platformId })
  expect(await imbalances(world.databaseUrl)).toEqual([])
})

test('a probe that finds more room makes more of it sellable, and forgets nothing that is promised', async () => {
  const pool = async () => (await world.call('operator', poolList, { query: { platformId } })).items[0]
  const before = await pool()
  await rowsOf(
    world.databaseUrl,
    `insert into sim.host (cloud, name, vcpus, memory_mib, disk_gib) values ($1, 'host-new', 8, 16384, 500)`,
    [cloudName],
  )
  await probe(platformId)
  expect((await pool())?.vcpus).toEqual({
    physical: (before?.vcpus.physical ?? 0) + 8,
    sellable: (before?.vcpus.sellable ?? 0) + 8,
    promised: before?.vcpus.promised,
  })
})

test('its hosts are shown as they were seen last, keep their ids, and go when the cloud shows them no more', async () => {
  const hosts = async () => (await world.call('operator', hostList, { query: { platformId, limit: 100 } })).items
  const change = async (statement: string) => {
    await rowsOf(world.databaseUrl, statement, [cloudName])
    await probe(platformId)
    return new Map((await hosts()).map((it) => [it.name, it]))
  }
  const before = await change(
    `insert into sim.host (cloud, name, vcpus, memory_mib, disk_gib) values ($1, 'host-short', 8, 16384, 500)`,
  )
  expect(before.get('host-short')).toMatchObject({
    platformId,
    architecture: 'x86-64',
    inOrder: true,
    vcpus: { physical: 8, used: 0 },
    memoryMib: { physical: 16_384, used: 0 },
    zone: 'zone-1',
  })
  const larger = await change(
    `update sim.host set vcpus = 32, enabled = false where cloud = $1 and name = 'host-short'`,
  )
  expect(larger.get('host-short')).toMatchObject({
    id: before.get('host-short')?.id,
    inOrder: false,
    vcpus: { physical: 32 },
  })
  const after = await change(`delete from sim.host where cloud = $1 and name = 'host-short'`)
  const idsOf = (of: ReadonlyMap<string, { id: string }>) => [...of].map(([name, { id }]) => `${name} ${id}`).toSorted()
  expect(idsOf(after)).toEqual(idsOf(before).filter((it) => !it.startsWith('host-short ')))
  expect(after.size).toBeGreaterThan(1)
})

test('a cloud that can be probed and not listed is told at once; what was known of it stays, with the reason', async () => {
  const known = async () => [
    (await world.call('operator', poolList, { query: { platformId } })).items,
    await rowsOf(world.databaseUrl, 'select image_names from platforms where code = $1', [cloudName]),
  ]
  const observations = async () =>
    (await world.call('operator', platformGet, { params: { platformId } })).observations.filter((it) =>
      ['host', 'image'].includes(it.kind),
    )
  const before = await known()
  {
    await using _down = await world.fault({ call: 'list', mode: 'down', times: 'until-cleared' })
    expect(await probe(platformId)).toMatchObject({ state: 'failed', fault: { code: 'cloud-unreachable' } })
    const kept = { listedAt: expect.any(String), fault: { code: 'cloud-unreachable' } }
    expect(await observations()).toMatchObject([kept, kept])
    expect(await known()).toEqual(before)
    await rowsOf(world.databaseUrl, 'update observations set fault = null')
    await world.yiduo.reconcilers.runNow('probe')
    expect(await observations()).toMatchObject([kept, kept])
    expect(await platform(platformId)).toMatchObject({ state: 'online' })
  }
  await world.yiduo.reconcilers.runNow('probe')
  expect(await observations()).toMatchObject([{ fault: null }, { fault: null }])
})

test('images that cannot be listed do not keep a new platform’s hosts from being counted', async () => {
  await using _struck = await world.fault({ call: 'list', mode: 'slow', delayMs: 0 }) // hosts are listed first
  await world.fault({ call: 'list', mode: 'denied' })
  const added = await add({ code: 'no-images' })
  expect(await world.operationEnded('operator', added.operation.id)).toMatchObject({ state: 'failed' })
  const { items } = await world.call('operator', poolList, { query: { platformId: added.platform.id } })
  expect(items).toMatchObject([{ hosts: expect.any(Number) }])
})

test('of a cloud that others fill, only what they leave is sold', async () => {
  await tested(world, { systemId: (await createSystem(world)).id, platformId })
  const added = await add({ code: 'brownfield' })
  await world.operationEnded('operator', added.operation.id)
  const [pool] = (await world.call('operator', poolList, { query: { platformId: added.platform.id } })).items
  const [used] = await rowsOf<{ vcpus: number }>(
    world.databaseUrl,
    'select sum(vcpus)::int as vcpus from sim.host_use where cloud = $1',
    [cloudName],
  )
  expect(used?.vcpus).toBeGreaterThan(0)
  expect(pool?.vcpus.sellable).toBe((pool?.vcpus.physical ?? 0) - (used?.vcpus ?? 0))
})

test('where no platform is online nothing is sent, and the reason is told', async () => {
  await rowsOf(world.databaseUrl, `update platforms set state = 'unreachable'`)
  const body = bodyOf(world)
  expect(await problemOf(order(world, { systemId: body.systemId }))).toMatchObject({
    status: 422,
    code: 'no-platform-fits',
  })
  await probe(platformId)
  await tested(world)
})
