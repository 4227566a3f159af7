import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { orphanList, requestAttach, type ServiceRequest, systemCreate } from '@yiduo/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { restoreBackup, takeBackup } from '../../src/platform/backup/index.ts'
import { migrate } from '../../src/platform/migrations/migrator.ts'
import { createEmptyDatabase, type TestDatabase } from '../world/database.ts'
import { createGround, type Ground } from '../world/ground.ts'
import { createSystem, draft, formal, order, tested } from '../world/orders.ts'
import { rowsOf } from '../world/statements.ts'
import { migrationsFolder } from '../world/template.ts'
import { oneSet, thingsOf } from '../world/things.ts'
import { connectTestCloud, createWorld, type WorldOptions } from '../world/world.ts'
import { moveClouds, reopenWorld, rowsOfAll } from './restored-world.ts'

const slowly: WorldOptions['cloud'] = {
  times: { serverBuildMs: 2_000, volumeBuildMs: 0, serverResizeMs: 0, serverRemoveMs: 0 },
}

let ground: Ground
let other: TestDatabase
let folder: string
let before: Awaited<ReturnType<typeof rowsOfAll>>
let names: { underWay: string; later: string; standing: string }
let underWay: ServiceRequest

const backupFolder = () => join(folder, 'backup')
const restore = (url: string, from = backupFolder()) =>
  restoreBackup({ url, folder: from, migrationFolder: migrationsFolder })

/** A province with a request that is formal, and one in the middle of its saga when everybody stops. */
const live = async () => {
  await using world = await createWorld({ ground, cloud: slowly })
  await connectTestCloud(world)
  const standing = await createSystem(world)
  await formal(world, { systemId: standing.id })
  const { id: requestId } = await draft(world)
  const content = new Blob(['%PDF-1.7\n', Uint8Array.from({ length: 256 }, (_, byte) => byte)])
  await world.call('department', requestAttach, { params: { requestId }, query: { name: '测算.pdf' }, content })
  const system = await createSystem(world)
  underWay = await order(world, { systemId: system.id })
  await world.until(async () => (await thingsOf(ground.databaseUrl, system.name)).ports === 1)
  return { ...world.province, standing: standing.name, underWay: system.name }
}

/** What the clouds and the old database saw after the backup: the saga's end, and one order more. */
const liveOn = async (province: Awaited<ReturnType<typeof live>>): Promise<string> => {
  await using world = await reopenWorld(ground, province)
  await world.requestIn(underWay.id, 'testing')
  const system = await createSystem(world)
  await tested(world, { systemId: system.id })
  return system.name
}

let province: Awaited<ReturnType<typeof live>>
beforeAll(async () => {
  ground = await createGround()
  folder = await mkdtemp(join(tmpdir(), 'yiduo-restore-'))
  province = await live()
  before = await rowsOfAll(ground.databaseUrl)
  const takenAt = new Date()
  await takeBackup({
    url: ground.databaseUrl,
    folder: backupFolder(),
    takenAt,
    keys: async () => [],
    withSimulatedClouds: false,
  })
  names = { standing: province.standing, underWay: province.underWay, later: await liveOn(province) }
  other = await createEmptyDatabase()
})
afterAll(async () => {
  await other[Symbol.asyncDispose]()
  await ground[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

describe('a backup that is not whole restores nothing', () => {
  const spoil = async (name: string, change: (text: string) => string) => {
    const path = join(backupFolder(), name)
    const packed = await readFile(path)
    await writeFile(path, gzipSync(change(gunzipSync(packed).toString())))
    return async () => writeFile(path, packed)
  }

  test('a row is missing', async () => {
    const mend = await spoil('public.people.copy.gz', (text) => text.slice(text.indexOf('\n') + 1))
    await expect(restore(other.url)).rejects.toThrow('is not what was saved')
    await mend()
  })

  test('a name is another', async () => {
    const mend = await spoil('public.organisations.copy.gz', (text) => text.replace('省民政厅', '省财政厅'))
    await expect(restore(other.url)).rejects.toThrow('another checksum')
    await mend()
  })

  test('it was made by a newer release', async () => {
    const path = join(backupFolder(), 'manifest.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('0007-simulated-cloud.sql', '0007-of-the-future.sql'))
    await expect(restore(other.url)).rejects.toThrow('does not know 0007-of-the-future.sql')
    await writeFile(path, text)
  })
})

test('restored into an empty place it is the same province, table by table', async () => {
  await restore(other.url)
  const after = await rowsOfAll(other.url)
  expect(Object.keys(after)).toEqual(Object.keys(before))
  for (const [table, rows] of Object.entries(before)) expect(after[table], table).toEqual(rows)
  expect(before.events?.length).toBeGreaterThan(10)
  expect(before.attachment_chunks).toHaveLength(1)
})

test('a place that holds a province already is left as it is', async () => {
  await expect(restore(other.url)).rejects.toThrow('The database is not empty')
  await expect(restore(ground.databaseUrl)).rejects.toThrow('The database is not empty')
})

test('the clouds went on meanwhile: what was under way ends without a second effect, what came later is listed', async () => {
  await moveClouds(ground.databaseUrl, other.url)
  await migrate(other.url, migrationsFolder)
  await using world = await reopenWorld({ ...ground, databaseUrl: other.url }, province)
  const { entries, problem } = await world.yiduo.rooms.trail.verify()
  expect({ entries: entries > 10, problem }).toEqual({ entries: true, problem: null })
  await world.requestIn(underWay.id, 'testing')
  expect(await thingsOf(other.url, names.underWay)).toEqual(oneSet)
  expect(await thingsOf(other.url, names.standing)).toEqual(oneSet)

  await world.yiduo.reconcilers.runNow('observation')
  const orphans = (await world.call('operator', orphanList, {})).items
  expect(orphans.map(({ kind }) => kind).sort()).toEqual([
    'address',
    'network',
    'port',
    'project',
    'router',
    'server',
    'subnet',
    'volume',
  ])
  expect(await thingsOf(other.url, names.later)).toEqual(oneSet)

  // New things take new numbers, and who follows hears of them behind all that was.
  const body = { organisationId: world.province.department.id, name: '恢复之后', securityGrade: 2 }
  await world.call('department', systemCreate, { body })
  const [newest] = await rowsOf<{ type: string }>(
    other.url,
    'select type from events order by xact desc, position desc limit 1',
  )
  expect(newest?.type).toBe('system.create')
  await world.yiduo.reconcilers.runNow('audit-sealer')
  expect((await world.yiduo.rooms.trail.verify()).problem).toBeNull()
})
