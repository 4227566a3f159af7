import { expect, test } from 'vitest'
import { type LoopbackCloud, startLoopbackCloud } from './testing/loopback-cloud.ts'

const ask = { project: { projectId: 'p-own' }, serverId: 's-1', protocol: 'vnc' } as const

/** A Nova that runs consoles of these types only, at these addresses. */
const serveConsoles = (cloud: LoopbackCloud, addresses: Readonly<Record<string, string>>) =>
  cloud.on('POST', /\/servers\/s-1\/remote-consoles$/, ({ at }) => {
    const type = String(at('remote_console', 'type'))
    const url = addresses[type]
    return url === undefined
      ? { status: 400, json: { badRequest: { message: `Unavailable console type ${type}.` } } }
      : { json: { remote_console: { type, url } } }
  })

test.for([
  ['http://consoles.example:6080/vnc_lite.html?path=%3Ftoken%3Dabc', 'ws://consoles.example:6080/?token=abc'],
  ['https://consoles.example/vnc_lite.html?path=/proxy/%3Ftoken%3Dabc', 'wss://consoles.example/proxy/?token=abc'],
  ['https://consoles.example/vnc_auto.html?token=abc&title=s', 'wss://consoles.example/websockify?token=abc'],
] as const)('behind the page %s lies the socket %s', async ([novnc, url]) => {
  await using cloud = await startLoopbackCloud()
  serveConsoles(cloud, { novnc })
  expect(await cloud.driver().consoles.open(ask)).toEqual({
    outcome: 'done',
    value: { url, subprotocol: 'binary', expiresAt: null, trust: { caCertificate: null, insecure: false } },
  })
})

test('a serial line is a socket already, and the platform’s authority vouches for it', async () => {
  await using cloud = await startLoopbackCloud()
  serveConsoles(cloud, { serial: 'wss://consoles.example:6083/?token=abc' })
  const settings = { region: 'east', projectName: 'own', caCertificate: 'PEM' }
  expect(await cloud.driver({ settings }).consoles.open({ ...ask, protocol: 'text' })).toMatchObject({
    value: { url: 'wss://consoles.example:6083/?token=abc', trust: { caCertificate: 'PEM' } },
  })
})

test('a cloud without such a console says so, with its words; an address that is none is not followed', async () => {
  await using cloud = await startLoopbackCloud()
  serveConsoles(cloud, { serial: 'file:///etc/passwd' })
  expect(await cloud.driver().consoles.open(ask)).toMatchObject({
    outcome: 'permanent',
    code: 'cloud-unsupported',
    words: expect.stringContaining('Unavailable console type'),
  })
  expect(await cloud.driver().consoles.open({ ...ask, protocol: 'text' })).toMatchObject({
    code: 'cloud-answer-unreadable',
  })
})

test('a stopped server is not taken for a cloud without consoles', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('POST', /\/remote-consoles$/, () => ({
    status: 409,
    json: { conflictingRequest: { message: 'Instance not yet ready' } },
  }))
  expect(await cloud.driver().consoles.open(ask)).toMatchObject({ code: 'cloud-conflict' })
  expect(cloud.count('POST', /\/remote-consoles$/)).toBe(1)
})
