import {
  type AnswerOf,
  createClient,
  passkeyBegin,
  passkeyChallenge,
  passkeyProve,
  passkeyRegister,
  requestList,
  secondFactorList,
  type sessionGet,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAuthenticator, type Wrong } from '../world/authenticator.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { signIn } from '../world/raw.ts'
import { password } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

type Client = ReturnType<typeof createClient>
/** By a name: an address is no relying party. */
const origin = () => world.url.replace('127.0.0.1', 'localhost')
const clientOf = (token: string | undefined): Client => createClient({ baseUrl: origin(), token: token ?? '' })
const enter = async (login: string) => {
  const session = (await signIn({ url: origin() }, login, password)).body as AnswerOf<typeof sessionGet>
  return { client: clientOf(session.token), stage: session.stage }
}

/** Somebody with a passkey, and the session in which it was registered. */
const keyed = async (login: string) => {
  await addPerson(world.yiduo, login, { role: 'department', at: world.province.department, reach: 'own' })
  const { client } = await enter(login)
  const key = createAuthenticator(origin())
  const response = key.create(await client.call(passkeyBegin, {}))
  const session = await client.call(passkeyRegister, { body: { name: 'key', response } })
  return { key, client: clientOf(session.token) }
}
const wrong = { status: 401, code: 'second-factor-wrong' }
const prove = (client: Client, response: Record<string, unknown>) => client.call(passkeyProve, { body: { response } })

test('a passkey lets its person in, once for each challenge', async () => {
  const { key } = await keyed('holder')
  const { client, stage } = await enter('holder')
  expect(stage).toBe('second-factor')
  expect(await problemOf(client.call(requestList, {}))).toMatchObject({ code: 'second-factor-required' })
  const answer = key.get(await client.call(passkeyChallenge, {}), 1)
  const session = await prove(client, answer)
  expect(session.stage).toBe('complete')
  await clientOf(session.token).call(requestList, {})
  // Heard on the wire, it opens nothing: neither here nor in a session of the listener's.
  expect(await problemOf(prove(clientOf(session.token), answer))).toMatchObject(wrong)
  const other = await enter('holder')
  expect(await problemOf(prove(other.client, answer))).toMatchObject(wrong)
  await other.client.call(passkeyChallenge, {})
  expect(await problemOf(prove(other.client, answer))).toMatchObject(wrong)
})

test('of two that come with the same answer at once one enters', async () => {
  const { key } = await keyed('twofold')
  const { client } = await enter('twofold')
  const answer = key.get(await client.call(passkeyChallenge, {}), 1)
  const outcomes = await Promise.allSettled([prove(client, answer), prove(client, answer)])
  expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a challenge is good for the session that asked, for two minutes, and for one answer, be it wrong', async () => {
  const { key } = await keyed('patient')
  const [mine, other] = [await enter('patient'), await enter('patient')]
  const challenge = await mine.client.call(passkeyChallenge, {})
  expect(await problemOf(prove(other.client, key.get(challenge, 1)))).toMatchObject(wrong)
  expect(await problemOf(prove(mine.client, key.get(challenge, 1, { isVerified: false })))).toMatchObject(wrong)
  expect(await problemOf(prove(mine.client, key.get(challenge, 1)))).toMatchObject(wrong)
  const late = await mine.client.call(passkeyChallenge, {})
  world.clock.shift(120_000)
  expect(await problemOf(prove(mine.client, key.get(late, 1)))).toMatchObject(wrong)
  const third = await mine.client.call(passkeyChallenge, {})
  expect((await prove(mine.client, key.get(third, 1))).stage).toBe('complete')
})

test.each([
  ['of another site', { origin: 'https://elsewhere.example' }],
  ['for another relying party', { rpId: 'elsewhere.example' }],
  ['made for a registration', { type: 'webauthn.create' }],
  ['without finger or PIN', { isVerified: false }],
] satisfies [string, Wrong][])('an answer %s proves nothing', async (name, it) => {
  const { key } = await keyed(`wrong-${name.replaceAll(' ', '-')}`)
  const { client } = await enter(`wrong-${name.replaceAll(' ', '-')}`)
  expect(await problemOf(prove(client, key.get(await client.call(passkeyChallenge, {}), 1, it)))).toMatchObject(wrong)
})

test.each([
  ['of another site', { origin: 'https://elsewhere.example' }],
  ['for another relying party', { rpId: 'elsewhere.example' }],
  ['made for a log-in', { type: 'webauthn.get' }],
  ['without finger or PIN', { isVerified: false }],
] satisfies [string, Wrong][])('a registration %s is none', async (name, it) => {
  const login = `unkeyed-${name.replaceAll(' ', '-')}`
  await addPerson(world.yiduo, login, { role: 'department', at: world.province.department, reach: 'own' })
  const { client } = await enter(login)
  const response = createAuthenticator(origin()).create(await client.call(passkeyBegin, {}), it)
  expect(await problemOf(client.call(passkeyRegister, { body: { name: 'key', response } }))).toMatchObject(wrong)
  expect((await client.call(secondFactorList, {})).items).toEqual([])
})

test('a key that has counted less than before has a twin, and proves nothing', async () => {
  const { key } = await keyed('cloned')
  const use = async (counter: number) => {
    const { client } = await enter('cloned')
    return prove(client, key.get(await client.call(passkeyChallenge, {}), counter))
  }
  expect((await use(7)).stage).toBe('complete')
  for (const counter of [7, 6, 0]) expect(await problemOf(use(counter))).toMatchObject(wrong)
  expect((await use(8)).stage).toBe('complete')
})

test('another’s key opens nothing, and one that is known is not registered twice', async () => {
  const [mine, theirs] = [await keyed('one'), await keyed('two')]
  const { client } = await enter('one')
  expect(await problemOf(prove(client, theirs.key.get(await client.call(passkeyChallenge, {}), 1)))).toMatchObject(
    wrong,
  )
  const response = theirs.key.create(await mine.client.call(passkeyBegin, {}))
  expect(await problemOf(mine.client.call(passkeyRegister, { body: { name: 'again', response } }))).toMatchObject({
    code: 'second-factor-known',
  })
})

test('of sessions of before there was a factor, one sets up the first; the others prove that one', async () => {
  await addPerson(world.yiduo, 'collector', { role: 'department', at: world.province.department, reach: 'own' })
  const sessions = await Promise.all(Array.from({ length: 8 }, async () => (await enter('collector')).client))
  const ready = await Promise.all(
    sessions.map(async (client) => ({
      client,
      response: createAuthenticator(origin()).create(await client.call(passkeyBegin, {})),
    })),
  )
  const outcomes = await Promise.allSettled(
    ready.map(({ client, response }) => client.call(passkeyRegister, { body: { name: 'key', response } })),
  )
  expect(outcomes.filter((it) => it.status === 'fulfilled')).toHaveLength(1)
  const held = await rowsOf(
    world.databaseUrl,
    `select from second_factors where person_id = (select id from people where login = 'collector')`,
  )
  expect(held).toHaveLength(1)
})
