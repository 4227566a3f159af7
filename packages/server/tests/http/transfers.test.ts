import {
  noticeList,
  quotaSet,
  requestAccept,
  requestApprove,
  requestGet,
  requestReclaim,
  requestReject,
  requestReturn,
  requestSubmit,
  requestTransfer,
  requestTransferQuote,
  resourceList,
  type ServiceRequest,
  serverAddVolume,
  systemCreate,
  usageList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import {
  askReclaim,
  createSystem,
  formal,
  problemOf,
  purged,
  resourceOf,
  resourcesOf,
  tested,
} from '../world/orders.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World

beforeAll(async () => {
  world = await createWorld({
    cloud: { hosts: [{ prefix: 'h', count: 4, vcpus: 32, memoryMib: 131_072, diskGib: 4_000 }] },
  })
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const homes = { department: 'department', other: 'otherDepartment', 'city-department': 'cityDepartment' } as const
const systemOf = (login: keyof typeof homes, securityGrade: 1 | 2 | 3 | 4 = 2) =>
  world.call(login, systemCreate, {
    body: {
      organisationId: world.province[homes[login]].id,
      name: `${login} ${crypto.randomUUID()}`,
      securityGrade,
    },
  })
const transfer = (requestId: string, systemId: string) =>
  world.call('department', requestTransfer, { params: { requestId }, body: { systemId } })
const decide = (
  login: string,
  verb: typeof requestApprove | typeof requestAccept | typeof requestReject | typeof requestReturn,
  { id: requestId }: ServiceRequest,
) => world.call(login, verb, { params: { requestId }, body: {} })
const unit = async () => {
  const system = await createSystem(world)
  return { system, ...(await formal(world, { systemId: system.id })) }
}
const sound = async () => expect(await imbalances(world.databaseUrl)).toEqual([])

test('to a like system of the same department the rule lets it pass at once, and it is charged there from that instant', async () => {
  const { id, system } = await unit()
  const to = await systemOf('department')
  const asked = await transfer(id, to.id)
  expect(asked).toMatchObject({
    kind: 'change',
    state: 'completed',
    approvedByRule: true,
    lines: [{ change: { kind: 'transfer', systemId: to.id, systemName: to.name } }],
  })
  const server = await resourceOf(world, id, 'server')
  expect(server).toMatchObject({ state: 'formal', systemId: to.id, projectSystemId: system.id })
  const { items } = await world.call('department', usageList, { query: { resourceId: server.id } })
  const [open] = items.filter((it) => it.endedAt === null)
  expect(open?.systemId).toBe(to.id)
  expect(items.find((it) => it.componentId === open?.componentId && it.endedAt === open?.startedAt)?.systemId).toBe(
    system.id,
  )
  await sound()

  // It goes back as it came, and is its own system's again.
  await transfer(id, system.id)
  expect(await resourceOf(world, id, 'server')).toMatchObject({ systemId: system.id, projectSystemId: null })
  await sound()
})

test('what was transferred grows, is recycled and purged where it lies, and its old project goes with the last of it', async () => {
  const { id, system } = await unit()
  const to = await systemOf('department')
  await transfer(id, to.id)
  const server = await resourceOf(world, id, 'server')
  const more = await world.call('department', serverAddVolume, {
    params: { serverId: server.id },
    body: { name: 'more', sizeGib: 20 },
  })
  await world.requestIn(more.id, 'completed')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual({ ...oneSet, volumes: 2, attached: 2 })
  expect(await thingsOf(world.databaseUrl, to.name)).toEqual(nothingThere)
  await askReclaim(world, id)
  await purged(world, id)
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(nothingThere)
  await sound()
})

test('another department gets nothing unasked: it accepts, the operator approves, and only then it is theirs', async () => {
  const { id } = await unit()
  const to = await systemOf('other')
  const quoted = await world.call('department', requestTransferQuote, {
    params: { requestId: id },
    body: { systemId: to.id },
  })
  expect(quoted).toMatchObject({ approvedByRule: false, refusals: [] })
  const asked = await transfer(id, to.id)
  expect(asked).toMatchObject({ state: 'submitted', approvedByRule: false })
  expect(await problemOf(decide('operator', requestApprove, asked))).toMatchObject({
    status: 403,
    code: 'request-of-another-operator',
  })
  expect((await problemOf(decide('department', requestAccept, asked))).status).toBe(403)
  await world.until(async () => {
    const { items } = await world.call('other', noticeList, { query: {} })
    return items.some((it) => it.code === 'transfer-to-accept')
  })

  expect(await decide('other', requestAccept, asked)).toMatchObject({ state: 'submitted' })
  expect(await resourceOf(world, id, 'server')).toMatchObject({ organisationId: world.province.department.id })
  expect(await decide('operator', requestApprove, asked)).toMatchObject({ state: 'completed' })

  const { items } = await world.call('other', resourceList, { query: { requestId: id } })
  expect(items.map((it) => [it.organisationId, it.systemId])).toEqual(
    items.map(() => [world.province.otherDepartment.id, to.id]),
  )
  expect(items).toHaveLength(3)
  expect(await resourcesOf(world, id)).toEqual([])
  expect((await problemOf(world.call('department', requestGet, { params: { requestId: id } }))).status).toBe(404)
  expect(await world.call('other', requestGet, { params: { requestId: id } })).toMatchObject({ systemId: to.id })
  await sound()
})

test('where the receiver has another operator, that one has its say as well', async () => {
  const { id } = await unit()
  const asked = await transfer(id, (await systemOf('city-department')).id)
  await decide('city-department', requestAccept, asked)
  expect(await decide('operator', requestApprove, asked)).toMatchObject({ state: 'submitted' })
  expect(await decide('city-operator', requestApprove, asked)).toMatchObject({ state: 'completed' })
  const { operatorOrganisationId } = await world.call('city-department', requestGet, { params: { requestId: id } })
  expect(operatorOrganisationId).toBe(world.province.cityOperator.id)
  await sound()
})

test('what the receiver rejects stays where it is, and can be changed again', async () => {
  const { id } = await unit()
  const asked = await transfer(id, (await systemOf('other')).id)
  expect((await problemOf(transfer(id, (await systemOf('department')).id))).code).toBe('resource-busy')
  await decide('other', requestReject, asked)
  expect(await transfer(id, (await systemOf('department')).id)).toMatchObject({ state: 'completed' })
  await sound()
})

test('one that the receiver sent back is asked of them again, and of the operator, however it is re-sent', async () => {
  const { id } = await unit()
  const asked = await transfer(id, (await systemOf('other')).id)
  await decide('other', requestReturn, asked)
  const again = await world.call('department', requestSubmit, { params: { requestId: asked.id }, body: {} })
  expect(again).toMatchObject({ state: 'submitted', approvedByRule: false })
  expect((await problemOf(decide('operator', requestApprove, asked))).code).toBe('request-of-another-operator')
  await decide('other', requestAccept, asked)
  expect(await decide('operator', requestApprove, asked)).toMatchObject({ state: 'completed' })
  await sound()
})

test('what the giver still asks of it must be over first: nobody does it to the receiver’s', async () => {
  const { id } = await unit()
  const reclaim = await world.call('department', requestReclaim, { params: { requestId: id }, body: {} })
  expect((await problemOf(transfer(id, (await systemOf('department')).id))).code).toBe('resource-busy')
  await decide('operator', requestReject, reclaim)
  expect(await transfer(id, (await systemOf('department')).id)).toMatchObject({ state: 'completed' })
})

test('a system of a lower grade, or of a higher one than the platform may hold, gets nothing, and is told why', async () => {
  const { id } = await unit()
  expect(await problemOf(transfer(id, (await systemOf('other', 1)).id))).toMatchObject({
    status: 409,
    code: 'transfer-to-lower-grade',
  })
  expect(await problemOf(transfer(id, (await systemOf('department', 4)).id))).toMatchObject({
    status: 409,
    code: 'platform-grade-too-low',
  })
  // A higher grade that the platform may hold is for a person to decide.
  expect(await transfer(id, (await systemOf('department', 3)).id)).toMatchObject({ state: 'submitted' })
})

test('only what is formal as a whole is transferred, to a system that there is', async () => {
  const { id } = await unit()
  const { systemId } = await world.requestIn(id, 'formal')
  expect((await problemOf(transfer(id, systemId))).code).toBe('nothing-to-change')
  expect((await problemOf(transfer(id, 'sys_00000000000000000000000000'))).status).toBeGreaterThanOrEqual(400)
  const onTest = await tested(world, { systemId: (await createSystem(world)).id })
  expect((await problemOf(transfer(onTest.id, systemId))).code).toBe('resource-not-changeable')
})

test('the receiver’s quota is asked when it is sent and again when it is approved; what does not fit stays with the giver', async () => {
  const { id } = await unit()
  const limit = (to: number) =>
    world.call('operator', quotaSet, {
      params: { organisationId: world.province.otherDepartment.id, measure: 'address' },
      body: { limit: to },
    })
  const { held } = await limit(1_000_000)
  await limit(held)
  const to = await systemOf('other')
  const refused = await problemOf(transfer(id, to.id))
  expect(refused.code).toBe('receiver-without-room') // how much they hold is theirs
  expect(refused.detail).not.toMatch(/\d/)
  await limit(held + 1)
  const asked = await transfer(id, to.id)
  await decide('other', requestAccept, asked)
  await limit(held)
  expect((await problemOf(decide('operator', requestApprove, asked))).code).toBe('quota-exceeded')
  expect(await resourceOf(world, id, 'server')).toMatchObject({ organisationId: world.province.department.id })
  await sound()
  await limit(held + 1)
  expect(await decide('operator', requestApprove, asked)).toMatchObject({ state: 'completed' })
  await limit(1_000_000)
  await sound()
})
