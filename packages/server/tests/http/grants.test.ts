import { grantCreate, grantList, grantRevoke, type Organisation, type Role, systemList } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
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
