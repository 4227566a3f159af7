import {
  auditList,
  createClient,
  identityProviderCreate,
  identityProviderEnable,
  identityProviderSetRules,
  sessionGet,
  signOnBegin,
  signOnComplete,
  signOnEnd,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Forged, type Forger, startForger } from '../world/forger.ts'
import { clientId } from '../world/issuer.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { pathWith, rawCall } from '../world/raw.ts'
import { createWorld, type World } from '../world/world.ts'

const code = 'forger'
const hour = 3_600

let world: World
let forger: Forger
beforeAll(async () => {
  world = await createWorld()
  forger = await startForger()
  const { province, department } = world.province
  for (const role of ['system-admin', 'security-admin', 'audit-admin'] as const)
    await addPerson(world.yiduo, role, { role, at: province, reach: 'all' })
  const { id: identityProviderId } = await world.call('system-admin', identityProviderCreate, {
    body: {
      ...{ code, name: '伪造者' },
      settings: { kind: 'openid', issuer: forger.url, clientId, scopes: [] },
      claims: { login: 'preferred_username', name: 'name', organisation: null, roles: null },
    },
  })
  await world.call('security-admin', identityProviderSetRules, {
    params: { identityProviderId },
    body: { newcomers: 'create', adopts: false, organisationId: department.id, organisations: [], roles: [] },
  })
  await world.call('security-admin', identityProviderEnable, { params: { identityProviderId } })
})
afterAll(async () => {
  await forger[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const anybody = () => createClient({ baseUrl: world.url, locale: 'en' })
const now = () => Math.floor(Date.now() / 1_000)

const person = (subject: string) => ({ sub: subject, preferred_username: subject, name: '测试' })

type Signing = Parameters<Forger['sign']>[1]

const signOn = async (claims: (nonce: string | null) => Forged | null, how?: Signing) => {
  const { url, state, secret } = await anybody().call(signOnBegin, { body: { provider: code } })
  const forged = claims(new URL(url).searchParams.get('nonce'))
  forger.answerWith(forged && (await forger.sign(forged, how)))
  return anybody().call(signOnComplete, { body: { state, secret, parameters: { code: 'any', state } } })
}

test('the same token without anything forged lets somebody in', async () => {
  const session = await signOn((nonce) => ({ ...person('honest'), nonce }))
  expect(session.person.login).toBe('honest')
})

const forgeries: [string, (nonce: string | null) => Forged | null, Signing?][] = [
  ['another issuer', (nonce) => ({ ...person('a1'), nonce, iss: 'https://elsewhere.example' })],
  ['another audience', (nonce) => ({ ...person('a2'), nonce, aud: 'another-client' })],
  ['several audiences and another party', (nonce) => ({ ...person('a3'), nonce, aud: [clientId, 'b'], azp: 'b' })],
  ['another nonce', () => ({ ...person('a4'), nonce: 'x'.repeat(43) })],
  ['no nonce', () => person('a5')],
  ['its time over', (nonce) => ({ ...person('a6'), nonce, iat: now() - 2 * hour, exp: now() - hour })],
  ['a time that has not come', (nonce) => ({ ...person('a7'), nonce, nbf: now() + hour })],
  ['no end', (nonce) => ({ ...person('a8'), nonce, exp: undefined })],
  ['no subject', (nonce) => ({ ...person('a9'), nonce, sub: undefined })],
  ['a subject that no row holds', (nonce) => ({ ...person('a12'), sub: 'a\u0000b', nonce })],
  ['a subject without end', (nonce) => ({ ...person('a13'), sub: '号'.repeat(3_000), nonce })],
  ['a key of somebody else', (nonce) => ({ ...person('a10'), nonce }), { foreignKey: true }],
  ['no signature', (nonce) => ({ ...person('a11'), nonce }), { algorithm: 'none' }],
  ['no ID token', () => null],
]

test.each(forgeries)('a token with %s proves nothing', async (_, claims, how) => {
  expect((await problemOf(signOn(claims, how))).code).toBe('sign-on-refused')
  const { items } = await world.call('audit-admin', auditList, { query: { operation: 'sign-on.refuse', limit: 1 } })
  expect(items).toMatchObject([{ actor: 'nobody', after: { provider: code, reason: expect.stringMatching(/./) } }])
})

const event = { 'http://schemas.openid.net/event/backchannel-logout': {} }
const logout = (subject: string) => ({ sub: subject, jti: crypto.randomUUID(), events: event })

const tell = (token: string, at = world, headers: Record<string, string> = {}) =>
  rawCall(at, 'POST', pathWith(signOnEnd, { provider: code }), {
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams({ logout_token: token }).toString(),
  })

test('a logout token ends the sessions begun before it, and replayed none that is newer', async () => {
  const enter = async () => {
    const { token = '' } = await signOn((nonce) => ({ ...person('leaver'), nonce }))
    return createClient({ baseUrl: world.url, token })
  }
  const before = await enter()
  const token = await forger.sign(logout('leaver'))
  expect((await tell(token)).status).toBe(200)
  expect((await problemOf(before.call(sessionGet, {}))).code).toBe('not-signed-in')
  world.clock.shift(10_000)
  const after = await enter()
  expect((await tell(token)).body).toEqual({ ended: 0 })
  expect((await after.call(sessionGet, {})).person.login).toBe('leaver')
})

/** Somebody's session, by the issuer's own number of it or without. */
const begun = async (subject: string, sid?: string) => {
  const { token = '' } = await signOn((nonce) => ({ ...person(subject), nonce, sid }))
  const client = createClient({ baseUrl: world.url, token })
  return { isOver: async () => (await client.call(sessionGet, {}).catch(() => null)) === null }
}

test('an issuer whose clock is behind ends what has just begun, and what is told late nothing newer', async () => {
  const session = await begun('late')
  const seconds = now()
  expect((await tell(await forger.sign({ ...logout('late'), iat: seconds - 45 }))).body).toEqual({ ended: 1 })
  expect(await session.isOver()).toBe(true)
  const newer = await begun('late')
  expect((await tell(await forger.sign({ ...logout('late'), iat: seconds - 200 }))).body).toEqual({ ended: 0 })
  expect(await newer.isOver()).toBe(false)
})

test('of a session that the issuer told no number of, who and which ends it; of others the one alone', async () => {
  const unnumbered = await begun('numbered')
  const [first, second] = [await begun('numbered', 's-1'), await begun('numbered', 's-2')]
  const bystander = await begun('bystander')
  const token = await forger.sign({ ...logout('numbered'), sid: 's-1' })
  expect((await tell(token)).body).toEqual({ ended: 2 })
  expect([await unnumbered.isOver(), await first.isOver()]).toEqual([true, true])
  expect([await second.isOver(), await bystander.isOver()]).toEqual([false, false])
  expect((await tell(await forger.sign({ ...logout('x'), sub: undefined, sid: 's-2' }))).body).toEqual({ ended: 1 })
  expect(await bystander.isOver()).toBe(false)
})

test('of one token that comes twice at once one counts', async () => {
  await begun('twice')
  const token = await forger.sign(logout('twice'))
  const ended = await Promise.all([tell(token), tell(token), tell(token)])
  expect(ended.map(({ body }) => (body as { ended: number }).ended).toSorted()).toEqual([0, 0, 1])
})

test('whoever sends junk makes us ask the issuer for nothing more', async () => {
  await tell(await forger.sign(logout('nobody')))
  const before = forger.asked('/keys')
  for (let tries = 0; tries < 5; tries++)
    expect((await tell(await forger.sign(logout('nobody'), { foreignKey: true }))).status).toBe(400)
  expect(forger.asked('/keys')).toBe(before)
})

test('an office that goes home at once is logged out whole, and junk does not fill the trail', async () => {
  await using behind = await createWorld({
    environment: { YIDUO_TRUST_PROXY: '127.0.0.0/8', YIDUO_RATE_LOG_IN_ADDRESS: '3/600' },
  })
  const { province } = behind.province
  for (const role of ['system-admin', 'security-admin', 'audit-admin'] as const)
    await addPerson(behind.yiduo, role, { role, at: province, reach: 'all' })
  const { id: identityProviderId } = await behind.call('system-admin', identityProviderCreate, {
    body: {
      ...{ code, name: '伪造者' },
      settings: { kind: 'openid', issuer: forger.url, clientId, scopes: [] },
      claims: { login: 'preferred_username', name: 'name', organisation: null, roles: null },
    },
  })
  await behind.call('security-admin', identityProviderEnable, { params: { identityProviderId } })
  const told: number[] = []
  for (let people = 0; people < 20; people++)
    told.push(
      (await tell(await forger.sign(logout(`p-${people}`)), behind, { 'x-forwarded-for': '203.0.113.9' })).status,
    )
  expect(new Set(told)).toEqual(new Set([200]))
  for (let tries = 0; tries < 20; tries++) await tell('junk', behind, { 'x-forwarded-for': '203.0.113.66' })
  await behind.until(async () => (await refusedIn(behind)).length > 0)
  expect(await refusedIn(behind)).toMatchObject([{ target: 'sign-on', outcome: 'refused' }])
})

const refusedIn = async (at: World) =>
  (await at.call('audit-admin', auditList, { query: { limit: 100 } })).items.filter(
    (it) => it.operation === 'sign-on.end',
  )

test('a session whose number no row holds begins without one', async () => {
  const session = await begun('unheld', '\u0000')
  expect(await session.isOver()).toBe(false)
  expect((await tell(await forger.sign(logout('unheld')))).body).toEqual({ ended: 1 })
})

const badLogouts: [string, Forged, Signing?][] = [
  ['another audience', { ...logout('x'), aud: 'another-client' }],
  ['another issuer', { ...logout('x'), iss: 'https://elsewhere.example' }],
  ['an old date', { ...logout('x'), iat: now() - hour, exp: now() + hour }],
  ['a nonce, as ID tokens have', { ...logout('x'), nonce: 'n' }],
  ['no event', { ...logout('x'), events: undefined }],
  ['another event', { ...logout('x'), events: { 'urn:other': {} } }],
  ['neither subject nor session', { ...logout('x'), sub: undefined }],
  ['a subject that no row holds', { ...logout('x'), sub: 'x\u0000' }],
  ['a session that no row holds', { ...logout('x'), sid: '\u0000' }],
  ['no number of its own', { ...logout('x'), jti: undefined }],
  ['a key of somebody else', logout('x'), { foreignKey: true }],
  ['no signature', logout('x'), { algorithm: 'none' }],
]

test.each(badLogouts)('a logout token with %s ends nothing', async (_, claims, how) => {
  const { token = '' } = await signOn((nonce) => ({ ...person('x'), nonce }))
  const answer = await tell(await forger.sign(claims, how))
  const words = expect.stringMatching(/./)
  expect(answer).toMatchObject({ status: 400, body: { code: 'logout-token-invalid', words } })
  expect((await createClient({ baseUrl: world.url, token }).call(sessionGet, {})).person.login).toBe('x')
})

test('no other route reads a form', async () => {
  const answer = await rawCall(world, 'POST', pathWith(signOnBegin), {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'provider=forger',
  })
  expect(answer).toMatchObject({ status: 400, body: { code: 'body-unreadable' } })
})
