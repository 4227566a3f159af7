import { expect, test } from 'vitest'
import { type LoopbackCloud, markPrefix, startLoopbackCloud } from './testing/loopback-cloud.ts'

const project = { projectId: 'p-own' }
const mark = `${markPrefix}w1`
const ask = { mark, name: 'before the upgrade', project, volumeId: 'v-1' }
const first = { since: null, handle: null }
const again = (handle: string | null = null) => ({ since: new Date(), handle })

const serveVolume = (cloud: LoopbackCloud) => {
  const volume: Record<string, unknown> = { id: 'v-1', status: 'available', size: 1 }
  cloud.on('GET', /\/volumes\/v-1$/, () => ({ json: { volume } }))
  cloud.on('POST', /\/volumes\/v-1\/action$/, () => ({ status: 202 }))
  return volume
}

test('a snapshot whose answer is lost is found by its mark, also where the cloud shows all', async () => {
  await using cloud = await startLoopbackCloud()
  const snapshots: Record<string, unknown>[] = [{ id: 'w-0', status: 'available', size: 1, volume_id: 'v-1' }]
  cloud.on('GET', /\/snapshots\/detail$/, () => ({ json: { snapshots } }))
  cloud.on('POST', /\/snapshots$/, ({ at }) => {
    const metadata = at('snapshot', 'metadata')
    snapshots.push({ id: 'w-1', status: 'creating', size: 1, volume_id: 'v-1', metadata })
    return 'cut'
  })
  const driver = cloud.driver()
  expect((await driver.snapshots.create(ask, first)).outcome).toBe('transient')
  expect(await driver.snapshots.create(ask, again())).toMatchObject({ outcome: 'pending', handle: 'w-1' })
  Object.assign(snapshots[1] ?? {}, { status: 'available' })
  expect(await driver.snapshots.create(ask, again())).toEqual({
    outcome: 'done',
    value: { snapshotId: 'w-1', volumeId: 'v-1', sizeGib: 1 },
  })
})

test('a volume goes back once it is detached, and is waited for until it is at rest', async () => {
  await using cloud = await startLoopbackCloud()
  const volume = serveVolume(cloud)
  const { snapshots } = cloud.driver()
  const back = { project, volumeId: 'v-1', snapshotId: 'w-1' }
  volume.status = 'in-use'
  expect(await snapshots.revert(back, first)).toMatchObject({ outcome: 'permanent', code: 'cloud-conflict' })
  volume.status = 'available'
  expect(await snapshots.revert(back, first)).toMatchObject({ outcome: 'pending', handle: 'w-1' })
  volume.status = 'reverting'
  expect((await snapshots.revert(back, again('w-1'))).outcome).toBe('pending')
  volume.status = 'available'
  expect((await snapshots.revert(back, again('w-1'))).outcome).toBe('done')
  expect(cloud.count('POST', /\/action$/)).toBe(1)
})

test('a Cinder that cannot go back says so before anything is done', async () => {
  await using cloud = await startLoopbackCloud({ volume: '3.27' })
  serveVolume(cloud)
  const back = { project, volumeId: 'v-1', snapshotId: 'w-1' }
  expect(await cloud.driver().snapshots.revert(back, first)).toMatchObject({ code: 'cloud-unsupported' })
  expect(cloud.count('POST', /\/action$/)).toBe(0)
})
