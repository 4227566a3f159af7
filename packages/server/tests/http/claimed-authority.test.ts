import {
  apiTokenCreate,
  auditList,
  createClient,
  grantList,
  type IdentityProvider,
  type IdentityProviderRules,
  identityProviderCreate,
  identityProviderDisable,
  identityProviderEnable,
  identityProviderSetRules,
  personCreate,
  type Role,
  type Session,
  sessionGet,
  signOnBegin,
  signOnComplete,
  systemList,
} from '@yiduo/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { programAct } from '../../src/kernel/act.ts'
import { type Forged, type Forger, startForger } from '../world/forger.ts'
import { clientId } from '../world/issuer.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { agreed } from '../world/small-province.ts'
import { createWorld, type World } from '../world/world.ts'

let world: World
let forger: Forger
let provider: IdentityProvider
beforeAll(async () => {
  world = await createWorld()
  forger = await startForger()
  const { province } = world.province
  for (const role of ['system-admin', 'security-admin', 'audit-admin'] as const)
    await addPerson(world.yiduo, role, { role, at: province, reach: 'all' })
  provider = await world.call('system-admin', identityProviderCreate, {
    body: {
      ...{ code: 'sso', name: '统一身份认证' },
      settings: { kind: 'openid', issuer: forger.url, clientId, scopes: [] },
      claims: { login: 'preferred_username', name: 'name', organisation: 'department', roles: 'groups' },
    },
  })
})
afterAll(async () => {
  await forger[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const params = () => ({ identityProviderId: provider.id })
const rules = (changed: Partial<IdentityProviderRules> = {}) =>
  world.call('security-admin', identityProviderSetRules, {
    params: params(),
    body: {
      ...{ newcomers: 'create', adopts: false, organisationId: null },
      organisations: [{ value: 'D-01', organisationId: world.province.department.id }],
      roles: [{ value: 'cloud-users', role: 'department', reach: 'own' }],
      ...changed,
    },
  })
const enable = () => world.call('security-admin', identityProviderEnable, { params: params() })

beforeEach(async () => {
  await rules()
  await enable()
})

/** As whatever the issuer says of them. */
const come = async (subject: string, more: Forged = {}, it = { at: forger, code: 'sso' }): Promise<Session> => {
  const anybody = createClient({ baseUrl: world.url })
  const { url, state, secret } = await anybody.call(signOnBegin, { body: { provider: it.code } })
  const nonce = new URL(url).searchParams.get('nonce')
  const claims = { preferred_username: subject, name: '王芳', department: 'D-01', groups: ['cloud-users'] }
  it.at.answerWith(await it.at.sign({ sub: subject, ...claims, nonce, ...more }))
  return anybody.call(signOnComplete, { body: { state, secret, parameters: { code: 'any', state } } })
}
const rolesOf = ({ grants }: Pick<Session, 'grants'>) => grants.map(({ role }) => role).toSorted()
const give = async (personId: string, role: Role) => {
  const it = { personId, role, reach: 'all', organisationId: world.province.province.id } as const
  agreed(await world.yiduo.rooms.identity.createGrant(programAct('test', 'demonstration.make', 'test'), it))
}

test.each(['security-admin', 'system-admin', 'audit-admin'] as const)(
  'claims give the %s nothing: who says what they mean would give it to themselves',
  async (role) => {
    const login = `holds-${role}`
    const { person } = await come(login)
    await give(person.id, role)
    expect(rolesOf(await come(login))).toEqual([role])
    await rules({ roles: [{ value: 'cloud-users', role: 'operator', reach: 'subtree' }] })
    expect(rolesOf(await come(login))).toEqual([role])
  },
)

const scriptOf = async (token: string) => {
  const program = await createClient({ baseUrl: world.url, token }).call(apiTokenCreate, {
    body: { name: '脚本', operations: ['system.list'], expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
  })
  return createClient({ baseUrl: world.url, token: program.token })
}

test('what claims gave rests while their issuer is switched off, in programs too, and what people gave does not', async () => {
  const script = await scriptOf((await come('resting')).token ?? '')
  const { person, token = '' } = await come('resting-not', { groups: [] })
  await give(person.id, 'regulator')
  const other = await scriptOf(token)
  await script.call(systemList, {})
  await world.call('security-admin', identityProviderDisable, { params: params() })
  expect(await problemOf(script.call(systemList, {}))).toMatchObject({ code: 'not-permitted' })
  await other.call(systemList, {})
  await enable()
  await script.call(systemList, {})
})

test('what the rules give nobody any more goes when they are set, of who does not come again as well', async () => {
  const { person, token = '' } = await come('stays-away')
  const script = await scriptOf(token)
  await script.call(systemList, {})
  await rules({ newcomers: 'refuse' })
  await script.call(systemList, {})
  for (const changed of [
    { roles: [] },
    { organisations: [{ value: 'D-01', organisationId: world.province.otherDepartment.id }] },
    { roles: [{ value: 'cloud-users', role: 'department', reach: 'subtree' } as const] },
  ]) {
    await rules(changed)
    expect(await problemOf(script.call(systemList, {}))).toMatchObject({ code: 'not-permitted' })
    await rules()
    await come('stays-away')
    await script.call(systemList, {})
  }
  const { items } = await world.call('audit-admin', auditList, { query: { operation: 'grant.revoke', limit: 50 } })
  expect(items.filter((it) => it.target === person.id)).toHaveLength(3)
})

test('one subject of two issuers is two people, and the second has no word about the first', async () => {
  await using other = await startForger()
  const { id } = await world.call('system-admin', identityProviderCreate, {
    body: {
      ...{ code: 'other', name: '另一个签发方', claims: provider.claims },
      settings: { kind: 'openid', issuer: other.url, clientId, scopes: [] },
    },
  })
  const otherParams = { params: { identityProviderId: id } }
  const { department } = world.province
  await world.call('security-admin', identityProviderSetRules, {
    ...otherParams,
    body: { newcomers: 'create', adopts: false, organisations: [], roles: [], organisationId: department.id },
  })
  await world.call('security-admin', identityProviderEnable, otherParams)
  const first = await come('u-1', { preferred_username: 'first-of-u-1' })
  const second = await come('u-1', { preferred_username: 'second-of-u-1' }, { at: other, code: 'other' })
  expect(second.person).toMatchObject({ login: 'second-of-u-1' })
  expect(second.person.id).not.toBe(first.person.id)
  const alike = come('u-2', { preferred_username: 'first-of-u-1' }, { at: other, code: 'other' })
  expect(await problemOf(alike)).toMatchObject({ code: 'sign-on-not-linked' })
  expect((await come('u-1')).person.id).toBe(first.person.id)
})

test('of many who come at once one asks the issuer where to go', async () => {
  const before = forger.asked('/.well-known/openid-configuration')
  await world.call('security-admin', identityProviderDisable, { params: params() })
  await enable()
  const anybody = createClient({ baseUrl: world.url })
  const begin = () => anybody.call(signOnBegin, { body: { provider: 'sso' } })
  await Promise.all(Array.from({ length: 10 }, begin))
  expect(forger.asked('/.well-known/openid-configuration') - before).toBe(1)
})

test('who belongs to no organisation of ours any more does not come in, and acts for the former one no longer', async () => {
  const { person, token = '' } = await come('transferred')
  const script = await scriptOf(token)
  await script.call(systemList, {})
  expect(await problemOf(come('transferred', { department: 'D-99' }))).toMatchObject({ code: 'sign-on-not-linked' })
  expect(await problemOf(script.call(systemList, {}))).toMatchObject({ code: 'not-permitted' })
  const { items } = await world.call('security-admin', grantList, { query: { personId: person.id } })
  expect(items).toEqual([])
  // Back again, they are who they were.
  expect((await come('transferred')).person.id).toBe(person.id)
})

test('nobody of another organisation is taken for the same, whatever their name', async () => {
  const { department, otherDepartment } = world.province
  await addPerson(world.yiduo, 'of-here', { role: 'department', at: department, reach: 'own' })
  await addPerson(world.yiduo, 'of-there', { role: 'department', at: otherDepartment, reach: 'own' })
  await rules({ adopts: true })
  expect((await come('of-here')).person.login).toBe('of-here')
  expect(await problemOf(come('of-there'))).toMatchObject({ code: 'sign-on-not-linked' })
  const above = { value: 'D-00', organisationId: world.province.province.id }
  await rules({ adopts: true, organisations: [above] })
  expect((await come('of-there', { department: 'D-00' })).person.login).toBe('of-there')
})

test('groups that the issuer keeps elsewhere are not taken for none', async () => {
  await come('in-many-groups')
  const distributed = { groups: undefined, _claim_names: { groups: 'src1' } }
  expect(await problemOf(come('in-many-groups', distributed))).toMatchObject({ code: 'sign-on-refused' })
  expect(rolesOf(await come('in-many-groups'))).toEqual(['department'])
  expect(rolesOf(await come('in-many-groups', { groups: undefined }))).toEqual([])
})

test('of two who come at once under names that differ in large and small letters one has it', async () => {
  const { department } = world.province
  for (let pair = 0; pair < 10; pair++) {
    const create = (login: string) =>
      world
        .call('system-admin', personCreate, {
          body: { login, name: '程序', organisationId: department.id, kind: 'service' },
        })
        .then(
          () => 'made',
          () => 'refused',
        )
    expect((await Promise.all([create(`Case-${pair}`), create(`case-${pair}`)])).toSorted()).toEqual([
      'made',
      'refused',
    ])
  }
})

test('a session that claims gave nothing to is still somebody', async () => {
  const { token = '' } = await come('without-groups', { groups: [] })
  const session = await createClient({ baseUrl: world.url, token }).call(sessionGet, {})
  expect(session).toMatchObject({ stage: 'complete', grants: [] })
})
