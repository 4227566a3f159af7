import { randomUUID } from 'node:crypto'
import { encodeUuid, orphanList, platformAdd, platformGet } from '@yiduo/contract'
import { done, type Observed } from '@yiduo/driver-api'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Alterations, createAlteredWorld } from '../world/altered-cloud.ts'
import { createSystem, formal, resourceOf } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { cloudName, cloudToken, connectTestCloud, type World } from '../world/world.ts'

let world: World
let platformId: string
const altered: Alterations = {}
beforeAll(async () => {
  world = await createAlteredWorld(altered)
  platformId = await connectTestCloud(world)
})
afterEach(() => {
  delete altered.list
})
afterAll(() => world[Symbol.asyncDispose]())

const look = () => world.yiduo.reconcilers.runNow('observation')
const observationOf = async (kind: string) =>
  (await world.call('operator', platformGet, { params: { platformId } })).observations.find((it) => it.kind === kind)
const held = async () => {
  const { id } = await formal(world, { systemId: (await createSystem(world)).id })
  return { requestId: id, volume: await resourceOf(world, id, 'volume') }
}
const grow = (externalId: string | null, sizeGib: number) =>
  rowsOf(world.databaseUrl, 'update sim.volume set size_gib = $2 where id = $1', [externalId, sizeGib])
const versionOf = async (externalId: string | null): Promise<string | undefined> =>
  (
    await rowsOf<{ version: string }>(
      world.databaseUrl,
      'select xmin::text as version from resources where external_id = $1',
      [externalId],
    )
  )[0]?.version

test('a kind that cannot be listed keeps no other from being observed, and the platform says why', async () => {
  const { requestId, volume } = await held()
  await look()
  const before = await observationOf('server')
  expect(before).toMatchObject({ listedAt: expect.any(String), fault: null })
  await grow(volume.externalId, 77)
  await world.fault({ call: 'list', mode: 'denied' }) // the first kind that is listed: servers
  await look()
  expect(await observationOf('server')).toMatchObject({
    listedAt: before?.listedAt,
    fault: { code: 'cloud-permission-missing', words: expect.stringContaining('403') },
  })
  expect(await observationOf('volume')).toMatchObject({ fault: null })
  expect(await resourceOf(world, requestId, 'volume')).toMatchObject({ observed: { sizeGib: 77 } })
  await look()
  expect(await observationOf('server')).toMatchObject({ fault: null })
})

test('what has not changed is not written again until it looks old', async () => {
  const { volume } = await held()
  await look()
  const written = await versionOf(volume.externalId)
  await look()
  expect(await versionOf(volume.externalId)).toBe(written)
  world.shift(61 * 60_000)
  await look()
  expect(await versionOf(volume.externalId)).not.toBe(written)
})

test('what an operation has seen after a listing began is not overwritten by it', async () => {
  const { requestId, volume } = await held()
  await look()
  await grow(volume.externalId, 55)
  await rowsOf(world.databaseUrl, 'update resources set observed_at = $2 where external_id = $1', [
    volume.externalId,
    new Date(world.clock.now().getTime() + 3_600_000),
  ])
  await look()
  expect(await resourceOf(world, requestId, 'volume')).toMatchObject({ observed: { sizeGib: 10 } })
})

const address = (mark: string | null): Observed => ({
  kind: 'address',
  externalId: randomUUID(),
  mark,
  name: 'somebody’s',
  projectId: null,
  state: 'active',
  nativeState: 'ACTIVE',
  facts: {},
  createdAt: null,
})
const stray = () => address(world.yiduo.markPrefix + encodeUuid(randomUUID()))
const countOrphans = async (): Promise<number | undefined> =>
  (await rowsOf<{ count: number }>(world.databaseUrl, 'select count(*)::int as count from orphans'))[0]?.count
const nothing = done({ items: [], nextCursor: null, complete: true, count: 0 })

test('a cloud full of things of others is passed over page by page; what is ours among them is found', async () => {
  const pages = [
    [...Array.from({ length: 150_000 }, () => address(null)), stray()],
    Array.from({ length: 1_500 }, stray),
    [stray()],
  ]
  altered.list = async (kind, cursor) => {
    if (kind !== 'address') return nothing
    const at = Number(cursor ?? 0)
    const complete = at === pages.length - 1
    return done({ items: pages[at] ?? [], nextCursor: complete ? null : `${at + 1}`, complete, count: 0 })
  }
  await look()
  expect(await countOrphans()).toBe(1_502)
  expect((await world.call('operator', orphanList, {})).items).toHaveLength(500)
  // A listing that breaks off says nothing of what it did not come to.
  altered.list = async (kind) =>
    kind === 'address' ? done({ items: [], nextCursor: null, complete: false, count: 0 }) : nothing
  await look()
  expect(await countOrphans()).toBe(1_502)
  expect(await observationOf('address')).toMatchObject({ fault: { code: 'cloud-answer-unreadable' } })
  delete altered.list
  await look()
  expect(await countOrphans()).toBe(0)
})

test('a list that crashes is told as a defect, and the next kinds are still listed', async () => {
  altered.list = async (kind) => {
    if (kind === 'volume') throw new Error('a defect of the driver')
    return nothing
  }
  const before = await observationOf('network')
  world.clock.shift(1_000)
  await look()
  expect(await observationOf('volume')).toMatchObject({ fault: { code: 'defect' } })
  expect((await observationOf('network'))?.listedAt).not.toBe(before?.listedAt)
})

test('a platform that is slow to answer does not keep the others waiting', async () => {
  const added = await world.call('operator', platformAdd, {
    body: {
      dataCentreId: world.province.dataCentre.id,
      code: 'second',
      name: 'second',
      driver: 'sim',
      endpoint: `sim://${cloudName}`,
      credential: { token: cloudToken },
    },
  })
  expect(await world.operationEnded('operator', added.operation.id)).toMatchObject({ state: 'succeeded' })
  const both = Promise.withResolvers<void>()
  let asked = 0
  // The first to be listed is not answered before the second is asked as well.
  altered.list = async () => {
    if (++asked === 2) both.resolve()
    await both.promise
    return nothing
  }
  await look()
  expect(asked).toBeGreaterThan(2)
})
