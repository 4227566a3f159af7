import {
  adviceList,
  billClose,
  billGet,
  priceList,
  priceSet,
  requestGet,
  resourceList,
  serverReboot,
  serverRename,
  serverResize,
  serverStart,
  serverStop,
  usageList,
  volumeExtend,
  volumeRename,
} from '@yiduo/contract'
import { expect, test } from 'vitest'
import { present } from '../../src/kernel/invariant.ts'
import { billByHand, chargedLines } from './bill-by-hand.ts'
import { countsOf, nothing, oneOfEach } from './holdings.ts'
import { describeOpenstack, flavours } from './lab.ts'
import { approve, connect, giveBack, passTest, reaches, send } from './line.ts'
import { createOpenstackWorld, type OpenstackWorld, type Site } from './openstack-world.ts'
import { askCloud, serverEvents, serverShown, tellCloud } from './witness.ts'

/** So dear that one second more or less shows in the fen. */
const dearYuanE4 = { first: 498_765_432, second: 487_654_321 }

const setDearPrices = async ({ call, province, clock }: OpenstackWorld, monthlyPriceYuanE4: number) => {
  // A whole second, so that the price does not change within one.
  const validFrom = new Date(Math.ceil(clock.now().getTime() / 1_000) * 1_000).toISOString()
  for (const componentId of Object.values(province.componentIds))
    await call('operator', priceSet, { body: { componentId, phase: 'formal', validFrom, monthlyPriceYuanE4 } })
}

const resourcesOf = async ({ call }: OpenstackWorld, requestId: string) => {
  const { items } = await call('department', resourceList, { query: { requestId } })
  const of = (kind: string) =>
    present(
      items.find((it) => it.kind === kind),
      kind,
    )
  return { server: of('server'), volume: of('volume'), address: of('address') }
}

/** Provision, seen by the witness; answers the project's id on the cloud. */
const expectStanding = async (world: OpenstackWorld, site: Site, requestId: string): Promise<string> => {
  const held = await site.holdings()
  expect(countsOf(held)).toEqual(oneOfEach)
  const [project, server, volume, address] = [held.projects[0], held.servers[0], held.volumes[0], held.addresses[0]]
  const projectId = present(project, 'project').ID
  expect(project?.Name).toMatch(new RegExp(`^${site.tag} 低保核对-yd-`))
  for (const of of [held.networks, held.subnets, held.routers, held.addresses, held.securityGroups])
    expect(of.map((it) => it.Project)).toEqual([projectId])

  const ours = await resourcesOf(world, requestId)
  expect([server?.ID, volume?.ID, address?.ID]).toEqual([
    ours.server.externalId,
    ours.volume.externalId,
    ours.address.externalId,
  ])
  expect(server).toMatchObject({ Name: `${site.tag}-web`, Status: 'ACTIVE' })
  expect(volume).toMatchObject({ Size: 1, Status: 'in-use', 'Attached to': [{ server_id: server?.ID }] })
  const { shown } = await askCloud({ shown: serverShown(server?.ID ?? '') })
  expect(shown).toMatchObject({ project_id: projectId, volumes_attached: [{ id: volume?.ID }] })
  expect(shown.flavor).toContain(flavours.tiny.name)
  expect(Object.values(shown.addresses).flat()).toContain(address?.['Fixed IP Address'])
  expect(ours.address.observed).toMatchObject({ address: address?.['Floating IP Address'] })
  return projectId
}

const change = async (world: OpenstackWorld, site: Site, requestId: string): Promise<void> => {
  const { server, volume } = await resourcesOf(world, requestId)
  const ask = { params: { serverId: server.id }, body: { planId: world.planIds.medium } }
  const resize = await world.call('department', serverResize, ask)
  expect(resize.state).toBe('submitted')
  await approve(world, resize.id)
  await reaches(world, resize.id, 'completed')
  const extension = { params: { volumeId: volume.id }, body: { sizeGib: 3 } }
  const extend = await world.call('department', volumeExtend, extension)
  await reaches(world, extend.id, 'completed')

  const { shown } = await askCloud({ shown: serverShown(server.externalId ?? '') })
  expect(shown).toMatchObject({ status: 'ACTIVE' })
  expect(shown.flavor).toContain(flavours.medium.name)
  const held = await site.holdings()
  expect(held.volumes).toMatchObject([{ Size: 3, Status: 'in-use', 'Attached to': [{ server_id: server.externalId }] }])
  expect(countsOf(held)).toEqual(oneOfEach)
}

/** Stopped, started, rebooted and renamed by its department, and each seen by the witness. */
const act = async (world: OpenstackWorld, site: Site, requestId: string): Promise<void> => {
  const { server, volume } = await resourcesOf(world, requestId)
  const params = { serverId: server.id }
  const shown = async () => (await askCloud({ shown: serverShown(server.externalId ?? '') })).shown
  const carriedOut = async (asked: Promise<{ id: string }>) => reaches(world, (await asked).id, 'completed')

  await carriedOut(world.call('department', serverStop, { params, body: {} }))
  expect(await shown()).toMatchObject({ status: 'SHUTOFF' })
  expect((await resourcesOf(world, requestId)).server.power).toBe('stopped')
  await carriedOut(world.call('department', serverStart, { params, body: {} }))
  expect(await shown()).toMatchObject({ status: 'ACTIVE' })
  expect((await resourcesOf(world, requestId)).server.power).toBe('running')

  for (const forced of [false, true])
    await carriedOut(world.call('department', serverReboot, { params, body: { forced } }))
  expect(await shown()).toMatchObject({ status: 'ACTIVE' })
  const { events } = await askCloud({ events: serverEvents(server.externalId ?? '') })
  expect(events.filter((it) => it.Action === 'reboot')).toHaveLength(2)

  await carriedOut(world.call('department', serverRename, { params, body: { name: `${site.tag}-前置` } }))
  const body = { name: `${site.tag}-存档` }
  await carriedOut(world.call('department', volumeRename, { params: { volumeId: volume.id }, body }))
  const held = await site.holdings()
  expect(held.servers).toMatchObject([{ ID: server.externalId, Name: `${site.tag}-前置` }])
  expect(held.volumes).toMatchObject([{ ID: volume.externalId, Name: `${site.tag}-存档` }])
}

/** A server stopped behind our back is noticed and advised on; started again, the advice is settled. */
const optimise = async (world: OpenstackWorld, requestId: string): Promise<void> => {
  const { server } = await resourcesOf(world, requestId)
  const advised = async () => {
    await world.yiduo.reconcilers.runNow('observation')
    await world.yiduo.reconcilers.runNow('advice')
    const { items } = await world.call('department', adviceList, {})
    return items.find((it) => it.kind === 'server-stopped' && it.resourceId === server.id)?.state ?? 'none'
  }
  expect(await advised()).toBe('none')
  await tellCloud(`server stop ${server.externalId}`)
  await world.until(async () => (await advised()) === 'open', 60_000)
  await tellCloud(`server start ${server.externalId}`)
  await world.until(async () => (await advised()) === 'settled', 60_000)
}

const settle = async (world: OpenstackWorld, site: Site, requestId: string, startedAt: Date): Promise<void> => {
  const month = new Date(startedAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 7)
  const params = { organisationId: world.province.department.id, month }
  const usage = await world.call('department', usageList, { query: { systemId: site.systemId, limit: 200 } })
  const prices = await world.call('operator', priceList, { query: { limit: 200 } })
  expect([usage.nextCursor, prices.nextCursor]).toEqual([null, null])
  const expectedFen = billByHand(usage.items, prices.items, month)
  expect(expectedFen).toBeGreaterThan(100n)

  const open = await world.call('department', billGet, { params })
  expect(open.state).toBe('provisional')
  expect(BigInt(open.amountYuanE4)).toBe(expectedFen * 100n)
  const quantities = new Set(chargedLines(open.lines).map((line) => `${line.measure} ${line.quantity}`))
  for (const held of ['vcpu 1', 'vcpu 2', 'memory-gib 1', 'memory-gib 4', 'volume-gib 1', 'volume-gib 3', 'address 1'])
    expect(quantities).toContain(held)

  world.clock.shift(32 * 86_400_000)
  const again = world.signInAgain()
  const closed = await again.call('operator', billClose, { params })
  expect(closed).toMatchObject({ state: 'closed', amountYuanE4: open.amountYuanE4 })
  const settled = await again.call('department', requestGet, { params: { requestId } })
  expect(settled.state).toBe('settled')
}

describeOpenstack('the line', () => {
  test('a request walks all eight steps on a real OpenStack, leaves nothing there and is billed to the fen', async () => {
    await using world = await createOpenstackWorld({ ruleVcpus: 0 })
    const startedAt = world.clock.now()
    const { platform } = await connect(world, { dataCentreId: world.province.dataCentre.id, code: 'lab' })
    expect(platform).toMatchObject({ state: 'online', product: 'OpenStack', missingPermissions: [] })
    // Whoever runs the cloud has to say first that sizes may be made on it.
    expect(platform.capabilities.filter((it) => !it.supported).map((it) => it.name)).toEqual(['privateFlavours'])
    await setDearPrices(world, dearYuanE4.first)

    const site = await world.createSite()
    const sent = await send(world, { systemId: site.systemId, planId: world.planIds.tiny, name: `${site.tag}-web` })
    expect(sent.state).toBe('submitted')
    await approve(world, sent.id)
    await reaches(world, sent.id, 'testing')
    const projectId = await expectStanding(world, site, sent.id)

    await passTest(world, sent.id)
    await setDearPrices(world, dearYuanE4.second)
    await change(world, site, sent.id)
    await act(world, site, sent.id)
    await optimise(world, sent.id)

    await giveBack(world, sent.id)
    expect(countsOf(await site.holdings([projectId]))).toEqual(nothing)
    await settle(world, site, sent.id, startedAt)
  })
})
