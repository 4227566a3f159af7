import { X509Certificate } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import {
  auditList,
  identityProviderCreate,
  identityProviderEnable,
  identityProviderSetRules,
  type Session,
  signOnByCertificate,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Authority, createAuthority } from '../world/certificates.ts'
import { addPerson } from '../world/people.ts'
import { pathWith, problemIn, rawCall } from '../world/raw.ts'
import { createWorld, type World } from '../world/world.ts'

const header = 'x-client-certificate'
const dayMs = 86_400_000

let world: World
let centre: Authority
let stranger: Authority
beforeAll(async () => {
  centre = await createAuthority('CN=省级政务电子认证中心, C=CN')
  // Of the same name: a name is nobody's proof.
  stranger = await createAuthority('CN=省级政务电子认证中心, C=CN')
  world = await createWorld({
    environment: {
      YIDUO_CLIENT_CERTIFICATE_HEADER: header,
      YIDUO_CLIENT_CERTIFICATE_FROM: '127.0.0.1/32',
    },
  })
  await connectTo(world, centre.pem)
})
afterAll(() => world[Symbol.asyncDispose]())

const connectTo = async (to: World, authorities: string | null) => {
  const { province } = to.province
  for (const role of ['system-admin', 'security-admin', 'audit-admin'] as const)
    await addPerson(to.yiduo, role, { role, at: province, reach: 'all' })
  await addProvider(to, 'ca', authorities)
}

const addProvider = async (to: World, code: string, authorities: string | null) => {
  const { department } = to.province
  const { id: identityProviderId } = await to.call('system-admin', identityProviderCreate, {
    body: {
      ...{ code, name: '省政务 CA' },
      settings: { kind: 'certificate', authorities },
      claims: { login: 'serialNumber', name: 'CN', organisation: 'OU', roles: null },
    },
  })
  await to.call('security-admin', identityProviderSetRules, {
    params: { identityProviderId },
    body: {
      ...{ newcomers: 'create', adopts: false, organisationId: null, roles: [] },
      organisations: [{ value: 'D-01', organisationId: department.id }],
    },
  })
  await to.call('security-admin', identityProviderEnable, { params: { identityProviderId } })
}

const nginx = (pem: string) => encodeURIComponent(pem)
const rfc9440 = (pem: string) => `:${new X509Certificate(pem).raw.toString('base64')}:`

const come = (value: string | null, more: Record<string, string> = {}) =>
  rawCall(world, 'POST', pathWith(signOnByCertificate), {
    headers: { ...(value === null ? {} : { [header]: value }), ...more },
    body: {},
  })

const name = 'CN=王芳, OU=D-01, O=省数据局, C=CN, 2.5.4.5=A-1001'

test('a certificate of the centre opens the account of its holder, renewed or not', async () => {
  const first = await come(nginx(await centre.issue(name)))
  expect(first).toMatchObject({
    status: 201,
    body: { person: { login: 'A-1001', name: '王芳', organisationId: world.province.department.id } },
  })
  const renewed = await come(rfc9440(await centre.issue(name)))
  expect((renewed.body as Session).person.id).toBe((first.body as Session).person.id)
})

test('a name that looks like two parts is one', async () => {
  const answer = await come(nginx(await centre.issue('CN="王芳 + 2.5.4.5=security-admin", OU=D-01, 2.5.4.5=A-1002')))
  expect(answer).toMatchObject({ status: 201, body: { person: { login: 'A-1002' } } })
})

const refusals: [string, () => Promise<string>, string][] = [
  ['another centre of the same name', () => stranger.issue(name), 'of none of the authorities'],
  ['a time that is over', () => centre.issue(name, { until: new Date(Date.now() - dayMs) }), 'not valid at this time'],
  ['a time to come', () => centre.issue(name, { from: new Date(Date.now() + dayMs) }), 'not valid at this time'],
  ['the purpose of a server', () => centre.issue(name, { purposes: ['1.3.6.1.5.5.7.3.1'] }), 'not for clients'],
  ['the centre’s own name', async () => centre.pem, 'an authority’s own'],
  [
    'names without end',
    () => centre.issue(`${name}, ${Array.from({ length: 60 }, (_, n) => `OU=${n}${'处'.repeat(40)}`).join(', ')}`),
    'names that nobody can be known by',
  ],
  ['nothing readable', async () => 'no certificate', 'no certificate'],
]

test.each(refusals)('one with %s is refused, and put on record', async (_, certificate, reason) => {
  const answer = await come(nginx(await certificate()))
  expect(answer.status).toBe(401)
  expect(problemIn(answer).code).toBe('sign-on-refused')
  const query = { operation: 'sign-on.refuse', limit: 1 }
  const { items } = await world.call('audit-admin', auditList, { query })
  expect(items).toMatchObject([{ after: { provider: 'ca', reason } }])
})

test('without one nobody comes in', async () => {
  expect(problemIn(await come(null)).code).toBe('certificate-missing')
})

test('a control character in a name does not become digits of another', async () => {
  const answer = await come(nginx(await centre.issue('CN=王芳, OU=D-01, 2.5.4.5="A\u0001B"')))
  expect(problemIn(answer).code).toBe('sign-on-unsuitable')
})

test('of two certificates in one header, or in two, nobody is believed', async () => {
  const [forged, own] = [nginx(await centre.issue(name)), nginx(await centre.issue('CN=李四, OU=D-01, 2.5.4.5=A-1004'))]
  const { port } = new URL(world.url)
  const twice = [`${header}: ${forged}`, `${header}: ${own}`].join('\r\n')
  const socket = connect(Number(port), '127.0.0.1')
  const asked = `POST ${pathWith(signOnByCertificate)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${twice}\r\n`
  socket.write(`${asked}content-type: application/json\r\ncontent-length: 2\r\n\r\n{}`)
  expect(await text(socket)).toMatch(/^HTTP\/1.1 401 [\s\S]*sign-on-refused/)
  for (const both of [`${forged}, ${own}`, `${forged}${own}`])
    expect(problemIn(await come(both)).code).toBe('sign-on-refused')
})

test('one whose authorities are entered is asked before one that believes the terminator', async () => {
  await using two = await createWorld({
    environment: { YIDUO_CLIENT_CERTIFICATE_HEADER: header, YIDUO_CLIENT_CERTIFICATE_FROM: '127.0.0.1/32' },
  })
  await connectTo(two, centre.pem)
  await addProvider(two, 'any', null)
  const call = async (authority: Authority, holder: string) =>
    rawCall(two, 'POST', pathWith(signOnByCertificate), {
      headers: { [header]: nginx(await authority.issue(holder)) },
      body: {},
    })
  expect((await call(centre, name)).status).toBe(201)
  expect((await call(stranger, 'CN=赵六, OU=D-01, 2.5.4.5=A-2001')).status).toBe(201)
  const { items } = await two.call('audit-admin', auditList, { query: { operation: 'identity-link.create' } })
  expect(items.map(({ after }) => (after as { provider: string }).provider)).toEqual(['any', 'ca'])
})

test('issuer and holder are not told by where one ends', async () => {
  await using open = await createWorld({
    environment: { YIDUO_CLIENT_CERTIFICATE_HEADER: header, YIDUO_CLIENT_CERTIFICATE_FROM: '127.0.0.1/32' },
  })
  await connectTo(open, null)
  const holderOf = async (issuer: string, holder: string) => {
    const pem = await (await createAuthority(issuer)).issue(`${holder}, OU=D-01, 2.5.4.5=B-1`)
    return rawCall(open, 'POST', pathWith(signOnByCertificate), { headers: { [header]: nginx(pem) }, body: {} })
  }
  expect((await holderOf('CN=A', 'CN=x|CN=y')).status).toBe(201)
  expect(problemIn(await holderOf('CN=A|CN=x', 'CN=y')).code).toBe('sign-on-not-linked')
})

test('two serial numbers are none', async () => {
  const answer = await come(nginx(await centre.issue(`${name}, 2.5.4.5=A-2002`)))
  expect(problemIn(answer).code).toBe('sign-on-unsuitable')
})

test('from anywhere but the terminator the header is a forgery, whoever else is named', async () => {
  await using elsewhere = await createWorld({
    environment: { YIDUO_CLIENT_CERTIFICATE_HEADER: header, YIDUO_CLIENT_CERTIFICATE_FROM: '10.1.2.3/32' },
  })
  await connectTo(elsewhere, centre.pem)
  const answer = await rawCall(elsewhere, 'POST', pathWith(signOnByCertificate), {
    headers: { [header]: nginx(await centre.issue(name)), 'x-forwarded-for': '10.1.2.3', 'x-real-ip': '10.1.2.3' },
    body: {},
  })
  expect(answer.status).toBe(403)
  expect(problemIn(answer).code).toBe('certificate-not-trusted')
  const query = { operation: 'sign-on.refuse', limit: 1 }
  expect((await elsewhere.call('audit-admin', auditList, { query })).items).toHaveLength(1)
})

test('where no terminator is named no header says anything', async () => {
  await using plain = await createWorld()
  await connectTo(plain, null)
  const headers = { 'client-cert': rfc9440(await centre.issue(name)) }
  const answer = await rawCall(plain, 'POST', pathWith(signOnByCertificate), { headers, body: {} })
  expect(problemIn(answer).code).toBe('certificate-missing')
})
