import { budgetSet, type Home, homeGet, requestReturn } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSystem, draft, formal, order, submit, tested } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rawCall } from '../world/raw.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

const dayMs = 86_400_000

let world: World
const ids = { onTest: '', waiting: '', returned: '', ending: '' }
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 1 })
  await connectTestCloud(world)
  const { department, province, plans } = world.province
  await addPerson(world.yiduo, 'guard', { role: 'security-admin', at: province, reach: 'all' })
  const expiresAt = new Date(world.clock.now().getTime() + 20 * dayMs).toISOString()
  ids.ending = (await formal(world, { systemId: (await createSystem(world, '短期系统')).id, expiresAt })).id
  ids.onTest = (await tested(world, { systemId: (await createSystem(world, '在测系统')).id })).id
  const big = async (name: string) =>
    (await order(world, { systemId: (await createSystem(world, name)).id, planId: plans.large.id })).id
  ids.waiting = await big('待批系统')
  ids.returned = await big('退回系统')
  await world.call('operator', requestReturn, { params: { requestId: ids.returned }, body: {} })
  await draft(world)
  const params = { organisationId: department.id }
  const period = world.clock.now().toISOString().slice(0, 4)
  await world.call('operator', budgetSet, { params, body: { period, amountYuanE4: 1_000_000_000 } })
})
afterAll(() => world[Symbol.asyncDispose]())

const homeOf = (login: string): Promise<Home> => world.call(login, homeGet, {})
const waitingFor = ({ queues }: Home) => Object.fromEntries(queues.map((it) => [it.kind, it.items.map(({ id }) => id)]))

test('each finds what waits for them, and nothing that waits for others', async () => {
  expect(waitingFor(await homeOf('department'))).toEqual({ test: [ids.onTest], returned: [ids.returned] })
  expect(waitingFor(await homeOf('operator'))).toEqual({ approval: [ids.waiting] })
  for (const login of ['other', 'city-operator', 'city-department', 'guard'])
    expect((await homeOf(login)).queues).toEqual([])
})

test('a queue says how many there are, what they are called and when they are due', async () => {
  const [queue] = (await homeOf('operator')).queues
  expect(queue).toMatchObject({
    count: 1,
    more: false,
    items: [{ name: '待批系统', organisationName: '省民政厅', state: 'submitted' }],
  })
  expect(new Date(queue?.items[0]?.dueAt ?? 0) > world.clock.now()).toBe(true)
})

test('a department sees what it holds, what it costs, what comes to its end and what it was told', async () => {
  const home = await homeOf('department')
  expect(home.quotas.find((it) => it.measure === 'vcpu')).toMatchObject({ held: 2, limit: 1_000_000 })
  expect(home.money).toMatchObject({ lastMonthYuanE4: 0, budgets: [{ amountYuanE4: 1_000_000_000 }] })
  expect(home.money?.soFarYuanE4).toBeGreaterThanOrEqual(0)
  expect(home.expiring).toMatchObject({ count: 1, more: false, items: [{ id: ids.ending, name: '短期系统' }] })
  const told = `select count(*)::int as unread from notices n join people p on p.id = n.person_id
     where p.login = 'department' and n.read_at is null`
  await world.until(async () => {
    const [row] = await rowsOf<{ unread: number }>(world.databaseUrl, told)
    return row !== undefined && row.unread > 0 && (await homeOf('department')).unread === row.unread
  })
  expect((await homeOf('other')).expiring.count).toBe(0)
  expect((await homeOf('guard')).money).toBeNull()
})

test('what failed to be delivered waits for whoever may try it again', async () => {
  await world.fault({ call: 'servers.create', mode: 'denied' })
  const { id } = await submit(world, (await draft(world, { systemId: (await createSystem(world, '失败系统')).id })).id)
  await world.requestIn(id, 'delivery-failed')
  expect(waitingFor(await homeOf('operator'))).toMatchObject({ failed: [id] })
})

test('an operator sees platforms that do not answer and what was left behind; others do not', async () => {
  await rowsOf(world.databaseUrl, `update platforms set state = 'unreachable'`)
  await rowsOf(
    world.databaseUrl,
    `update operations set state = 'failed-with-residue', residue = '[]' where id = (select min(id::text)::uuid from operations where saga like 'server-create%')`,
  )
  const home = await homeOf('operator')
  expect(home.platformsAway).toMatchObject([{ name: '测试云平台', state: 'unreachable' }])
  expect(home.residues).toMatchObject({ count: 1 })
  for (const login of ['department', 'city-operator'])
    expect(await homeOf(login)).toMatchObject({ platformsAway: [], residues: { count: 0 } })
})

test('nobody has a home without a session', async () => {
  expect((await rawCall(world, 'GET', '/api/v1/home')).status).toBe(401)
})
