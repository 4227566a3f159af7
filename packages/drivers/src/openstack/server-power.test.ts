import { expect, test } from 'vitest'
import { type LoopbackCloud, startLoopbackCloud } from './testing/loopback-cloud.ts'

const ask = { project: { projectId: 'p-own' }, serverId: 's-1' }
const first = { since: null, handle: null }
const again = (handle: string | null) => ({ since: new Date(), handle })

interface Nova {
  readonly server: Record<string, unknown>
  /** The newest last. */
  readonly actions: Record<string, unknown>[]
}

/** A server and its history; what an act does is up to the test. */
function serveOne(cloud: LoopbackCloud): Nova {
  const nova: Nova = { server: { id: 's-1', status: 'ACTIVE', tags: [] }, actions: [] }
  cloud.on('GET', /\/servers\/s-1$/, () => ({ json: { server: nova.server } }))
  cloud.on('GET', /\/os-instance-actions$/, () => ({ json: { instanceActions: nova.actions } }))
  cloud.on('GET', /\/os-instance-actions\/.+$/, () => ({
    json: {
      instanceAction: { events: [{ event: 'compute_start_instance', result: 'Error', details: 'no such disk' }] },
    },
  }))
  cloud.on('POST', /\/servers\/s-1\/action$/, () => ({ status: 202 }))
  return nova
}
const acts = (cloud: LoopbackCloud) => cloud.count('POST', /\/action$/)

test('a server is stopped by one act, however often the step is repeated', async () => {
  await using cloud = await startLoopbackCloud()
  const { server } = serveOne(cloud)
  const { servers } = cloud.driver()
  const stop = { ...ask, power: 'stopped' } as const
  const begun = await servers.setPower(stop, first)
  expect(begun).toMatchObject({ outcome: 'pending', handle: 'os-stop' })
  server['OS-EXT-STS:task_state'] = 'powering-off'
  expect((await servers.setPower(stop, again('os-stop'))).outcome).toBe('pending')
  Object.assign(server, { status: 'SHUTOFF', 'OS-EXT-STS:task_state': null })
  expect((await servers.setPower(stop, again('os-stop'))).outcome).toBe('done')
  expect(acts(cloud)).toBe(1)
})

test('a start that Nova gave up is told with its words, not asked for again', async () => {
  await using cloud = await startLoopbackCloud()
  const { server, actions } = serveOne(cloud)
  server.status = 'SHUTOFF'
  actions.push({ action: 'start', request_id: 'r-1', message: 'Error' })
  const { servers } = cloud.driver()
  const start = { ...ask, power: 'running' } as const
  expect((await servers.setPower(start, first)).outcome).toBe('pending')
  const given = await servers.setPower(start, again('os-start'))
  expect(given).toMatchObject({ outcome: 'permanent', words: expect.stringContaining('no such disk') })
  expect(acts(cloud)).toBe(1)
})

test('power of a broken server is refused for good, and of one being resized waits', async () => {
  await using cloud = await startLoopbackCloud()
  const { server } = serveOne(cloud)
  const { servers } = cloud.driver()
  Object.assign(server, { status: 'ERROR', fault: { message: 'disk on fire' } })
  const stop = { ...ask, power: 'stopped' } as const
  expect(await servers.setPower(stop, first)).toMatchObject({ outcome: 'permanent', code: 'cloud-thing-broken' })
  server.status = 'VERIFY_RESIZE'
  expect((await servers.setPower(stop, first)).outcome).toBe('pending')
  expect(acts(cloud)).toBe(0)
})

test('a reboot whose answer is lost reboots once', async () => {
  await using cloud = await startLoopbackCloud()
  const { actions } = serveOne(cloud)
  actions.push({ action: 'reboot', request_id: 'r-old', start_time: '2026-11-22T06:00:00' })
  const { servers } = cloud.driver()
  expect(await servers.reboot(ask, first)).toMatchObject({ outcome: 'pending', handle: 'r-old' })
  expect(acts(cloud)).toBe(0)
  cloud.on('POST', /\/action$/, () => {
    actions.push({ action: 'reboot', request_id: 'r-new', start_time: '2026-11-22T07:00:00' })
    return 'cut'
  })
  expect((await servers.reboot(ask, again('r-old'))).outcome).toBe('transient')
  expect((await servers.reboot(ask, again('r-old'))).outcome).toBe('done')
  expect(acts(cloud)).toBe(1)
})

test('a reboot that is still on its way is not sent a second time', async () => {
  await using cloud = await startLoopbackCloud()
  serveOne(cloud)
  cloud.on('POST', /\/action$/, () => 'cut')
  const { servers } = cloud.driver()
  const once = again('never')
  expect((await servers.reboot(ask, once)).outcome).toBe('transient')
  expect((await servers.reboot(ask, once)).outcome).toBe('pending')
  expect(acts(cloud)).toBe(1)
})

test('a rebuild keeps to one, and an image that is not there is told before anything is done', async () => {
  await using cloud = await startLoopbackCloud()
  const { actions } = serveOne(cloud)
  const { servers } = cloud.driver()
  const rebuild = { ...ask, imageName: 'tiny-linux' }
  expect(await servers.rebuild(rebuild, first)).toMatchObject({ code: 'cloud-no-such-image' })
  const images = [{ id: 'i-1', status: 'active', visibility: 'public' }]
  cloud.on('GET', /\/image\/v2\/images$/, () => ({ json: { images } }))
  expect(await servers.rebuild(rebuild, first)).toMatchObject({ outcome: 'pending', handle: 'never' })
  expect((await servers.rebuild(rebuild, again('never'))).outcome).toBe('pending')
  expect(cloud.asked.findLast((it) => it.method === 'POST')?.body).toEqual({ rebuild: { imageRef: 'i-1' } })
  actions.push({ action: 'rebuild', request_id: 'r-1', start_time: '2026-11-22T07:00:00' })
  expect((await servers.rebuild(rebuild, again('never'))).outcome).toBe('done')
  expect(acts(cloud)).toBe(1)
})
