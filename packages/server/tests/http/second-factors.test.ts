import {
  type AnswerOf,
  apiTokenCreate,
  createClient,
  grantCreate,
  noticeList,
  passkeyBegin,
  passkeyProve,
  passkeyRegister,
  passwordChange,
  passwordReset,
  personList,
  type Role,
  requestList,
  secondFactorList,
  secondFactorRemove,
  secondFactorReset,
  sessionGet,
  totpBegin,
  totpConfirm,
  totpProve,
} from '@yiduo/contract'
import { generate } from 'otplib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { demonstrationPolicy } from '../../src/modules/identity/index.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { problemIn, signIn } from '../world/raw.ts'
import { agreed, password } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { createWorld, type World, waitUntil } from '../world/world.ts'

const minuteMs = 60_000

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const act = programAct('test', 'demonstration.make', 'test')
const setPolicy = async (it: { secondFactorRoles?: Role[] | null; stepUpMinutes?: number | null }) =>
  agreed(await world.yiduo.rooms.identity.setPolicy(act, { ...demonstrationPolicy, ...it }, null))

type Client = ReturnType<typeof createClient>
const clientOf = (token: string | undefined): Client => createClient({ baseUrl: world.url, token: token ?? '' })

/** A new person's first session, and what it answers. */
const enter = async (login: string): Promise<{ client: Client; stage: string }> => {
  const { body } = await signIn(world, login, password)
  const session = body as AnswerOf<typeof sessionGet>
  return { client: clientOf(session.token), stage: session.stage }
}

const codeNow = async (secret: string): Promise<string> =>
  generate({ secret, epoch: Math.floor(world.clock.now().getTime() / 1000) })

/** Sets one-time codes up; the next code is another one. */
const setUp = async (client: Client): Promise<{ client: Client; secret: string; id: string }> => {
  const { id, secret } = await client.call(totpBegin, { body: { name: 'phone' } })
  const session = await client.call(totpConfirm, {
    params: { secondFactorId: id },
    body: { code: await codeNow(secret) },
  })
  world.shift(minuteMs)
  return { client: clientOf(session.token), secret, id }
}

test('an operator without a factor sets one up before anything else, and proves it at every log-in', async () => {
  await setPolicy({ secondFactorRoles: ['operator'] })
  await addPerson(world.yiduo, 'op-totp', { role: 'operator', at: world.province.province, reach: 'all' })
  const first = await enter('op-totp')
  expect(first.stage).toBe('second-factor-set-up')
  expect(await problemOf(first.client.call(requestList, {}))).toMatchObject({
    status: 403,
    code: 'second-factor-set-up-required',
  })
  const { client, secret } = await setUp(first.client)
  await client.call(requestList, {})
  expect(await problemOf(first.client.call(requestList, {}))).toMatchObject({ code: 'not-signed-in' })

  const again = await enter('op-totp')
  expect(again.stage).toBe('second-factor')
  for (const call of [
    () => again.client.call(requestList, {}),
    () => again.client.call(totpBegin, { body: { name: 'mine' } }),
  ])
    expect(await problemOf(call())).toMatchObject({ code: 'second-factor-required' })
  const body = { oldPassword: password, newPassword: 'Stolen-2026-pw' }
  expect(await problemOf(again.client.call(passwordChange, { body }))).toMatchObject({ code: 'second-factor-required' })
  const code = await codeNow(secret)
  const session = await again.client.call(totpProve, { body: { code } })
  expect(session.stage).toBe('complete')
  await clientOf(session.token).call(requestList, {})

  const third = await enter('op-totp')
  expect(await problemOf(third.client.call(totpProve, { body: { code } }))).toMatchObject({
    status: 401,
    code: 'second-factor-wrong',
  })
  await setPolicy({ secondFactorRoles: null })
})

test('of two that come with the same code at once one enters', async () => {
  await addPerson(world.yiduo, 'twice', { role: 'department', at: world.province.department, reach: 'own' })
  const { secret } = await setUp((await enter('twice')).client)
  const both = [await enter('twice'), await enter('twice')]
  const code = await codeNow(secret)
  const outcomes = await Promise.allSettled(both.map(({ client }) => client.call(totpProve, { body: { code } })))
  expect(outcomes.map((it) => it.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('wrong codes lock the account like wrong passwords, and the right one behind them opens nothing', async () => {
  await addPerson(world.yiduo, 'guessing', { role: 'department', at: world.province.department, reach: 'own' })
  const { secret } = await setUp((await enter('guessing')).client)
  const { client } = await enter('guessing')
  const right = await codeNow(secret)
  const wrong = right === '000000' ? '000001' : '000000'
  for (let tries = 0; tries < 5; tries++)
    expect(await problemOf(client.call(totpProve, { body: { code: wrong } }))).toMatchObject({
      code: 'second-factor-wrong',
    })
  expect(await problemOf(client.call(totpProve, { body: { code: right } }))).toMatchObject({ code: 'log-in-locked' })
  const entries = await rowsOf(
    world.databaseUrl,
    `select from audit_entries where operation = 'second-factor.refuse' and target = 'guessing'`,
  )
  expect(entries).toHaveLength(5)
})

test('whoever has the password alone guesses no more codes by logging in anew before each lock', async () => {
  await addPerson(world.yiduo, 'half-known', { role: 'department', at: world.province.department, reach: 'own' })
  const { secret } = await setUp((await enter('half-known')).client)
  const wrong = (await codeNow(secret)) === '000000' ? '000001' : '000000'
  const guess = async () => problemOf((await enter('half-known')).client.call(totpProve, { body: { code: wrong } }))
  for (let tries = 0; tries < 5; tries++) expect(await guess()).toMatchObject({ code: 'second-factor-wrong' })
  expect(await guess()).toMatchObject({ code: 'log-in-locked' })
  const right = await codeNow(secret)
  const { client } = await enter('half-known')
  expect(await problemOf(client.call(totpProve, { body: { code: right } }))).toMatchObject({ code: 'log-in-locked' })
  world.shift(15 * minuteMs)
  const later = await enter('half-known')
  await later.client.call(totpProve, { body: { code: await codeNow(secret) } })
})

test('whoever guesses passwords at the door keeps nobody who is in from proving a factor', async () => {
  await addPerson(world.yiduo, 'besieged', { role: 'department', at: world.province.department, reach: 'own' })
  const { client, secret } = await setUp((await enter('besieged')).client)
  for (let tries = 0; tries < 6; tries++) await signIn(world, 'besieged', `Wrong-${tries}-pw`)
  expect(problemIn(await signIn(world, 'besieged', password))).toMatchObject({ code: 'log-in-refused' })
  expect((await client.call(totpProve, { body: { code: await codeNow(secret) } })).stage).toBe('complete')
})

test('what grants asks for a factor proven shortly before; the token then is a new one, and the old no more than it was', async () => {
  await setPolicy({ secondFactorRoles: ['security-admin'], stepUpMinutes: 10 })
  await addPerson(world.yiduo, 'sec-2', { role: 'security-admin', at: world.province.province, reach: 'all' })
  const { client, secret } = await setUp((await enter('sec-2')).client)
  await addPerson(world.yiduo, 'grantee', { role: 'department', at: world.province.department, reach: 'own' })
  const { items } = await client.call(personList, { query: { text: 'grantee' } })
  const body = {
    personId: items[0]?.id ?? '',
    role: 'auditor' as const,
    organisationId: world.province.department.id,
    reach: 'own' as const,
  }
  await client.call(grantCreate, { body })
  world.shift(10 * minuteMs)
  expect(await problemOf(client.call(grantCreate, { body }))).toMatchObject({ status: 403, code: 'step-up-required' })
  const session = await client.call(totpProve, { body: { code: await codeNow(secret) } })
  // What was under way with the token before goes on, and proves nothing.
  await client.call(personList, {})
  expect(await problemOf(client.call(grantCreate, { body }))).toMatchObject({ code: 'step-up-required' })
  await clientOf(session.token).call(grantCreate, { body })
  world.shift(minuteMs)
  expect(await problemOf(client.call(personList, {}))).toMatchObject({ code: 'not-signed-in' })
  await setPolicy({ secondFactorRoles: null, stepUpMinutes: null })
})

test('whoever has got hold of a session adds no factor or token of their own, and takes none away', async () => {
  await setPolicy({ stepUpMinutes: 10 })
  await addPerson(world.yiduo, 'kidnapped', { role: 'department', at: world.province.department, reach: 'own' })
  const { client, id } = await setUp((await enter('kidnapped')).client)
  world.shift(20 * minuteMs)
  const token = {
    name: 't',
    operations: ['request.list'],
    expiresAt: new Date(world.clock.now().getTime() + 9e7).toISOString(),
  }
  for (const call of [
    () => client.call(totpBegin, { body: { name: 'mine' } }),
    () => client.call(passkeyBegin, {}),
    () => client.call(secondFactorRemove, { params: { secondFactorId: id } }),
    () => client.call(apiTokenCreate, { body: token }),
  ])
    expect(await problemOf(call())).toMatchObject({ code: 'step-up-required' })
  expect((await client.call(secondFactorList, {})).items.map((it) => it.id)).toEqual([id])
  await setPolicy({ stepUpMinutes: null })
})

test('a lost device is removed by the system administrator, who learns no password; its sessions end', async () => {
  const personId = await addPerson(world.yiduo, 'lost', {
    role: 'department',
    at: world.province.department,
    reach: 'own',
  })
  const { client } = await setUp((await enter('lost')).client)
  const params = { personId }
  expect(await problemOf(world.call('secadmin', secondFactorReset, { params }))).toMatchObject({
    code: 'not-permitted',
  })
  await world.call('sysadmin', secondFactorReset, { params })
  expect(await problemOf(client.call(sessionGet, {}))).toMatchObject({ code: 'not-signed-in' })
  expect((await enter('lost')).stage).toBe('complete')
})

test('no administrator gets into the account of another who has no second factor yet', async () => {
  const { province } = world.province
  const personId = await addPerson(world.yiduo, 'unready', { role: 'audit-admin', at: province, reach: 'all' })
  await setPolicy({ secondFactorRoles: ['audit-admin'] })
  const reset = () => world.call('secadmin', passwordReset, { params: { personId } })
  expect(await problemOf(reset())).toMatchObject({ status: 409, code: 'second-factor-missing' })
  await setUp((await enter('unready')).client)
  const { oneTimePassword } = await reset()
  expect((await signIn(world, 'unready', oneTimePassword)).body).toMatchObject({ stage: 'second-factor' })
  await setPolicy({ secondFactorRoles: null })
})

test('a session that is ended while a code is proven in it stays ended', async () => {
  await addPerson(world.yiduo, 'hasty', { role: 'department', at: world.province.department, reach: 'own' })
  const { secret } = await setUp((await enter('hasty')).client)
  const { identity } = world.yiduo.rooms
  const token = ((await signIn(world, 'hasty', password)).body as { token: string }).token
  const caller = await identity.authenticate(token)
  if (caller.kind !== 'person') throw new Error('nobody')
  const mine = { ...act, caller }
  agreed(await identity.logOut(mine))
  await expect(identity.proveTotp(mine, await codeNow(secret))).rejects.toMatchObject({
    fault: { code: 'not-signed-in' },
  })
  await expect(identity.whoAmI(mine)).rejects.toMatchObject({ fault: { code: 'not-signed-in' } })
})

test('people are told what was done to their account', async () => {
  const personId = await addPerson(world.yiduo, 'told', {
    role: 'department',
    at: world.province.department,
    reach: 'own',
  })
  await setUp((await enter('told')).client)
  await world.call('sysadmin', secondFactorReset, { params: { personId } })
  const { client } = await enter('told')
  const codes = await waitUntil(async () => {
    const { items } = await client.call(noticeList, {})
    return items.length >= 2 && items.map((it) => it.code).sort()
  })
  expect(codes).toEqual(['second-factor-added', 'second-factors-removed'])
})

test('the last factor stays where the role needs one', async () => {
  await setPolicy({ secondFactorRoles: ['department'] })
  await addPerson(world.yiduo, 'careful', { role: 'department', at: world.province.department, reach: 'own' })
  const { client, id } = await setUp((await enter('careful')).client)
  const remove = (it: string) => client.call(secondFactorRemove, { params: { secondFactorId: it } })
  expect(await problemOf(remove(id))).toMatchObject({ code: 'second-factor-last' })
  await setPolicy({ secondFactorRoles: null })
  await remove(id)
})

test('an answer to no challenge, to another’s, or that is none at all proves nothing', async () => {
  await addPerson(world.yiduo, 'keyed', { role: 'department', at: world.province.department, reach: 'own' })
  const { client } = await enter('keyed')
  const forged = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', clientExtensionResults: {}, response: {} }
  const register = (response: Record<string, unknown>) =>
    problemOf(client.call(passkeyRegister, { body: { name: 'key', response } }))
  expect(await register(forged)).toMatchObject({ status: 401, code: 'second-factor-wrong' })
  const options = await client.call(passkeyBegin, {})
  expect(options).toMatchObject({
    rp: { id: new URL(world.url).hostname },
    user: { name: 'keyed' },
    attestation: 'none',
  })
  for (const response of [forged, {}, { response: { clientDataJSON: 'e30', attestationObject: 'o2M' } }])
    expect(await register(response)).toMatchObject({ code: 'second-factor-wrong' })
  expect(await problemOf(client.call(passkeyProve, { body: { response: forged } }))).toMatchObject({
    code: 'second-factor-wrong',
  })
  expect((await client.call(secondFactorList, {})).items).toEqual([])
})
