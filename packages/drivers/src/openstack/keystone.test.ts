import { expect, test } from 'vitest'
import { ownProject, startLoopbackCloud, tokenReply } from './testing/loopback-cloud.ts'

const tokens = /^\/identity\/v3\/auth\/tokens$/
const servers = /^\/compute\/v2\.1\/servers\/detail$/
const noServers = () => ({ json: { servers: [] } })
const flavours = /^\/compute\/v2\.1\/flavors\/detail$/
const noFlavours = () => ({ json: { flavors: [] } })

test('one token serves many calls, also when they all begin at once', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', servers, noServers)
  const driver = cloud.driver()
  const lists = await Promise.all(Array.from({ length: 8 }, () => driver.list('server', null)))
  expect(lists.map((it) => it.outcome)).toEqual(Array(8).fill('done'))
  expect(cloud.count('POST', tokens)).toBe(1)
  expect(cloud.count('GET', /^\/compute\/v2\.1\/$/)).toBe(1)
})

test('a token is renewed before it runs out', async () => {
  let now = new Date('2026-11-22T08:00:00Z')
  await using cloud = await startLoopbackCloud({ now: () => now })
  cloud.on('GET', servers, noServers)
  const driver = cloud.driver()
  await driver.list('server', null)
  now = new Date('2026-11-22T08:57:00Z')
  await driver.list('server', null)
  expect(cloud.count('POST', tokens)).toBe(1)
  now = new Date('2026-11-22T08:59:00Z')
  await driver.list('server', null)
  expect(cloud.count('POST', tokens)).toBe(2)
  expect(cloud.asked.findLast((it) => servers.test(it.path))?.headers['x-auth-token']).toBe('token-2')
})

test('a token that the cloud forgot is renewed once and the call repeated', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', flavours, ({ headers }) =>
    headers['x-auth-token'] === 'token-1' ? { status: 401, json: { error: { message: 'expired' } } } : noFlavours(),
  )
  expect((await cloud.driver().list('flavour', null)).outcome).toBe('done')
  expect(cloud.count('GET', flavours)).toBe(2)
})

test('a service that refuses the new token too is answered as refused credentials, without end of trying', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', servers, () => ({ status: 401, json: { error: { code: 401, message: 'no' } } }))
  expect(await cloud.driver().list('server', null)).toMatchObject({
    outcome: 'denied',
    code: 'cloud-credentials-refused',
  })
  expect(cloud.count('GET', servers)).toBe(2)
})

test('a wrong password is refused at the first call', async () => {
  await using cloud = await startLoopbackCloud()
  const message = 'The request you have made requires authentication.'
  cloud.on('POST', tokens, () => ({ status: 401, json: { error: { code: 401, message } } }))
  expect(await cloud.driver().probe()).toEqual({
    outcome: 'denied',
    code: 'cloud-credentials-refused',
    words: `401 ${message}`,
  })
  expect(cloud.count('POST', tokens)).toBe(1)
})

test.for([
  { says: 'a web page', reply: { text: '<html><title>Welcome to nginx!</title></html>' } },
  { says: 'a page not found', reply: { status: 404, text: '<html>Not Found</html>' } },
  { says: 'another service', reply: { status: 300, json: { choices: [] } } },
  { says: 'a login elsewhere', reply: { status: 302, headers: { location: 'https://portal.example/' } } },
  { says: 'a server that knows no POST', reply: { status: 405, text: '<html>Not Allowed</html>' } },
])('$says where Keystone should be means a wrong endpoint', async ({ reply }) => {
  await using cloud = await startLoopbackCloud()
  cloud.on('POST', tokens, () => reply)
  expect(await cloud.driver().probe()).toMatchObject({ outcome: 'permanent', code: 'cloud-endpoint-wrong' })
})

test.for([
  { says: 'half an answer', reply: { status: 201, headers: { 'x-subject-token': 't' }, json: { token: {} } } },
  { says: 'no token in the header', reply: { status: 201, json: { token: {} } } },
])('$says from Keystone is unreadable', async ({ reply }) => {
  await using cloud = await startLoopbackCloud()
  cloud.on('POST', tokens, () => reply)
  expect(await cloud.driver().probe()).toMatchObject({ outcome: 'transient', code: 'cloud-answer-unreadable' })
})

test('a proxy that lost Keystone is no wrong endpoint', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('POST', tokens, () => ({ status: 502, text: '<html>Bad Gateway</html>' }))
  expect(await cloud.driver().probe()).toMatchObject({ outcome: 'transient', code: 'cloud-internal-error' })
})

test('a region that is not there is named together with those that are', async () => {
  await using cloud = await startLoopbackCloud()
  const outcome = await cloud.driver({ settings: { region: 'north', projectName: 'own' } }).probe()
  expect(outcome).toMatchObject({ outcome: 'permanent', code: 'cloud-endpoint-wrong' })
  expect(outcome).toHaveProperty('words', 'no region north; there are west, east')
})

test('a wrong password is tried once by all that wait for it, so that nobody is locked out', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('POST', tokens, () => ({ status: 401, json: { error: { code: 401, message: 'no' } } }))
  const driver = cloud.driver()
  const lists = await Promise.all(Array.from({ length: 8 }, () => driver.list('server', null)))
  expect(new Set(lists.map((it) => it.outcome))).toEqual(new Set(['denied']))
  expect(cloud.count('POST', tokens)).toBe(1)
})

test('a failure to log in is not remembered', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', servers, noServers)
  let down = true
  cloud.on('POST', tokens, () => (down ? { status: 503 } : tokenReply(cloud.url, 'token-9', ownProject, new Date())))
  const driver = cloud.driver()
  expect((await driver.list('server', null)).outcome).toBe('transient')
  down = false
  expect((await driver.list('server', null)).outcome).toBe('done')
})

test('an application credential asks for no scope and says that it has one project only', async () => {
  await using cloud = await startLoopbackCloud({ admin: true })
  cloud.on('GET', /^\/network\/v2\.0\/networks$/, () => ({ json: { networks: [] } }))
  const credential = { applicationCredentialId: 'ac-1', applicationCredentialSecret: 'its-secret' }
  const driver = cloud.driver({ credential })
  expect(await driver.capabilities()).toMatchObject({
    outcome: 'done',
    value: {
      projects: { supported: false, reason: 'credential-bound-to-one-project' },
      hosts: { supported: true },
      addresses: { supported: false, reason: 'not-in-this-cloud' },
    },
  })
  const [login] = cloud.asked
  expect(login?.at('auth', 'identity', 'methods')).toEqual(['application_credential'])
  expect(login?.at('auth', 'scope')).toBeUndefined()
})

test('where there are several regions and none is named, none is guessed: the answer names them', async () => {
  await using cloud = await startLoopbackCloud()
  expect(await cloud.driver({ settings: { projectName: 'own' } }).probe()).toEqual({
    outcome: 'permanent',
    code: 'cloud-endpoint-wrong',
    words: 'several regions, name one of west, east',
  })
})
