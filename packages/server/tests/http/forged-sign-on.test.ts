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

const tell = (token: string) =>
  rawCall(world, 'POST', pathWith(signOnEnd, { provider: code }), {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
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

const badLogouts: [string, Forged, Signing?][] = [
  ['another audience', { ...logout('x'), aud: 'another-client' }],
  ['another issuer', { ...logout('x'), iss: 'https://elsewhere.example' }],
  ['an old date', { ...logout('x'), iat: now() - hour, exp: now() + hour }],
  ['a nonce, as ID tokens have', { ...logout('x'), nonce: 'n' }],
  ['no event', { ...logout('x'), events: undefined }],
  ['another event', { ...logout('x'), events: { 'urn:other': {} } }],
  ['neither subject nor session', { ...logout('x'), sub: undefined }],
  ['no number of its own', { ...logout('x'), jti: undefined }],
  ['a key of somebody else', logout('x'), { foreignKey: true }],
  ['no signature', logout('x'), { algorithm: 'none' }],
]

test.each(badLogouts)('a logout token with %s ends nothing', async (_, claims, how) => {
  const { token = '' } = await signOn((nonce) => ({ ...person('x'), nonce }))
  const answer = await tell(await forger.sign(claims, how))
  expect(answer).toMatchObject({ status: 400, body: { code: 'logout-token-invalid' } })
  expect((await createClient({ baseUrl: world.url, token }).call(sessionGet, {})).person.login).toBe('x')
})

test('no other route reads a form', async () => {
  const answer = await rawCall(world, 'POST', pathWith(signOnBegin), {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'provider=forger',
  })
  expect(answer).toMatchObject({ status: 400, body: { code: 'body-unreadable' } })
})
