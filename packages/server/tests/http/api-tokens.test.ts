import {
  apiTokenCreate,
  apiTokenList,
  apiTokenRevoke,
  createClient,
  passwordReset,
  personCreate,
  personEnd,
  requestApprove,
  requestList,
  serviceTokenCreate,
  serviceTokenList,
  serviceTokenRevoke,
  sessionGet,
  sessionList,
  systemList,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { problemIn, rawCall, signIn } from '../world/raw.ts'
import { agreed, password } from '../world/small-province.ts'
import { rowsOf } from '../world/statements.ts'
import { createWorld, type World } from '../world/world.ts'

const dayMs = 86_400_000
const act = programAct('test', 'demonstration.make', 'test')

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const inDays = (days: number): string => new Date(world.clock.now().getTime() + days * dayMs).toISOString()
const clientOf = (token: string) => createClient({ baseUrl: world.url, token })
const ask = (operations: string[], days = 30) => ({ name: 'nightly', operations, expiresAt: inDays(days) })

test('a token does what is on its list as far as its owner may, until it ends or is revoked', async () => {
  const made = await world.call('department', apiTokenCreate, { body: ask(['request.*']) })
  const program = clientOf(made.token)
  await program.call(requestList, {})
  expect((await program.call(sessionGet, {})).person.login).toBe('department')
  expect(await problemOf(program.call(systemList, {}))).toMatchObject({ status: 403, code: 'not-permitted' })
  expect(await problemOf(program.call(requestApprove, { params: { requestId: 'req_0' }, body: {} }))).toMatchObject({
    code: 'not-permitted',
  })
  for (const operation of [apiTokenList, sessionList])
    expect(await problemOf(program.call(operation, {}))).toMatchObject({ code: 'not-for-tokens' })

  const kept = (await world.call('department', apiTokenList, {})).items.find((it) => it.id === made.id)
  expect(kept).toMatchObject({ operations: ['request.*'], endedAt: null })
  expect(kept).not.toHaveProperty('token')
  const stored = await rowsOf(world.databaseUrl, `select t::text as row from api_tokens t where id is not null`)
  expect(JSON.stringify(stored)).not.toContain(made.token)
  expect(await problemOf(world.call('operator', apiTokenRevoke, { params: { apiTokenId: made.id } }))).toMatchObject({
    code: 'not-found',
  })
  await world.call('department', apiTokenRevoke, { params: { apiTokenId: made.id } })
  expect(await problemOf(program.call(requestList, {}))).toMatchObject({ status: 401, code: 'not-signed-in' })
})

test('a token ends at its time', async () => {
  const { token } = await world.call('department', apiTokenCreate, { body: ask(['request.list'], 1) })
  world.shift(dayMs)
  expect(await problemOf(clientOf(token).call(requestList, {}))).toMatchObject({ code: 'session-expired' })
})

test('a token for what there is not, for ever, or for no time is not made', async () => {
  const refused = (operations: string[], days: number) =>
    problemOf(world.call('department', apiTokenCreate, { body: ask(operations, days) }))
  expect(await refused(['request.fly'], 1)).toMatchObject({ code: 'operation-unknown' })
  expect(await refused(['nothing.*'], 1)).toMatchObject({ code: 'operation-unknown' })
  expect(await refused(['request.list'], 366)).toMatchObject({ code: 'api-token-too-long' })
  expect(await refused(['request.list'], -1)).toMatchObject({ code: 'api-token-too-long' })
})

test.each(['yda_', 'yda_guessed', `yda_${'A'.repeat(43)}`])('the token “%s” is of nobody', async (token) => {
  const answer = await rawCall(world, 'GET', '/api/v1/requests', { token })
  expect(problemIn(answer)).toMatchObject({ status: 401, code: 'not-signed-in' })
})

test('a service account has tokens by the system administrator and no password', async () => {
  const organisationId = world.province.department.id
  const body = { login: 'nightly-report', name: '夜间报表', organisationId, kind: 'service' as const }
  const service = await world.call('sysadmin', personCreate, { body })
  expect(problemIn(await signIn(world, 'nightly-report', password))).toMatchObject({ code: 'log-in-refused' })
  agreed(
    await world.yiduo.rooms.identity.createGrant(act, {
      personId: service.id,
      role: 'auditor',
      organisationId,
      reach: 'own',
    }),
  )
  const params = { personId: service.id }
  expect(await problemOf(world.call('secadmin', passwordReset, { params }))).toMatchObject({
    code: 'person-is-service',
  })
  expect(
    await problemOf(world.call('secadmin', serviceTokenCreate, { params, body: ask(['request.list']) })),
  ).toMatchObject({ code: 'not-permitted' })
  const made = await world.call('sysadmin', serviceTokenCreate, { params, body: ask(['request.list']) })
  await clientOf(made.token).call(requestList, {})
  expect((await world.call('secadmin', serviceTokenList, { params })).items.map((it) => it.id)).toEqual([made.id])
  await world.call('sysadmin', serviceTokenRevoke, { params: { ...params, apiTokenId: made.id } })
  expect(await problemOf(clientOf(made.token).call(requestList, {}))).toMatchObject({ code: 'not-signed-in' })
})

test('an administrator makes no token in a person’s name', async () => {
  const { items } = await world.yiduo.rooms.identity.listPeople(act, { limit: 100 })
  const personId = items.find((it) => it.login === 'department')?.id ?? ''
  expect(
    await problemOf(world.call('sysadmin', serviceTokenCreate, { params: { personId }, body: ask(['request.list']) })),
  ).toMatchObject({ code: 'person-not-service' })
})

test('a password that is reset is one-time, is told once, and ends every session', async () => {
  const personId = await addPerson(world.yiduo, 'forgetful', {
    role: 'department',
    at: world.province.department,
    reach: 'own',
  })
  const before = await world.tokenOf('forgetful')
  const params = { personId }
  expect(await problemOf(world.call('sysadmin', passwordReset, { params }))).toMatchObject({ code: 'not-permitted' })
  const { oneTimePassword } = await world.call('secadmin', passwordReset, { params })
  expect(problemIn(await rawCall(world, 'GET', '/api/v1/requests', { token: before })).code).toBe('not-signed-in')
  expect(problemIn(await signIn(world, 'forgetful', password)).code).toBe('log-in-refused')
  expect((await signIn(world, 'forgetful', oneTimePassword)).body).toMatchObject({ stage: 'password-change' })
  const written = await rowsOf(world.databaseUrl, `select e::text as row from audit_entries e`)
  expect(JSON.stringify(written)).not.toContain(oneTimePassword)
})

test('whoever leaves loses everything at once: sessions, tokens, grants, the log-in', async () => {
  const personId = await addPerson(world.yiduo, 'leaver', {
    role: 'department',
    at: world.province.department,
    reach: 'own',
  })
  const session = await world.tokenOf('leaver')
  const { token } = await world.call('leaver', apiTokenCreate, { body: ask(['request.list']) })
  const ended = await world.call('secadmin', personEnd, { params: { personId } })
  expect(ended.endedAt).not.toBeNull()
  for (const it of [session, token])
    expect(problemIn(await rawCall(world, 'GET', '/api/v1/requests', { token: it })).code).toBe('not-signed-in')
  expect(problemIn(await signIn(world, 'leaver', password)).code).toBe('log-in-refused')
  expect((await world.yiduo.rooms.identity.listGrants(act, { personId })).items).toEqual([])
  expect(await problemOf(world.call('secadmin', personEnd, { params: { personId } }))).toMatchObject({
    code: 'person-ended',
  })
  expect(await problemOf(world.call('secadmin', passwordReset, { params: { personId } }))).toMatchObject({
    code: 'person-ended',
  })
})

test('nobody ends or resets themselves, and the last security administrator stays', async () => {
  const { items } = await world.yiduo.rooms.identity.listPeople(act, { limit: 100 })
  const idOf = (login: string) => items.find((it) => it.login === login)?.id ?? ''
  const params = { personId: idOf('secadmin') }
  for (const operation of [personEnd, passwordReset])
    expect(await problemOf(world.call('secadmin', operation, { params }))).toMatchObject({ code: 'person-oneself' })
  await world.call('sysadmin', personEnd, { params: { personId: idOf('secadmin2') } })
  expect(await problemOf(world.call('sysadmin', personEnd, { params }))).toMatchObject({ code: 'last-security-admin' })
})
