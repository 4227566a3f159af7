import { randomUUID } from 'node:crypto'
import { requestCreate } from '@yiduo/contract'
import { orderFault } from '@yiduo/drivers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { imbalances } from '../world/books.ts'
import { askReclaim, bodyOf, createSystem, order } from '../world/orders.ts'
import { createStage, type Stage, type StageServer } from '../world/stage.ts'
import { rowsOf, simDatabaseAt } from '../world/statements.ts'
import { nothingThere, oneSet, thingsOf } from '../world/things.ts'
import { cloudName, waitUntil } from '../world/world.ts'
import { checkOutPreviousRelease, type PreviousRelease } from './previous-release.ts'

let stage: Stage
let previous: PreviousRelease
beforeAll(async () => {
  previous = await checkOutPreviousRelease()
  stage = await createStage({
    installedBefore: true,
    cloud: { times: { serverBuildMs: 2_000, volumeBuildMs: 0, serverResizeMs: 0, serverRemoveMs: 0 } },
  })
})
afterAll(async () => {
  await stage[Symbol.asyncDispose]()
  await previous[Symbol.asyncDispose]()
})

const startOld = () => stage.start({}, previous.main)
const things = (name: string) => thingsOf(stage.ground.databaseUrl, name)

const delivered = async (at: StageServer, by: StageServer) => {
  const system = await createSystem(at)
  const { id } = await order(at, { systemId: system.id })
  await by.requestIn(id, 'testing')
  return { id, name: system.name }
}

test('both releases work side by side on one database, on each other’s requests', async () => {
  await using old = await startOld()
  await using new_ = await stage.start()
  const both = await Promise.all([delivered(old, new_), delivered(new_, old)])
  for (const { name } of both) expect(await things(name)).toEqual(oneSet)
  await askReclaim(old, both[1].id)
  await new_.requestIn(both[1].id, 'reclaimed')
  expect(await things(both[1].name)).toEqual(nothingThere)
  expect(await imbalances(stage.ground.databaseUrl)).toEqual([])
})

test('a call repeated at the other release under one idempotency key is answered once', async () => {
  await using old = await startOld()
  await using new_ = await stage.start()
  const token = await old.tokenOf('department')
  const body = JSON.stringify(bodyOf(old))
  const key = randomUUID()
  const post = async ({ url }: StageServer) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key }
    const answer = await fetch(`${url}/api/v1${requestCreate.http.split(' ')[1]}`, { method: 'POST', headers, body })
    return { status: answer.status, id: ((await answer.json()) as { id?: string }).id } // asserted below
  }
  const first = await post(old)
  expect(first).toMatchObject({ status: 201, id: expect.stringMatching(/^req_/) })
  expect(await post(new_)).toEqual(first)
})

test('who follows the events of one release hears of what the other did', async () => {
  await using old = await startOld()
  await using new_ = await stage.start()
  const heard = new Map<StageServer, Set<string>>()
  const listening = new AbortController()
  const following = [old, new_].map(async (server) => {
    const subjects = new Set<string>()
    heard.set(server, subjects)
    const client = await server.as('department')
    for await (const { subject } of client.events({}, { signal: listening.signal, lastEventId: '0-0' }))
      subjects.add(subject)
  })
  const systems = [await createSystem(old), await createSystem(new_)]
  await waitUntil(async () => [...heard.values()].every((subjects) => systems.every(({ id }) => subjects.has(id))))
  listening.abort()
  await Promise.all(following)
})

test('the old release leaves alone what it does not know', async () => {
  await using old = await startOld()
  const id = randomUUID()
  await rowsOf(
    stage.ground.databaseUrl,
    `insert into operations (id, saga, input, organisation_id, started_by, state, created_at)
     select $1, 'of-the-new-release', '{}', id, '{"login": "test", "trace": "test"}', 'queued', '2020-01-01'
     from organisations where parent_id is null`,
    [id],
  )
  await delivered(old, old)
  const [left] = await rowsOf(stage.ground.databaseUrl, 'delete from operations where id = $1 returning state', [id])
  expect(left).toEqual({ state: 'queued' })
})

const takesOver = async (first: () => Promise<StageServer>, second: () => Promise<StageServer>) => {
  const dying = await first()
  const system = await createSystem(dying)
  const { id } = await order(dying, { systemId: system.id })
  await waitUntil(async () => (await things(system.name)).servers === 1)
  await using next = await second()
  dying.kill()
  await dying.ended
  await next.requestIn(id, 'testing')
  expect(await things(system.name)).toEqual(oneSet)
  expect(await imbalances(stage.ground.databaseUrl)).toEqual([])
}

test('the new release finishes what the old one left in the middle', () => takesOver(startOld, () => stage.start()))
test('the old release finishes what the new one left in the middle', () => takesOver(() => stage.start(), startOld))

// The old release knows nothing of making a step again: it sees the first broken, or nothing there.
test.each([
  ['is about to take back', 'remaking', 'delivery-failed', nothingThere],
  ['has taken back', 'cleared', 'testing', oneSet],
  ['makes again', 'begun-again', 'testing', oneSet],
] as const)(
  'the old release ends what the new one %s when it dies, and nothing is there twice',
  async (_what, moment, state, left) => {
    const { databaseUrl } = stage.ground
    const dying = await stage.start({ YIDUO_CRASH_AT: `server-create/create-server/${moment}` })
    const system = await createSystem(dying)
    await orderFault(simDatabaseAt(databaseUrl), cloudName, { call: 'servers.create', mode: 'broken' })
    const { id } = await order(dying, { systemId: system.id })
    expect(await dying.ended).toBe('SIGKILL')
    await using old = await startOld()
    expect(await old.requestIn(id, 'testing', 'delivery-failed')).toMatchObject({ state })
    expect(await things(system.name)).toEqual(left)
    expect(await imbalances(databaseUrl)).toEqual([])
  },
)
