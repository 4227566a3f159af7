import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sessionCreate } from '@yiduo/contract'
import { monthOf } from '@yiduo/engines'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as findings from '../../tests/demonstration/findings.ts'
import {
  all,
  checkout,
  createGround,
  document,
  everything,
  type Ground,
  read,
  rowsBelow,
  start,
  systemsInDocument,
  systemsOf,
} from '../../tests/demonstration/province.ts'
import { imbalances } from '../../tests/world/books.ts'
import { compose, type Yiduo } from '../compose.ts'
import { readConfig } from '../config/index.ts'
import { firstSetUp } from '../modules/installation/index.ts'
import { agreed, direction } from './scene.ts'
import { truths } from './truths.ts'

const limitMs = 300_000

/** The README's ten lines, as a newcomer pastes them; what they print. */
const runTour = async (url: string, ground: Ground): Promise<string> => {
  const readme = await readFile(join(checkout, 'README.md'), 'utf8')
  const [, tour = ''] = /```sh\n(export YIDUO_PASSWORD=[\s\S]*?)```/.exec(readme) ?? []
  expect(tour.trim().split('\n')).toHaveLength(10)
  // The same program as by npx, without npx's own second at each.
  const script = tour.replaceAll('npx yiduo', 'node packages/cli/bin/yiduo.mjs')
  const own = { YIDUO_URL: url, YIDUO_CONFIG: join(ground.environment.YIDUO_DATA ?? '', 'cli.json') }
  const env = { ...process.env, ...own, LC_ALL: 'C.UTF-8' } // in Chinese, states are words
  const { stdout } = await promisify(execFile)('sh', ['-ec', script], { cwd: checkout, env })
  return stdout
}

const firstStart = async (): Promise<[Ground, Yiduo]> => {
  const ground = await createGround()
  return [ground, await start(ground)]
}

const checkExtent = (place: () => findings.Place): void => {
  test('is as much as docs/demo.md says, and every platform is online', async () => {
    const { yiduo } = place()
    const { organisations, nodes, dataCentres, links, platforms, systems } = await all(yiduo)
    const { items: pools } = await yiduo.rooms.nodes.listPools(everything, {})
    const hosts = pools.reduce((sum, pool) => sum + (pool.hosts ?? 0), 0)
    const servers = await read((page) => yiduo.rooms.resources.list(everything, { ...page, kind: 'server' }))
    const counted = [organisations, nodes, dataCentres, links, platforms].map((items) => items.length)
    const told = rowsBelow('# The demonstration').map((row) => Number(row[1]))
    expect(told.slice(0, -1)).toEqual([...counted, hosts, systems.length])
    expect(servers.length / (told.at(-1) ?? 0)).toBeCloseTo(1, 1)
    expect(new Set(organisations.map(({ level }) => level)).size).toBe(5)
    expect(platforms.filter(({ state }) => state !== 'online')).toEqual([])
  })
}

/** Of the month in which this lies, all before are closed: on the fifth, at two in the morning. */
const closingDone = (): Date => new Date(Date.now() - (4 * 24 + 3) * 3_600_000)

const checkBooks = (place: () => findings.Place): void => {
  test('holds in its books what stands on its clouds, and nothing else stands there but the orphan', async () => {
    const wrong = await imbalances(place().url)
    expect(wrong).toEqual([expect.stringContaining('is on a cloud and in no books')])
    expect(await findings.differences(place())).toBe(0)
    expect(await findings.wrongBills(place(), monthOf(closingDone()))).toEqual([])
  })

  test('leaves nothing that was sent where nobody has it to decide on', async () => {
    expect(await findings.waitingForNobody(place())).toEqual([])
  })
}

const checkTruths = (placeOf: () => findings.Place): void => {
  test('has every planted truth, and no other of its kind', async () => {
    const place = placeOf()
    const servers = await findings.measured(place)
    const { leaseEndsInDays, dataCentre } = truths.expiredLease
    const [stuck, { platform, name }] = [truths.stuckRequest, truths.orphan]
    const sorted = (items: readonly unknown[]) => items.map((it) => JSON.stringify(it)).sort()
    expect(await findings.overselling(place)).toEqual([truths.overselling])
    expect(sorted(findings.zombies(servers))).toEqual(sorted(truths.zombies))
    expect(sorted(findings.oversized(servers))).toEqual(sorted(truths.oversizedServers))
    expect(sorted(await findings.brokenPairs(place))).toEqual(sorted(truths.brokenPairs))
    expect(await findings.fullPlatforms(place)).toEqual([{ platform: truths.fullPlatform.platform }])
    expect((await findings.unusedQuotas(place)).sort()).toEqual(truths.unusedQuotas.toSorted())
    expect(sorted(await findings.unattachedVolumes(place))).toEqual(sorted(truths.unattachedVolumes))
    expect(await findings.expiredLeases(place)).toEqual([{ dataCentre, leaseEndsInDays }])
    expect(await findings.endings(place)).toEqual(
      truths.endings.map(({ system, of, withinDays }) => ({ system, of, withinDays })),
    )
    expect(await findings.orphans(place)).toEqual([{ platform, name }])
    expect(await findings.stuckRequests(place)).toEqual([{ system: stuck.system, of: stuck.of }])
    const bill = agreed(await findings.openBill(place, truths.openBill.organisation, monthOf(new Date())))
    expect(bill).toMatchObject({ state: 'provisional', amountYuanE4: expect.toSatisfy((sum) => sum > 0) })
  })

  test('has in docs/demo.md whatever is planted', () => {
    const table = rowsBelow('## What is to be found in it').flat().join(' ')
    const names = [
      truths.overselling.provider,
      ...truths.zombies.map(({ system }) => system),
      ...truths.brokenPairs.flatMap(({ production, other }) => [production, other]),
      truths.fullPlatform.platform,
      ...truths.unusedQuotas,
      truths.expiredLease.dataCentre,
      ...truths.endings.map(({ system }) => system),
      truths.orphan.name,
      truths.openBill.organisation,
      truths.stuckRequest.system,
    ]
    expect(names.filter((name) => !table.includes(name))).toEqual([])
  })
}

const checkOversight = (of: () => Yiduo) => {
  test('has what is found by those who oversee it, as docs/demo.md says', async () => {
    const { findings: seen, identity } = of().rooms
    const { items } = await seen.list(direction('finding.list'), {})
    const told = rowsBelow('## What those who oversee it find').map(([title, , state]) => [title, state])
    expect(items.map(({ title, state }) => [title, state]).sort()).toEqual(told.sort())
    const { items: reviews } = await identity.listGrantReviews(everything, { limit: 500 })
    const unused = reviews.filter((it) => it.unused).map(({ login }) => login)
    expect(unused).toContain('shen.regulator')
    expect(unused).not.toContain('li.operator')
    expect(reviews.filter(({ grant }) => grant.emergency)).toMatchObject([
      {
        login: 'zheng.operator',
        due: true,
        grant: { state: 'asleep', awakeReason: expect.stringContaining('存储告警') },
      },
    ])
  })
}

const checkTrail = (of: () => Yiduo) => {
  test('has a trail that verifies, whatever clock its entries were written by', async () => {
    const { trail } = of().rooms
    await trail.seal()
    const { entries, problem } = await trail.verify()
    expect(problem).toBeNull()
    expect(entries).toBeGreaterThan(100)
  })
}

/** What reconcilers see in the meantime, an end that comes near, is theirs. */
const made = async (of: Yiduo) => {
  const { audit, ...rest } = await all(of)
  return { ...rest, audit: audit.filter(({ actor }) => !actor.endsWith('-reconciler')) }
}

describe('what the first start has made', () => {
  let ground: Ground
  let yiduo: Yiduo
  beforeAll(async () => {
    ;[ground, yiduo] = await firstStart()
  }, limitMs)
  afterAll(async () => {
    await yiduo[Symbol.asyncDispose]()
    await ground[Symbol.asyncDispose]()
  })

  checkExtent(() => ({ url: ground.url, yiduo }))

  test('are the systems of docs/demo.md, in the states it says', async () => {
    expect((await systemsOf(yiduo)).sort()).toEqual(systemsInDocument().sort())
  })

  test('are the people of docs/demo.md, with its password and their roles', async () => {
    const { organisations, people } = await all(yiduo)
    const nameOf = (id: string | undefined) => organisations.find((it) => it.id === id)?.name
    const password = /`(Yiduo-[^`]+)`/.exec(document)?.[1] ?? ''
    const told = rowsBelow('## People')
    const logIn = async ([login = '']: readonly string[]) => {
      const act = direction(sessionCreate.name)
      const { person, grants } = agreed(await yiduo.rooms.identity.logIn(act, { login, password }))
      const grant = grants.find((it) => !it.emergency)
      return [person.login, person.name, nameOf(person.organisationId), grant?.role, nameOf(grant?.organisationId)]
    }
    expect(await Promise.all(told.map(logIn))).toEqual(told)
    expect(people).toHaveLength(told.length + 4)
  })

  test('has its true dates: last month is closed with a sum, and nothing lies in the future', async () => {
    const { organisations, requests, audit } = await all(yiduo)
    const { id = '' } = organisations.find(({ name }) => name === '省民政厅') ?? {}
    const now = new Date()
    const lastMonth = new Date(now.getTime() + 8 * 3_600_000) // in Shanghai
    lastMonth.setUTCDate(0)
    const bill = agreed(await yiduo.rooms.settlement.get(everything, id, lastMonth.toISOString().slice(0, 7)))
    expect(bill).toMatchObject({ state: 'closed', amountYuanE4: expect.toSatisfy((sum) => sum > 0) })
    expect(requests.filter((it) => Date.parse(it.createdAt) > now.getTime())).toEqual([])
    // Acts at one time, as people made side by side, may lie in the trail a moment out of order.
    const instants = audit.map(({ at }) => Date.parse(at))
    const late = instants.filter((at, index) => at - (instants[index - 1] ?? at) > 1_000)
    expect(late).toEqual([])
  })

  checkBooks(() => ({ url: ground.url, yiduo }))
  checkTruths(() => ({ url: ground.url, yiduo }))
  checkTrail(() => yiduo)
  checkOversight(() => yiduo)

  test('is found by a later start, which changes nothing', async () => {
    const before = await made(yiduo)
    await using later = await start(ground)
    expect(await made(later)).toEqual(before)
  })

  test.each([
    ['农田水利监测系统', 'testing'],
    ['公共自行车调度系统', 'reclaimed'],
  ])('has a failure that %s gets over when it is tried again', { timeout: limitMs }, async (name, state) => {
    const { systems, requests } = await all(yiduo)
    const systemId = systems.find((it) => it.name === name)?.id
    const { id = '' } = requests.find((it) => it.kind === 'open' && it.systemId === systemId) ?? {}
    agreed(await yiduo.rooms.requests.retry(direction('request.retry'), id, {}, 'en'))
    const now = async () => agreed(await yiduo.rooms.requests.get(everything, id, 'en'))
    await vi.waitFor(async () => expect(await now()).toMatchObject({ state }), { timeout: limitMs / 2 })
  })

  test("is enough to run the README's tour as it stands", { timeout: limitMs }, async () => {
    const url = await yiduo.app.listen({ port: 0, host: '127.0.0.1' })
    const stdout = await runTour(url, ground)
    for (const state of ['testing', 'formal', 'completed', 'provisional']) expect(stdout).toContain(state)
    expect(await systemsOf(yiduo)).toContainEqual(['养老服务平台', '省民政厅', 'recycled'])
  })
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
