import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { expect } from 'vitest'
import { compose, type Yiduo } from '../../src/compose.ts'
import { readConfig } from '../../src/config/index.ts'
import { createDemonstration } from '../../src/demonstration/demonstration.ts'
import { createHistoryClock } from '../../src/demonstration/history-clock.ts'
import { direction, whole } from '../../src/demonstration/scene.ts'
import { stories } from '../../src/demonstration/stories.ts'
import { systemClock } from '../../src/kernel/clock.ts'
import { firstSetUp } from '../../src/modules/installation/index.ts'
import { createTestDatabase } from '../world/database.ts'

export const checkout = join(import.meta.dirname, '../../../..')
export interface Ground extends AsyncDisposable {
  readonly url: string
  readonly environment: Readonly<Record<string, string>>
}

export const createGround = async (): Promise<Ground> => {
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
export const start = async ({ url, environment }: Ground): Promise<Yiduo> => {
  const clock = createHistoryClock(systemClock)
  const config = readConfig(environment, [])
  const log = pino({ level: 'silent' }, pino.destination(2))
  const yiduo = await compose(config, url, log, { clock })
  const setUp = () => firstSetUp(yiduo.rooms, config, () => undefined)
  await createDemonstration({ yiduo, clock, setUp, log, say: () => undefined })
  return yiduo
}

export const document = await readFile(join(checkout, 'docs/demo.md'), 'utf8')

/** Rows of the table below a heading, cells without their backticks. */
export const rowsBelow = (heading: string): string[][] => {
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

export const everything = direction('demonstration.make')

/** Every page of a list. */
export const read = async <T>(
  list: (page: { limit: number; cursor?: string }) => Promise<{ items: T[]; nextCursor: string | null }>,
) => {
  const items: T[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: { items: T[]; nextCursor: string | null } = await list(cursor ? { ...whole, cursor } : whole)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}

export const all = async ({ rooms }: Yiduo) => ({
  organisations: (await rooms.organisations.list(everything, whole)).items,
  people: (await rooms.identity.listPeople(everything, whole)).items,
  nodes: (await rooms.nodes.listNodes(everything, whole)).items,
  dataCentres: (await rooms.nodes.listDataCentres(everything, whole)).items,
  links: (await rooms.nodes.listLinks(everything, whole)).items,
  platforms: (await rooms.nodes.listPlatforms(everything, whole, 'en')).items,
  systems: await read((page) => rooms.systems.list(everything, page)),
  requests: await read((page) => rooms.requests.list(everything, page, 'en')),
  audit: (await rooms.audit.list(everything, { limit: 5_000 })).items,
})

/** Each system that the document tells of, its owner and state, as the database has them. */
export const systemsOf = async (yiduo: Yiduo): Promise<string[][]> => {
  const { organisations, systems, requests } = await all(yiduo)
  const told = new Set(stories.map(({ system }) => system))
  return systems
    .filter(({ name }) => told.has(name))
    .map(({ id, name, organisationId }) => {
      const opened = requests.filter((it) => it.kind === 'open' && it.systemId === id)
      expect(opened.length).toBeLessThanOrEqual(1)
      return [name, organisations.find((it) => it.id === organisationId)?.name ?? '', opened[0]?.state ?? '–']
    })
}

export const systemsInDocument = (): string[][] =>
  rowsBelow('## Business systems, and where their requests stand').map((row) => row.slice(0, 3))
