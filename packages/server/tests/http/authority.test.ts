import { operations, type Role, rolePermissions, roles } from '@yiduo/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { addPerson } from '../world/people.ts'
import { methodOf, pathWith, problemIn, rawCall } from '../world/raw.ts'
import { agreed } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
  for (const role of roles)
    await addPerson(world.yiduo, `has-${role}`, { role, at: world.province.province, reach: 'all' })
})
afterAll(() => world[Symbol.asyncDispose]())

const restricted = operations.filter((spec) => spec.access === undefined)
const answerTo = (spec: (typeof operations)[number], token?: string) =>
  rawCall(world, methodOf(spec), pathWith(spec), {
    ...(token === undefined ? {} : { token }),
    ...(spec.body ? { body: {} } : {}),
  })

test.each(operations.filter((spec) => spec.access !== 'public'))('$name asks for a session', async (spec) => {
  const answer = await answerTo(spec)
  expect(answer.status).toBe(401)
  expect(problemIn(answer).code).toBe('not-signed-in')
})

test('what is public asks for none', async () => {
  for (const spec of operations.filter((it) => it.access === 'public'))
    expect([200, 400]).toContain((await answerTo(spec)).status)
})

// Asked for nothing that exists, with nothing in the body: whoever may ask is told so, and nobody changes anything.
const may = (role: Role, name: string): boolean => rolePermissions[role].includes(name)
const notFoundOrEmpty = new Set([200, 201, 400, 404])

describe.each(roles)('a person with the role %s', (role) => {
  test.each(restricted.filter((spec) => may(role, spec.name)))('may $name', async (spec) => {
    const { status, body } = await answerTo(spec, await world.tokenOf(`has-${role}`))
    expect(notFoundOrEmpty, JSON.stringify(body)).toContain(status)
  })

  test.each(restricted.filter((spec) => !may(role, spec.name)))('may not $name', async (spec) => {
    const answer = await answerTo(spec, await world.tokenOf(`has-${role}`))
    expect(answer.status).toBe(403)
    expect(problemIn(answer).code).toBe('not-permitted')
  })
})

test('a role that holds nowhere any more allows nothing', async () => {
  const { rooms } = world.yiduo
  const act = programAct('test', 'test', 'test')
  const personId = await addPerson(world.yiduo, 'former', {
    role: 'auditor',
    at: world.province.province,
    reach: 'all',
  })
  const [grant] = (await rooms.identity.listGrants(act, { personId })).items
  const token = await world.tokenOf('former')
  const auditList = restricted.filter((spec) => spec.name === 'audit.list')
  for (const spec of auditList) expect((await answerTo(spec, token)).status).toBe(200)
  agreed(await rooms.identity.revokeGrant(act, grant?.id ?? ''))
  for (const spec of auditList) expect((await answerTo(spec, token)).status).toBe(403)
})
