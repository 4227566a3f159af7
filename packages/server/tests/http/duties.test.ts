import {
  delegationCreate,
  delegationList,
  grantCreate,
  grantList,
  operations,
  organisationAbolish,
  organisationCreate,
  personCreate,
  personList,
  sessionGet,
} from '@yiduo/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { mayBy } from '../world/permissions.ts'
import { methodOf, pathWith, problemIn, rawCall } from '../world/raw.ts'
import { password } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const administrators = [
  ['sysadmin', 'system-admin'],
  ['secadmin', 'security-admin'],
  ['auditadmin', 'audit-admin'],
] as const

/** Taking everything from somebody who leaves waits for nobody: either of the two may. */
const either = new Set(['person.end'])

/** What another of the three may do and this one may not. */
const othersAlone = (role: (typeof administrators)[number][1]) =>
  operations.filter(({ name, access }) => {
    const others = administrators.filter(([, other]) => other !== role)
    return access === undefined && !mayBy(role, name) && others.some(([, other]) => mayBy(other, name))
  })

describe.each(administrators)('%s, a %s', (login, role) => {
  test('changes nothing that one of the other two may change, and has something to themselves', () => {
    const others = administrators.filter(([, other]) => other !== role)
    const own = operations.filter(({ name, access }) => access === undefined && mayBy(role, name))
    const shared = own.filter(({ name }) => others.some(([, other]) => mayBy(other, name)))
    expect(
      shared.filter(({ http, name }) => !http.startsWith('GET') && !either.has(name)).map(({ name }) => name),
    ).toEqual([])
    expect(own.length).toBeGreaterThan(shared.length)
  })

  test.each(othersAlone(role))('is refused $name, which is another’s', async (spec) => {
    const answer = await rawCall(world, methodOf(spec), pathWith(spec), {
      token: await world.tokenOf(login),
      ...(spec.body ? { body: {} } : {}),
    })
    expect({ status: answer.status, code: problemIn(answer).code }).toEqual({ status: 403, code: 'not-permitted' })
  })
})

const rolesOf = async (login: string) =>
  (await world.call(login, sessionGet, {})).grants.map(({ role, organisationId }) => `${role} ${organisationId}`)
const personId = async (login: string) => (await world.call(login, sessionGet, {})).person.id

describe('nobody comes to a role by', () => {
  test('granting it to themselves', async () => {
    const before = await rolesOf('secadmin')
    for (const reach of ['own', 'all'] as const)
      expect(
        await problemOf(
          world.call('secadmin', grantCreate, {
            body: {
              personId: await personId('secadmin'),
              role: 'operator',
              organisationId: world.province.province.id,
              reach,
            },
          }),
        ),
      ).toMatchObject({ status: 403, code: 'grant-to-oneself' })
    expect(await rolesOf('secadmin')).toEqual(before)
  })

  test('delegating to themselves, or to somebody who would then grant it', async () => {
    const { province } = world.province
    const endsAt = new Date(world.clock.now().getTime() + 3_600_000).toISOString()
    const toOneself = world.call('secadmin', delegationCreate, { body: { delegateLogin: 'secadmin', endsAt } })
    expect(await problemOf(toOneself)).toMatchObject({ code: 'delegate-unsuitable' })
    await addPerson(world.yiduo, 'colleague', { role: 'auditor', at: province, reach: 'own' })
    await world.call('secadmin', delegationCreate, { body: { delegateLogin: 'colleague', endsAt } })
    expect((await world.call('colleague', delegationList, {})).items).toHaveLength(1)
    const body = {
      personId: await personId('operator'),
      role: 'auditor' as const,
      organisationId: province.id,
      reach: 'own' as const,
    }
    expect(await problemOf(world.call('colleague', grantCreate, { body }))).toMatchObject({ code: 'not-permitted' })
  })

  test('making a person: the new one holds nothing, whatever is sent with it', async () => {
    const { province } = world.province
    const body = { login: 'puppet', name: '新人', organisationId: province.id, password }
    const grants = [{ role: 'operator', organisationId: province.id, reach: 'all' }]
    const token = await world.tokenOf('sysadmin')
    const answer = await rawCall(world, 'POST', pathWith(personCreate), { token, body: { ...body, grants } })
    expect(problemIn(answer).code).toBe('input-invalid')
    const { id } = await world.call('sysadmin', personCreate, { body })
    expect((await world.call('secadmin', grantList, { query: { personId: id } })).items).toEqual([])
    expect(await rolesOf('puppet')).toEqual([])
    expect(await problemOf(world.call('puppet', personList, {}))).toMatchObject({ status: 403 })
  })

  test('making, merging or abolishing organisations', async () => {
    const { province, department } = world.province
    const before = [await rolesOf('sysadmin'), await rolesOf('department')]
    const place = { parentId: province.id, actor: 'department', level: 'province', divisionCode: '320000' } as const
    const made = await world.call('sysadmin', organisationCreate, { body: { ...place, name: '并入厅' } })
    await addPerson(world.yiduo, 'of-merged', { role: 'operator', at: made, reach: 'own' })
    await world.call('sysadmin', organisationAbolish, {
      params: { organisationId: made.id },
      body: { successorId: department.id },
    })
    // What was held there is nobody's: neither who abolished it nor its successor's people take it over.
    expect([await rolesOf('sysadmin'), await rolesOf('department')]).toEqual(before)
    expect(await problemOf(world.call('of-merged', personList, {}))).toMatchObject({ code: 'not-permitted' })
  })
})
