import {
  apiTokenCreate,
  createClient,
  delegationCreate,
  delegationEnd,
  delegationList,
  emergencyAccessBegin,
  grantConfirm,
  grantCreate,
  grantList,
  grantRevoke,
  organisationAbolish,
  passwordChange,
  passwordReset,
  personCreate,
  personEnd,
  type Role,
  requestList,
  secondFactorReset,
  serviceTokenCreate,
  sessionGet,
  systemList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { demonstrationPolicy } from '../../src/modules/identity/index.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { signIn } from '../world/raw.ts'
import { agreed } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const act = programAct('test', 'demonstration.make', 'test')
const hourMs = 3_600_000
const inHours = (hours: number): string => new Date(world.clock.now().getTime() + hours * hourMs).toISOString()

const service = async (login: string, at: { id: string }) =>
  (
    await world.call('sysadmin', personCreate, {
      body: { login, name: login, organisationId: at.id, kind: 'service' as const },
    })
  ).id

test('an administrator of a city gets into no account that reaches beyond the city', async () => {
  const { identity } = world.yiduo.rooms
  const { city, cityDepartment, province } = world.province
  await addPerson(world.yiduo, 'city-sec', { role: 'security-admin', at: city, reach: 'subtree' })
  await addPerson(world.yiduo, 'city-sys', { role: 'system-admin', at: city, reach: 'subtree' })
  const personId = await addPerson(world.yiduo, 'seconded', { role: 'department', at: cityDepartment, reach: 'own' })
  const params = { personId }
  await world.call('city-sec', passwordReset, { params })
  await world.call('city-sys', secondFactorReset, { params })

  const grant = (it: { reach: 'own' | 'all'; emergency?: boolean }, organisationId = province.id) =>
    identity.createGrant(act, { personId, role: 'operator', organisationId, ...it })
  agreed(await grant({ reach: 'own', emergency: true }))
  const further = { status: 403, code: 'person-reaches-further' }
  expect(await problemOf(world.call('city-sec', passwordReset, { params }))).toMatchObject(further)
  expect(await problemOf(world.call('city-sys', secondFactorReset, { params }))).toMatchObject(further)
  await world.call('secadmin', passwordReset, { params })
  await world.call('sysadmin', secondFactorReset, { params })

  const robot = { personId: await service('city-robot', cityDepartment) }
  const body = { name: 'nightly', operations: ['request.*'], expiresAt: inHours(1) }
  await world.call('city-sys', serviceTokenCreate, { params: robot, body })
  agreed(
    await identity.createGrant(act, { ...robot, role: 'operator', organisationId: cityDepartment.id, reach: 'all' }),
  )
  expect(await problemOf(world.call('city-sys', serviceTokenCreate, { params: robot, body }))).toMatchObject(further)
})

test('a service account, whose tokens a system administrator makes, holds none of the three posts', async () => {
  const { province } = world.province
  const personId = await service('robot', province)
  for (const role of ['security-admin', 'audit-admin', 'system-admin'] satisfies Role[]) {
    const body = { personId, role, organisationId: province.id, reach: 'all' as const }
    expect(await problemOf(world.call('secadmin', grantCreate, { body }))).toMatchObject({
      status: 409,
      code: 'post-not-for-services',
    })
  }
})

test('whoever is given an administrative post signs in anew; whoever is given another goes on', async () => {
  const { department, province } = world.province
  const personId = await addPerson(world.yiduo, 'promoted', { role: 'department', at: department, reach: 'own' })
  const body = { personId, organisationId: province.id, reach: 'own' as const }
  await world.call('promoted', sessionGet, {})
  await world.call('secadmin', grantCreate, { body: { ...body, role: 'regulator' } })
  const asked = await world.call('secadmin', grantCreate, { body: { ...body, role: 'audit-admin' } })
  await world.call('promoted', sessionGet, {})
  await world.call('secadmin2', grantConfirm, { params: { grantId: asked.id } })
  expect(await problemOf(world.call('promoted', sessionGet, {}))).toMatchObject({ code: 'not-signed-in' })
})

test('what an administrator asked for who has lost the post, nobody confirms alone', async () => {
  const { department, province } = world.province
  const askerId = await addPerson(world.yiduo, 'rogue', { role: 'security-admin', at: province, reach: 'all' })
  const personId = await addPerson(world.yiduo, 'accomplice', { role: 'department', at: department, reach: 'own' })
  const body = { personId, organisationId: province.id, role: 'security-admin' as const, reach: 'all' as const }
  const asked = await world.call('rogue', grantCreate, { body })
  const [post] = (await world.call('secadmin', grantList, { query: { personId: askerId } })).items
  await world.call('secadmin', grantRevoke, { params: { grantId: post?.id ?? '' } })
  const confirm = world.call('secadmin2', grantConfirm, { params: { grantId: asked.id } })
  expect(await problemOf(confirm)).toMatchObject({ status: 409, code: 'grant-not-pending' })
})

test('a token made by whoever had the account rests from a reset of the password until its person has come in', async () => {
  const { department } = world.province
  const personId = await addPerson(world.yiduo, 'hacked', { role: 'department', at: department, reach: 'own' })
  const body = { name: 'back door', operations: ['request.*'], expiresAt: inHours(24) }
  const { token } = await world.call('hacked', apiTokenCreate, { body })
  const program = createClient({ baseUrl: world.url, token })
  await program.call(requestList, {})
  const { oneTimePassword } = await world.call('secadmin', passwordReset, { params: { personId } })
  expect(await problemOf(program.call(requestList, {}))).toMatchObject({ code: 'password-change-required' })
  const session = (await signIn(world, 'hacked', oneTimePassword)).body as { token: string }
  await createClient({ baseUrl: world.url, token: session.token }).call(passwordChange, {
    body: { oldPassword: oneTimePassword, newPassword: 'Quite-2026-new' },
  })
  await program.call(requestList, {})
})

test('a stolen session wakes no grant for emergencies whose post asks for a second factor, or whose person has one', async () => {
  const { department, city } = world.province
  const personId = await addPerson(world.yiduo, 'rescuer', { role: 'department', at: department, reach: 'own' })
  const body = { personId, role: 'regulator' as const, organisationId: city.id, reach: 'own' as const }
  const { id } = await world.call('secadmin', grantCreate, { body: { ...body, emergency: true } })
  const set = async (policy: Partial<typeof demonstrationPolicy>) =>
    agreed(await world.yiduo.rooms.identity.setPolicy(act, { ...demonstrationPolicy, ...policy }, null))
  const wake = () =>
    world.call('rescuer', emergencyAccessBegin, {
      params: { grantId: id },
      body: { reason: '主平台中断', minutes: 5 },
    })
  await set({ secondFactorRoles: ['regulator'] })
  expect(await problemOf(wake())).toMatchObject({ status: 403, code: 'second-factor-set-up-required' })
  await set({ stepUpMinutes: 10 })
  // As if the person had set one up, and proven it when this session began, long ago.
  await world.yiduo.database.pool.query(
    `insert into second_factors (id, person_id, kind, name, secret, created_at, confirmed_at)
     select gen_random_uuid(), id, 'totp', 'phone', 'sealed', now(), now() from people where login = 'rescuer'`,
  )
  await world.yiduo.database.pool.query(
    `update sessions set factor_at = now() where person_id = (select id from people where login = 'rescuer')`,
  )
  expect(await problemOf(wake())).toMatchObject({ status: 403, code: 'step-up-required' })
  await set({})
  expect(await wake()).toMatchObject({ state: 'awake' })
})

test('an organisation that was abolished takes on nobody, and its people sign in to nothing', async () => {
  const { rooms } = world.yiduo
  const { province, department } = world.province
  const place = { parentId: province.id, actor: 'department', level: 'province', divisionCode: '320000' } as const
  const old = agreed(await rooms.organisations.create(act, { ...place, name: '撤并局' }))
  await addPerson(world.yiduo, 'remaining', { role: 'department', at: old, reach: 'own' })
  await world.call('sysadmin', organisationAbolish, {
    params: { organisationId: old.id },
    body: { successorId: department.id },
  })
  const body = { login: 'too-late', name: '迟到', organisationId: old.id, password: 'Quite-2026-long' }
  expect(await problemOf(world.call('sysadmin', personCreate, { body }))).toMatchObject({
    status: 409,
    code: 'organisation-ended',
  })
  expect(await problemOf(world.call('remaining', systemList, {}))).toMatchObject({ code: 'not-permitted' })
})

test('nobody delegates to whoever has left, to a program, or to so many that each request of one is slow', async () => {
  const { department } = world.province
  await addPerson(world.yiduo, 'absent', { role: 'department', at: department, reach: 'own' })
  await addPerson(world.yiduo, 'deputy', { role: 'department', at: department, reach: 'own' })
  const leftId = await addPerson(world.yiduo, 'left', { role: 'department', at: department, reach: 'own' })
  await world.call('secadmin', personEnd, { params: { personId: leftId } })
  await service('delegate-robot', department)
  const lend = (delegateLogin: string) =>
    world.call('absent', delegationCreate, { body: { delegateLogin, endsAt: inHours(1) } })
  for (const login of ['left', 'delegate-robot'])
    expect(await problemOf(lend(login))).toMatchObject({ code: 'delegate-unsuitable' })
  for (let count = 0; count < 20; count++) await lend('deputy')
  expect(await problemOf(lend('deputy'))).toMatchObject({ status: 409, code: 'delegation-too-many' })
  const [one] = (await world.call('absent', delegationList, {})).items
  await world.call('absent', delegationEnd, { params: { delegationId: one?.id ?? '' } })
  await lend('deputy')
})

test('of a token that is made and its person leaving at once, nothing opens afterwards', async () => {
  const { department } = world.province
  const personId = await addPerson(world.yiduo, 'racer', { role: 'department', at: department, reach: 'own' })
  const body = { name: 'last', operations: ['request.*'], expiresAt: inHours(1) }
  const [made] = await Promise.allSettled([
    world.call('racer', apiTokenCreate, { body }),
    world.call('secadmin', personEnd, { params: { personId } }),
  ])
  const token = made.status === 'fulfilled' ? made.value.token : 'yda_none'
  const answer = await fetch(`${world.url}/api/v1/requests`, { headers: { authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(401)
})
