import {
  type Board,
  boardGet,
  dataCentreCreate,
  linkCreate,
  nodeCreate,
  organisationList,
  platformEdit,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { createSystem, draft, formal, order, problemOf, tested } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

const dayMs = 86_400_000
const act = programAct('test', 'demonstration.make', 'test')

let world: World
let platformId: string
const boardOf = (login: string): Promise<Board> => world.call(login, boardGet, {})
const change = (statement: string) => rowsOf(world.databaseUrl, statement)

/** A city's node with two sites: joined to the core as it should be, and to one another too slowly. */
const addCity = async () => {
  const { cityOperator, dataCentre } = world.province
  const node = await world.call('operator', nodeCreate, {
    body: {
      code: 'city',
      name: '某市节点',
      kind: 'backbone',
      divisionCode: '320100',
      operatorOrganisationId: cityOperator.id,
    },
  })
  const site = (code: string, role: 'production' | 'active-active', longitude: number) =>
    world.call('city-operator', dataCentreCreate, {
      body: { nodeId: node.id, code, name: code, role, longitude, latitude: 31.57 },
    })
  const link = (fromDataCentreId: string, toDataCentreId: string, bandwidthMbps: number, latencyMs: number) =>
    world.call('city-operator', linkCreate, { body: { fromDataCentreId, toDataCentreId, bandwidthMbps, latencyMs } })
  const main = await site('city-1', 'production', 120.3)
  const active = await site('city-2', 'active-active', 120.5)
  await link(main.id, active.id, 100_000, 2.6)
  await link(main.id, dataCentre.id, 40_000, 4)
}

const addPeople = async () => {
  const { province, operator } = world.province
  await addPerson(world.yiduo, 'leader', { role: 'regulator', at: province, reach: 'subtree' })
  await addPerson(world.yiduo, 'guard', { role: 'security-operator', at: province, reach: 'subtree' })
  await addPerson(world.yiduo, 'supplier', { role: 'provider', at: operator, reach: 'own' })
}

beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 2 })
  platformId = await connectTestCloud(world)
  await addPeople()
  await addCity()
  await formal(world, { systemId: (await createSystem(world, '在用系统')).id, quantity: 2 })
  await tested(world, { systemId: (await createSystem(world, '在测系统')).id })
  const { plans } = world.province
  await order(world, { systemId: (await createSystem(world, '待批系统')).id, planId: plans.large.id })
  await draft(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const nodeOf = ({ nodes }: Board, code: string) => nodes.find((it) => it.code === code)
const stepsOf = ({ steps }: Board) => Object.fromEntries(steps.filter((it) => it.count > 0).map((it) => [it.step, it]))
const alarmsOf = ({ alarms }: Board) => alarms.items.map(({ kind, severity, name }) => ({ kind, severity, name }))

test('who oversees the province sees all of it: what it has, what it carries, and what is under way', async () => {
  const board = await boardOf('leader')
  expect(board.totals).toEqual({ systems: 2, servers: 3, vcpus: 3, memoryMib: 3 * 2_048, storageGib: 3 * 30 })
  expect(nodeOf(board, 'core')).toMatchObject({
    kind: 'core',
    place: { longitude: 118.77, latitude: 32.04 },
    platforms: [{ id: platformId, state: 'online', isStale: false }],
    capacity: { hosts: 2, vcpus: { physical: 32, sellable: 32, promised: 3 } },
    carried: board.totals,
  })
  expect(board.systems).toMatchObject([
    { name: '在用系统', organisationName: '省民政厅', servers: 2, vcpus: 2 },
    { name: '在测系统', servers: 1 },
  ])
  expect(board.steps.map((it) => it.step)).toEqual([
    'apply',
    'approve',
    'test',
    'provision',
    'change',
    'optimise',
    'reclaim',
    'settle',
  ])
  expect(stepsOf(board)).toEqual({
    apply: { step: 'apply', count: 1, overdue: 0 },
    approve: { step: 'approve', count: 1, overdue: 0 },
    test: { step: 'test', count: 1, overdue: 0 },
  })
})

test('links are judged by the rules, and one beyond its limit is an alarm', async () => {
  const board = await boardOf('leader')
  const judged = board.links.map((it) => [it.to.name, it.verdict, it.findings.map((found) => found.rule)])
  expect(new Set(judged)).toEqual(
    new Set([
      ['city-2', 'broken', ['DR-01', 'DR-02', 'DR-03']],
      ['生产中心', 'kept', ['DR-04', 'DR-05']],
    ]),
  )
  expect(board.links.flatMap((it) => it.findings)).toContainEqual({
    rule: 'DR-02',
    measure: 'latency-ms',
    bound: 'below',
    limit: 2,
    measured: 2.6,
    verdict: 'broken',
    reference: '苏政办发〔2023〕36号',
    unsure: 'latency-basis',
  })
  expect(alarmsOf(board)).toEqual([{ kind: 'link-limit', severity: 'error', name: 'city-1 – city-2' }])
})

test('a city sees where the others stand, and of what they hold, do and pay nothing', async () => {
  const board = await boardOf('city-operator')
  expect(board.nodes.map((it) => it.code)).toEqual(['core', 'city'])
  expect(nodeOf(board, 'core')).toMatchObject({ platforms: [], capacity: null, carried: null })
  expect(board.totals).toMatchObject({ systems: 0, servers: 0, vcpus: 0 })
  expect({ steps: stepsOf(board), systems: board.systems, months: board.months }).toEqual({
    steps: {},
    systems: [],
    months: [],
  })
})

test('who sees no province sees no board', async () => {
  for (const login of ['department', 'supplier'])
    expect(await problemOf(boardOf(login))).toMatchObject({ status: 403, code: 'not-permitted' })
})

test('what goes wrong is shown with its count: a cloud away, a failed operation, a full pool, a listing that is old', async () => {
  await world.yiduo.reconcilers.runNow('observation')
  await change(`update pools set vcpus_promised = vcpus_sellable`)
  await change(
    `update operations set state = 'failed' where id = (select id from operations where saga = 'server-create' order by id limit 1)`,
  )
  await change(`update observations set listed_at = listed_at - interval '31 minutes' where kind = 'volume'`)
  const wrong = [
    { kind: 'link-limit', severity: 'error', name: 'city-1 – city-2' },
    { kind: 'operation-failed', severity: 'warning', name: 'server-create' },
    { kind: 'pool-full', severity: 'warning', name: '测试云平台' },
    { kind: 'platform-stale', severity: 'warning', name: '测试云平台' },
  ]
  expect(alarmsOf(await boardOf('leader'))).toEqual(wrong)
  await change(`update platforms set state = 'unreachable'`)
  const board = await boardOf('leader')
  // Of a cloud that does not answer it need not be said that nothing new is known of it.
  expect(alarmsOf(board)).toEqual([
    { kind: 'platform-away', severity: 'error', name: '测试云平台' },
    ...wrong.slice(0, 3),
  ])
  expect(board.alarms.counts).toEqual(board.alarms.items.map(({ kind }) => ({ kind, count: 1, more: false })))
  expect(alarmsOf(await boardOf('city-operator'))).toEqual(wrong.slice(0, 1))
  await change(`update platforms set state = 'online'`)
})

test('what failed long ago is past, unless it has left something behind', async () => {
  world.shift(2 * dayMs)
  const failed = async () => (await boardOf('leader')).alarms.items.filter((it) => it.kind === 'operation-failed')
  expect(await failed()).toEqual([])
  await change(`update operations set state = 'failed-with-residue' where state = 'failed'`)
  expect(await failed()).toMatchObject([{ severity: 'error', name: 'server-create' }])
})

test('a request beyond its clock is late in its step and an alarm', async () => {
  world.shift(12 * dayMs)
  const board = await boardOf('leader')
  expect(stepsOf(board).approve).toMatchObject({ count: 1, overdue: 1 })
  const late = board.alarms.items.filter((it) => it.kind === 'request-overdue')
  // The one that is late the longest stands first.
  expect(late).toMatchObject([{ name: '待批系统', organisationName: '省民政厅' }, { name: '在测系统' }])
  for (const { since } of late) expect(new Date(since ?? 0) < world.clock.now()).toBe(true)
})

test('closed months are told as they were charged, and who delivered it to those alone who may see contracts', async () => {
  const { province } = world.province
  const provider = agreed(
    await world.yiduo.rooms.organisations.create(act, {
      parentId: province.id,
      name: '甲云',
      actor: 'provider',
      level: 'province',
      divisionCode: '320000',
    }),
  )
  const body = { providerOrganisationId: provider.id }
  const edited = await world.call('operator', platformEdit, { params: { platformId }, body })
  await world.operationEnded('operator', edited.operation.id)
  world.shift(40 * dayMs)
  await world.yiduo.reconcilers.runNow('closing')
  const { months } = await boardOf('leader')
  const charged = await rowsOf<{ month: string; amount: string }>(
    world.databaseUrl,
    `select month, sum(amount_yuan_e4)::text as amount from bills group by month order by month`,
  )
  expect(months.map((it) => [it.month, String(it.amountYuanE4)])).toEqual(charged.map((it) => [it.month, it.amount]))
  expect(months.some((it) => it.amountYuanE4 > 0)).toBe(true)
  const last = months.at(-1)
  expect(last?.providers).toMatchObject([{ name: '甲云', amountYuanE4: last?.amountYuanE4 }])
  const withoutContracts = months.map((it) => ({ ...it, providers: [] }))
  expect((await boardOf('guard')).months).toEqual(withoutContracts)
  expect((await boardOf('city-operator')).months).toEqual([])
})

/** What grows with the province's use; a board that read one of them would be slower every month. */
const growing = ['resources', 'usage_intervals', 'bill_lines', 'request_track', 'audit_entries', 'events']

test('no table that grows with every resource is read for it', async () => {
  const client = await world.as('leader')
  const told = await client.call(boardGet, {})
  for (const table of growing) await change(`alter table ${table} rename to ${table}_elsewhere`)
  try {
    expect({ ...(await client.call(boardGet, {})), at: told.at }).toEqual(told)
  } finally {
    for (const table of growing) await change(`alter table ${table}_elsewhere rename to ${table}`)
  }
  expect((await client.call(organisationList, {})).items.length).toBeGreaterThan(0)
})
