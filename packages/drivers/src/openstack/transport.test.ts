import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { password, startLoopbackCloud } from './testing/loopback-cloud.ts'
import { selfSignedCertificate } from './testing/self-signed.ts'

const kindOf = (outcome: object) => ('code' in outcome ? [Reflect.get(outcome, 'outcome'), outcome.code] : outcome)

test('a certificate that nobody vouches for is refused, and says what is wrong with it', async () => {
  await using cloud = await startLoopbackCloud({ tls: true })
  const outcome = await cloud.driver().probe()
  expect(outcome).toMatchObject({ outcome: 'permanent', code: 'cloud-certificate-invalid' })
  expect(outcome).toHaveProperty('words', expect.stringContaining('self-signed'))
  expect(cloud.asked).toHaveLength(0)
})

test('the authority given in the settings is believed, and no other way round it is needed', async () => {
  await using cloud = await startLoopbackCloud({ tls: true })
  const settings = { region: 'east', projectName: 'own', caCertificate: selfSignedCertificate }
  expect(await cloud.driver({ settings }).list('project', null)).not.toHaveProperty('code', 'cloud-certificate-invalid')
  expect(cloud.count('POST', /auth\/tokens/)).toBe(1)
})

test('an insecure connection accepts any certificate', async () => {
  await using cloud = await startLoopbackCloud({ tls: true })
  const settings = { region: 'east', projectName: 'own', insecure: true }
  await cloud.driver({ settings }).list('project', null)
  expect(cloud.count('POST', /auth\/tokens/)).toBe(1)
})

test('a cloud that never answers costs one call its limit and no more', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('POST', /auth\/tokens/, () => 'silence')
  const started = performance.now()
  const outcome = await cloud.driver({ callLimitMs: 150 }).probe()
  expect(outcome).toMatchObject({ outcome: 'transient', code: 'cloud-timeout' })
  expect(performance.now() - started).toBeLessThan(2_000)
})

test('an answer whose body never ends is cut off by the same limit', async () => {
  await using server = await startRaw('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{"token"')
  await using cloud = await startLoopbackCloud()
  const outcome = await cloud.driver({ endpoint: server.url, callLimitMs: 150 }).probe()
  expect(kindOf(outcome)).toEqual(['transient', 'cloud-timeout'])
})

test('a line that is cut, and a port where nobody listens, are both unreachable', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('POST', /auth\/tokens/, () => 'cut')
  expect(kindOf(await cloud.driver().probe())).toEqual(['transient', 'cloud-unreachable'])
  const nobody = cloud.driver({ endpoint: 'http://127.0.0.1:1' })
  expect(kindOf(await nobody.probe())).toEqual(['transient', 'cloud-unreachable'])
})

test('what is no HTTP at all is unreadable', async () => {
  await using server = await startRaw('SSH-2.0-OpenSSH_9.2p1\r\n')
  await using cloud = await startLoopbackCloud()
  expect(kindOf(await cloud.driver({ endpoint: server.url }).probe())).toEqual(['transient', 'cloud-answer-unreadable'])
})

test('TLS spoken to a port without it, and a text that is no address, mean a wrong endpoint', async () => {
  await using cloud = await startLoopbackCloud()
  const endpoint = cloud.url.replace('http:', 'https:')
  expect(kindOf(await cloud.driver({ endpoint }).probe())).toEqual(['permanent', 'cloud-endpoint-wrong'])
  expect(kindOf(await cloud.driver({ endpoint: 'keystone' }).probe())).toEqual(['permanent', 'cloud-endpoint-wrong'])
})

test('a password echoed by the cloud never reaches the words, in whatever form it comes', async () => {
  await using cloud = await startLoopbackCloud()
  for (const echo of [
    password,
    JSON.stringify({ error: { message: `bad ${password}` } }),
    encodeURIComponent(password),
  ]) {
    cloud.on('POST', /auth\/tokens/, () => ({ status: 500, text: echo }))
    const outcome = await cloud.driver().probe()
    expect(outcome).toHaveProperty('code', 'cloud-internal-error')
    expect(JSON.stringify(outcome)).not.toContain('battery')
  }
})

test('a token echoed by a service never reaches the words', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', /servers\/detail/, ({ headers }) => ({ status: 500, text: `failed for ${headers['x-auth-token']}` }))
  expect(await cloud.driver().list('server', null)).toHaveProperty('words', '500 failed for ***')
})

/** Says the given bytes to whoever connects, and then nothing. */
async function startRaw(bytes: string) {
  const sockets = new Set<import('node:net').Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => socket.write(bytes))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

test('a driver that is replaced lets its calls under way come to their end', async () => {
  await using cloud = await startLoopbackCloud()
  const driver = cloud.driver()
  const arrived = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  cloud.on('GET', /flavors\/detail/, () => {
    arrived.resolve()
    return { after: held.promise, json: { flavors: [] } }
  })
  const listed = driver.list('flavour', null)
  await arrived.promise
  const gone = driver[Symbol.asyncDispose]()
  held.resolve()
  expect((await listed).outcome).toBe('done')
  await gone
  expect(await driver.list('flavour', null)).toMatchObject({ outcome: 'transient', code: 'cloud-unreachable' })
})

test('a call that never ends does not keep its driver for ever', async () => {
  await using cloud = await startLoopbackCloud()
  const driver = cloud.driver({ callLimitMs: 150 })
  const arrived = Promise.withResolvers<void>()
  cloud.on('GET', /flavors\/detail/, () => {
    arrived.resolve()
    return 'silence'
  })
  const listed = driver.list('flavour', null)
  await arrived.promise
  const started = performance.now()
  await driver[Symbol.asyncDispose]()
  expect(performance.now() - started).toBeLessThan(2_000)
  expect((await listed).outcome).toBe('transient')
})
