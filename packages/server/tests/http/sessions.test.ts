import {
  identityPolicyGet,
  identityPolicySet,
  passwordChange,
  passwordReset,
  personCreate,
  sessionEnd,
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
import { createDoors, createWorld, type World } from '../world/world.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const minutesMs = 60_000
const me = (token: string) => rawCall(world, 'GET', '/api/v1/sessions/current', { token })

test('a session tells who it is of, and ends when it is asked to', async () => {
  const { body } = await signIn(world, 'department', password)
  const { token } = body as { token: string }
  expect((await me(token)).body).toMatchObject({ person: { login: 'department' }, grants: [{ role: 'department' }] })
  expect((await me(token)).body).not.toHaveProperty('token')
  await rawCall(world, 'DELETE', '/api/v1/sessions/current', { token })
  expect(problemIn(await me(token))).toMatchObject({ status: 401, code: 'not-signed-in' })
})

test('a session runs out after twelve hours', async () => {
  const token = await world.tokenOf('department')
  world.shift(12 * 60 * minutesMs)
  expect(problemIn(await me(token))).toMatchObject({ status: 401, code: 'session-expired' })
})

test.each(['', 'Bearer', 'Bearer yds_guessed', 'Basic b3A6b3A='])(
  'the authorization “%s” is of nobody',
  async (authorization) => {
    const answer = await rawCall(world, 'GET', '/api/v1/systems', { headers: { authorization } })
    expect(problemIn(answer)).toMatchObject({ status: 401, code: 'not-signed-in' })
  },
)

test('a wrong password and a name that does not exist are answered alike', async () => {
  const wrong = await signIn(world, 'department', 'Wrong-2026-pw')
  const nobody = await signIn(world, 'nobody', 'Wrong-2026-pw')
  const { trace: _one, ...first } = problemIn(wrong)
  const { trace: _other, ...second } = problemIn(nobody)
  expect(first).toMatchObject({ status: 401, code: 'log-in-refused' })
  expect(second).toEqual(first)
})

/** What a guesser is told, and what is the case. */
const lockOf = async (login: string) => {
  const [row] = await rowsOf<{ failures: number; locked: boolean }>(
    world.databaseUrl,
    `select failures, locked_until is not null as locked from people where login = $1`,
    [login],
  )
  return row
}

test('five wrong passwords lock the account for a quarter of an hour, against the right one too', async () => {
  await addPerson(world.yiduo, 'guessed', { role: 'department', at: world.province.department, reach: 'own' })
  for (let tries = 0; tries < 5; tries++)
    expect(problemIn(await signIn(world, 'guessed', `Wrong-${tries}-pw`)).code).toBe('log-in-refused')
  expect(problemIn(await signIn(world, 'guessed', password))).toMatchObject({ status: 401, code: 'log-in-refused' })
  expect(await lockOf('guessed')).toEqual({ failures: 5, locked: true })
  world.shift(15 * minutesMs)
  expect((await signIn(world, 'guessed', password)).status).toBe(201)
})

test('a name that is locked is answered as one that nobody has', async () => {
  await addPerson(world.yiduo, 'locked', { role: 'department', at: world.province.department, reach: 'own' })
  const told = async (login: string, given: string) => {
    const { trace: _, ...problem } = problemIn(await signIn(world, login, given))
    return problem
  }
  for (let tries = 0; tries < 7; tries++)
    expect(await told('locked', `Wrong-${tries}-pw`)).toEqual(await told('no-such-name', `Wrong-${tries}-pw`))
  expect(await told('locked', password)).toEqual(await told('no-such-name', password))
})

test('of guesses sent at once no more count than of guesses one after another, the right one among them', async () => {
  await addPerson(world.yiduo, 'crowded', { role: 'department', at: world.province.department, reach: 'own' })
  const wrong = Array.from({ length: 20 }, (_, tries) => signIn(world, 'crowded', `Wrong-${tries}-pw`))
  const codes = (await Promise.all(wrong)).map((it) => problemIn(it).code)
  expect(new Set(codes)).toEqual(new Set(['log-in-refused']))
  expect(await lockOf('crowded')).toEqual({ failures: 5, locked: true })
  expect(problemIn(await signIn(world, 'crowded', password)).code).toBe('log-in-refused')
})

test('whoever has got hold of a session guesses its password no more often than at the door', async () => {
  await addPerson(world.yiduo, 'stolen', { role: 'department', at: world.province.department, reach: 'own' })
  const change = (oldPassword: string) =>
    problemOf(world.call('stolen', passwordChange, { body: { oldPassword, newPassword: 'Next-2026-pw' } }))
  for (let tries = 0; tries < 5; tries++)
    expect(await change(`Wrong-${tries}-pw`)).toMatchObject({ code: 'log-in-refused' })
  expect(await change(password)).toMatchObject({ code: 'log-in-locked' })
  expect(problemIn(await signIn(world, 'stolen', password)).code).toBe('log-in-refused')
  const entries = await rowsOf(
    world.databaseUrl,
    `select from audit_entries where operation = 'password.refuse' and target = 'stolen' and actor = 'stolen'`,
  )
  expect(entries).toHaveLength(5)
})

test('a one-time password opens nothing but its own change, which ends every other session', async () => {
  const body = { login: 'newcomer', name: '新人', organisationId: world.province.department.id, password }
  await world.call('sysadmin', personCreate, { body })
  const { items } = await world.yiduo.rooms.identity.listPeople(programAct('test', 'demonstration.make', 'test'), {})
  const personId = items.find((it) => it.login === 'newcomer')?.id ?? ''
  agreed(
    await world.yiduo.rooms.identity.createGrant(programAct('test', 'demonstration.make', 'test'), {
      personId,
      role: 'department',
      organisationId: world.province.department.id,
      reach: 'own',
    }),
  )
  const elsewhere = createDoors(world.url)
  await elsewhere.call('newcomer', sessionGet, {})
  expect(await problemOf(world.call('newcomer', systemList, {}))).toMatchObject({
    status: 403,
    code: 'password-change-required',
  })
  const change = (oldPassword: string, newPassword: string) =>
    world.call('newcomer', passwordChange, { body: { oldPassword, newPassword } })
  expect(await problemOf(change('Wrong-2026-pw', 'Next-2026-pw'))).toMatchObject({ code: 'log-in-refused' })
  expect(await problemOf(change(password, password))).toMatchObject({ code: 'password-too-weak' })
  expect(await problemOf(change(password, 'short'))).toMatchObject({
    code: 'password-too-weak',
    detail: 'The password is too weak: it has fewer than 8 characters.',
  })
  for (const weak of ['Newcomer-2026', 'Passw0rd-2026', '省民政厅-Ab1'])
    expect(await problemOf(change(password, weak))).toMatchObject({ code: 'password-too-weak' })
  const { stage, token = '' } = await change(password, 'Next-2026-pw')
  expect(stage).toBe('complete')
  expect((await rawCall(world, 'GET', '/api/v1/systems', { token })).status).toBe(200)
  expect(await problemOf(world.call('newcomer', sessionGet, {}))).toMatchObject({ code: 'not-signed-in' })
  expect(await problemOf(elsewhere.call('newcomer', sessionGet, {}))).toMatchObject({ code: 'not-signed-in' })
})

test('a one-time password runs out in a week, told as a wrong one is; one that the program gave waits', async () => {
  const organisationId = world.province.department.id
  const personId = (
    await world.call('sysadmin', personCreate, {
      body: { login: 'sluggish', name: '慢', organisationId, password: 'Quite-2026-long' },
    })
  ).id
  const act = programAct('test', 'demonstration.make', 'test')
  const ask = { login: 'first-start', name: '初', organisationId, password: 'Quite-2026-long' }
  agreed(await world.yiduo.rooms.identity.createPerson(act, ask))
  world.shift(7 * 24 * 60 * minutesMs)
  expect(problemIn(await signIn(world, 'sluggish', 'Quite-2026-long')).code).toBe('log-in-refused')
  expect((await signIn(world, 'first-start', 'Quite-2026-long')).body).toMatchObject({ stage: 'password-change' })

  const { oneTimePassword } = await world.call('secadmin', passwordReset, { params: { personId } })
  const { token } = (await signIn(world, 'sluggish', oneTimePassword)).body as { token: string }
  const body = { oldPassword: oneTimePassword, newPassword: 'Quite-2026-newer' }
  expect((await rawCall(world, 'POST', '/api/v1/passwords/change', { token, body })).status).toBe(200)
  world.shift(8 * 24 * 60 * minutesMs)
  expect((await signIn(world, 'sluggish', 'Quite-2026-newer')).status).toBe(201) // one's own stays
})

test('a password of the last five is not taken again, and nobody learns which were used without the present one', async () => {
  await addPerson(world.yiduo, 'faithful', { role: 'department', at: world.province.department, reach: 'own' })
  let token = await world.tokenOf('faithful')
  const change = async (oldPassword: string, newPassword: string) => {
    const answer = await rawCall(world, 'POST', '/api/v1/passwords/change', {
      token,
      body: { oldPassword, newPassword },
    })
    if (answer.status === 200) token = (answer.body as { token: string }).token
    return answer.status === 200 ? 'changed' : problemIn(answer).code
  }
  const all = [password, ...[1, 2, 3, 4, 5].map((it) => `Next-${it}-2026`)]
  for (const [n, next] of all.slice(1).entries()) expect(await change(all[n] ?? '', next)).toBe('changed')
  expect(await change('Wrong-2026-pw', all[1] ?? '')).toBe('log-in-refused')
  expect(await change(all[5] ?? '', all[1] ?? '')).toBe('password-too-weak')
  expect(await change(all[5] ?? '', password)).toBe('password-too-weak')
  expect(await change(all[5] ?? '', 'Next-6-2026')).toBe('changed')
  expect(await change('Next-6-2026', password)).toBe('changed')
})

test('a session ends when nobody uses it for as long as the policy says, and stays while it is used', async () => {
  const { revision: _, ...policy } = await world.call('secadmin', identityPolicyGet, {})
  const set = (it: Partial<typeof policy>) => world.call('secadmin', identityPolicySet, { body: { ...policy, ...it } })
  await addPerson(world.yiduo, 'idle', { role: 'department', at: world.province.department, reach: 'own' })
  const token = ((await signIn(world, 'idle', password)).body as { token: string }).token
  await set({ idleMinutes: 15 })
  world.shift(14 * minutesMs)
  expect((await me(token)).status).toBe(200)
  world.shift(14 * minutesMs)
  expect((await me(token)).status).toBe(200)
  world.shift(15 * minutesMs)
  expect(problemIn(await me(token)).code).toBe('session-expired')
  await set({})
})

test('one sees where one is signed in, and ends what one does not know', async () => {
  await addPerson(world.yiduo, 'travelled', { role: 'department', at: world.province.department, reach: 'own' })
  const elsewhere = createDoors(world.url)
  await elsewhere.call('travelled', sessionGet, {})
  const { items } = await world.call('travelled', sessionList, {})
  expect(items.map((it) => it.current).sort()).toEqual([false, true])
  const other = items.find((it) => !it.current)?.id ?? ''
  expect(await problemOf(world.call('department', sessionEnd, { params: { sessionId: other } }))).toMatchObject({
    code: 'not-found',
  })
  await world.call('travelled', sessionEnd, { params: { sessionId: other } })
  expect(await problemOf(elsewhere.call('travelled', sessionGet, {}))).toMatchObject({ code: 'not-signed-in' })
})

test('a password is the same however its characters are composed', async () => {
  const composed = 'É2026-pass'
  const body = { login: 'accent', name: 'accent', organisationId: world.province.department.id, password: composed }
  await world.call('sysadmin', personCreate, { body })
  expect((await signIn(world, 'accent', composed.normalize('NFD'))).status).toBe(201)
})
