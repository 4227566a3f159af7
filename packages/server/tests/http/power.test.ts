import {
  auditList,
  platformProbe,
  requestApprove,
  requestRetry,
  routeCreate,
  routeWithdraw,
  serverAddVolume,
  serverReboot,
  serverRebootQuote,
  serverRename,
  serverResize,
  serverStart,
  serverStop,
  serverStopQuote,
  usageList,
  volumeRename,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, createSystem, formal, problemOf, resourceOf, tested } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rowsOf } from '../world/statements.ts'
import { cloudName, connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let platformId: string
beforeAll(async () => {
  world = await createWorld()
  platformId = await connectTestCloud(world)
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: world.province.province, reach: 'all' })
})
afterAll(() => world[Symbol.asyncDispose]())

const power = (operation: typeof serverStop | typeof serverStart, serverId: string) =>
  world.call('department', operation, { params: { serverId }, body: {} })
const reboot = (serverId: string, forced = false) =>
  world.call('department', serverReboot, { params: { serverId }, body: { forced } })
const rename = (serverId: string, name: string) =>
  world.call('department', serverRename, { params: { serverId }, body: { name } })
const completed = async (asked: Promise<{ id: string }>) => world.requestIn((await asked).id, 'completed')
const retry = (requestId: string) => world.call('operator', requestRetry, { params: { requestId }, body: {} })

/** The server as the cloud has it. */
const onCloud = async (externalId: string | null) =>
  (
    await rowsOf<{ powered: boolean; reboots: number; name: string }>(
      world.databaseUrl,
      'select powered, reboots, name from sim.server where id = $1',
      [externalId],
    )
  )[0]

const unit = async (make: typeof formal = formal, ask: Parameters<typeof formal>[1] = {}) => {
  const system = await createSystem(world)
  const { id } = await make(world, { systemId: system.id, ...ask })
  const server = await resourceOf(world, id, 'server')
  return { id, system, server, look: () => resourceOf(world, id, 'server'), there: () => onCloud(server.externalId) }
}
const sound = async () => expect(await imbalances(world.databaseUrl)).toEqual([])

test('a server is stopped and started by its department, costs on, and shows which it is', async () => {
  const { id, server, look, there } = await unit()
  expect(server.power).toBe('running')
  const quoted = await world.call('department', serverStopQuote, { params: { serverId: server.id }, body: {} })
  expect(quoted).toMatchObject({ approvedByRule: true, losses: [], refusals: [] })
  expect(quoted.monthlyPriceYuanE4).toBe(quoted.monthlyPriceYuanE4Before)
  expect(quoted.monthlyPriceYuanE4).toBeGreaterThan(0)
  const stopping = await power(serverStop, server.id)
  expect(stopping).toMatchObject({ approvedByRule: true, lines: [{ change: { kind: 'stop' } }] })
  await world.requestIn(stopping.id, 'completed')
  expect(await look()).toMatchObject({ power: 'stopped', state: 'formal' })
  expect(await there()).toMatchObject({ powered: false })
  const { items } = await world.call('department', usageList, { query: { resourceId: server.id } })
  expect(items.filter((it) => it.endedAt === null)).toHaveLength(3)
  await sound()

  // Stopped is no other server: it takes a volume and another size, and is stopped after it.
  const params = { serverId: server.id }
  await completed(world.call('department', serverAddVolume, { params, body: { name: 'more', sizeGib: 5 } }))
  const body = { planId: world.province.plans.medium.id }
  await completed(world.call('department', serverResize, { params, body }))
  expect(await look()).toMatchObject({ power: 'stopped', desired: { vcpus: 2 } })
  expect((await resourceOf(world, id, 'volume')).power).toBeNull()

  await completed(power(serverStop, server.id)) // whoever asks twice means the same
  await completed(power(serverStart, server.id))
  expect(await look()).toMatchObject({ power: 'running' })
  expect(await there()).toMatchObject({ powered: true, reboots: 0 })
  await sound()
})

test('a reboot happens once, soft or forced, also when its answer is lost, and never to a stopped server', async () => {
  const { server, look, there } = await unit(tested)
  await completed(reboot(server.id))
  expect(await there()).toMatchObject({ reboots: 1, powered: true })
  await using fault = await world.fault({ call: 'servers.reboot', mode: 'lostAfter' })
  await completed(reboot(server.id, true))
  expect(await fault.remaining()).toBe(0)
  expect(await there()).toMatchObject({ reboots: 2, powered: true })
  expect(await look()).toMatchObject({ power: 'running', state: 'test' })

  await completed(power(serverStop, server.id))
  expect(await problemOf(reboot(server.id))).toMatchObject({ status: 409, code: 'server-not-running' })
  const quoted = await world.call('department', serverRebootQuote, { params: { serverId: server.id }, body: {} })
  expect(quoted.refusals.map((it) => it.code)).toEqual(['server-not-running'])
  expect(await there()).toMatchObject({ reboots: 2, powered: false })
})

test('what a cloud denies leaves the server as it is, free for others, and is tried again', async () => {
  const { server, look, there } = await unit()
  await world.fault({ call: 'servers.setPower', mode: 'denied' })
  const { id } = await power(serverStop, server.id)
  expect(await world.requestIn(id, 'delivery-failed')).toMatchObject({ fault: { code: 'cloud-permission-missing' } })
  expect(await there()).toMatchObject({ powered: true })
  await completed(reboot(server.id))
  await retry(id)
  await world.requestIn(id, 'completed')
  expect(await look()).toMatchObject({ power: 'stopped' })
})

test('a name changes here and on the cloud, is one in its system, and the audit tells both', async () => {
  const { id, system, server, look, there } = await unit()
  const { id: second } = await formal(world, { systemId: system.id, name: 'second' })
  const other = await resourceOf(world, second, 'server')
  await completed(rename(server.id, '低保前置'))
  expect(await look()).toMatchObject({ name: '低保前置', externalId: server.externalId })
  expect((await there())?.name).toContain('低保前置')
  expect(await problemOf(rename(server.id, '低保前置'))).toMatchObject({ code: 'nothing-to-change' })
  expect(await problemOf(rename(other.id, '低保前置'))).toMatchObject({ status: 409, code: 'name-taken-in-system' })
  await completed(rename(other.id, server.name)) // what nobody has any more is free

  const { items } = await world.call('auditor', auditList, { query: { operation: 'resource.renamed', limit: 10 } })
  expect(items.find((it) => it.target === server.id)).toMatchObject({
    before: { name: server.name },
    after: { name: '低保前置' },
  })
  const volume = await resourceOf(world, id, 'volume')
  const ask = (name: string) =>
    world.call('department', volumeRename, { params: { volumeId: volume.id }, body: { name } })
  await completed(ask('存档'))
  expect(await resourceOf(world, id, 'volume')).toMatchObject({ name: '存档', externalId: volume.externalId })
})

test('of two that ask for one name at once one gets it, and a rename that fails keeps the old one everywhere', async () => {
  const { system, server, there } = await unit()
  const { id } = await formal(world, { systemId: system.id, name: 'second' })
  const other = await resourceOf(world, id, 'server')
  const [first, next] = await Promise.allSettled([rename(server.id, 'wanted'), rename(other.id, 'wanted')])
  expect([first.status, next.status].sort()).toEqual(['fulfilled', 'rejected'])
  const lost = first.status === 'fulfilled' ? other : server
  for (const it of [first, next]) if (it.status === 'fulfilled') await world.requestIn(it.value.id, 'completed')

  // It came there and nobody heard, then it was denied: the cloud must not call it what we do not.
  await world.fault({ call: 'servers.rename', mode: 'lostAfter' })
  await world.fault({ call: 'servers.rename', mode: 'denied' })
  const failed = await rename(lost.id, 'never')
  await world.requestIn(failed.id, 'delivery-failed')
  expect((await onCloud(lost.externalId))?.name).toContain(lost.name)
  expect((await onCloud(lost.externalId))?.name).not.toContain('never')
  await retry(failed.id)
  await world.requestIn(failed.id, 'completed')
  expect((await onCloud(lost.externalId))?.name).toContain('never')
  expect(await there()).toBeDefined()
})

test('a route lets a person decide on it, and the server waits', async () => {
  const { server, there } = await unit()
  const { operator } = world.province
  const stage = {
    name: '审批',
    parties: ['operator' as const],
    needs: 'any' as const,
    limitMinutes: 60,
    escalateTo: null,
  }
  const conditions = { subjects: ['change' as const] }
  const of = { code: 'power', name: '变更须审批', operatorOrganisationId: operator.id, position: 1 }
  const route = await world.call('operator', routeCreate, { body: { ...of, conditions, stages: [stage] } })
  const asked = await power(serverStop, server.id)
  expect(asked).toMatchObject({ state: 'submitted', approvedByRule: false })
  expect(await problemOf(reboot(server.id))).toMatchObject({ code: 'resource-busy' })
  expect(await there()).toMatchObject({ powered: true })
  await world.call('operator', requestApprove, { params: { requestId: asked.id }, body: {} })
  await world.requestIn(asked.id, 'completed')
  expect(await there()).toMatchObject({ powered: false })
  await world.call('operator', routeWithdraw, { params: { routeId: route.id } })
})

test('what the platform cannot do is refused when it is asked for, with the reason', async () => {
  const { server } = await unit()
  const missing = { reason: 'switched-off' }
  const set = (value: unknown) =>
    rowsOf(world.databaseUrl, 'update sim.cloud set missing_capabilities = $2 where name = $1', [
      cloudName,
      JSON.stringify(value),
    ])
  await set({ serverPower: missing, serverRename: missing })
  const probe = async () => {
    const { id } = await world.call('operator', platformProbe, { params: { platformId } })
    await world.operationEnded('operator', id)
  }
  await probe()
  const refused = { status: 409, code: 'platform-not-able', detail: expect.stringContaining('settings') }
  expect(await problemOf(power(serverStop, server.id))).toMatchObject(refused)
  expect(await problemOf(reboot(server.id))).toMatchObject(refused)
  expect(await problemOf(rename(server.id, 'x'))).toMatchObject(refused)
  await set({})
  await probe()
})

test('only what is in use has power, and only its department asks', async () => {
  const { id, server } = await unit(tested)
  const ask = { params: { serverId: server.id }, body: {} }
  expect(await problemOf(world.call('operator', serverStop, ask))).toMatchObject({ status: 403 })
  await askReclaim(world, id)
  await world.requestIn(id, 'reclaimed')
  expect(await problemOf(power(serverStop, server.id))).toMatchObject({ code: 'resource-not-changeable' })
})
