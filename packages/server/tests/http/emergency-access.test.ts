import {
  type AuditEntry,
  auditList,
  emergencyAccessBegin,
  emergencyAccessEnd,
  type Grant,
  grantConfirm,
  grantCreate,
  grantList,
  grantReviewKeep,
  grantRevoke,
  noticeList,
  type Organisation,
  organisationAbolish,
  personList,
  type Role,
  sessionGet,
  systemCreate,
  systemGet,
  systemList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const hourMs = 3_600_000

/** Somebody with a post of their own, and a grant for emergencies beside it. */
const prepared = async (login: string, at: Organisation, role: Role, over: Organisation, until?: string) => {
  const personId = await addPerson(world.yiduo, login, { role: 'department', at, reach: 'own' })
  return world.call('secadmin', grantCreate, {
    body: {
      personId,
      role,
      organisationId: over.id,
      reach: 'subtree',
      emergency: true,
      ...(until === undefined ? {} : { until }),
    },
  })
}
const begin = (login: string, { id }: Grant, minutes = 240, reason = '主平台中断') =>
  world.call(login, emergencyAccessBegin, { params: { grantId: id }, body: { reason, minutes } })
const end = (login: string, { id }: Grant) => world.call(login, emergencyAccessEnd, { params: { grantId: id } })
const entriesOf = async (actor: string): Promise<AuditEntry[]> =>
  (await world.call('auditadmin', auditList, { query: { actor, limit: 100 } })).items
const mayList = (login: string) => world.call(login, systemList, {})

test('it allows nothing asleep, works at once when it is woken, and sleeps again by itself', async () => {
  const { department, city } = world.province
  const grant = await prepared('rescuer', department, 'system-admin', city)
  expect(grant).toMatchObject({ state: 'pending', emergency: true })
  expect(await problemOf(begin('rescuer', grant))).toMatchObject({ code: 'grant-ended' })
  await world.call('secadmin2', grantConfirm, { params: { grantId: grant.id } })
  expect(await problemOf(world.call('rescuer', personList, {}))).toMatchObject({ code: 'not-permitted' })
  const { grants } = await world.call('rescuer', sessionGet, {})
  expect(grants.find((it) => it.emergency)).toMatchObject({ id: grant.id })

  expect(await begin('rescuer', grant)).toMatchObject({ state: 'awake', awakeReason: '主平台中断' })
  expect((await world.call('rescuer', personList, {})).items.map(({ login }) => login)).toContain('city-operator')
  expect(await problemOf(begin('rescuer', grant))).toMatchObject({ status: 409, code: 'emergency-access-begun' })
  world.shift(4 * hourMs - 60_000)
  await world.call('rescuer', personList, {})
  world.shift(60_001)
  expect(await problemOf(world.call('rescuer', personList, {}))).toMatchObject({ code: 'not-permitted' })
})

test('nobody else wakes it, none but one for emergencies can be woken, and none for more than four hours', async () => {
  const { department, city } = world.province
  const grant = await prepared('rescuer-2', department, 'operator', city)
  for (const other of ['rescuer', 'secadmin', 'operator'])
    expect(await problemOf(begin(other, grant))).toMatchObject({ status: 404, code: 'not-found' })
  expect(await problemOf(begin('rescuer-2', grant, 241))).toMatchObject({ code: 'input-invalid' })
  expect(await problemOf(begin('rescuer-2', grant, 240, ' '))).toMatchObject({ code: 'input-invalid' })
  const [ordinary] = (await world.call('rescuer-2', sessionGet, {})).grants.filter((it) => !it.emergency)
  const asleep = { ...grant, id: ordinary?.id ?? '' }
  expect(await problemOf(begin('rescuer-2', asleep))).toMatchObject({ code: 'grant-not-for-emergencies' })
  expect(await problemOf(end('rescuer-2', asleep))).toMatchObject({ code: 'grant-not-for-emergencies' })
})

test('a security administrator ends it, and so does its person; nobody else does', async () => {
  const { department, otherDepartment } = world.province
  const grant = await prepared('rescuer-3', department, 'auditor', otherDepartment)
  for (const by of ['secadmin2', 'rescuer-3']) {
    await begin('rescuer-3', grant)
    for (const other of ['operator', 'auditadmin'])
      expect(await problemOf(end(other, grant))).toMatchObject({ status: 404 })
    expect(await end(by, grant)).toMatchObject({ state: 'asleep' })
    expect((await mayList('rescuer-3')).items.map((it) => it.organisationId)).not.toContain(otherDepartment.id)
    expect(await end(by, grant)).toMatchObject({ state: 'asleep' }) // again: it sleeps on
  }
})

test('the security and the audit administrators are told at once, with the reason', async () => {
  const { department, city } = world.province
  const grant = await prepared('rescuer-4', department, 'operator', city)
  await begin('rescuer-4', grant, 30, '市级平台失联')
  for (const login of ['secadmin', 'secadmin2', 'auditadmin']) {
    // The stream of events waits for whatever is still being written anywhere in the database.
    const told = await world.until(async () => {
      await world.yiduo.reconcilers.runNow('notices')
      const { items } = await world.call(login, noticeList, {})
      return items.find((it) => it.code === 'emergency-access-begun' && it.subject === grant.id)
    })
    expect(told.message).toContain('市级平台失联')
    expect(told.message).toContain('rescuer-4')
  }
})

test('what could not have been done without it bears the mark, and nothing else does', async () => {
  const { department, otherDepartment } = world.province
  const grant = await prepared('rescuer-5', department, 'department', otherDepartment)
  const create = (organisationId: string, name: string) =>
    world.call('rescuer-5', systemCreate, { body: { organisationId, name, securityGrade: 2 } })
  await create(department.id, '本职之前')
  await begin('rescuer-5', grant)
  const own = await create(department.id, '本职之中')
  const rescued = await create(otherDepartment.id, '应急之举')
  await end('rescuer-5', grant)
  const entries = await entriesOf('rescuer-5')
  const markOf = (target: string) => entries.find((it) => it.target === target)?.emergencyGrantId
  expect(markOf(own.id)).toBeNull()
  expect(markOf(rescued.id)).toBe(grant.id)
  const marked = await world.call('auditadmin', auditList, { query: { emergency: true, limit: 100 } })
  expect(marked.items.filter((it) => it.actor === 'rescuer-5').map((it) => it.target)).toEqual([rescued.id])
  // The mark is signed with the rest of the entry.
  await world.yiduo.reconcilers.runNow('audit-sealer')
  expect((await world.yiduo.rooms.trail.verify()).problem).toBeNull()
})

test('what is seen by it is on record and bears the mark; what one sees by one’s own post is not', async () => {
  const { department, otherDepartment } = world.province
  const grant = await prepared('rescuer-10', department, 'department', otherDepartment)
  const foreign = await world.call('other', systemCreate, {
    body: { organisationId: otherDepartment.id, name: '水库调度', securityGrade: 2 },
  })
  const own = world.province.system
  const get = (id: string) => world.call('rescuer-10', systemGet, { params: { systemId: id } })
  const seen = async () =>
    (await entriesOf('rescuer-10'))
      .filter(({ operation }) => operation.startsWith('system.'))
      .map((it) => [it.operation, it.target, it.emergencyGrantId])
  await get(own.id)
  await begin('rescuer-10', grant)
  await get(own.id)
  for (let times = 0; times < 3; times++) await get(foreign.id)
  await mayList('rescuer-10')
  await world.until(async () => (await seen()).length === 2)
  expect(await seen()).toEqual([
    ['system.list', 'system', grant.id],
    ['system.get', foreign.id, grant.id],
  ])
  await end('rescuer-10', grant)
  await world.yiduo.reconcilers.runNow('audit-sealer')
  expect((await world.yiduo.rooms.trail.verify()).problem).toBeNull()
})

test('so is that somebody listens by it to what happens', async () => {
  const { department, otherDepartment } = world.province
  const grant = await prepared('rescuer-11', department, 'department', otherDepartment)
  const listen = async () => {
    const answer = await fetch(`${world.url}/api/v1/events`, {
      headers: { authorization: `Bearer ${await world.tokenOf('rescuer-11')}` },
    })
    expect(answer.status).toBe(200)
    await answer.body?.cancel()
  }
  await listen()
  await begin('rescuer-11', grant)
  await listen()
  const heard = await world.until(async () => {
    const found = (await entriesOf('rescuer-11')).filter(({ operation }) => operation === 'event.stream')
    return found.length > 0 && found
  })
  expect(heard).toMatchObject([
    { target: 'event', organisationId: otherDepartment.id, emergencyGrantId: grant.id, outcome: 'done' },
  ])
  await end('rescuer-11', grant)
})

test('it is never awake beyond its own end, and ended or abolished it is not woken', async () => {
  const { rooms } = world.yiduo
  const { province, department, city } = world.province
  const until = new Date(world.clock.now().getTime() + hourMs).toISOString()
  const short = await prepared('rescuer-6', department, 'operator', city, until)
  expect(await begin('rescuer-6', short)).toMatchObject({ until, lastsUntil: until })
  world.shift(hourMs)
  expect(await problemOf(begin('rescuer-6', short))).toMatchObject({ code: 'grant-ended' })

  const act = programAct('test', 'demonstration.make', 'test')
  const place = { parentId: province.id, actor: 'department', level: 'province', divisionCode: '320000' } as const
  const old = agreed(await rooms.organisations.create(act, { ...place, name: '撤并局' }))
  const lost = await prepared('rescuer-7', department, 'department', old)
  const abolish = { params: { organisationId: old.id }, body: { successorId: department.id } }
  await world.call('sysadmin', organisationAbolish, abolish)
  expect(await problemOf(begin('rescuer-7', lost))).toMatchObject({ code: 'grant-ended' })
})

test('of a revocation and a waking at once, nothing stays awake', async () => {
  const { department, city } = world.province
  const grant = await prepared('rescuer-8', department, 'operator', city)
  await Promise.allSettled([
    begin('rescuer-8', grant),
    world.call('secadmin', grantRevoke, { params: { grantId: grant.id } }),
  ])
  const held = (await world.call('rescuer-8', sessionGet, {})).grants
  expect(held.map(({ role }) => role)).toEqual(['department'])
})

test('nobody gives themselves a grant for emergencies, nor confirms or reviews their own', async () => {
  const { province } = world.province
  const own = (await world.call('secadmin', sessionGet, {})).person.id
  const body = { personId: own, role: 'operator' as const, organisationId: province.id, reach: 'all' as const }
  expect(await problemOf(world.call('secadmin', grantCreate, { body: { ...body, emergency: true } }))).toMatchObject({
    code: 'grant-to-oneself',
  })
  const [grant] = (await world.call('secadmin', grantList, { query: { personId: own } })).items
  const keep = world.call('secadmin', grantReviewKeep, { params: { grantId: grant?.id ?? '' }, body: {} })
  expect(await problemOf(keep)).toMatchObject({ status: 403, code: 'grant-to-oneself' })
})

test('what is for emergencies is lent to nobody, and excludes the other posts asleep', async () => {
  const { province } = world.province
  const grant = await prepared('rescuer-9', province, 'system-admin', province)
  await world.call('secadmin2', grantConfirm, { params: { grantId: grant.id } })
  const body = { personId: grant.personId, role: 'audit-admin' as const, organisationId: province.id }
  expect(await problemOf(world.call('secadmin', grantCreate, { body: { ...body, reach: 'own' } }))).toMatchObject({
    code: 'duties-not-separated',
  })
})
