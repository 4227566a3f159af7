import {
  type AuditEntry,
  auditList,
  operationList,
  operations,
  organisationCreate,
  quotaSet,
  requestGet,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askReclaim, createSystem, draft, order, problemOf, resourceOf, submit, tested } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rawCall } from '../world/raw.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld({ ruleVcpus: 2 })
  await connectTestCloud(world)
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: world.province.province, reach: 'all' })
})
afterAll(() => world[Symbol.asyncDispose]())

/** Reads and refused attempts are on record too, a little later: they are not what these tests count. */
const isAct = ({ operation, outcome }: AuditEntry): boolean =>
  (outcome === 'done' || operation === 'session.refuse') && !/\.(get|list|export|progress)$/.test(operation)

const entriesOn = async (target: string): Promise<AuditEntry[]> =>
  (await world.call('auditor', auditList, { query: { target, limit: 500 } })).items.filter(isAct).reverse()

test('each act on a request leaves one entry: who, what, before and after', async () => {
  const { id } = await order(world, { systemId: (await createSystem(world)).id })
  await world.requestIn(id, 'testing')
  const entries = await entriesOn(id)
  expect(entries.map((it) => [it.operation, it.actor, it.onBehalfOf])).toEqual([
    ['request.create', 'department', null],
    ['request.submit', 'department', null],
    ['request.approve', 'department', null],
    ['request.delivered', 'server-create', 'department'],
  ])
  expect(entries[1]).toMatchObject({ before: { state: 'draft' }, after: { state: 'submitted' } })
  expect(entries.every((it) => it.organisationId === world.province.department.id)).toBe(true)
  expect(entries[0]?.address).toMatch(/127\.0\.0\.1|::1/)
})

test('a saga acts on behalf of whoever decided, under the same trace', async () => {
  const { id } = await tested(world, { systemId: (await createSystem(world)).id })
  await askReclaim(world, id)
  await world.requestIn(id, 'reclaimed')
  const entries = await entriesOn(id)
  const reclaim = entries.find((it) => it.operation === 'request.reclaim')
  const reclaimed = entries.find((it) => it.operation === 'request.reclaimed')
  expect(reclaim).toMatchObject({ actor: 'operator' })
  expect(reclaimed).toMatchObject({ actor: 'server-reclaim@2', onBehalfOf: 'operator', trace: reclaim?.trace })
})

test('what was refused leaves no entry of having been done, and no event', async () => {
  const { id } = await draft(world)
  await submit(world, (await order(world)).id).catch(() => undefined) // already sent: refused
  const count = () =>
    rowsOf<{ entries: number; events: number }>(
      world.databaseUrl,
      `select (select count(*)::int from audit_entries where outcome is null and operation !~ '\\.(get|list)$') as entries, (select count(*)::int from events where type <> 'operation.progress') as events`,
    )
  await world.until(
    async () => (await rowsOf(world.databaseUrl, 'select from operations where ended_at is null')).length === 0,
  )
  const before = await count()
  await problemOf(
    world.call('operator', organisationCreate, {
      body: { parentId: null, name: '另一个省', actor: 'authority', level: 'province', divisionCode: '330000' },
    }),
  )
  await rawCall(world, 'POST', `/api/v1/requests/${id}/approve`, { token: await world.tokenOf('operator'), body: {} })
  await world.call('department', requestGet, { params: { requestId: id } })
  expect(await count()).toEqual(before)
})

test('a log-in and one that was refused are both on record', async () => {
  await world.tokenOf('operator')
  await rawCall(world, 'POST', '/api/v1/sessions', { body: { login: 'operator', password: 'Wrong-2026-pw' } })
  const names = (await entriesOn('operator')).map((it) => it.operation)
  expect(names).toContain('session.create')
  expect(names.at(-1)).toBe('session.refuse')
})

test('a log-in under a name that nobody has is on record too, without the name: it may have been a password', async () => {
  await rawCall(world, 'POST', '/api/v1/sessions', { body: { login: 'no-such-one', password: 'Wrong-2026-pw' } })
  expect(await entriesOn('unknown')).toMatchObject([
    { operation: 'session.refuse', actor: 'nobody', organisationId: null },
  ])
})

test('a quota that is set tells what it was before', async () => {
  const { id } = world.province.otherDepartment
  const set = (limit: number) =>
    world.call('operator', quotaSet, { params: { organisationId: id, measure: 'address' }, body: { limit } })
  await set(7)
  await set(9)
  const [first, second] = (await entriesOn(id)).filter((it) => it.operation === 'quota.set').slice(-2)
  expect(first).toMatchObject({ after: { limit: 7 } })
  expect(second).toMatchObject({ before: { limit: 7 }, after: { limit: 9 } })
})

test('whatever a person does is on record under the name of an operation of the contract', async () => {
  const known = new Set(operations.map((it) => it.name))
  const rows = await rowsOf<{ operation: string; actor: string }>(
    world.databaseUrl,
    `select distinct operation, actor from audit_entries where actor in (select login from people) and operation not in ('session.refuse', 'password.refuse')`,
  )
  const strange = rows.filter(({ operation }) => !known.has(operation))
  expect(strange).toEqual([])
})

test('the trail is cut by who, what, when, where and by the call it came of', async () => {
  const { id } = await order(world, { systemId: (await createSystem(world)).id })
  await world.requestIn(id, 'testing')
  const cut = async (query: { [key: string]: string }) =>
    (await world.call('auditor', auditList, { query: { target: id, ...query } })).items.filter(isAct).reverse()
  const all = await cut({})
  const [first, second] = all
  expect((await cut({ operation: 'request.' })).length).toBe(all.length)
  expect(await cut({ operation: 'req.' })).toEqual([])
  expect((await cut({ actor: 'department' })).map((it) => it.operation)).toEqual([
    'request.create',
    'request.submit',
    'request.approve',
  ])
  expect((await cut({ trace: second?.trace ?? '' })).map((it) => it.operation)).toContain('request.submit')
  expect((await cut({ trace: second?.trace ?? '' })).map((it) => it.operation)).not.toContain('request.create')
  expect((await cut({ until: second?.at ?? '' })).map((it) => it.id)).toEqual([first?.id])
  expect((await cut({ from: second?.at ?? '' })).map((it) => it.id)).toEqual(all.slice(1).map((it) => it.id))
  expect((await cut({ organisationId: world.province.province.id })).length).toBe(all.length)
  expect(await cut({ organisationId: world.province.city.id })).toEqual([])
})

test('operations are cut by what they do, on what, and how they stand', async () => {
  const { id } = await tested(world, { systemId: (await createSystem(world)).id })
  const server = await resourceOf(world, id, 'server')
  const cut = async (query: { saga?: string; subject?: string; unfinished?: boolean; failed?: boolean }) =>
    (await world.call('auditor', operationList, { query })).items
  const [made] = await cut({ subject: server.id })
  expect(made?.saga).toMatch(/^server-create/)
  expect((await cut({ saga: made?.saga ?? '' })).map((it) => it.id)).toContain(made?.id)
  expect(await cut({ saga: 'no-such-saga' })).toEqual([])
  expect(await cut({ subject: server.id, failed: true })).toEqual([])
  expect(await cut({ subject: server.id, unfinished: true })).toEqual([])
})
