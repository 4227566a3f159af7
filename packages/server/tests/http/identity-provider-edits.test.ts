import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import {
  type BodyOf,
  createClient,
  type IdentityProvider,
  type IdentityProviderSettings,
  identityProviderCreate,
  identityProviderEdit,
  identityProviderEnable,
  identityProviderProbe,
  identityProviderSetRules,
  sessionGet,
  signOnBegin,
  signOnComplete,
} from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Forger, startForger } from '../world/forger.ts'
import { clientId } from '../world/issuer.ts'
import { problemOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { createWorld, type World } from '../world/world.ts'

const secret = 'Kept-2026-secret'

let world: World
let forger: Forger
beforeAll(async () => {
  world = await createWorld()
  forger = await startForger()
  const { province } = world.province
  for (const role of ['system-admin', 'security-admin'] as const)
    await addPerson(world.yiduo, role, { role, at: province, reach: 'all' })
})
afterAll(async () => {
  await forger[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

/** Takes up whatever is connected to it, says nothing, and keeps what it is told. */
const listener = async () => {
  const heard: string[] = []
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined))
    socket.on('data', (words: Buffer) => void heard.push(words.toString('latin1')))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `ldap://127.0.0.1:${(server.address() as AddressInfo).port}`, // a port was taken: it is no pipe
    heard,
    hangUp: () => {
      for (const socket of sockets) socket.destroy()
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

const directoryAt = (url: string, more: object = {}): IdentityProviderSettings => ({
  ...{ kind: 'directory', url, startTls: false, authorities: null, bindDn: 'cn=searcher,dc=cn', baseDn: 'dc=cn' },
  ...{ filter: '(objectClass=person)', subject: 'entryUUID' },
  ...more,
})
const issuerAt = (issuer: string): IdentityProviderSettings => ({ kind: 'openid', issuer, clientId, scopes: [] })
const claims = { login: 'preferred_username', name: 'name', organisation: null, roles: null }

const create = (code: string, settings: IdentityProviderSettings): Promise<IdentityProvider> =>
  world.call('system-admin', identityProviderCreate, { body: { code, name: code, settings, claims, secret } })
const edit = ({ id }: IdentityProvider, body: BodyOf<typeof identityProviderEdit>) =>
  world.call('system-admin', identityProviderEdit, { params: { identityProviderId: id }, body })

test('a secret goes nowhere but where it was entered for', async () => {
  await using elsewhere = await listener()
  await using here = await listener()
  const provider = await create('kept', directoryAt(here.url))
  const moved = { settings: directoryAt(elsewhere.url) }
  expect(await problemOf(edit(provider, moved))).toMatchObject({ code: 'identity-provider-secret-missing' })
  const probing = problemOf(
    world.call('system-admin', identityProviderProbe, { params: { identityProviderId: provider.id } }),
  )
  await world.until(async () => here.heard.length > 0)
  here.hangUp()
  expect(await probing).toMatchObject({ code: 'identity-provider-unreachable' })
  expect(elsewhere.heard).toEqual([])
  expect((await edit(provider, { ...moved, secret: 'Another-2026-secret' })).settings).toEqual(moved.settings)
})

test.each([
  ['in-the-clear', { startTls: false }],
  ['by-other-authorities', { authorities: '-----BEGIN CERTIFICATE-----\nx' }],
])('a secret is not kept for a directory that is now reached %s', async (how, more) => {
  const before = directoryAt('ldap://127.0.0.1:1', { startTls: true })
  const provider = await create(how, before)
  const { code } = await problemOf(edit(provider, { settings: { ...before, ...more } as IdentityProviderSettings }))
  expect(code).toBe('identity-provider-secret-missing')
  // What changes nothing of where it goes needs it not.
  const filter = { ...before, filter: '(uid=*)' } as IdentityProviderSettings
  expect((await edit(provider, { settings: filter })).hasSecret).toBe(true)
})

test('an issuer whom people are known by does not become another, whose same subjects are other people', async () => {
  const provider = await create('known', issuerAt(forger.url))
  const params = { identityProviderId: provider.id }
  await world.call('security-admin', identityProviderSetRules, {
    params,
    body: {
      ...{ newcomers: 'create', adopts: false, organisations: [], roles: [] },
      organisationId: world.province.department.id,
    },
  })
  await world.call('security-admin', identityProviderEnable, { params })
  const anybody = createClient({ baseUrl: world.url })
  const { url, state, secret: kept } = await anybody.call(signOnBegin, { body: { provider: 'known' } })
  const nonce = new URL(url).searchParams.get('nonce')
  forger.answerWith(await forger.sign({ sub: '1042', preferred_username: 'number-1042', name: '王芳', nonce }))
  const body = { state, secret: kept, parameters: { code: 'any', state } }
  const { token = '' } = await anybody.call(signOnComplete, { body })
  for (const settings of [issuerAt('https://elsewhere.example'), directoryAt('ldaps://elsewhere.example')])
    expect(await problemOf(edit(provider, { settings, secret }))).toMatchObject({
      code: 'identity-provider-is-another',
    })
  const { person } = await createClient({ baseUrl: world.url, token }).call(sessionGet, {})
  expect(person.login).toBe('number-1042')
  const other = { ...issuerAt(forger.url), scopes: ['profile'] } as IdentityProviderSettings
  expect((await edit(provider, { settings: other })).settings).toEqual(other)
})

test('what nobody is known by yet may be put right', async () => {
  const provider = await create('mistyped', issuerAt('https://ssso.example'))
  expect((await edit(provider, { settings: issuerAt('https://sso.example'), secret })).settings).toMatchObject({
    issuer: 'https://sso.example',
  })
})
