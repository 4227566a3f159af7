import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sessionCreate } from '@yiduo/contract'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createTestDatabase } from '../../tests/world/database.ts'
import { compose, type Yiduo } from '../compose.ts'
import { readConfig } from '../config/index.ts'
import { systemClock } from '../kernel/clock.ts'
import { firstSetUp } from '../modules/installation/index.ts'
import { createDemonstration } from './demonstration.ts'
import { createHistoryClock } from './history-clock.ts'
import { agreed, direction, whole } from './scene.ts'

const checkout = join(import.meta.dirname, '../../../..')
const limitMs = 90_000

interface Ground extends AsyncDisposable {
  readonly url: string
  readonly environment: Readonly<Record<string, string>>
}

const createGround = async (): Promise<Ground> => {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await createTestDatabase())
  const folder = await mkdtemp(join(tmpdir(), 'yiduo-demonstration-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const environment = {
    YIDUO_DATA: folder,
    YIDUO_PORT: '0',
    YIDUO_ADMIN_PASSWORD: 'Test-2026-pw',
    YIDUO_LEASE_MS: '1000', // what a killed start held is free again after this long
  }
  const kept = stack.move()
  return { url, environment, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}

/** What `npm start` does but listen. */
const start = async ({ url, environment }: Ground): Promise<Yiduo> => {
  const clock = createHistoryClock(systemClock)
  const config = readConfig(environment, [])
  const log = pino({ level: 'silent' }, pino.destination(2))
  const yiduo = await compose(config, url, log, { clock })
  const setUp = () => firstSetUp(yiduo.rooms, config, () => undefined)
  await createDemonstration({ yiduo, clock, setUp, log, say: () => undefined })
  return yiduo
}

const document = await readFile(join(checkout, 'docs/demo.md'), 'utf8')

/** Rows of the table below a heading, cells without their backticks. */
const rowsBelow = (heading: string): string[][] => {
  const [, section = ''] = document.split(`${heading}\n`)
  const [, table = ''] = /\n(\|[\s\S]*?\|)\n(?!\|)/.exec(section) ?? []
  const rows = table.split('\n').map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
  return rows.slice(2)
}

const everything = direction('test.look')
const all = async ({ rooms }: Yiduo) => ({
  organisations: (await rooms.organisations.list(everything, whole)).items,
  people: (await rooms.identity.listPeople(everything, whole)).items,
  nodes: (await rooms.nodes.listNodes(whole)).items,
  dataCentres: (await rooms.nodes.listDataCentres(whole)).items,
  platforms: (await rooms.nodes.listPlatforms(everything, whole, 'en')).items,
  systems: (await rooms.systems.list(everything, whole)).items,
  requests: (await rooms.requests.list(everything, whole, 'en')).items,
  audit: (await rooms.audit.list(everything, { limit: 5_000 })).items,
})

/** Each system that the document tells of, its owner and state, as the database has them. */
const systemsOf = async (yiduo: Yiduo): Promise<string[][]> => {
  const { organisations, systems, requests } = await all(yiduo)
  return systems.map(({ id, name, organisationId }) => {
    const opened = requests.filter((it) => it.kind === 'open' && it.systemId === id)
    expect(opened.length).toBeLessThanOrEqual(1)
    return [name, organisations.find((it) => it.id === organisationId)?.name ?? '', opened[0]?.state ?? '–']
  })
}

const systemsInDocument = (): string[][] =>
  rowsBelow('## Business systems, and where their requests stand').map((row) => row.slice(0, 3))

test('the demonstration is what docs/demo.md says, and a later start changes nothing', {
  timeout: limitMs,
}, async () => {
  await using ground = await createGround()
  await using yiduo = await start(ground)
  const there = await all(yiduo)
  const { organisations, nodes, dataCentres, platforms, systems } = there

  expect(rowsBelow('# The demonstration').map((row) => Number(row[1]))).toEqual(
    [organisations, nodes, dataCentres, platforms, systems].map((items) => items.length),
  )
  expect(new Set(organisations.map(({ level }) => level)).size).toBe(5)
  expect(platforms.map(({ state }) => state)).toEqual(platforms.map(() => 'online'))
  expect((await systemsOf(yiduo)).sort()).toEqual(systemsInDocument().sort())

  const password = /`(Yiduo-[^`]+)`/.exec(document)?.[1] ?? ''
  const people = await Promise.all(
    rowsBelow('## People').map(async ([login = '']) => {
      const { person, grants } = agreed(
        await yiduo.rooms.identity.logIn(direction(sessionCreate.name), { login, password }),
      )
      const nameOf = (id: string | undefined) => organisations.find((it) => it.id === id)?.name
      const [grant] = grants
      return [person.login, person.name, nameOf(person.organisationId), grant?.role, nameOf(grant?.organisationId)]
    }),
  )
  expect(people).toEqual(rowsBelow('## People'))
  expect(there.people).toHaveLength(people.length + 3)

  const before = await all(yiduo)
  await using later = await start(ground)
  expect(await all(later)).toEqual(before)
})

test('history is told in its true time: bills have sums, and nothing lies in the future', {
  timeout: limitMs,
}, async () => {
  await using ground = await createGround()
  await using yiduo = await start(ground)
  const { organisations, requests, audit } = await all(yiduo)
  const { id = '' } = organisations.find(({ name }) => name === '省民政厅') ?? {}
  const now = new Date()
  const monthBefore = new Date(now.getTime() + 8 * 3_600_000)
  monthBefore.setUTCDate(0)
  const closed = agreed(await yiduo.rooms.settlement.get(everything, id, monthBefore.toISOString().slice(0, 7)))
  expect(closed.state).toBe('closed')
  expect(closed.amountYuanE4).toBeGreaterThan(0)
  expect(requests.filter((it) => Date.parse(it.createdAt) > now.getTime())).toEqual([])
  expect(audit.map(({ at }) => at)).toEqual(
    audit
      .map(({ at }) => at)
      .toSorted()
      .reverse(),
  )
})

test('a start that is killed in the middle is gone on with by the next', { timeout: limitMs }, async () => {
  await using ground = await createGround()
  const crashAt = 'server-reclaim/delete-server/effected'
  const child = spawn(process.execPath, [join(checkout, 'packages/server/src/main.ts'), 'serve'], {
    env: { ...ground.environment, DATABASE_URL: ground.url, YIDUO_CRASH_AT: crashAt, YIDUO_LOG_LEVEL: 'silent' },
    stdio: 'ignore',
  })
  const [, signal] = await once(child, 'exit')
  expect(signal).toBe('SIGKILL')
  await using yiduo = await start(ground)
  expect((await systemsOf(yiduo)).sort()).toEqual(systemsInDocument().sort())
})

test('a database in which something else was made is left alone', async () => {
  await using ground = await createGround()
  const config = readConfig(ground.environment, ['--empty'])
  {
    await using yiduo = await compose(config, ground.url, pino({ level: 'silent' }))
    await firstSetUp(yiduo.rooms, config, () => undefined)
    const root = await yiduo.rooms.organisations.root()
    const ask = {
      parentId: root?.id ?? '',
      name: '某厅',
      actor: 'department',
      level: 'province',
      divisionCode: '320000',
    } as const
    agreed(await yiduo.rooms.organisations.create(everything, ask))
  }
  await using yiduo = await start(ground)
  expect((await all(yiduo)).organisations.map(({ name }) => name)).toEqual(['某厅', config.provinceName])
})
