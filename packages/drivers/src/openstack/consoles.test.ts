import { expect, test } from 'vitest'
import { type LoopbackCloud, startLoopbackCloud } from './testing/loopback-cloud.ts'

const ask = { project: { projectId: 'p-own' }, serverId: 's-1' }

/** A Nova that runs consoles of these types only. */
const serveConsoles = (cloud: LoopbackCloud, types: readonly string[]) =>
  cloud.on('POST', /\/servers\/s-1\/remote-consoles$/, ({ at }) => {
    const type = String(at('remote_console', 'type'))
    return types.includes(type)
      ? { json: { remote_console: { type, url: `https://consoles.example/?token=of-${type}` } } }
      : { status: 400, json: { badRequest: { message: `Unavailable console type ${type}.` } } }
  })

test.for([
  [['novnc', 'serial'], 'novnc'],
  [['spice-html5'], 'spice-html5'],
  [['serial'], 'serial'],
] as const)('of %s the first that the cloud runs is opened', async ([types, protocol]) => {
  await using cloud = await startLoopbackCloud()
  serveConsoles(cloud, types)
  expect(await cloud.driver().consoles.open(ask)).toEqual({
    outcome: 'done',
    value: { url: `https://consoles.example/?token=of-${protocol}`, protocol, expiresAt: null },
  })
})

test('a cloud without consoles says so, with its words', async () => {
  await using cloud = await startLoopbackCloud()
  serveConsoles(cloud, [])
  expect(await cloud.driver().consoles.open(ask)).toMatchObject({
    outcome: 'permanent',
    code: 'cloud-unsupported',
    words: expect.stringContaining('Unavailable console type'),
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
