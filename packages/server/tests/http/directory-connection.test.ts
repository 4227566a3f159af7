import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import {
  type IdentityProvider,
  identityProviderEdit,
  identityProviderEnable,
  identityProviderProbe,
} from '@yiduo/contract'
import { Client } from 'ldapts'
import { afterAll, beforeAll, expect, test as tests } from 'vitest'
import { createDirectory, type Listed } from '../../src/modules/identity/outside/directory.ts'
import { withDirectory } from '../../src/modules/identity/outside/directory-connection.ts'
import { closedRules } from '../../src/modules/identity/outside/provider.ts'
import type { ProviderRow } from '../../src/modules/identity/outside/provider-store.ts'
import { type Authority, createAuthority } from '../world/certificates.ts'
import { attempt, createDirectoryStage, type DirectoryStage, directoryAsk } from '../world/directory-stage.ts'
import { problemOf } from '../world/orders.ts'
import { dnOf, people, searcher, withoutSlapd } from '../world/slapd.ts'

type Settings = Extract<IdentityProvider['settings'], { kind: 'directory' }>

const password = 'Directory-2026-pw'
const test = tests.skipIf(withoutSlapd)

let stage: DirectoryStage
let stranger: Authority
beforeAll(async () => {
  if (withoutSlapd) return
  stage = await createDirectoryStage()
  // Of the same name: a name is nobody's proof.
  stranger = await createAuthority('CN=directories of the province')
  await stage.rules()
  await stage.slapd.enter({ uid: 'wang.fang', cn: '王芳', ou: 'D-01', password })
})
afterAll(() => stage?.[Symbol.asyncDispose]())

const connect = async (settings: Partial<Settings>) => {
  const params = { identityProviderId: stage.provider.id }
  const body = { settings: directoryAsk(stage.slapd, settings).settings, secret: searcher.password }
  await stage.world.call('system-admin', identityProviderEdit, { params, body })
  await stage.world.call('security-admin', identityProviderEnable, { params })
}
const probe = () =>
  stage.world.call('system-admin', identityProviderProbe, { params: { identityProviderId: stage.provider.id } })

/** The same, without a server around it. */
const directory = createDirectory({ secrets: { open: () => searcher.password } })
const rowOf = (settings: Partial<Settings> = {}): ProviderRow => {
  const { code, name, claims, ...ask } = directoryAsk(stage.slapd, settings)
  return {
    ...{ code, name, claims, settings: { ...ask.settings, ...settings } as Settings },
    ...{ id: 'none', secret: 'sealed', rules: closedRules, enabled: true, revision: 1, createdAt: new Date() },
  }
}
const found = async (login: string, settings: Partial<Settings> = {}): Promise<Listed> => {
  const it = await directory.find(rowOf(settings), login)
  if (!it || 'refused' in it) throw new Error(`${login}: ${JSON.stringify(it)}`)
  return it
}

const ways = [
  ['ldaps', () => ({ url: stage.slapd.secureUrl })],
  ['StartTLS', () => ({ url: stage.slapd.url, startTls: true })],
] as const

test.each(ways)('over %s with the authority that is entered people come in', async (_name, settings) => {
  await connect({ ...settings(), authorities: stage.slapd.authority.pem })
  expect((await probe()).told).toMatch(/^ldaps?:\/\/127\.0\.0\.1:\d+ → uid=wang\.fang,.* \(entryUUID: [0-9a-f-]{36}\)$/)
  expect(await attempt(stage.world, 'wang.fang', password)).toHaveProperty('session')
})

test.each(ways)(
  'over %s nothing is told to who shows the certificate of another authority',
  async (_name, settings) => {
    for (const authorities of [stranger.pem, null]) {
      await connect({ ...settings(), authorities })
      expect(await problemOf(probe())).toMatchObject({
        code: 'identity-provider-unreachable',
        words: expect.stringMatching(/certificate|self-signed/),
      })
      expect(await attempt(stage.world, 'wang.fang', password)).toEqual({ code: 'identity-provider-unreachable' })
    }
  },
)

test.each(ways)('over %s a certificate for another name is none', async (_name, settings) => {
  const there = settings()
  await connect({ ...there, url: there.url.replace('127.0.0.1', 'localhost'), authorities: stage.slapd.authority.pem })
  expect(await problemOf(probe())).toMatchObject({
    code: 'identity-provider-unreachable',
    words: expect.stringContaining('localhost'),
  })
})

test('in the clear no other machine is spoken to', async () => {
  const params = { identityProviderId: stage.provider.id }
  for (const url of ['ldap://directory.example.cn', 'ldap://10.1.2.3', 'ldap://127.0.0.1.example.cn']) {
    const body = { settings: directoryAsk(stage.slapd, { url }).settings }
    const edited = stage.world.call('system-admin', identityProviderEdit, { params, body })
    expect(await problemOf(edited)).toMatchObject({ status: 400, code: 'identity-provider-unsafe' })
  }
})

test('a connection that is cut behind StartTLS is not made anew in the clear', async () => {
  const { pem, key } = await stage.slapd.authority.issueServer()
  const heard: Buffer[] = []
  const server = createServer((socket) => {
    socket.once('data', (asked: Buffer) => {
      heard.push(asked)
      // extendedResp of message 2: success.
      socket.write(Buffer.from('300c02010278070a010004000400', 'hex'))
      const secure = new TLSSocket(socket, { isServer: true, cert: pem, key })
      secure.on('error', () => undefined)
      secure.once('data', () => secure.destroy())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `ldap://127.0.0.1:${(server.address() as AddressInfo).port}` // a port was taken: it is no pipe
  const row = rowOf({ url, startTls: true, authorities: stage.slapd.authority.pem })
  expect(await directory.find(row, 'wang.fang')).toMatchObject({ refused: { code: 'identity-provider-unreachable' } })
  expect(heard.splice(0)).toHaveLength(1)
  // However often it is tried: the library would connect anew, and say the password in the clear.
  await withDirectory({ settings: row.settings as Settings, patienceMs: 10_000, wholeMs: null }, async (client) => {
    for (let tries = 0; tries < 3; tries++) await expect(client.bind(dnOf('wang.fang'), password)).rejects.toThrow()
  })
  expect(heard.map((it) => it.toString('latin1'))).toEqual([expect.stringContaining('1.3.6.1.4.1.1466.20037')])
  server.close()
})

test.each([
  ['ldap', false],
  ['ldap', true],
  ['ldaps', false],
])('over %s (StartTLS: %s) one that takes up and says nothing is as good as away', async (scheme, startTls) => {
  const heard: Socket[] = []
  const server = createServer((socket) => void heard.push(socket.on('error', () => undefined)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}` // a port was taken: it is no pipe
  const hasty = createDirectory({ secrets: { open: () => searcher.password } }, 100)
  expect(await hasty.find(rowOf({ url, startTls }), 'wang.fang')).toMatchObject({
    refused: { code: 'identity-provider-unreachable' },
  })
  expect(heard).toHaveLength(1)
  for (const socket of heard) socket.destroy()
  server.close()
})

test('one that answers each question in time, and all of them too late, is as good as away', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    // bindResponse: success, to the message of the number that was sent.
    socket.on('data', (asked: Buffer) => {
      const number = asked.subarray(2, 4 + (asked[3] ?? 0))
      const success = Buffer.from('61070a010004000400', 'hex')
      socket.write(Buffer.concat([Buffer.from([0x30, number.length + success.length]), number, success]))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `ldap://127.0.0.1:${(server.address() as AddressInfo).port}` // a port was taken: it is no pipe
  const settings = rowOf({ url }).settings as Settings
  let answered = 0
  const talk = withDirectory({ settings, patienceMs: 10_000, wholeMs: 500 }, async (client) => {
    for (; ; answered++) await client.bind(dnOf('wang.fang'), password)
  })
  await expect(talk).rejects.toThrow()
  expect(answered).toBeGreaterThan(0)
  server.close()
})

test.each([
  '*',
  'wang*',
  'wang.fang)(uid=*',
  ')(uid=*',
  'x)(|(uid=*',
  'wang.fang\0',
  '',
  '\\77ang.fang',
  'wang.fang,ou=x',
])('nobody is found by the name “%s”', async (login) => {
  expect((await found('wang.fang')).dn).toBe(dnOf('wang.fang'))
  expect(await directory.find(rowOf(), login)).toBeNull()
})

test('who comes without a password is nobody, though the directory lets them in', async () => {
  await using client = new Client({ url: stage.slapd.url })
  await client.bind(dnOf('wang.fang'), '')
  await client.bind('', password)
  const listed = await found('wang.fang')
  expect(await directory.proves(rowOf(), listed, '')).toBe(false)
  expect(await directory.proves(rowOf(), { ...listed, dn: '' }, password)).toBe(false)
  expect(await directory.proves(rowOf(), { ...listed, dn: 'EXTERNAL' }, password)).toBe(false)
  expect(await directory.proves(rowOf(), listed, password)).toBe(true)
  const nameless = await directory.find({ ...rowOf(), secret: null }, 'wang.fang')
  expect(nameless).toMatchObject({ refused: { code: 'identity-provider-unreachable' } })
})

test('nobody is asked whom the directory only refers to', async () => {
  const asked: Socket[] = []
  const server = createServer((socket) => void asked.push(socket.on('error', () => undefined)))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo // a port was taken: it is no pipe
  const elsewhere = `ou=elsewhere,${people}`
  await stage.slapd.refer(elsewhere, `ldap://127.0.0.1:${port}/${elsewhere}`)
  await found('wang.fang')
  expect(await directory.list(rowOf())).toEqual(
    expect.arrayContaining([expect.objectContaining({ login: 'wang.fang' })]),
  )
  expect(await directory.find(rowOf({ baseDn: elsewhere }), 'wang.fang')).toMatchObject({
    refused: { code: 'identity-provider-unreachable' },
  })
  const listed = { ...(await found('wang.fang')), dn: `uid=wang.fang,${elsewhere}` }
  expect(await directory.proves(rowOf(), listed, password)).not.toBe(true)
  expect(asked).toEqual([])
  server.close()
})

test('whom the filter or the base leaves out is not found', async () => {
  await stage.slapd.enter({ uid: 'outsider', cn: '外人', ou: 'D-02' })
  await found('outsider')
  expect(await directory.find(rowOf({ filter: '(&(objectClass=inetOrgPerson)(!(ou=D-02)))' }), 'outsider')).toBeNull()
  expect(await directory.find(rowOf({ baseDn: `ou=inner,${people}` }), 'outsider')).toMatchObject({
    refused: { code: 'identity-provider-unreachable' },
  })
})

test('a filter that is none, and a searcher whom the directory does not know, are told', async () => {
  for (const settings of [{ filter: '(uid=a)(uid=b)' }, { bindDn: `cn=nobody,${people}` }])
    expect(await directory.probe(rowOf(settings))).toMatchObject({
      refused: { code: 'identity-provider-unreachable', words: expect.stringMatching(/paren|Code: 0x31/i) },
    })
})

test('a subject of bytes is told in hexadecimal digits, whatever text those bytes would be', async () => {
  await stage.slapd.enter({ uid: 'numbered', cn: '编号', ou: 'D-01' })
  for (const hex of ['00ff10203040506070809fafbfcfdfef', '61626364656667686162636465666768']) {
    await stage.slapd.change(dnOf('numbered'), 'objectGUID', Buffer.from(hex, 'hex'))
    for (const subject of ['objectGUID', 'objectguid'])
      expect((await found('numbered', { subject })).identity.subject).toBe(hex)
  }
  // Whoever has no subject is known by nothing.
  expect(await directory.find(rowOf({ subject: 'objectGUID' }), 'wang.fang')).toBeNull()
})
