import {
  type AnswerOf,
  auditList,
  type BodyOf,
  createClient,
  grantCreate,
  grantList,
  grantRevoke,
  type IdentityProvider,
  type IdentityProviderRules,
  identityProviderCreate,
  identityProviderDisable,
  identityProviderEdit,
  identityProviderEnable,
  identityProviderList,
  identityProviderSetRules,
  personEnd,
  personList,
  sessionGet,
  sessionLogOut,
  signOnBegin,
  signOnComplete,
  signOnProviders,
} from '@yiduo/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { clientId, clientSecret, type Issuer, startIssuer } from '../world/issuer.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { createWorld, type World } from '../world/world.ts'

const code = 'province-sso'

let world: World
let issuer: Issuer
let provider: IdentityProvider

beforeAll(async () => {
  world = await createWorld()
  issuer = await startIssuer(world.url, code)
  const { province } = world.province
  await addPerson(world.yiduo, 'system-admin', { role: 'system-admin', at: province, reach: 'all' })
  await addPerson(world.yiduo, 'security-admin', { role: 'security-admin', at: province, reach: 'all' })
  await addPerson(world.yiduo, 'audit-admin', { role: 'audit-admin', at: province, reach: 'all' })
  provider = await world.call('system-admin', identityProviderCreate, {
    body: {
      ...{ code, name: '省统一身份认证', secret: clientSecret },
      settings: { kind: 'openid', issuer: issuer.url, clientId, scopes: ['profile', 'province'] },
      claims: { login: 'preferred_username', name: 'name', organisation: 'department', roles: 'groups' },
    },
  })
})
afterAll(async () => {
  await issuer[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const rules = (): IdentityProviderRules => ({
  newcomers: 'create',
  adopts: false,
  organisationId: null,
  organisations: [{ value: 'D-01', organisationId: world.province.department.id }],
  roles: [{ value: 'cloud-users', role: 'department', reach: 'own' }],
})

const setRules = (changed: Partial<IdentityProviderRules> = {}) =>
  world.call('security-admin', identityProviderSetRules, {
    params: { identityProviderId: provider.id },
    body: { ...rules(), ...changed },
  })
const enable = () =>
  world.call('security-admin', identityProviderEnable, { params: { identityProviderId: provider.id } })

beforeEach(async () => {
  await setRules()
  await enable()
})

const anybody = () => createClient({ baseUrl: world.url, locale: 'en' })

const begin = () => anybody().call(signOnBegin, { body: { provider: code } })
const complete = (body: BodyOf<typeof signOnComplete>) => anybody().call(signOnComplete, { body })

/** A whole log-in: from the button to the session. */
const signOn = async (subject: string) => {
  const { url, state, secret } = await begin()
  const there = await issuer.signOn(url, subject)
  const session = await complete({ state, secret, parameters: there.parameters })
  return { ...there, session, client: createClient({ baseUrl: world.url, token: session.token ?? '' }) }
}

const known = (subject: string, more: Record<string, unknown> = {}) =>
  issuer.setAccounts({
    [subject]: { preferred_username: subject, name: '王芳', department: 'D-01', groups: ['cloud-users'], ...more },
  })

const reasons = async () =>
  (await world.call('audit-admin', auditList, { query: { limit: 50 } })).items
    .filter((it) => it.operation === 'sign-on.refuse')
    .map((it) => (it.after as { reason: string }).reason)

const rolesIn = ({ grants }: AnswerOf<typeof sessionGet>) => grants.map(({ role, reach }) => `${role} ${reach}`)

test('who is known to the issuer comes in, with the organisation and roles that the rules say', async () => {
  await known('wang.fang')
  const { session, client } = await signOn('wang.fang')
  expect(session).toMatchObject({
    stage: 'complete',
    person: {
      login: 'wang.fang',
      name: '王芳',
      organisationId: world.province.department.id,
      mustChangePassword: false,
    },
  })
  expect(rolesIn(session)).toEqual(['department own'])
  expect((await client.call(sessionGet, {})).person.login).toBe('wang.fang')
  const again = await signOn('wang.fang')
  expect(again.session.person.id).toBe(session.person.id)
  const entries = (await world.call('audit-admin', auditList, { query: { limit: 100 } })).items
  expect(entries.map((it) => it.operation)).toEqual(
    expect.arrayContaining(['person.create', 'identity-link.create', 'grant.create', 'sign-on.complete']),
  )
})

test('roles follow the claims; what people gave stays', async () => {
  await known('li.na')
  const { session } = await signOn('li.na')
  await world.call('security-admin', grantCreate, {
    body: {
      ...{ personId: session.person.id, role: 'regulator', reach: 'own' },
      organisationId: world.province.department.id,
    },
  })
  await known('li.na', { groups: [] })
  const later = await signOn('li.na')
  expect(rolesIn(later.session)).toEqual(['regulator own'])
  await known('li.na')
  expect(rolesIn((await signOn('li.na')).session).toSorted()).toEqual(['department own', 'regulator own'])
})

test('no rule gives an administrative post', async () => {
  const asked = setRules({ roles: [{ value: 'cloud-users', role: 'security-admin' as 'department', reach: 'own' }] })
  expect((await problemOf(asked)).code).toBe('input-invalid')
})

test('a log-in is completed once, by the browser that began it, within its time', async () => {
  await known('zhao.min')
  const { url, state, secret } = await begin()
  const { parameters } = await issuer.signOn(url, 'zhao.min')
  const stolen = { state, secret: 'x'.repeat(43), parameters }
  expect((await problemOf(complete(stolen))).code).toBe('sign-on-unknown')
  await complete({ state, secret, parameters })
  expect((await problemOf(complete({ state, secret, parameters }))).code).toBe('sign-on-unknown')
})

test('a code that belongs to another log-in proves nothing', async () => {
  await known('qian.li')
  const first = await begin()
  const { parameters } = await issuer.signOn(first.url, 'qian.li')
  const second = await begin()
  const mixed = { ...second, parameters: { ...parameters, state: second.state } }
  const { state, secret } = second
  expect((await problemOf(complete({ state, secret, parameters: mixed.parameters }))).code).toBe('sign-on-refused')
  expect(await reasons()).toContainEqual('the issuer says invalid_grant')
})

test('what comes from another issuer is refused', async () => {
  await known('sun.yu')
  const { url, state, secret } = await begin()
  const { parameters } = await issuer.signOn(url, 'sun.yu')
  const { code: problem } = await problemOf(
    complete({ state, secret, parameters: { ...parameters, iss: 'https://elsewhere.example' } }),
  )
  expect(problem).toBe('sign-on-refused')
})

test('who says no at the issuer is told so', async () => {
  const { state, secret } = await begin()
  const parameters = { error: 'access_denied', state, iss: issuer.url }
  expect((await problemOf(complete({ state, secret, parameters }))).code).toBe('sign-on-refused')
  expect(await reasons()).toContainEqual('the issuer says access_denied')
})

test('nobody writes what they like into the trail by way of an address', async () => {
  const { state, secret } = await begin()
  const parameters = { error: `${'x'.repeat(5_000)}\u202e\n`, state, iss: issuer.url }
  expect((await problemOf(complete({ state, secret, parameters }))).code).toBe('sign-on-refused')
  const turned = await begin()
  const other = { error: 'no\u202eway\n', state: turned.state, iss: issuer.url }
  expect((await problemOf(complete({ state: turned.state, secret: turned.secret, parameters: other }))).code).toBe(
    'sign-on-refused',
  )
  const told = (await reasons()).filter((it) => /xxx|way/.test(it))
  expect(told).toEqual(['the issuer says no?way?', `the issuer says ${'x'.repeat(100)}`])
})

test('who maps to no organisation is not let in, and leaves no account behind', async () => {
  await known('zhou.jie', { department: 'D-99' })
  expect((await problemOf(signOn('zhou.jie'))).code).toBe('sign-on-not-linked')
  const { items } = await world.call('system-admin', personList, { query: { text: 'zhou.jie' } })
  expect(items).toEqual([])
})

test('a name that cannot be taken is refused and named', async () => {
  await known('wu.gang', { preferred_username: 'wu gang' })
  expect(await problemOf(signOn('wu.gang'))).toMatchObject({ code: 'sign-on-unsuitable' })
  await known('wu.gang', { name: 'аdmin user' })
  expect(await problemOf(signOn('wu.gang'))).toMatchObject({ code: 'sign-on-unsuitable' })
})

test('a subject claims nobody else’s account, unless the rules adopt, and never an administrator’s', async () => {
  await addPerson(world.yiduo, 'local.user', { role: 'department', at: world.province.department, reach: 'own' })
  await known('s-1', { preferred_username: 'local.user' })
  expect((await problemOf(signOn('s-1'))).code).toBe('sign-on-not-linked')
  await setRules({ adopts: true })
  const { session } = await signOn('s-1')
  expect(session.person.login).toBe('local.user')
  // Another one who got the name at the issuer later is another one.
  await known('s-2', { preferred_username: 'local.user' })
  expect((await problemOf(signOn('s-2'))).code).toBe('sign-on-not-linked')
  await known('s-3', { preferred_username: 'security-admin' })
  expect((await problemOf(signOn('s-3'))).code).toBe('sign-on-not-linked')
})

test('whoever has left stays out, though the issuer still knows them', async () => {
  await known('feng.lei')
  const { session } = await signOn('feng.lei')
  await world.call('system-admin', personEnd, { params: { personId: session.person.id } })
  expect((await problemOf(signOn('feng.lei'))).code).toBe('sign-on-not-linked')
})

test('logging out at the issuer ends what was begun through it, and nothing else', async () => {
  await known('chen.hao')
  const there = await signOn('chen.hao')
  const otherBrowser = await signOn('chen.hao')
  await there.logOut()
  await world.until(async () => (await problemOf(there.client.call(sessionGet, {})).catch(() => null))?.code)
  expect((await problemOf(there.client.call(sessionGet, {}))).code).toBe('not-signed-in')
  expect((await otherBrowser.client.call(sessionGet, {})).person.login).toBe('chen.hao')
})

test('logging out here leads on to the issuer where the provider says so, and ends there too', async () => {
  await known('xu.lin')
  const stays = await signOn('xu.lin')
  expect(await stays.client.call(sessionLogOut, {})).toEqual({ url: null })
  expect(await stays.isKnown((await begin()).url)).toBe(true)

  const params = { identityProviderId: provider.id }
  const settings = { ...provider.settings, endsThere: true } as IdentityProvider['settings']
  await world.call('system-admin', identityProviderEdit, { params, body: { settings } })
  await enable()
  const leaves = await signOn('xu.lin')
  const { url } = await leaves.client.call(sessionLogOut, {})
  expect((await problemOf(leaves.client.call(sessionGet, {}))).code).toBe('not-signed-in')
  expect(url?.startsWith(`${issuer.url}/session/end?`)).toBe(true)
  // Whatever the token said of them is in no address.
  expect(Object.fromEntries(new URL(url ?? '').searchParams)).toEqual({
    client_id: clientId,
    post_logout_redirect_uri: `${world.url}/`,
  })
  expect(await leaves.leaveBy(url ?? '')).toBe(`${world.url}/`)
  expect(await leaves.isKnown((await begin()).url)).toBe(false)
  await world.call('system-admin', identityProviderEdit, { params, body: { settings: provider.settings } })
})

test('whoever has a password here logs out here alone', async () => {
  const token = await world.tokenOf('department')
  expect(await createClient({ baseUrl: world.url, token }).call(sessionLogOut, {})).toEqual({ url: null })
})

test('a system administrator connects, a security administrator lets in; a change switches off', async () => {
  const params = { identityProviderId: provider.id }
  const problemFor = async (login: string, what: Promise<unknown>) => `${login}: ${(await problemOf(what)).code}`
  expect(await problemFor('system-admin', world.call('system-admin', identityProviderEnable, { params }))).toBe(
    'system-admin: not-permitted',
  )
  expect(
    await problemFor(
      'security-admin',
      world.call('security-admin', identityProviderEdit, { params, body: { name: 'x' } }),
    ),
  ).toBe('security-admin: not-permitted')
  await known('han.mei')
  const { client } = await signOn('han.mei')
  const edited = await world.call('system-admin', identityProviderEdit, {
    params,
    body: { settings: provider.settings },
  })
  expect(edited.enabled).toBe(false)
  expect((await problemOf(client.call(sessionGet, {}))).code).toBe('not-signed-in')
  expect((await problemOf(begin())).code).toBe('sign-on-unknown')
  expect((await anybody().call(signOnProviders, {})).items).toEqual([])
})

test('a log-in under way ends when the provider is switched off meanwhile', async () => {
  await known('gao.yang')
  const { url, state, secret } = await begin()
  const { parameters } = await issuer.signOn(url, 'gao.yang')
  await world.call('security-admin', identityProviderDisable, { params: { identityProviderId: provider.id } })
  await enable()
  expect((await problemOf(complete({ state, secret, parameters }))).code).toBe('sign-on-unknown')
})

test('its secret is in no answer and no entry', async () => {
  const { items } = await world.call('security-admin', identityProviderList, {})
  const entries = await world.call('audit-admin', auditList, { query: { limit: 200 } })
  expect(items[0]?.hasSecret).toBe(true)
  expect(JSON.stringify([items, entries])).not.toContain(clientSecret)
})

test('an issuer that is away is said to be, and plain HTTP is for this machine alone', async () => {
  const away = await world.call('system-admin', identityProviderCreate, {
    body: {
      ...{ code: 'away', name: '不可达' },
      settings: { kind: 'openid', issuer: 'http://127.0.0.1:1', clientId, scopes: [] },
      claims: provider.claims,
    },
  })
  await world.call('security-admin', identityProviderEnable, { params: { identityProviderId: away.id } })
  const asked = anybody().call(signOnBegin, { body: { provider: 'away' } })
  expect((await problemOf(asked)).code).toBe('identity-provider-unreachable')
  const plain = world.call('system-admin', identityProviderEdit, {
    params: { identityProviderId: away.id },
    body: { settings: { kind: 'openid', issuer: 'http://sso.example.cn', clientId, scopes: [] } },
  })
  expect((await problemOf(plain)).code).toBe('identity-provider-unsafe')
})

test('a grant that follows claims says whose, and goes by hand only for who knows that it comes back', async () => {
  await known('tang.wei')
  const { session } = await signOn('tang.wei')
  const query = { personId: session.person.id }
  const held = async () => (await world.call('security-admin', grantList, { query })).items
  const [grant] = await held()
  expect(grant).toMatchObject({
    ...{ role: 'department', askedById: null },
    provider: { id: provider.id, name: '省统一身份认证', enabled: true },
  })
  const params = { grantId: grant?.id ?? '' }
  expect(await problemOf(world.call('security-admin', grantRevoke, { params }))).toMatchObject({
    ...{ status: 409, code: 'grant-follows-claims' },
  })
  expect(await held()).toHaveLength(1)
  await world.call('security-admin', grantRevoke, { params, query: { returns: true } })
  expect(await held()).toEqual([])
  await signOn('tang.wei')
  expect(await held()).toHaveLength(1)
  await world.call('security-admin', identityProviderDisable, { params: { identityProviderId: provider.id } })
  expect(await held()).toMatchObject([{ provider: { enabled: false } }])
})

test('a grant that people gave goes without a word about coming back', async () => {
  await known('shi.lei', { groups: [] })
  const { session } = await signOn('shi.lei')
  const { id, provider: follows } = await world.call('security-admin', grantCreate, {
    body: {
      ...{ personId: session.person.id, role: 'regulator', reach: 'own' },
      organisationId: world.province.department.id,
    },
  })
  expect(follows).toBeNull()
  await world.call('security-admin', grantRevoke, { params: { grantId: id } })
})
