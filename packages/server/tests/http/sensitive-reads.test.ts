import {
  auditList,
  auditMine,
  billExport,
  delegationCreate,
  organisationList,
  requestGet,
  requestList,
  type ServiceRequest,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGround } from '../world/ground.ts'
import { draft } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rowsOf } from '../world/statements.ts'
import { createWorld, type World } from '../world/world.ts'

interface Seen {
  readonly operation: string
  readonly target: string
  readonly actor: string
  readonly mine: boolean
}

let world: World
let request: ServiceRequest
beforeAll(async () => {
  world = await createWorld()
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: world.province.province, reach: 'all' })
  request = await draft(world)
})
afterAll(() => world[Symbol.asyncDispose]())

const seen = (operation: string): Promise<Seen[]> =>
  rowsOf(
    world.databaseUrl,
    `select operation, target, actor, coalesce(organisation_id = (select organisation_id from people where login = 'department'), false) as mine
     from audit_entries where operation = $1 order by id`,
    [operation],
  )
const get = (login: string) => world.call(login, requestGet, { params: { requestId: request.id } })

test('what an operator sees of others is on record, once in a while; what people see of their own is not', async () => {
  await get('department')
  for (let times = 0; times < 3; times++) await get('operator')
  await world.call('department', requestList, {})
  await world.call('operator', requestList, {})
  const read = { target: request.id, actor: 'operator', mine: true }
  await world.until(async () => (await seen('request.list')).length > 0)
  expect(await seen('request.get')).toEqual([{ operation: 'request.get', ...read }])
  expect(await seen('request.list')).toEqual([{ ...read, operation: 'request.list', target: 'request' }])
  world.shift(11 * 60_000)
  await get('operator')
  await world.until(async () => (await seen('request.get')).length === 2)
})

test('so is what somebody sees to whom an operator has lent the post', async () => {
  const { operator } = world.province
  await addPerson(world.yiduo, 'deputy', { role: 'regulator', at: operator, reach: 'own' })
  const endsAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
  await world.call('operator', delegationCreate, { body: { delegateLogin: 'deputy', endsAt } })
  await get('deputy')
  const entries = await world.until(async () => {
    const found = (await seen('request.get')).filter(({ actor }) => actor === 'deputy')
    return found.length > 0 && found
  })
  expect(entries).toEqual([{ operation: 'request.get', target: request.id, actor: 'deputy', mine: true }])
})

test('a department finds who has looked at its things', async () => {
  const { items } = await world.call('department', auditMine, {})
  expect(items.map((it) => it.operation)).toContain('request.get')
})

test('the trail and what is taken away are on record each time, whoever does it', async () => {
  const before = (await seen('audit.list')).length
  for (let times = 0; times < 2; times++) await world.call('auditor', auditList, { query: { limit: 1 } })
  const params = { organisationId: world.province.department.id, month: '2026-01' }
  const bill = await world.call('department', billExport, { params })
  await bill.content.cancel()
  await world.until(async () => (await seen('audit.list')).length === before + 2)
  await world.until(async () => (await seen('bill.export')).length === 1)
  expect(await seen('bill.export')).toMatchObject([{ actor: 'department', mine: true }])
})

test('what belongs to nobody in particular is not', async () => {
  await world.call('operator', organisationList, {})
  await get('operator')
  expect(await seen('organisation.list')).toEqual([])
})

test('none is lost when the process ends in order, and all are signed', async () => {
  await using place = await createGround()
  const read = async () => {
    await using short = await createWorld({ ground: place })
    const { id } = await draft(short)
    await short.call('operator', requestGet, { params: { requestId: id } })
    return id
  }
  const id = await read()
  const entries = await rowsOf<{ target: string; mac: string | null }>(
    place.databaseUrl,
    `select target, mac from audit_entries where operation = 'request.get'`,
  )
  expect(entries).toEqual([{ target: id, mac: expect.stringMatching(/^[dk][0-9]+[.]/) }])
})
