import type { ServiceRequest } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, createSystem, order } from '../world/orders.ts'
import { createStage, type Stage, type StageServer } from '../world/stage.ts'
import { rowsOf } from '../world/statements.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { waitUntil } from '../world/world.ts'

// Each server takes one operation in hand, so two requests are with two servers; building lasts until it is seen.
const buildMs = 2_000
const oneEach = { YIDUO_OPERATIONS_AT_ONCE: '1' }

let stage: Stage
beforeAll(async () => {
  stage = await createStage({
    cloud: { times: { serverBuildMs: buildMs, volumeBuildMs: 0, serverResizeMs: 0, serverRemoveMs: 0 } },
  })
})
afterAll(() => stage[Symbol.asyncDispose]())

const holders = async (): Promise<string[]> => {
  const rows = await rowsOf<{ owner: string }>(
    stage.ground.databaseUrl,
    `select distinct lease_owner as owner from operations where ended_at is null and lease_owner is not null`,
  )
  return rows.map(({ owner }) => owner)
}

/** Two requests, each in the hands of another server and in the middle of its work. */
const orderBoth = async (server: StageServer) => {
  const systems = [await createSystem(server), await createSystem(server)]
  const requests: ServiceRequest[] = []
  for (const { id } of systems) requests.push(await order(server, { systemId: id }))
  await waitUntil(async () => (await holders()).length === 2)
  for (const { name } of systems)
    await waitUntil(async () => (await thingsOf(stage.ground.databaseUrl, name)).servers === 1)
  return { systems, requests }
}

const expectDelivered = async (server: StageServer, { systems, requests }: Awaited<ReturnType<typeof orderBoth>>) => {
  for (const { id } of requests) await server.requestIn(id, 'testing')
  for (const { name } of systems) expect(await thingsOf(stage.ground.databaseUrl, name)).toEqual(oneSet)
  expect(await imbalances(stage.ground.databaseUrl)).toEqual([])
}

test('of two servers one is killed, and the other goes on with its work within seconds', async () => {
  const first = await stage.start(oneEach)
  await using second = await stage.start(oneEach)
  const both = await orderBoth(first)
  first.kill()
  await first.ended
  await expectDelivered(second, both)
})

test('a server that is asked to stop hands its work over at once, however long its lease', async () => {
  const first = await stage.start({ ...oneEach, YIDUO_LEASE_MS: '600000' })
  await using second = await stage.start(oneEach)
  const both = await orderBoth(first)
  await first[Symbol.asyncDispose]()
  expect(await first.ended).toBe('0')
  await expectDelivered(second, both)
})

test('a server that slept past its lease does nothing more for what others have finished', async () => {
  await using sleeper = await stage.start(oneEach)
  await using second = await stage.start(oneEach)
  const both = await orderBoth(sleeper)
  process.kill(sleeper.pid, 'SIGSTOP')
  await expectDelivered(second, both)
  for (const { id } of both.requests) await askReclaim(second, id)
  for (const { id } of both.requests) await second.requestIn(id, 'reclaimed')
  process.kill(sleeper.pid, 'SIGCONT')
  const { id } = await order(sleeper) // when it has answered this it has looked at its leases
  await sleeper.requestIn(id, 'testing')
  for (const { name } of both.systems) expect(await thingsOf(stage.ground.databaseUrl, name)).toEqual(nothingThere)
  expect(await imbalances(stage.ground.databaseUrl)).toEqual([])
})

test('two servers that start on one request at once make one set of things', async () => {
  const { databaseUrl } = stage.ground
  await using first = await stage.start()
  await using second = await stage.start()
  const system = await createSystem(first)
  const [one, two] = await Promise.allSettled([
    order(first, { systemId: system.id, quantity: 2 }),
    order(second, { systemId: system.id, quantity: 2 }),
  ])
  if (one.status === 'rejected' || two.status === 'rejected') throw new Error('not both were accepted')
  await first.requestIn(one.value.id, 'testing')
  await second.requestIn(two.value.id, 'testing')
  const four = { ports: 4, servers: 4, volumes: 4, attached: 4, addresses: 4, bound: 4 }
  expect(await thingsOf(databaseUrl, system.name)).toEqual({ ...oneSet, ...four })
  expect(await imbalances(databaseUrl)).toEqual([])
})
