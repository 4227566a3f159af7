import {
  orphanList,
  type Resource,
  requestAccept,
  requestCreate,
  requestPurge,
  requestRestore,
  requestSubmit,
  requestTransfer,
  resourceList,
  type ServiceRequest,
  systemCreate,
} from '@yiduo/contract'
import { expect, test } from 'vitest'
import { present } from '../../src/kernel/invariant.ts'
import { imbalances } from '../world/books.ts'
import { countsOf, holdingsOf, nothing, oneOfEach } from './holdings.ts'
import { describeOpenstack, openstackLab } from './lab.ts'
import { allReach, approve, askBack, connect, passTest, reaches } from './line.ts'
import { createOpenstackWorld, newTag, type OpenstackWorld, type Site } from './openstack-world.ts'
import { askCloud, listings, regionList } from './witness.ts'

/** Both regions as platforms of their own: what they share is the Keystone. */
const connectBoth = async (world: OpenstackWorld): Promise<ReadonlyMap<string, string>> => {
  const { regions } = await askCloud({ regions: regionList })
  const names = [openstackLab().region, ...regions.map((it) => it.Region)]
  const both = [...new Set(names)].slice(0, 2)
  if (both.length < 2) throw new Error('the lab has one region, this needs two: REGIONS="node1 node2"')
  const platforms = new Map<string, string>()
  for (const region of both) {
    const dataCentreId = world.province.dataCentre.id
    const { platform } = await connect(world, { dataCentreId, code: `lab-${region}`, settings: { region } })
    expect(platform).toMatchObject({ state: 'online', missingPermissions: [] })
    platforms.set(region, platform.id)
  }
  return platforms
}

const held = (world: OpenstackWorld, login: string, requestId: string): Promise<readonly Resource[]> =>
  world.call(login, resourceList, { query: { requestId } }).then((it) => it.items)

/** What each region holds of the request, as its owner and as the witness see it. The projects of both lie in one Keystone. */
const expectBoth = async (
  world: OpenstackWorld,
  site: Site,
  it: { readonly platforms: ReadonlyMap<string, string>; readonly owner: string; readonly id: string; status: string },
): Promise<void> => {
  const ours = await held(world, it.owner, it.id)
  for (const [region, platformId] of it.platforms) {
    const there = await site.holdings([], region)
    expect([region, countsOf(there)]).toEqual([region, { ...oneOfEach, projects: 2 }])
    const of = (kind: string) => ours.find((row) => row.platformId === platformId && row.kind === kind)?.externalId
    expect(there.servers).toMatchObject([{ ID: of('server'), Status: it.status }])
    expect(there.volumes).toMatchObject([{ ID: of('volume'), 'Attached to': [{ server_id: of('server') }] }])
    expect(there.addresses).toMatchObject([{ ID: of('address') }])
  }
}

const orderOver = async (
  world: OpenstackWorld,
  site: Site,
  platforms: ReadonlyMap<string, string>,
): Promise<ServiceRequest> => {
  const lines = [...platforms].map(([region, platformId]) => ({
    ...{ planId: world.planIds.tiny, name: `${site.tag}-${region}`, platformId },
    ...{ dataVolumeGib: 1, publicAddress: true },
  }))
  const { id } = await world.call('department', requestCreate, { body: { systemId: site.systemId, lines } })
  await world.call('department', requestSubmit, { params: { requestId: id }, body: {} })
  await approve(world, id)
  return reaches(world, id, 'testing')
}

/** To a system of another department; on the cloud nothing moves. */
const handOver = async (world: OpenstackWorld, site: Site, requestId: string): Promise<string> => {
  const organisationId = world.province.otherDepartment.id
  const system = await world.call('other', systemCreate, {
    body: { organisationId, name: `${site.tag} 承接系统`, securityGrade: 2 },
  })
  const asked = await world.call('department', requestTransfer, {
    params: { requestId },
    body: { systemId: system.id },
  })
  await world.call('other', requestAccept, { params: { requestId: asked.id }, body: {} })
  await approve(world, asked.id)
  await reaches(world, asked.id, 'completed')
  return system.name
}

const expectNoOrphans = async (world: OpenstackWorld): Promise<void> => {
  await world.yiduo.reconcilers.runNow('observation')
  expect((await world.call('operator', orphanList, {})).items).toEqual([])
}

/** A business system for every ten requests: some of them want the same project at once. */
const crowd = { systems: 4, requests: 40 }

describeOpenstack('two regions', () => {
  test('one request stands in both, is transferred, recycled, restored and reclaimed, and the witness agrees each time', async () => {
    await using world = await createOpenstackWorld({ ruleVcpus: 0 })
    const platforms = await connectBoth(world)
    const site = await world.createSite()
    const { id } = await orderOver(world, site, platforms)
    await expectBoth(world, site, { platforms, id, owner: 'department', status: 'ACTIVE' })
    await passTest(world, id)
    await expectNoOrphans(world)

    const name = await handOver(world, site, id)
    await expectBoth(world, site, { platforms, id, owner: 'other', status: 'ACTIVE' })
    expect(await held(world, 'department', id)).toEqual([])

    await approve(world, (await askBack(world, id, 'other')).id)
    await reaches(world, id, 'recycled')
    await expectBoth(world, site, { platforms, id, owner: 'other', status: 'SHUTOFF' })

    const restored = await world.call('other', requestRestore, { params: { requestId: id }, body: {} })
    await reaches(world, restored.id, 'completed')
    await expectBoth(world, site, { platforms, id, owner: 'other', status: 'ACTIVE' })

    const projectIds = (await site.holdings()).projects.map((it) => it.ID)
    await approve(world, (await askBack(world, id, 'other')).id)
    await reaches(world, id, 'recycled')
    await world.call('operator', requestPurge, { params: { requestId: id }, body: { confirmation: name } })
    await reaches(world, id, 'reclaimed')
    for (const region of platforms.keys())
      expect([region, countsOf(await site.holdings(projectIds, region))]).toEqual([region, nothing])
    await expectNoOrphans(world)
    expect(await imbalances(world.databaseUrl)).toEqual([])
  })
})

describeOpenstack('a crowd over two regions', () => {
  test('forty requests sent at once over both are each delivered once, and given back leave nothing', {
    timeout: 1_800_000, // a small cloud works on them one after another
  }, async () => {
    await using world = await createOpenstackWorld({ ruleVcpus: 4 })
    const platforms = [...(await connectBoth(world))]
    const prefix = newTag()
    const sites = await Promise.all(Array.from({ length: crowd.systems }, () => world.createSite(prefix)))
    const drafts = await Promise.all(
      Array.from({ length: crowd.requests }, async (_, index) => {
        const site = present(sites[index % sites.length], 'site')
        const [region, platformId] = present(platforms[Math.floor(index / sites.length) % platforms.length], 'platform')
        const line = { planId: world.planIds.tiny, name: `${site.tag}-${index}`, platformId, dataVolumeGib: index % 2 }
        const { id } = await world.call('department', requestCreate, {
          body: { systemId: site.systemId, lines: [line] },
        })
        return { id, region, name: line.name, volumes: line.dataVolumeGib }
      }),
    )
    await Promise.all(
      drafts.map(({ id }) => world.call('department', requestSubmit, { params: { requestId: id }, body: {} })),
    )
    const ids = drafts.map(({ id }) => id)
    await allReach(world, ids, 'testing')
    const standing = async (region: string) => {
      const { servers, volumes } = await askCloud({ servers: listings.servers, volumes: listings.volumes }, region)
      const isOurs = ({ Name }: { readonly Name: string }) => Name.startsWith(prefix)
      return {
        servers: servers
          .filter(isOurs)
          .map((it) => it.Name)
          .sort(),
        volumes: volumes.filter((it) => isOurs(it) && it['Attached to'].length === 1).length,
      }
    }
    for (const [region] of platforms) {
      const there = drafts.filter((it) => it.region === region)
      const volumes = there.reduce((sum, it) => sum + it.volumes, 0)
      expect([region, await standing(region)]).toEqual([
        region,
        { servers: there.map((it) => it.name).sort(), volumes },
      ])
    }
    await expectNoOrphans(world)

    for (const { id } of drafts) await approve(world, (await askBack(world, id)).id)
    await allReach(world, ids, 'reclaimed')
    const { markPrefix } = world.yiduo
    for (const [region] of platforms)
      expect([region, countsOf(await holdingsOf({ tag: prefix, markPrefix, region }))]).toEqual([region, nothing])
    expect(await imbalances(world.databaseUrl)).toEqual([])
  })
})
