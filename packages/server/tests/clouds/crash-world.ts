import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionError, systemCreate } from '@yiduo/contract'
import { pino } from 'pino'
import { compose } from '../../src/compose.ts'
import { readConfig } from '../../src/config/index.ts'
import { createTestDatabase } from '../world/database.ts'
import { createSmallProvince } from '../world/small-province.ts'
import { type Holdings, holdingsOf } from './holdings.ts'
import { imageName, patienceMs } from './lab.ts'
import { approve, askBack, connect, type PlatformAsk, reaches, send, type Users } from './line.ts'
import { callLimit, createPlans, newTag } from './openstack-world.ts'
import { type ServerProcess, startServer } from './server-process.ts'
import { createUsers } from './users.ts'

/** A Yiduo in a process that dies again and again, with one request on its way. */
export interface CrashWorld extends AsyncDisposable {
  /** Approves what was sent, or the giving back of it, and lets each process die where it is told to. */
  provisionThrough(deaths: readonly Death[]): Promise<void>
  reclaimThrough(deaths: readonly Death[]): Promise<void>
  holdings(projectIds?: readonly string[]): Promise<Holdings>
}

/** How a process dies: by its own hand at a point of a saga, or by ours once `armed` strikes. */
export type Death =
  | { readonly at: string }
  | { readonly what: string; readonly armed: (kill: () => Promise<void>) => { struck(): boolean } }

const nameOf = (death: Death): string => ('at' in death ? death.at : death.what)

/** Rows that any Yiduo has before its first request; the processes that die start over them. */
const prepare = async (databaseUrl: string, dataFolder: string) => {
  const config = readConfig({ YIDUO_DATA: dataFolder, YIDUO_PORT: '0' }, [])
  await using yiduo = await compose(config, databaseUrl, pino({ level: 'fatal' }))
  const province = await createSmallProvince(yiduo, { imageName, ruleVcpus: 0 })
  const planIds = await createPlans(province)
  return { province, planIds, markPrefix: yiduo.markPrefix }
}

export const createCrashWorld = async (platform: Partial<PlatformAsk> = {}): Promise<CrashWorld> => {
  await using stack = new AsyncDisposableStack()
  const { url: databaseUrl } = stack.use(await createTestDatabase())
  const dataFolder = await mkdtemp(join(tmpdir(), 'yiduo-crash-'))
  stack.defer(() => rm(dataFolder, { recursive: true, force: true }))
  const { province, planIds, markPrefix } = await prepare(databaseUrl, dataFolder)
  const start = (crashAt: string | null): ServerProcess => {
    const environment = { ...callLimit, ...(crashAt === null ? {} : { YIDUO_CRASH_AT: crashAt }) }
    return startServer({ databaseUrl, dataFolder, environment })
  }
  let url = ''
  const reached = (at: string) => {
    url = at
  }
  const users = createUsers(() => url)
  const runThrough = <T>(deaths: readonly Death[], begin: () => Promise<unknown>, end: () => Promise<T>) =>
    liveThrough({ start, deaths, begin, end, reached })

  const tag = newTag()
  const requestId = await runThrough(
    [],
    async () => undefined,
    async () => {
      await connect(users, { dataCentreId: province.dataCentre.id, code: 'lab', ...platform })
      const body = { organisationId: province.department.id, name: `${tag} 崩溃恢复`, securityGrade: 2 }
      const system = await users.call('department', systemCreate, { body })
      const sent = await send(users, { systemId: system.id, planId: planIds.tiny, name: `${tag}-web` })
      return sent.id
    },
  )
  const kept = stack.move()
  return {
    provisionThrough: (deaths) =>
      runThrough(
        deaths,
        () => decided(users, requestId),
        () => reaches(users, requestId, 'testing'),
      ).then(() => undefined),
    reclaimThrough: (deaths) =>
      runThrough(
        deaths,
        async () => {
          const asked = await askBack(users, requestId)
          await decided(users, asked.id)
        },
        () => reaches(users, requestId, 'reclaimed'),
      ).then(() => undefined),
    holdings: (projectIds = []) => holdingsOf({ tag, markPrefix, projectIds }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** The process may die while it answers; that the approval stood is seen by what comes of it. */
const decided = async (users: Users, requestId: string): Promise<void> => {
  await approve(users, requestId).catch((error: unknown) => {
    if (!(error instanceof ConnectionError)) throw error
  })
}

interface Lives<T> {
  readonly start: (crashAt: string | null) => ServerProcess
  readonly deaths: readonly Death[]
  readonly begin: () => Promise<unknown>
  readonly end: () => Promise<T>
  readonly reached: (url: string) => void
}

/** One process after another over the same rows: each but the last is killed where it was told to be. */
const liveThrough = async <T>({ start, deaths, begin, end, reached }: Lives<T>): Promise<T> => {
  for (const [index, death] of deaths.entries()) {
    await using server = start('at' in death ? death.at : null)
    const armed = 'at' in death ? null : death.armed(server.kill)
    if (index === 0) {
      reached(await server.ready)
      await begin()
    }
    const how = await Promise.race([server.ended, delay(patienceMs, 'not at all', { ref: false })])
    if (how !== 'SIGKILL' || armed?.struck() === false)
      throw new Error(`the process did not die of ${nameOf(death)} but ended: ${how}`)
  }
  await using survivor = start(null)
  reached(await survivor.ready)
  if (deaths.length === 0) await begin()
  return await end()
}
