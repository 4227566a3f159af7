import { sessionGet, systemList } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { createGround, type Ground } from '../world/ground.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { createWorld, type World } from '../world/world.ts'

let ground: Ground
let world: World
beforeAll(async () => {
  ground = await createGround()
  world = await createWorld({ ground })
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await ground[Symbol.asyncDispose]()
})

const act = programAct('test', 'demonstration.make', 'test')
const department = () => world.province.department

test('what is revoked allows nothing from the answer on, however often it was used a moment ago', async () => {
  const { identity } = world.yiduo.rooms
  const personId = await addPerson(world.yiduo, 'revoked', { role: 'department', at: department(), reach: 'own' })
  const client = await world.as('revoked')
  for (let round = 0; round < 20; round++) {
    await client.call(systemList, {})
    const { items } = await identity.listGrants(act, { personId })
    agreed(await identity.revokeGrant(act, items[0]?.id ?? ''))
    expect((await problemOf(client.call(systemList, {}))).code).toBe('not-permitted')
    const grant = { personId, role: 'department' as const, organisationId: department().id, reach: 'own' as const }
    agreed(await identity.createGrant(act, grant))
  }
  await client.call(systemList, {})
})

test('of uses and a revocation at once none is allowed after its answer', async () => {
  const { identity } = world.yiduo.rooms
  const personId = await addPerson(world.yiduo, 'crowd', { role: 'department', at: department(), reach: 'own' })
  const client = await world.as('crowd')
  const { items } = await identity.listGrants(act, { personId })
  let isRevoked = false
  const late: string[] = []
  const use = async () => {
    for (let times = 0; times < 20; times++) {
      const begunAfter = isRevoked
      await client.call(systemList, {}).then(
        () => begunAfter && late.push('allowed'),
        () => undefined,
      )
    }
  }
  const uses = Array.from({ length: 8 }, use)
  agreed(await identity.revokeGrant(act, items[0]?.id ?? ''))
  isRevoked = true
  await Promise.all(uses)
  expect(late).toEqual([])
})

test('what is changed behind the program’s back, or by another process, is known within a moment', async () => {
  await addPerson(world.yiduo, 'elsewhere', { role: 'department', at: department(), reach: 'own' })
  const client = await world.as('elsewhere')
  await client.call(systemList, {})
  await rowsOf(
    ground.databaseUrl,
    `delete from grants where person_id = (select id from people where login = 'elsewhere')`,
  )
  await world.until(
    async () => (await problemOf(client.call(systemList, {})).catch(() => null))?.code === 'not-permitted',
  )
  await rowsOf(
    ground.databaseUrl,
    `delete from sessions where person_id = (select id from people where login = 'elsewhere')`,
  )
  await world.until(
    async () => (await problemOf(client.call(sessionGet, {})).catch(() => null))?.code === 'not-signed-in',
  )
})
