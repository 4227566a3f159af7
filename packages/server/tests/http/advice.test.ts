import {
  type Advice,
  addressRemove,
  adviceAssign,
  adviceDecline,
  adviceDismiss,
  adviceList,
  adviceSummary,
  fromResourceId,
  noticeList,
  type Resource,
  sessionGet,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createIdentifierSource } from '../../src/kernel/identifier.ts'
import { createAdviceService } from '../../src/modules/advice/index.ts'
import { createSystem, formal, problemOf, resourceOf, tested } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { prices } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const look = async () => {
  await world.yiduo.reconcilers.runNow('observation')
  await world.yiduo.reconcilers.runNow('advice')
}
const advised = async (resourceId: string): Promise<Advice[]> =>
  (await world.call('department', adviceList, { query: { limit: 500 } })).items.filter(
    (it) => it.resourceId === resourceId,
  )

/** Something that somebody did on the cloud itself, past us. */
const onCloud = (statement: string, externalId: string | null) => rowsOf(world.databaseUrl, statement, [externalId])

test('a volume that is attached to nothing is found, told with its saving, and settled when it is attached again', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const volume = await resourceOf(world, id, 'volume')
  const server = await resourceOf(world, id, 'server')
  await look()
  expect(await advised(volume.id)).toEqual([])
  await onCloud('update sim.volume set server_id = null where id = $1', volume.externalId)
  await look()
  await look()
  const [found, ...more] = await advised(volume.id)
  expect(more).toEqual([])
  expect(found).toMatchObject({
    kind: 'volume-unattached',
    state: 'open',
    monthlySavingYuanE4: 10 * prices['volume-gib'],
  })
  expect(found?.message).not.toMatch(/[{}]/)
  await rowsOf(world.databaseUrl, 'update sim.volume set server_id = $2 where id = $1', [
    volume.externalId,
    server.externalId,
  ])
  await look()
  expect(await advised(volume.id)).toMatchObject([{ state: 'settled' }])
})

test('all in use are looked at, few at a time, and what is settled is settled among these few only', async () => {
  const volumes: Resource[] = []
  for (let count = 0; count < 3; count++) {
    const { id } = await formal(world, { systemId: (await createSystem(world)).id })
    volumes.push(await resourceOf(world, id, 'volume'))
  }
  await world.yiduo.reconcilers.runNow('observation')
  const { database, rooms } = world.yiduo
  const newId = createIdentifierSource(world.clock)
  const read: number[] = []
  const advice = createAdviceService({
    database,
    clock: world.clock,
    newId,
    record: world.yiduo.record,
    catalogue: rooms.catalogue,
    testEnds: rooms.requests.testEnds,
    resolvedBy: rooms.requests.resolvedBy,
    heldNow: rooms.metering.heldNow,
    actsFor: rooms.identity.actsFor,
    reachOrganisation: rooms.organisations.reach,
    atOnce: 2,
    resources: async (tx, after, limit) => {
      const found = await rooms.resources.forAdvice(tx, after, limit)
      read.push(found.length)
      return found
    },
  })
  const observe = (id: string, observed: object) =>
    rowsOf(world.databaseUrl, 'update resources set observed = $2 where external_id = $1', [id, observed])
  const states = async () =>
    Promise.all(volumes.map(async ({ id }) => (await advised(id)).map((it) => it.state).join()))
  for (const { externalId } of volumes) await observe(externalId ?? '', { nativeState: 'available' })
  await advice.find()
  expect(await states()).toEqual(['open', 'open', 'open'])
  expect(Math.max(...read)).toBe(2)
  expect(read.length).toBeGreaterThan(3)
  await observe(volumes[1]?.externalId ?? '', { nativeState: 'in-use', serverId: 's' })
  await advice.find()
  expect(await states()).toEqual(['open', 'settled', 'open'])
})

test('an address that is bound to nothing is found; once dismissed it is not told again', async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const address = await resourceOf(world, id, 'address')
  await onCloud('update sim.address set port_id = null where id = $1', address.externalId)
  await look()
  const [found] = await advised(address.id)
  expect(found).toMatchObject({ kind: 'address-unbound', state: 'open', monthlySavingYuanE4: prices.address })
  const adviceId = found?.id ?? ''
  const dismiss = (login: string) =>
    world.call(login, adviceDismiss, { params: { adviceId }, body: { remark: '下周启用' } })
  expect(await problemOf(dismiss('other'))).toMatchObject({ status: 404 })
  expect(await dismiss('department')).toMatchObject({ state: 'dismissed' })
  await look()
  expect(await advised(address.id)).toMatchObject([{ state: 'dismissed' }])
})

test('a test that has ended and is still there is found', async () => {
  const { id } = await tested(world, { systemId: (await createSystem(world)).id })
  const server = await resourceOf(world, id, 'server')
  world.shift(8 * 86_400_000)
  await look()
  expect(await advised(server.id)).toMatchObject([{ kind: 'test-expired', state: 'open' }])
  await world.yiduo.reconcilers.runNow('expiry')
  await world.requestIn(id, 'reclaimed')
  await look()
  expect(await advised(server.id)).toMatchObject([{ state: 'settled' }])
})

/** An address that is bound to nothing, and the advice on it. */
const unbound = async (): Promise<Advice> => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  const address = await resourceOf(world, id, 'address')
  await onCloud('update sim.address set port_id = null where id = $1', address.externalId)
  await look()
  const [found] = await advised(address.id)
  if (!found) throw new Error('nothing was advised')
  return found
}
const dayIn = (days: number) =>
  new Date(world.clock.now().getTime() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)
const personIdOf = async (login: string) => (await world.call(login, sessionGet, {})).person.id
const summaryOf = () =>
  world.call('department', adviceSummary, { params: { organisationId: world.province.department.id } })
const codesOf = async (login: string, subject: string) => {
  await world.yiduo.reconcilers.runNow('notices')
  const { items } = await world.call(login, noticeList, { query: { limit: 500 } })
  return items.filter((it) => it.subject === subject).map((it) => it.code)
}

test('advice becomes somebody’s task until a day, is told to them, and told once when the day has passed', async () => {
  await addPerson(world.yiduo, 'caretaker', { role: 'department', at: world.province.department, reach: 'own' })
  const { id: adviceId } = await unbound()
  const assign = async (owner: string, dueOn: string, login = 'department') =>
    world.call(login, adviceAssign, { params: { adviceId }, body: { ownerId: await personIdOf(owner), dueOn } })
  expect(await problemOf(assign('caretaker', dayIn(3), 'other'))).toMatchObject({ status: 404 })
  expect(await problemOf(assign('other', dayIn(3)))).toMatchObject({ status: 400, code: 'owner-without-role' })
  expect(await problemOf(assign('caretaker', dayIn(-1)))).toMatchObject({ status: 400, code: 'input-invalid' })
  const ownerId = await personIdOf('caretaker')
  expect(await assign('caretaker', dayIn(3))).toMatchObject({ state: 'assigned', ownerId, dueOn: dayIn(3) })
  await world.until(async () => (await codesOf('caretaker', adviceId)).includes('advice-assigned'))
  await look()
  expect((await summaryOf()).overdueCount).toBe(0)
  world.shift(4 * 86_400_000)
  for (let time = 0; time < 3; time++) await look()
  expect((await summaryOf()).overdueCount).toBe(1)
  await world.until(async () => (await codesOf('caretaker', adviceId)).includes('advice-overdue'))
  expect(await codesOf('caretaker', adviceId)).toEqual(['advice-overdue', 'advice-assigned'])
  await assign('caretaker', dayIn(1))
  world.shift(2 * 86_400_000)
  await look()
  await world.until(
    async () => (await codesOf('caretaker', adviceId)).filter((it) => it === 'advice-overdue').length === 2,
  )
})

test('what is declined for a reason is not found again, and stays as it was decided', async () => {
  const { id: adviceId, resourceId } = await unbound()
  const decline = (reason: string) =>
    world.call('department', adviceDecline, { params: { adviceId }, body: { reason } })
  expect(await problemOf(decline('  '))).toMatchObject({ status: 400 })
  expect(await decline('演练时使用')).toMatchObject({ state: 'declined', outcome: '演练时使用' })
  await look()
  expect(await advised(resourceId)).toMatchObject([{ state: 'declined' }])
  expect(await problemOf(decline('再次'))).toMatchObject({ status: 409, code: 'advice-ended' })
})

test('advice that a request resolves closes with that request, and its money counts from the next month', async () => {
  const before = await summaryOf()
  const { id, resourceId } = await unbound()
  expect((await summaryOf()).possibleMonthlyYuanE4).toBe(before.possibleMonthlyYuanE4 + prices.address)
  const request = await world.call('department', addressRemove, { params: { addressId: resourceId }, body: {} })
  await world.requestIn(request.id, 'completed')
  await look()
  const [done] = await advised(resourceId)
  expect(done).toMatchObject({ id, state: 'done', requestId: request.id, savedMonthlyYuanE4: prices.address })
  const now = await summaryOf()
  expect(now.doneCount).toBe(before.doneCount + 1)
  expect(now.savedMonthlyYuanE4).toBe(before.savedMonthlyYuanE4)
  world.shift(32 * 86_400_000)
  expect((await summaryOf()).savedMonthlyYuanE4).toBe(before.savedMonthlyYuanE4 + prices.address)
})

test('what is in use again is settled, and has saved nothing', async () => {
  const { resourceId } = await unbound()
  const [address] = await rowsOf<{ id: string; port: string }>(
    world.databaseUrl,
    `select a.id, p.id as port from resources r join sim.address a on a.id = r.external_id
       join sim.port p on p.project_id = a.project_id
     where r.id = $1 limit 1`,
    [fromResourceId(resourceId)?.uuid],
  )
  await rowsOf(world.databaseUrl, 'update sim.address set port_id = $2 where id = $1', [address?.id, address?.port])
  await look()
  expect(await advised(resourceId)).toMatchObject([{ state: 'settled', savedMonthlyYuanE4: 0, requestId: null }])
})
