import { operations, roles } from '@yiduo/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { addPerson } from '../world/people.ts'
import { mayBy, operationsWithPermission, permissionOf } from '../world/permissions.ts'
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

// What may be done is read from the committed print: a change of the table is a change that somebody has looked at.
const restricted = operations.filter((spec) => ['may', '-'].includes(permissionOf(spec.name, 'operator')))

test('every operation stands in the committed table, and nothing else does', () => {
  expect(operationsWithPermission()).toEqual(operations.map(({ name }) => name).toSorted())
})

const answerTo = (spec: (typeof operations)[number], token?: string) =>
  rawCall(world, methodOf(spec), pathWith(spec), {
    ...(token === undefined ? {} : { token }),
    ...(spec.body ? { body: {} } : {}),
  })

const closed = operations.filter((spec) => permissionOf(spec.name, 'operator') !== 'anybody')

test.each(closed)('$name asks for a session', async (spec) => {
  const answer = await answerTo(spec)
  expect(answer.status).toBe(401)
  expect(problemIn(answer).code).toBe('not-signed-in')
})

test('what is public asks for none', async () => {
  for (const spec of operations.filter((it) => !closed.includes(it)))
    expect([200, 400]).toContain((await answerTo(spec)).status)
})

// Asked for nothing that exists, with nothing in the body: whoever may ask is told so, and nobody changes anything.
const notFoundOrEmpty = new Set([200, 201, 400, 404])
/** They end the session that the others are asked with. */
const ends = new Set(['session.delete', 'session.log-out'])

describe.each(roles)('a person with the role %s', (role) => {
  test.each(restricted.filter((spec) => mayBy(role, spec.name)))('may $name', async (spec) => {
    const { status, body } = await answerTo(spec, await world.tokenOf(`has-${role}`))
    expect(notFoundOrEmpty, JSON.stringify(body)).toContain(status)
  })

  test.each(closed.filter((spec) => permissionOf(spec.name, role) === 'self' && !ends.has(spec.name)))(
    'may $name for their own things',
    async (spec) => {
      const { status, body } = await answerTo(spec, await world.tokenOf(`has-${role}`))
      expect(notFoundOrEmpty, JSON.stringify(body)).toContain(status)
    },
  )

  test.each(restricted.filter((spec) => !mayBy(role, spec.name)))('may not $name', async (spec) => {
    const answer = await answerTo(spec, await world.tokenOf(`has-${role}`))
    expect(answer.status).toBe(403)
    expect(problemIn(answer).code).toBe('not-permitted')
  })
})

test('a role that holds nowhere any more allows nothing', async () => {
  const { rooms } = world.yiduo
  const act = programAct('test', 'demonstration.make', 'test')
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
