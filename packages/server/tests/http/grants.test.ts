import {
  type Grant,
  grantConfirm,
  grantCreate,
  grantDecline,
  grantList,
  grantRevoke,
  type Organisation,
  organisationAbolish,
  personList,
  type Role,
  sessionGet,
  systemList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { pathWith, rawCall } from '../world/raw.ts'
import { agreed } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

type Reach = 'own' | 'subtree' | 'all'

const grant = (by: string, personId: string, role: Role, at: Organisation, reach: Reach, until?: string) =>
  world.call(by, grantCreate, {
    body: { personId, role, organisationId: at.id, reach, ...(until === undefined ? {} : { until }) },
  })

const person = (login: string, role: Role, at: Organisation, reach: Reach) =>
  addPerson(world.yiduo, login, { role, at, reach })

test('nobody holds two of the three separated duties', async () => {
  const { province } = world.province
  const personId = await person('third', 'system-admin', province, 'all')
  for (const wanted of ['security-admin', 'audit-admin'] as const)
    expect(await problemOf(grant('secadmin', personId, wanted, province, 'all'))).toMatchObject({
      status: 409,
      code: 'duties-not-separated',
    })
})

test('of two grants at once that must stay apart, one is refused', async () => {
  const { province } = world.province
  const personId = await person('hurried', 'department', province, 'own')
  const answers = await Promise.allSettled([
    grant('secadmin', personId, 'system-admin', province, 'all'),
    grant('secadmin', personId, 'audit-admin', province, 'all'),
  ])
  expect(answers.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('nobody grants a role to themselves', async () => {
  const { province } = world.province
  const personId = await person('sec-2', 'security-admin', province, 'all')
  expect(await problemOf(grant('sec-2', personId, 'operator', province, 'all'))).toMatchObject({
    status: 403,
    code: 'grant-to-oneself',
  })
})

test('nobody grants a reach that is wider than their own', async () => {
  const { city, cityDepartment, cityOperator, province } = world.province
  await person('city-sec', 'security-admin', city, 'subtree')
  const personId = await person('city-worker', 'department', cityDepartment, 'own')
  for (const reach of ['own', 'subtree'] as const) await grant('city-sec', personId, 'operator', cityOperator, reach)
  const tooWide = { status: 403, code: 'not-permitted' }
  expect(await problemOf(grant('city-sec', personId, 'operator', city, 'all'))).toMatchObject(tooWide)
  expect(await problemOf(grant('city-sec', personId, 'operator', province, 'own'))).toMatchObject({ status: 404 })

  await person('own-sec', 'security-admin', city, 'own')
  const inCity = await person('city-clerk', 'department', city, 'own')
  await grant('own-sec', inCity, 'operator', city, 'own')
  expect(await problemOf(grant('own-sec', inCity, 'operator', city, 'subtree'))).toMatchObject(tooWide)
})

test('a grant ends at its instant, and at once when it is revoked', async () => {
  const { department } = world.province
  const personId = await person('guest', 'auditor', department, 'own')
  const [first] = (await world.call('secadmin', grantList, { query: { personId } })).items
  await world.call('secadmin', grantRevoke, { params: { grantId: first?.id ?? '' } })
  expect(await problemOf(world.call('guest', systemList, {}))).toMatchObject({ code: 'not-permitted' })

  const until = new Date(world.clock.now().getTime() + 60_000).toISOString()
  await grant('secadmin', personId, 'auditor', department, 'own', until)
  await world.call('guest', systemList, {})
  world.clock.shift(60_001)
  expect(await problemOf(world.call('guest', systemList, {}))).toMatchObject({ code: 'not-permitted' })
})

test('of a revocation and many uses at once, each use is done or refused, and none behind it is done', async () => {
  const { department } = world.province
  const personId = await person('besetting', 'auditor', department, 'own')
  const [held] = (await world.call('secadmin', grantList, { query: { personId } })).items
  const token = await world.tokenOf('besetting')
  const use = async () => (await rawCall(world, 'GET', pathWith(systemList), { token })).status
  const during = Array.from({ length: 30 }, use)
  await world.call('secadmin', grantRevoke, { params: { grantId: held?.id ?? '' } })
  const behind = await Promise.all(Array.from({ length: 30 }, use))
  expect(new Set(behind)).toEqual(new Set([403]))
  for (const status of await Promise.all(during)) expect([200, 403]).toContain(status)
})

const grantId = (it: Grant) => ({ params: { grantId: it.id } })
const confirm = (by: string, it: Grant) => world.call(by, grantConfirm, grantId(it))
const grantsOf = async (personId: string) => (await world.call('secadmin', grantList, { query: { personId } })).items
const mayReadPeople = (login: string) => world.call(login, personList, {})

test('an administrative post allows nothing until another security administrator confirms it', async () => {
  const { province } = world.province
  const personId = await person('newcomer', 'department', province, 'own')
  const asked = await grant('secadmin', personId, 'system-admin', province, 'all')
  expect(asked).toMatchObject({ state: 'pending', lastsUntil: null, confirmedById: null })
  expect(await problemOf(mayReadPeople('newcomer'))).toMatchObject({ code: 'not-permitted' })
  expect((await world.call('newcomer', sessionGet, {})).grants.map(({ role }) => role)).toEqual(['department'])
  expect((await world.call('secadmin2', grantList, { query: { pending: true } })).items).toContainEqual(asked)

  expect(await problemOf(confirm('secadmin', asked))).toMatchObject({ status: 403, code: 'grant-asked-by-oneself' })
  expect(await confirm('secadmin2', asked)).toMatchObject({ state: 'effective', until: null, pendingUntil: null })
  world.shift(0) // signed out
  await mayReadPeople('newcomer')
  expect(await problemOf(confirm('secadmin2', asked))).toMatchObject({ status: 409, code: 'grant-not-pending' })
  expect(await problemOf(world.call('secadmin2', grantDecline, grantId(asked)))).toMatchObject({
    code: 'grant-not-pending',
  })
})

test('nobody confirms what they are granted themselves', async () => {
  const { province } = world.province
  const personId = await person('sec-3', 'security-admin', province, 'all')
  const asked = await grant('secadmin', personId, 'security-admin', province, 'own')
  expect(await problemOf(confirm('sec-3', asked))).toMatchObject({ status: 403, code: 'grant-to-oneself' })
})

test('nobody confirms a reach that is wider than their own, nor what lies elsewhere', async () => {
  const { city, cityOperator, department } = world.province
  await person('own-sec-2', 'security-admin', city, 'own')
  const personId = await person('city-clerk-2', 'department', city, 'own')
  const wide = await grant('secadmin', personId, 'audit-admin', city, 'subtree')
  expect(await problemOf(confirm('own-sec-2', wide))).toMatchObject({ status: 403, code: 'not-permitted' })
  for (const at of [cityOperator, department]) {
    const asked = await grant(
      'secadmin',
      await person(`of-${at.id}`, 'department', at, 'own'),
      'audit-admin',
      at,
      'own',
    )
    expect(await problemOf(confirm('own-sec-2', asked))).toMatchObject({ status: 404, code: 'not-found' })
  }
})

test('what nobody confirms within seven days runs out, and what is declined is gone', async () => {
  const { province } = world.province
  const personId = await person('patient', 'department', province, 'own')
  const asked = await grant('secadmin', personId, 'audit-admin', province, 'all')
  await world.call('secadmin2', grantDecline, grantId(asked))
  expect((await grantsOf(personId)).map(({ role }) => role)).toEqual(['department'])

  const again = await grant('secadmin', personId, 'audit-admin', province, 'all')
  world.shift(7 * 86_400_000)
  expect(await problemOf(confirm('secadmin2', again))).toMatchObject({ code: 'grant-not-pending' })
  expect((await grantsOf(personId))[0]).toMatchObject({ id: again.id, state: 'ended' })
  // It is in nobody's way any more.
  expect(await grant('secadmin', personId, 'system-admin', province, 'all')).toMatchObject({ state: 'pending' })
})

test('two posts that exclude each other do so while both are pending', async () => {
  const { province } = world.province
  const personId = await person('twofold', 'department', province, 'own')
  await grant('secadmin', personId, 'system-admin', province, 'all')
  expect(await problemOf(grant('secadmin2', personId, 'audit-admin', province, 'all'))).toMatchObject({
    code: 'duties-not-separated',
  })
})

test('of a confirmation and a refusal at once only one happens', async () => {
  const { province } = world.province
  const personId = await person('contested', 'department', province, 'own')
  const asked = await grant('secadmin', personId, 'audit-admin', province, 'all')
  const answers = await Promise.allSettled([
    confirm('secadmin2', asked),
    world.call('secadmin2', grantDecline, grantId(asked)),
  ])
  expect(answers.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
  const held = (await grantsOf(personId)).filter(({ role }) => role === 'audit-admin')
  expect(held).toHaveLength(answers[0]?.status === 'fulfilled' ? 1 : 0)
})

test('a grant that would end before it begins is refused', async () => {
  const { department } = world.province
  const personId = await person('late', 'department', department, 'own')
  const until = world.clock.now().toISOString()
  expect(await problemOf(grant('secadmin', personId, 'auditor', department, 'own', until))).toMatchObject({
    status: 400,
    code: 'grant-in-the-past',
  })
})

test('an organisation that is abolished takes all grants of its people with it, and none is given there again', async () => {
  const { rooms } = world.yiduo
  const { province, department } = world.province
  const act = programAct('test', 'demonstration.make', 'test')
  const place = { parentId: province.id, actor: 'department', level: 'province', divisionCode: '320000' } as const
  const old = agreed(await rooms.organisations.create(act, { ...place, name: '旧厅' }))
  const personId = await person('of-old', 'auditor', old, 'own')
  await grant('secadmin', personId, 'auditor', province, 'subtree')
  const asked = await grant('secadmin', personId, 'audit-admin', province, 'all')
  await world.call('of-old', systemList, {})

  await world.call('sysadmin', organisationAbolish, {
    params: { organisationId: old.id },
    body: { successorId: department.id },
  })
  expect(await problemOf(world.call('of-old', systemList, {}))).toMatchObject({ code: 'not-permitted' })
  expect((await grantsOf(personId)).map(({ state }) => state)).toEqual(['ended', 'ended', 'ended'])
  expect(await problemOf(confirm('secadmin2', asked))).toMatchObject({ code: 'grant-not-pending' })
  const ended = { status: 409, code: 'organisation-ended' }
  expect(await problemOf(grant('secadmin', personId, 'auditor', province, 'own'))).toMatchObject(ended)
  const standing = await person('of-new', 'department', department, 'own')
  expect(await problemOf(grant('secadmin', standing, 'auditor', old, 'own'))).toMatchObject(ended)
})

test('of the last two security administrators that are revoked at once, one stays', async () => {
  await using bare = await createWorld()
  const act = programAct('test', 'demonstration.make', 'test')
  const { items } = agreed(await bare.yiduo.rooms.identity.listGrants(act, { limit: 100 }))
  const last = items.filter(({ role }) => role === 'security-admin')
  expect(last).toHaveLength(2)
  const answers = await Promise.all(last.map(({ id }) => bare.yiduo.rooms.identity.revokeGrant(act, id)))
  expect(answers.map((it) => it?.refused.code ?? 'revoked').sort()).toEqual(['last-security-admin', 'revoked'])
})
