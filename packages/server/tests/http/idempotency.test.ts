import { personCreate, requestCreate, requestList, systemCreate, systemList } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bodyOf, draft, problemOf, submit } from '../world/orders.ts'
import { pathWith, problemIn, rawCall } from '../world/raw.ts'
import { rowsOf } from '../world/statements.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  await connectTestCloud(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const create = async (idempotencyKey: string, name: string, login = 'department') =>
  rawCall(world, 'POST', pathWith(systemCreate), {
    token: await world.tokenOf(login),
    headers: { 'idempotency-key': idempotencyKey },
    body: {
      organisationId: login === 'other' ? world.province.otherDepartment.id : world.province.department.id,
      name,
      securityGrade: 2,
    },
  })

const systemsNamed = async (name: string) =>
  (await world.call('department', systemList, { query: { limit: 500 } })).items.filter((it) => it.name === name)

test('a request that is repeated gets the same answer, and had one effect', async () => {
  const first = await create('key-1', '一次')
  const again = await create('key-1', '一次')
  expect(again.status).toBe(201)
  expect(again.body).toEqual(first.body)
  expect(first.headers.get('idempotency-replayed')).toBeNull()
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(await systemsNamed('一次')).toHaveLength(1)
})

test('a key that was used for something else is refused', async () => {
  await create('key-2', '甲')
  expect(problemIn(await create('key-2', '乙'))).toMatchObject({ status: 409, code: 'idempotency-key-reused' })
  expect(await systemsNamed('乙')).toEqual([])
  const elsewhere = await rawCall(world, 'POST', pathWith(requestCreate), {
    token: await world.tokenOf('department'),
    headers: { 'idempotency-key': 'key-2' },
    body: bodyOf(world),
  })
  expect(problemIn(elsewhere).code).toBe('idempotency-key-reused')
})

test('a corrected password under the same key is not what was asked before', async () => {
  const make = async (given: string) =>
    rawCall(world, 'POST', pathWith(personCreate), {
      token: await world.tokenOf('sysadmin'),
      headers: { 'idempotency-key': 'key-of-a-person' },
      body: { login: 'corrected', name: '改口令', organisationId: world.province.department.id, password: given },
    })
  expect((await make('First-2026-pw')).status).toBe(201)
  expect((await make('First-2026-pw')).headers.get('idempotency-replayed')).toBe('true')
  expect(problemIn(await make('Other-2026-pw'))).toMatchObject({ status: 409, code: 'idempotency-key-reused' })
})

test('two people may happen on the same key', async () => {
  expect((await create('key-3', '同名')).status).toBe(201)
  expect((await create('key-3', '同名', 'other')).status).toBe(201)
})

test('what was refused may be sent again under its key, once it can be done', async () => {
  await create('key-4', '占用')
  expect(problemIn(await create('key-5', '占用')).code).toBe('system-name-taken')
  await rowsOf(world.databaseUrl, `update business_systems set name = '让开' where name = '占用'`)
  expect((await create('key-5', '占用')).status).toBe(201)
})

test('of many at once under one key one takes effect, and all get its answer', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => create('key-6', '并发')))
  expect(await systemsNamed('并发')).toHaveLength(1)
  expect(answers.map((it) => it.status)).toEqual(answers.map(() => 201))
  for (const it of answers) expect(it.body).toEqual(answers[0]?.body)
})

test('a key is kept for a day', async () => {
  await create('key-7', '旧的')
  await rowsOf(world.databaseUrl, `update idempotency_keys set created_at = created_at - interval '25 hours'`)
  await world.yiduo.reconcilers.runNow('housekeeping')
  expect(problemIn(await create('key-7', '旧的')).code).toBe('system-name-taken')
})

test('a key of any length that no header should have is refused', async () => {
  expect(problemIn(await create('x'.repeat(201), '长'))).toMatchObject({ status: 400, code: 'input-invalid' })
})

test('sending the same request twice sends it once', async () => {
  const { id } = await draft(world)
  await submit(world, id)
  await world.requestIn(id, 'testing')
  expect(await problemOf(submit(world, id))).toMatchObject({ status: 409, code: 'step-not-allowed' })
  const sent = (await world.call('department', requestList, { query: { limit: 500 } })).items.filter(
    (it) => it.id === id,
  )
  expect(sent).toHaveLength(1)
})
