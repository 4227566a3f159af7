import type { ProjectQuota } from '@yiduo/driver-api'
import { describe, expect, test } from 'vitest'
import { createSimCloud } from '../../../drivers/src/sim/index.ts'
import { doneBy, firstTry, listOf, networkIn, portIn, projectIn, small, tenancyIn } from './sim-things.ts'
import { cloudName, createSimWorld, markPrefix, token } from './sim-world.ts'

const quotaOf = (more: Partial<ProjectQuota>): ProjectQuota => ({
  vcpus: 1_000,
  memoryMib: 1_000_000,
  servers: 1_000,
  volumeGib: 10_000,
  volumes: 1_000,
  addresses: 1_000,
  ...more,
})

describe('time', () => {
  test('a server is building until its time has come, though nobody looked meanwhile', async () => {
    await using world = await createSimWorld()
    const tenancy = await tenancyIn(world)
    const ask = await tenancy.askFor()
    const { handle } = await pendingOf(world.driver.servers.create(ask, firstTry))
    const look = () => world.driver.get('server', handle, tenancy.project)
    expect(doneBy(await look())).toMatchObject({ state: 'building', nativeState: 'BUILD' })
    world.clock.advance(7_999)
    expect(doneBy(await look()).state).toBe('building')
    world.clock.advance(1)
    expect(doneBy(await look()).state).toBe('active')
  })

  test('what one process began another one ends', async () => {
    await using world = await createSimWorld()
    const tenancy = await tenancyIn(world)
    const ask = await tenancy.askFor()
    const { handle } = await pendingOf(world.driver.servers.create(ask, firstTry))
    world.clock.advance(8_000)
    await using other = world.connect()
    expect(doneBy(await other.servers.create(ask, { since: world.clock.now(), handle })).serverId).toBe(handle)
  })

  test('a removed server is shown deleting, then gone, and its port and volume are free', async () => {
    await using world = await createSimWorld()
    const tenancy = await tenancyIn(world)
    const server = await tenancy.server()
    const { project } = tenancy
    const volume = await tenancy.volume(5)
    doneBy(await world.driver.volumes.attach({ project, ...volume, ...server }, firstTry))
    const removal = { mark: server.mark, project, externalId: server.serverId }
    await pendingOf(world.driver.servers.remove(removal, firstTry))
    expect(doneBy(await world.driver.get('server', server.serverId, project)).state).toBe('deleting')
    world.clock.advance(2_000)
    expect(await world.driver.get('server', server.serverId, project)).toEqual({ outcome: 'absent' })
    expect(doneBy(await world.driver.get('volume', volume.volumeId, project)).facts.serverId).toBeUndefined()
    expect(doneBy(await world.driver.servers.remove(removal, firstTry))).toBeNull()
    expect(await world.driver.volumes.remove({ ...removal, mark: volume.mark, externalId: null }, firstTry)).toEqual({
      outcome: 'done',
      value: null,
    })
  })
})

describe('capacity and quota', () => {
  test('32 approvals at once never put more on the hosts than they hold', async () => {
    await using world = await createSimWorld({
      hosts: [{ prefix: 'compute', count: 2, vcpus: 8, memoryMib: 65_536, diskGib: 1_000 }],
      oversellRatio: 1.5,
    })
    const tenancy = await tenancyIn(world)
    const asks = await Promise.all(Array.from({ length: 32 }, () => tenancy.askFor()))
    const outcomes = await Promise.all(asks.map((ask) => world.driver.servers.create(ask, firstTry)))
    // 2 hosts × 8 cores × 1.5 sold for each ÷ 2 vcpus
    expect(outcomes.filter((it) => it.outcome === 'pending')).toHaveLength(12)
    const refused = outcomes.filter((it) => it.outcome !== 'pending')
    expect(new Set(refused.map((it) => 'code' in it && it.code))).toEqual(new Set(['cloud-capacity-exhausted']))
    expect((await listOf(world, 'host')).map((it) => it.facts.usedVcpus)).toEqual([12, 12])
  })

  test('the quota of a project holds against calls at once', async () => {
    await using world = await createSimWorld()
    const tenancy = await tenancyIn(world, quotaOf({ vcpus: 5 }))
    const asks = await Promise.all(Array.from({ length: 6 }, () => tenancy.askFor()))
    const outcomes = await Promise.all(asks.map((ask) => world.driver.servers.create(ask, firstTry)))
    expect(outcomes.filter((it) => it.outcome === 'pending')).toHaveLength(2)
    expect(outcomes.find((it) => it.outcome === 'exhausted')).toMatchObject({ code: 'cloud-quota-exceeded' })
  })

  test('volumes count against quota and storage, and growing one does as well', async () => {
    await using world = await createSimWorld({ storageGib: 100 })
    const { volume, project } = await tenancyIn(world, quotaOf({ volumeGib: 80 }))
    const { volumeId } = await volume(50)
    const extend = (sizeGib: number) => world.driver.volumes.extend({ project, volumeId, sizeGib }, firstTry)
    expect(await extend(81)).toMatchObject({ outcome: 'exhausted', code: 'cloud-quota-exceeded' })
    expect(doneBy(await extend(80)).sizeGib).toBe(80)
    expect(doneBy(await extend(10)).sizeGib).toBe(80)
    const other = await projectIn(world)
    const ask = { mark: world.mark(), name: 'v', project: other, sizeGib: 21 }
    expect(await world.driver.volumes.create(ask, firstTry)).toMatchObject({ code: 'cloud-capacity-exhausted' })
  })

  test('addresses of both ranges are finite, differ, and return when released', async () => {
    await using world = await createSimWorld({ externalRange: '203.0.113.0/29' })
    const project = await projectIn(world)
    const network = await networkIn(world, project, { cidr: '10.9.0.0/29' })
    const ports = await Promise.all(Array.from({ length: 5 }, () => portIn(world, project, network)))
    expect(new Set(ports.map((it) => it.fixedAddress)).size).toBe(5)
    const tooMany = { mark: world.mark(), name: 'q', project, network }
    expect(await world.driver.networks.createPort(tooMany, firstTry)).toMatchObject({
      code: 'cloud-capacity-exhausted',
    })

    const asks = ports.map((port) => ({ mark: world.mark(), name: 'a', project, port }))
    const bound = await Promise.all(asks.map(async (ask) => doneBy(await world.driver.addresses.bind(ask, firstTry))))
    expect(new Set(bound.map((it) => it.address)).size).toBe(5)
    const second = await networkIn(world, project, { cidr: '10.8.0.0/24' })
    const late = { mark: world.mark(), name: 'a', project, port: await portIn(world, project, second) }
    expect(await world.driver.addresses.bind(late, firstTry)).toMatchObject({ code: 'cloud-capacity-exhausted' })
    const mark = asks[2]?.mark ?? ''
    doneBy(await world.driver.addresses.release({ mark, project, externalId: null }, firstTry))
    expect(doneBy(await world.driver.addresses.bind(late, firstTry)).address).toBe(bound[2]?.address)
  })
})

describe('resizing', () => {
  test('a server being resized weighs on both hosts until it is confirmed', async () => {
    await using world = await createSimWorld()
    const { server, project } = await tenancyIn(world)
    const { serverId } = await server()
    const ask = { project, serverId, size: { vcpus: 8, memoryMib: 16_384, diskGib: 40 } }
    await pendingOf(world.driver.servers.resize(ask, firstTry))
    const used = async () => (await listOf(world, 'host')).map((it) => it.facts.usedVcpus ?? 0).sort((a, b) => a - b)
    expect(await used()).toEqual([2, 8])
    expect(doneBy(await world.driver.get('server', serverId, project)).nativeState).toBe('RESIZE')
    world.clock.advance(6_000)
    expect(doneBy(await world.driver.get('server', serverId, project)).nativeState).toBe('VERIFY_RESIZE')
    expect(doneBy(await world.driver.servers.resize(ask, firstTry)).size.vcpus).toBe(8)
    expect(await used()).toEqual([0, 8])
  })

  test('a size asked for while another is under way is reached after it', async () => {
    await using world = await createSimWorld()
    const { server, project } = await tenancyIn(world)
    const { serverId } = await server()
    const large = { vcpus: 8, memoryMib: 16_384, diskGib: 40 }
    await pendingOf(world.driver.servers.resize({ project, serverId, size: large }, firstTry))
    const back = await world.settle((attempt) =>
      world.driver.servers.resize({ project, serverId, size: small }, attempt),
    )
    expect(doneBy(back).size).toEqual(small)
  })
})

describe('one mark, one thing', () => {
  test('eight equal calls at once make one of each kind', async () => {
    await using world = await createSimWorld({ times: { volumeBuildMs: 0, serverBuildMs: 0 } })
    const { driver } = world
    const eight = async <T>(call: () => Promise<T>) =>
      new Set((await Promise.all(Array.from({ length: 8 }, call))).map((it) => JSON.stringify(it))).size
    const project = await projectIn(world)
    const network = await networkIn(world, project)
    const port = await portIn(world, project, network)
    const thing = { mark: world.mark(), name: 'x', project }
    expect(await eight(() => driver.projects.ensure({ ...thing, quota: null }, firstTry))).toBe(1)
    expect(await eight(() => driver.networks.ensure({ ...thing, cidr: '10.1.0.0/24', routed: true }, firstTry))).toBe(1)
    expect(await eight(() => driver.networks.createPort({ ...thing, network }, firstTry))).toBe(1)
    expect(await eight(() => driver.volumes.create({ ...thing, sizeGib: 1 }, firstTry))).toBe(1)
    expect(await eight(() => driver.addresses.bind({ ...thing, port }, firstTry))).toBe(1)
    const server = { ...thing, size: small, imageName: 'Ubuntu 24.04', port }
    await eight(() => driver.servers.create(server, firstTry))
    for (const kind of ['project', 'network', 'port', 'volume', 'address', 'server'] as const)
      expect((await listOf(world, kind)).filter((it) => it.mark === thing.mark)).toHaveLength(1)
  })

  test('what another installation made is shown without a mark and never touched', async () => {
    await using world = await createSimWorld()
    const { server, project } = await tenancyIn(world)
    const { serverId, mark } = await server()
    await using stranger = world.connect({ markPrefix: 'yd-other1-' })
    expect(doneBy(await stranger.get('server', serverId, null)).mark).toBeNull()
    const refusal = { outcome: 'permanent', code: 'cloud-request-refused' }
    for (const theirs of [mark, 'yd-other1-000001'])
      expect(await stranger.servers.remove({ mark: theirs, project, externalId: serverId }, firstTry)).toMatchObject(
        refusal,
      )
    expect(await stranger.servers.resize({ project, serverId, size: small }, firstTry)).toMatchObject(refusal)
    expect(mark.startsWith(markPrefix)).toBe(true)
  })
})

describe('refusals', () => {
  test('what is still in use stays', async () => {
    await using world = await createSimWorld()
    const { driver } = world
    const tenancy = await tenancyIn(world)
    const { project } = tenancy
    const ask = await tenancy.askFor()
    const { serverId } = doneBy(await world.settle((attempt) => driver.servers.create(ask, attempt)))
    const volume = await tenancy.volume(1)
    doneBy(await driver.volumes.attach({ project, volumeId: volume.volumeId, serverId }, firstTry))
    const second = await tenancy.server()
    const conflict = { outcome: 'permanent', code: 'cloud-conflict' }
    const port = (await listOf(world, 'port')).find((it) => it.externalId === ask.port.portId)
    const portRemoval = { mark: port?.mark ?? '', project, externalId: ask.port.portId }
    expect(await driver.networks.removePort(portRemoval, firstTry)).toMatchObject(conflict)
    expect(await driver.volumes.remove({ mark: volume.mark, project, externalId: null }, firstTry)).toMatchObject(
      conflict,
    )
    const elsewhere = { project, volumeId: volume.volumeId, serverId: second.serverId }
    expect(await driver.volumes.attach(elsewhere, firstTry)).toMatchObject(conflict)
    const marks = (await listOf(world, 'project')).map((it) => it.mark ?? '')
    for (const mark of marks.filter(Boolean))
      expect(await driver.projects.remove({ mark, projectId: null }, firstTry)).toMatchObject(conflict)
  })

  test('a port has one public address, and none without a router', async () => {
    await using world = await createSimWorld()
    const project = await projectIn(world)
    const closed = await portIn(world, project, await networkIn(world, project, { routed: false }))
    const open = await portIn(world, project, await networkIn(world, project, { cidr: '10.2.0.0/24' }))
    const bind = (port: typeof open) =>
      world.driver.addresses.bind({ mark: world.mark(), name: 'a', project, port }, firstTry)
    expect(await bind(closed)).toMatchObject({ outcome: 'permanent', code: 'cloud-request-refused' })
    doneBy(await bind(open))
    expect(await bind(open)).toMatchObject({ outcome: 'permanent', code: 'cloud-conflict' })
  })

  test('a wrong token, an unknown cloud and an endpoint of another kind are told apart', async () => {
    await using world = await createSimWorld()
    const probe = (overrides: Parameters<typeof world.connect>[0]) => world.connect(overrides).probe()
    expect(await probe({ credential: { token: 'wrong' } })).toMatchObject({ code: 'cloud-credentials-refused' })
    expect(await probe({ credential: {} })).toMatchObject({ code: 'cloud-credentials-refused' })
    expect(await probe({ endpoint: 'sim://nowhere' })).toMatchObject({ code: 'cloud-endpoint-wrong' })
    expect(await probe({ endpoint: 'https://chengdu' })).toMatchObject({ code: 'cloud-endpoint-wrong' })
    expect(doneBy(await probe({})).product).toBe('Yiduo simulated cloud')
  })

  test('nonsense is refused, not thrown', async () => {
    await using world = await createSimWorld()
    const project = await projectIn(world)
    const thing = { mark: world.mark(), name: 'x', project }
    const refusal = { outcome: 'permanent', code: 'cloud-request-refused' }
    for (const cidr of ['', '10.0.0.0', '10.0.0.0/31', '10.0.0.0/33', '300.0.0.0/8', "10.0.0.0/8'; --"])
      expect(await world.driver.networks.ensure({ ...thing, cidr, routed: false }, firstTry)).toMatchObject(refusal)
    for (const sizeGib of [0, -1, 1.5])
      expect(await world.driver.volumes.create({ ...thing, sizeGib }, firstTry)).toMatchObject(refusal)
    expect(await world.driver.list('server', 'not a cursor')).toMatchObject(refusal)
  })
})

describe('listing', () => {
  test('no page repeats or skips what stays, though things come and go between pages', async () => {
    await using world = await createSimWorld({ times: { volumeBuildMs: 0 } })
    const { volume, project } = await tenancyIn(world)
    const made: { volumeId: string; mark: string }[] = []
    for (let index = 0; index < 230; index += 1) made.push(await volume(1))
    const first = doneBy(await world.driver.list('volume', null))
    expect(first).toMatchObject({ count: 100, complete: false })
    const gone = made.filter((_, index) => index % 7 === 0)
    for (const { mark } of gone)
      doneBy(await world.driver.volumes.remove({ mark, project, externalId: null }, firstTry))
    for (let index = 0; index < 5; index += 1) await volume(1)
    const ids = first.items.map((it) => it.externalId)
    let page = first
    while (page.nextCursor !== null) {
      page = doneBy(await world.driver.list('volume', page.nextCursor))
      ids.push(...page.items.map((it) => it.externalId))
    }
    expect(page).toMatchObject({ complete: true, count: ids.length })
    expect(new Set(ids).size).toBe(ids.length)
    const stayed = made.filter((it) => !gone.includes(it)).map((it) => it.volumeId)
    expect(stayed.filter((id) => !ids.includes(id))).toEqual([])
  })
})

describe('making a cloud', () => {
  test('doing it twice changes nothing, and a longer description adds', async () => {
    await using world = await createSimWorld()
    const { serverId } = await (await tenancyIn(world)).server()
    const described = (count: number) => ({
      name: cloudName,
      token,
      hosts: [{ prefix: 'compute', count, vcpus: 16, memoryMib: 65_536, diskGib: 1_000 }],
    })
    const idsOf = async () =>
      Promise.all((['host', 'flavour', 'image', 'project', 'server'] as const).map((kind) => listOf(world, kind)))
    const before = await idsOf()
    await createSimCloud(world.database, described(2))
    expect(await idsOf()).toEqual(before)
    await createSimCloud(world.database, described(3))
    expect(await listOf(world, 'host')).toHaveLength(3)
    expect((await listOf(world, 'server')).map((it) => it.externalId)).toEqual([serverId])
  })

  test('clouds do not see each other', async () => {
    await using world = await createSimWorld()
    await (await tenancyIn(world)).server()
    await createSimCloud(world.database, { name: 'mianyang', token: 'another', hosts: [] })
    await using other = world.connect({ endpoint: 'sim://mianyang', credential: { token: 'another' } })
    expect(doneBy(await other.list('server', null)).items).toEqual([])
    expect(doneBy(await other.list('host', null))).toEqual({ items: [], nextCursor: null, complete: true, count: 0 })
  })
})

const pendingOf = async (call: Promise<{ readonly outcome: string; readonly handle?: string | null }>) => {
  const outcome = await call
  if (outcome.outcome !== 'pending' || !outcome.handle) throw new Error(`not pending: ${JSON.stringify(outcome)}`)
  return { handle: outcome.handle }
}
