import type { Attempt } from '@yiduo/driver-api'
import { expect, test } from 'vitest'
import { type LoopbackCloud, markPrefix, type Reply, startLoopbackCloud } from './testing/loopback-cloud.ts'

const project = { projectId: 'p-own' }
const mark = `${markPrefix}v1`
const ask = { mark, name: 'data', project, sizeGib: 2 }
const first: Attempt = { since: null, handle: null }
const again = (handle: string | null = null): Attempt => ({ since: new Date(), handle })

/** Cinder with what stands on its shelf; `reply` may lose what a creation answers. */
function serveVolumes(
  cloud: LoopbackCloud,
  reply: (volume: object) => Reply = (volume) => ({ status: 202, json: { volume } }),
) {
  const volumes: Record<string, unknown>[] = []
  cloud.on('GET', /\/volumes\/detail$/, () => ({ json: { volumes } }))
  cloud.on('GET', /\/volumes\/v-\d+$/, ({ path }) => {
    const volume = volumes.find((it) => path.endsWith(`/${it.id}`))
    return volume === undefined ? { status: 404 } : { json: { volume } }
  })
  cloud.on('POST', /\/volumes$/, (asked) => {
    const made = {
      id: `v-${volumes.length + 1}`,
      status: 'creating',
      size: asked.at('volume', 'size'),
      metadata: asked.at('volume', 'metadata'),
      created_at: `2026-11-22T06:24:0${volumes.length}`,
      attachments: [],
    }
    volumes.push(made)
    return reply(made)
  })
  cloud.on('DELETE', /\/volumes\/v-\d+$/, ({ path }) => {
    volumes.splice(
      volumes.findIndex((it) => path.endsWith(`/${it.id}`)),
      1,
    )
    return { status: 202 }
  })
  return volumes
}

test('a volume is made, polled by its id, and judged by its state', async () => {
  await using cloud = await startLoopbackCloud()
  const volumes = serveVolumes(cloud)
  const driver = cloud.driver()
  const begun = await driver.volumes.create(ask, first)
  expect(begun).toEqual({ outcome: 'pending', handle: 'v-1', retryAfterMs: 200 })
  expect(volumes[0]).toMatchObject({ metadata: { yiduo: mark }, size: 2 })
  expect(cloud.count('GET', /\/volumes\/detail$/)).toBe(0)
  Object.assign(volumes[0] ?? {}, { status: 'available' })
  expect(await driver.volumes.create(ask, again('v-1'))).toEqual({
    outcome: 'done',
    value: { volumeId: 'v-1', sizeGib: 2 },
  })
})

test.for(['cut', 'silence'] as const)('a creation whose answer is lost (%s) makes exactly one volume', async (lost) => {
  await using cloud = await startLoopbackCloud()
  const volumes = serveVolumes(cloud, () => lost)
  const driver = cloud.driver({ callLimitMs: 300 })
  expect((await driver.volumes.create(ask, first)).outcome).toBe('transient')
  expect(await driver.volumes.create(ask, again())).toMatchObject({ outcome: 'pending', handle: 'v-1' })
  expect(volumes).toHaveLength(1)
  expect(cloud.count('POST', /\/volumes$/)).toBe(1)
})

test('a creation that never arrived is repeated only when it can no longer arrive', async () => {
  let now = new Date('2026-11-22T08:00:00Z')
  await using cloud = await startLoopbackCloud({ now: () => now })
  serveVolumes(cloud)
  let broken = true
  const driver = cloud.driver()
  cloud.on('POST', /\/volumes$/, () => {
    if (broken) return 'cut'
    return { status: 202, json: { volume: { id: 'v-9', status: 'creating', size: 2 } } }
  })
  const since = now
  await driver.volumes.create(ask, first)
  broken = false
  expect(await driver.volumes.create(ask, { since, handle: null })).toEqual({
    outcome: 'pending',
    handle: null,
    retryAfterMs: 300,
  })
  expect(cloud.count('POST', /\/volumes$/)).toBe(1)
  now = new Date(now.getTime() + 2_000)
  expect(await driver.volumes.create(ask, { since, handle: null })).toMatchObject({ handle: 'v-9' })
})

test('a rate limit is passed on with its wait, and then repeated without another one', async () => {
  await using cloud = await startLoopbackCloud()
  serveVolumes(cloud)
  const driver = cloud.driver()
  let limited = true
  cloud.on('POST', /\/volumes$/, () =>
    limited
      ? { status: 429, headers: { 'retry-after': '3' } }
      : { status: 202, json: { volume: { id: 'v-1', status: 'creating', size: 2 } } },
  )
  expect(await driver.volumes.create(ask, first)).toMatchObject({
    outcome: 'transient',
    code: 'cloud-rate-limited',
    retryAfterMs: 3_000,
  })
  limited = false
  expect(await driver.volumes.create(ask, again())).toMatchObject({ outcome: 'pending', handle: 'v-1' })
})

test('a volume that broke is told with what Cinder told the user', async () => {
  await using cloud = await startLoopbackCloud()
  const volumes = serveVolumes(cloud)
  const told = 'schedule allocate volume:Could not find any available weighted backend.'
  let messages = [{ user_message: told }]
  cloud.on('GET', /\/messages$/, () => ({ json: { messages } }))
  const driver = cloud.driver()
  await driver.volumes.create(ask, first)
  Object.assign(volumes[0] ?? {}, { status: 'error' })
  expect(await driver.volumes.create(ask, again('v-1'))).toEqual({
    outcome: 'exhausted',
    code: 'cloud-capacity-exhausted',
    words: `volume is in error: ${told}`,
  })
  messages = []
  expect(await driver.volumes.create(ask, again('v-1'))).toMatchObject({
    outcome: 'permanent',
    code: 'cloud-thing-broken',
  })
})

test('one that broke makes room for another as soon as it goes, and is not taken for it', async () => {
  let now = new Date()
  await using cloud = await startLoopbackCloud({ now: () => now })
  cloud.on('GET', /\/messages$/, () => ({ json: { messages: [] } }))
  const volumes = serveVolumes(cloud)
  const driver = cloud.driver()
  cloud.on('DELETE', /\/volumes\/v-1$/, () => {
    Object.assign(volumes[0] ?? {}, { status: 'deleting' })
    return { status: 202 }
  })
  await driver.volumes.create(ask, first)
  Object.assign(volumes[0] ?? {}, { status: 'error' })
  expect(await driver.volumes.create(ask, again('v-1'))).toMatchObject({ code: 'cloud-thing-broken' })
  const what = { mark, project, externalId: 'v-1' }
  expect(await driver.volumes.remove(what, again('v-1'))).toMatchObject({ outcome: 'pending', handle: 'v-1' })
  expect(await driver.volumes.create(ask, again('v-1'))).toMatchObject({ code: 'cloud-thing-vanished' })
  // While it goes the removal has not ended; after a takeover somebody may look all the same.
  now = new Date(now.getTime() + 600_000)
  expect(await driver.volumes.create(ask, again())).toMatchObject({ outcome: 'pending', handle: 'v-2' })
  expect(volumes.map((it) => it.status)).toEqual(['deleting', 'creating'])
})

test('an extension that Cinder took back is a failure, not another try', async () => {
  await using cloud = await startLoopbackCloud()
  cloud.on('GET', /\/messages$/, () => ({ json: { messages: [] } }))
  const volume = { id: 'v-1', status: 'available', size: 2 }
  cloud.on('GET', /\/volumes\/v-1$/, () => ({ json: { volume } }))
  cloud.on('POST', /\/volumes\/v-1\/action$/, () => {
    volume.status = 'extending'
    return { status: 202 }
  })
  const driver = cloud.driver()
  const grow = { project, volumeId: 'v-1', sizeGib: 5 }
  expect(await driver.volumes.extend(grow, first)).toMatchObject({ outcome: 'pending', handle: 'v-1' })
  expect((await driver.volumes.extend(grow, again('v-1'))).outcome).toBe('pending')
  volume.status = 'available'
  expect((await driver.volumes.extend(grow, again('v-1'))).outcome).toBe('permanent')
  expect(cloud.count('POST', /\/action$/)).toBe(1)
  volume.size = 8
  expect(await driver.volumes.extend(grow, first)).toEqual({ outcome: 'done', value: { volumeId: 'v-1', sizeGib: 8 } })
})

test('removal takes every volume with the mark and leaves all others', async () => {
  await using cloud = await startLoopbackCloud()
  const volumes = serveVolumes(cloud)
  const driver = cloud.driver()
  for (const one of [mark, mark, `${markPrefix}v2`]) await driver.volumes.create({ ...ask, mark: one }, first)
  for (const volume of volumes) volume.status = 'available'
  const going = await driver.volumes.remove({ mark, project, externalId: null }, first)
  expect(going.outcome).toBe('pending')
  expect(volumes.map((it) => it.metadata)).toEqual([{ yiduo: `${markPrefix}v2` }])
  expect((await driver.volumes.remove({ mark, project, externalId: 'v-1' }, again('v-1'))).outcome).toBe('done')
})

test('attaching and detaching are judged by the volume, and a server that is gone lets go', async () => {
  await using cloud = await startLoopbackCloud()
  const volume = { id: 'v-1', status: 'available', size: 2, attachments: [] as { server_id: string }[] }
  cloud.on('GET', /\/volumes\/v-1$/, () => ({ json: { volume } }))
  cloud.on('POST', /\/os-volume_attachments$/, () => {
    volume.status = 'reserved'
    return { json: { volumeAttachment: {} } }
  })
  const driver = cloud.driver()
  const pair = { project, volumeId: 'v-1', serverId: 's-1' }
  expect(await driver.volumes.attach(pair, first)).toMatchObject({ outcome: 'pending', handle: 'v-1' })
  expect((await driver.volumes.attach(pair, again('v-1'))).outcome).toBe('pending')
  Object.assign(volume, { status: 'in-use', attachments: [{ server_id: 's-1' }] })
  expect((await driver.volumes.attach(pair, again('v-1'))).outcome).toBe('done')
  expect((await driver.volumes.attach({ ...pair, serverId: 's-2' }, first)).outcome).toBe('permanent')
  expect((await driver.volumes.detach({ ...pair, serverId: 's-2' }, first)).outcome).toBe('done')
  // Nova knows neither the attachment nor the server any more.
  expect((await driver.volumes.detach(pair, first)).outcome).toBe('done')
  expect(cloud.count('POST', /\/os-volume_attachments$/)).toBe(1)
})

test.for([
  'creating',
  'extending',
  'reserved',
  'attaching',
  'detaching',
  'backing-up',
  'uploading',
  'retyping',
  'maintenance',
])('a volume that is %s is waited for before it is deleted: Cinder would refuse', async (status) => {
  await using cloud = await startLoopbackCloud()
  const volumes = serveVolumes(cloud)
  const driver = cloud.driver()
  await driver.volumes.create(ask, first)
  Object.assign(volumes[0] ?? {}, { status })
  const what = { mark, project, externalId: 'v-1' }
  expect(await driver.volumes.remove(what, first)).toMatchObject({ outcome: 'pending', handle: 'v-1' })
  expect(cloud.count('DELETE', /./)).toBe(0)
  Object.assign(volumes[0] ?? {}, { status: 'error_extending' })
  await driver.volumes.remove(what, first)
  expect(volumes).toEqual([])
})
