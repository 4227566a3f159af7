import { setTimeout as delay } from 'node:timers/promises'
import { requestApprove, requestGet, requestList, requestReclaim, type ServiceRequest } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { createSystem, draft, submit } from '../world/orders.ts'
import { createStage, type Stage } from '../world/stage.ts'
import { rowsOf } from '../world/statements.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { waitUntil } from '../world/world.ts'
import { createFleet, type Fleet } from './fleet.ts'

const killings = 12
const everyMs = 10_000
const customers = 4
/** What a dead process held is somebody else's, or ended, within this. */
const takeoverMs = 30_000

let stage: Stage
beforeAll(async () => {
  stage = await createStage({
    cloud: {
      hosts: [{ prefix: 'host', count: 8, vcpus: 64, memoryMib: 262_144, diskGib: 20_000 }],
      times: { serverBuildMs: 1_000, volumeBuildMs: 300, serverResizeMs: 0, serverRemoveMs: 500 },
    },
  })
})
afterAll(() => stage[Symbol.asyncDispose]())

interface Held {
  readonly id: string
  readonly owner: string
}

const heldNow = (): Promise<Held[]> =>
  rowsOf(
    stage.ground.databaseUrl,
    `select id, lease_owner as owner from operations where ended_at is null and lease_owner is not null`,
  )

/** How long it took until nobody of those who held something then holds it still, and nothing of it was left alone. */
const takenOver = async (held: readonly Held[]): Promise<number> => {
  const began = performance.now()
  await waitUntil(async () => {
    const still = new Map((await heldNow()).map(({ id, owner }) => [id, owner]))
    const alone = await rowsOf(
      stage.ground.databaseUrl,
      `select from operations where ended_at is null and id = any($1) and (lease_until is null or lease_until < clock_timestamp())`,
      [held.map(({ id }) => id)],
    )
    return alone.length === 0 && held.every(({ id, owner }) => still.get(id) !== owner)
  }, 120_000)
  return performance.now() - began
}

interface Walk {
  readonly name: string
  readonly end: 'testing' | 'reclaimed'
}

const stateOf = (fleet: Fleet, id: string): Promise<ServiceRequest> =>
  fleet.insist(({ call }) => call('operator', requestGet, { params: { requestId: id } }))

const inState = (fleet: Fleet, id: string, state: ServiceRequest['state']) =>
  waitUntil(async () => {
    const request = await stateOf(fleet, id)
    if (request.state.endsWith('failed')) throw new Error(`${request.state}: ${JSON.stringify(request.fault)}`)
    return request.state === state
  }, 120_000)

/** Either half of it may have been done by a server that died before it could say so: each is looked for first. */
const giveBack = async (fleet: Fleet, { id, systemId }: { id: string; systemId: string }): Promise<void> => {
  const asked = await fleet.insist(async ({ call }) => {
    const { items } = await call('operator', requestList, { query: { systemId, kind: 'reclaim' } })
    return items[0] ?? call('department', requestReclaim, { params: { requestId: id }, body: {} })
  })
  await fleet.insist(async ({ call }) =>
    (await stateOf(fleet, asked.id)).state === 'submitted'
      ? call('operator', requestApprove, { params: { requestId: asked.id }, body: {} })
      : undefined,
  )
}

/** A department that orders, and gives every second thing back, whatever becomes of the servers meanwhile. */
const customer = async (fleet: Fleet, until: AbortSignal): Promise<Walk[]> => {
  const walks: Walk[] = []
  while (!until.aborted) {
    const system = await fleet.insist((server) => createSystem(server))
    const { id } = await fleet.insist((server) => draft(server, { systemId: system.id }))
    // A lost answer may have been a yes: whoever asks again is told by the request itself.
    await fleet.insist(async (server) =>
      (await stateOf(fleet, id)).state === 'draft' ? submit(server, id) : undefined,
    )
    await inState(fleet, id, 'testing')
    if (walks.length % 2 === 1) {
      walks.push({ name: system.name, end: 'testing' })
      continue
    }
    await giveBack(fleet, { id, systemId: system.id })
    await inState(fleet, id, 'reclaimed')
    walks.push({ name: system.name, end: 'reclaimed' })
  }
  return walks
}

test('of three servers one is killed every ten seconds for two minutes: every request ends, with one effect each', async () => {
  await using fleet = await createFleet(stage, 3)
  const closing = new AbortController()
  const working = Promise.all(Array.from({ length: customers }, () => customer(fleet, closing.signal)))
  // A walk that fails is told below, where it is awaited.
  working.catch(() => undefined)
  const takeovers: Promise<number>[] = []
  for (let round = 0; round < killings; round++) {
    await delay(everyMs)
    const held = await heldNow()
    await fleet.kill(round)
    takeovers.push(takenOver(held))
  }
  closing.abort()
  const walks = (await working).flat()
  const slowestMs = Math.max(...(await Promise.all(takeovers)))

  expect(walks.length).toBeGreaterThan(customers * 2)
  for (const { name, end } of walks)
    expect(await thingsOf(stage.ground.databaseUrl, name), name).toEqual(end === 'testing' ? oneSet : nothingThere)
  expect(await imbalances(stage.ground.databaseUrl)).toEqual([])
  expect(slowestMs).toBeLessThan(takeoverMs)
  console.log(
    `${walks.length} requests, ${killings} killings, the slowest takeover ${(slowestMs / 1_000).toFixed(1)} s`,
  )
})
