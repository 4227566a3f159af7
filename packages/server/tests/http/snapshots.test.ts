import {
  platformProbe,
  quotaList,
  quotaSet,
  requestApprove,
  requestRetry,
  serverStart,
  serverStop,
  snapshotList,
  toId,
  volumeExtend,
  volumeRemove,
  volumeRemoveSnapshot,
  volumeRestoreSnapshot,
  volumeRestoreSnapshotQuote,
  volumeTakeSnapshot,
  volumeTakeSnapshotQuote,
} from '@yiduo/contract'
import { createSimCloud } from '@yiduo/drivers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { simDatabase } from '../../src/platform/database/sim-database.ts'
import { imbalances } from '../world/books.ts'
import { askReclaim, createSystem, formal, problemOf, purged, resourceOf } from '../world/orders.ts'
import { addPerson } from '../world/people.ts'
import { rowsOf } from '../world/statements.ts'
import { cloudName, cloudToken, connectTestCloud, createWorld, type World } from '../world/world.ts'

let world: World
let platformId: string
beforeAll(async () => {
  world = await createWorld()
  platformId = await connectTestCloud(world)
  await addPerson(world.yiduo, 'auditor', { role: 'auditor', at: world.province.province, reach: 'all' })
})
afterAll(() => world[Symbol.asyncDispose]())

const unit = async () => {
  const system = await createSystem(world)
  const { id } = await formal(world, { systemId: system.id })
  const [server, volume] = [await resourceOf(world, id, 'server'), await resourceOf(world, id, 'volume')]
  return { id, server, volume, params: { volumeId: volume.id } }
}
type Params = { readonly volumeId: string }
const take = (params: Params, name: string) => world.call('department', volumeTakeSnapshot, { params, body: { name } })
const restore = (params: Params, snapshotId: string, confirmation: string) =>
  world.call('department', volumeRestoreSnapshot, { params, body: { snapshotId, confirmation } })
const remove = (params: Params, snapshotId: string, confirmation: string) =>
  world.call('department', volumeRemoveSnapshot, { params, body: { snapshotId, confirmation } })
const completed = async (asked: Promise<{ id: string }>) => world.requestIn((await asked).id, 'completed')
const list = async (volumeId: string, login = 'department') =>
  (await world.call(login, snapshotList, { query: { volumeId } })).items
const heldGib = async () =>
  (await world.call('department', quotaList, { params: { organisationId: world.province.department.id } })).items.find(
    (it) => it.measure === 'volume-gib',
  )?.held ?? 0
const onCloud = (volume: { readonly externalId: string | null }) =>
  rowsOf<{ name: string }>(world.databaseUrl, 'select name from sim.snapshot where volume_id = $1 order by number', [
    volume.externalId,
  ])
const sound = async () => expect(await imbalances(world.databaseUrl)).toEqual([])

test('a snapshot is taken, counted by the quota, free of charge, and goes when it is asked to', async () => {
  const { volume, params, server } = await unit()
  const before = await heldGib()
  const quote = await world.call('department', volumeTakeSnapshotQuote, { params, body: { name: 'before' } })
  expect(quote).toMatchObject({ approvedByRule: true, refusals: [], losses: [] })
  expect(quote.monthlyPriceYuanE4).toBe(quote.monthlyPriceYuanE4Before)
  await completed(take(params, 'before'))
  expect(await onCloud(volume)).toEqual([{ name: 'before' }])
  expect(await heldGib()).toBe(before + 10)
  const [snapshot] = await list(volume.id)
  expect(snapshot).toMatchObject({ name: 'before', state: 'ready', sizeGib: 10, restorable: true, serverId: server.id })
  await sound()

  const by = async (query: object) => (await world.call('department', snapshotList, { query })).items.length
  expect(await by({ serverId: server.id })).toBe(1)
  expect(await by({ systemId: volume.systemId })).toBe(1)
  expect(await list(volume.id, 'other')).toEqual([])
  expect(await list(volume.id, 'auditor')).toHaveLength(1)

  const id = snapshot?.id ?? ''
  expect(await problemOf(remove(params, id, 'another'))).toMatchObject({ code: 'confirmation-wrong' })
  await completed(remove(params, id, 'before'))
  expect(await list(volume.id)).toEqual([])
  expect(await onCloud(volume)).toEqual([])
  expect(await heldGib()).toBe(before)
  expect(await problemOf(remove(params, id, 'before'))).toMatchObject({ code: 'not-found' })
  await sound()
})

test('a volume goes back to its newest snapshot, of a stopped server, by whoever types its name', async () => {
  const { volume, server, params } = await unit()
  await completed(take(params, 'one'))
  await completed(take(params, 'two'))
  const [two, one] = (await list(volume.id)).map((it) => it.id) as [string, string] // two were taken
  expect(await list(volume.id)).toMatchObject([{ restorable: true }, { restorable: false }])
  expect(await problemOf(restore(params, two, volume.name))).toMatchObject({ code: 'server-running' })
  await completed(world.call('department', serverStop, { params: { serverId: server.id }, body: {} }))
  expect(await problemOf(restore(params, two, 'two'))).toMatchObject({ code: 'confirmation-wrong' })
  expect(await problemOf(restore(params, one, volume.name))).toMatchObject({
    code: 'snapshot-not-restorable',
    detail: expect.stringContaining('a newer one was taken since'),
  })
  const body = { snapshotId: two, confirmation: volume.name }
  const quote = await world.call('department', volumeRestoreSnapshotQuote, { params, body })
  expect(quote.losses).toMatchObject([{ resourceId: volume.id, sizeGib: 10 }])

  // The cloud fails in the middle: the volume hangs on its server again, and another try does it.
  await world.fault({ mode: 'quota', call: 'snapshots.revert' })
  const failed = await restore(params, two, volume.name)
  await world.requestIn(failed.id, 'delivery-failed')
  const attached = 'select server_id from sim.volume where id = $1'
  expect(await rowsOf(world.databaseUrl, attached, [volume.externalId])).toEqual([{ server_id: server.externalId }])
  await world.call('operator', requestRetry, { params: { requestId: failed.id }, body: {} })
  await world.requestIn(failed.id, 'completed')
  expect(await rowsOf(world.databaseUrl, attached, [volume.externalId])).toEqual([{ server_id: server.externalId }])

  await completed(world.call('department', volumeExtend, { params, body: { sizeGib: 12 } }))
  expect(await problemOf(restore(params, two, volume.name))).toMatchObject({ code: 'snapshot-not-restorable' })
  await completed(world.call('department', serverStart, { params: { serverId: server.id }, body: {} }))
  await sound()
})

test('what the cloud refuses to take leaves nothing behind, and one whose answer is lost is taken once', async () => {
  const { volume, params } = await unit()
  const before = await heldGib()
  await world.fault({ mode: 'denied', call: 'snapshots.create' })
  await world.requestIn((await take(params, 'denied')).id, 'delivery-failed')
  expect(await list(volume.id)).toEqual([])
  expect(await heldGib()).toBe(before)
  await sound()
  await world.fault({ mode: 'lostAfter', call: 'snapshots.create' })
  await completed(take(params, 'lost'))
  expect(await onCloud(volume)).toEqual([{ name: 'lost' }])
  await world.fault({ mode: 'denied', call: 'snapshots.remove' })
  const [lost] = await list(volume.id)
  const failing = await remove(params, lost?.id ?? '', 'lost')
  await world.requestIn(failing.id, 'delivery-failed')
  expect(await list(volume.id)).toMatchObject([{ name: 'lost', state: 'removing', restorable: false }])
  await world.call('operator', requestRetry, { params: { requestId: failing.id }, body: {} })
  await world.requestIn(failing.id, 'completed')
  expect(await onCloud(volume)).toEqual([])
  await sound()
})

test('a volume takes its snapshots along, whether it goes alone or with its server', async () => {
  const { id, volume, params } = await unit()
  await completed(take(params, 'kept'))
  await askReclaim(world, id)
  await purged(world, id)
  expect(await onCloud(volume)).toEqual([])
  expect(await list(volume.id)).toEqual([])
  const alone = await unit()
  await completed(take(alone.params, 'kept'))
  const asked = await world.call('department', volumeRemove, {
    params: alone.params,
    body: { confirmation: alone.volume.name },
  })
  await world.call('operator', requestApprove, { params: { requestId: asked.id }, body: {} })
  await world.requestIn(asked.id, 'completed')
  expect(await onCloud(alone.volume)).toEqual([])
  await sound()
})

test('a full quota, a foreign volume, a foreign snapshot and a cloud that cannot are refused', async () => {
  const { volume, params } = await unit()
  const organisationId = world.province.department.id
  const limit = await heldGib()
  const set = (to: number) =>
    world.call('operator', quotaSet, { params: { organisationId, measure: 'volume-gib' }, body: { limit: to } })
  await set(limit + 9)
  expect(await problemOf(take(params, 'x'))).toMatchObject({ code: 'quota-exceeded' })
  await set(1_000_000)
  await completed(take(params, 'x'))
  const other = await unit()
  const [snapshot] = await list(volume.id)
  expect(await problemOf(remove(other.params, snapshot?.id ?? '', 'x'))).toMatchObject({ code: 'not-found' })
  const foreign = world.call('other', volumeTakeSnapshot, { params, body: { name: 'y' } })
  expect(await problemOf(foreign)).toMatchObject({ code: 'not-found' })
  expect(await problemOf(remove(params, toId('snapshot', '018f0000-0000-7000-8000-000000000000'), 'x'))).toMatchObject({
    code: 'not-found',
  })
  const looking = world.call('auditor', volumeTakeSnapshot, { params, body: { name: 'y' } })
  expect(await problemOf(looking)).toMatchObject({ status: 403 })

  await createSimCloud(simDatabase(world.yiduo.database), {
    name: cloudName,
    token: cloudToken,
    hosts: [],
    missing: { snapshots: { reason: 'service-not-installed' } },
  })
  const probe = await world.call('operator', platformProbe, { params: { platformId } })
  await world.operationEnded('operator', probe.id)
  expect(await problemOf(take(params, 'z'))).toMatchObject({ code: 'platform-not-able' })
})
