import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requestList, resourceList, systemCreate } from '@yiduo/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../src/platform/migrations/migrator.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts'
import { imbalances } from '../world/books.ts'
import { createSystem, order, problemOf } from '../world/orders.ts'
import { migrationsFolder } from '../world/template.ts'
import { oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type World } from '../world/world.ts'

// A PostgreSQL of the test's own: the others' must not be ended.
let folder: string
let postgres: EmbeddedPostgres
let world: World

const start = () =>
  startEmbeddedPostgres({
    dataFolder: join(folder, 'postgres'),
    log: () => undefined,
    settings: { fsync: 'off', shared_buffers: '16MB' },
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), `yiduo-test-${process.pid}-`))
  postgres = await start()
  await migrate(postgres.url, migrationsFolder)
  world = await createWorld({
    ground: { databaseUrl: postgres.url, folder, [Symbol.asyncDispose]: async () => undefined },
    environment: { YIDUO_LEASE_MS: '1000' },
    cloud: { times: { serverBuildMs: 1_500, volumeBuildMs: 0, serverResizeMs: 0, serverRemoveMs: 0 } },
  })
  await connectTestCloud(world)
})

afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const statusOf = async (path: string): Promise<number> => (await fetch(`${world.url}${path}`)).status

test('while the database is away every answer says so, and what was under way goes on after', async () => {
  const system = await createSystem(world)
  const { id } = await order(world, { systemId: system.id })
  await world.until(async () => (await thingsOf(world.databaseUrl, system.name)).servers === 1)
  const events: string[] = []
  const listening = new AbortController()
  const client = await world.as('department')
  const heard = (async () => {
    for await (const { type } of client.events({}, { signal: listening.signal })) events.push(type)
  })()

  await postgres[Symbol.asyncDispose]()
  const away = { status: 503, code: 'database-unavailable' }
  expect(await problemOf(world.call('department', requestList, {}))).toMatchObject(away)
  expect(await problemOf(world.call('operator', resourceList, {}))).toMatchObject(away)
  const body = { organisationId: world.province.department.id, name: '来得不巧', securityGrade: 2 }
  expect(await problemOf(world.call('department', systemCreate, { body }))).toMatchObject(away)
  expect(await statusOf('/readyz')).toBe(503)
  expect(await statusOf('/healthz')).toBe(200)

  postgres = await start()
  expect(postgres.url).toBe(world.databaseUrl)
  await world.until(async () => (await statusOf('/readyz')) === 200)
  await world.requestIn(id, 'testing')
  expect(await thingsOf(world.databaseUrl, system.name)).toEqual(oneSet)
  expect(await imbalances(world.databaseUrl)).toEqual([])
  await world.until(async () => events.includes('request.delivered'))
  listening.abort()
  await heard
})
