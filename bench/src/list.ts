import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import {
  type AnyCall,
  adviceList,
  auditList,
  createClient,
  grantList,
  type OperationSpec,
  operationList,
  organisationList,
  orphanList,
  personList,
  platformList,
  poolList,
  requestList,
  resourceList,
  searchFind,
  systemList,
  usageList,
} from '../../packages/contract/src/index.ts'
import { createDatabase } from '../../packages/server/src/platform/database/index.ts'
import type { Bench } from './bench.ts'
import { type Caller, type Crowd, type CrowdedProvince, callers, crowd } from './crowded-province.ts'
import { startServer } from './server.ts'
import { quantile, timed } from './statistics.ts'

const repetitions = 20
const budgetMs = 50

/** What every resource is called, what some are, and what one is. */
const texts = ['resource', 'resource-7', '-77', 'resource-77777', 'nothing', '10.0.0.1']

interface Question {
  readonly operation: OperationSpec
  readonly query: Readonly<Record<string, string>>
}

/** Every list without a filter, with each of its filters, common and rare, and some of them together. */
const questions = ({ ids, deepCursor }: CrowdedProvince): Question[] => {
  const of = (operation: OperationSpec, ...queries: Record<string, string>[]): Question[] =>
    [{}, ...queries].map((query) => ({ operation, query }))
  const states = ['formal', 'test', 'failed', 'building', 'reclaimed', 'planned']
  return [
    ...of(
      resourceList,
      { cursor: deepCursor },
      ...states.map((state) => ({ state })),
      { kind: 'server' },
      { kind: 'network' },
      { systemId: ids.system },
      { platformId: ids.platform },
      { requestId: ids.request },
      ...texts.map((text) => ({ text })),
      { kind: 'volume', state: 'failed' },
      { platformId: ids.platform, state: 'failed' },
      { platformId: ids.platform, kind: 'server', state: 'formal' },
    ),
    ...of(
      requestList,
      ...['submitted', 'formal', 'delivery-failed', 'draft'].map((state) => ({ state })),
      { kind: 'change' },
      { kind: 'reclaim' },
      { systemId: ids.system },
      { kind: 'change', state: 'submitted' },
      { text: 'system' },
    ),
    ...of(operationList, { state: 'succeeded' }, { state: 'failed' }, { state: 'running' }),
    ...of(usageList, { systemId: ids.system }, { resourceId: ids.resource }),
    ...of(
      auditList,
      { target: 'req_1' },
      { operation: 'request.submit' },
      { operation: 'platform.edit' },
      { operation: 'x' },
    ),
    ...of(adviceList, { state: 'open' }, { state: 'dismissed' }, { state: 'settled' }),
    ...of(systemList, { organisationId: ids.department }, { text: 'system' }),
    ...texts.map((text) => ({ operation: searchFind, query: { text } })),
    ...of(
      organisationList,
      { parentId: ids.department },
      { actor: 'department' },
      { actor: 'operator' },
      { actor: 'provider' },
    ),
    ...of(personList, { organisationId: ids.department }, { text: 'person' }, { text: 'person-77' }),
    ...of(grantList, { personId: ids.person }),
    ...of(platformList),
    ...of(poolList),
    ...of(orphanList),
  ]
}

const nameOf = ({ operation, query }: Question, caller: Caller): string => {
  // Ids say nothing to a reader: which member it was does.
  const filters = Object.entries(query).map(([key, value]) => (value.length > 15 ? key : `${key}=${value}`))
  return [operation.name, ...filters, caller].join(' ')
}

/** How the statement of a list ends; that of the session, which comes first, does not. */
const listed = /order by (\w+\.)?id desc\s+limit \$/

/** Plans of all that a call asks of the database, by PostgreSQL's own auto_explain, which is off but for that call. */
const createPlanReader = async (databaseUrl: string, stack: AsyncDisposableStack) => {
  const database = stack.use(createDatabase({ url: databaseUrl, connections: 1, log: pino({ level: 'silent' }) }))
  const { rows } = await database.pool.query<{ data_directory: string }>('show data_directory')
  const file = join(dirname(rows[0]?.data_directory ?? ''), 'postgres.log')
  const explain = async (setting: 'set auto_explain.log_min_duration = 0' | 'reset auto_explain.log_min_duration') => {
    await database.pool.query(`alter system ${setting}`)
    await database.pool.query('select pg_reload_conf()')
  }
  return async (call: () => Promise<unknown>): Promise<string> => {
    const seen = (await readFile(file, 'utf8')).length
    await explain('set auto_explain.log_min_duration = 0')
    let plans = ''
    // A session takes the new setting before one of its next statements.
    for (let tries = 0; tries < 20 && !listed.test(plans); tries++) {
      await call()
      plans = (await readFile(file, 'utf8')).slice(seen)
    }
    await explain('reset auto_explain.log_min_duration')
    return plans
  }
}

const listing = (name: string, size: Crowd): Bench => ({
  name,
  says: `every list with each filter, for each kind of caller, among ${size.resources.toLocaleString('en')} resources`,
  run: async (tell) => {
    await using stack = new AsyncDisposableStack()
    const server = stack.use(
      await startServer(
        {},
        {
          session_preload_libraries: 'auto_explain',
          'auto_explain.log_analyze': 'on',
        },
      ),
    )
    const province = await crowd(server.databaseUrl, size)
    tell('the province is filled')
    const plansOf = await createPlanReader(server.databaseUrl, stack)
    const figures: Record<string, number> = {}
    const limits: Record<string, number> = {}
    for (const question of questions(province))
      for (const caller of callers) {
        const client = createClient({ baseUrl: server.url, token: province.tokens[caller] })
        const call = { query: question.query } satisfies AnyCall
        await client.send(question.operation, call)
        const taken: number[] = []
        for (let index = 0; index < repetitions; index++)
          taken.push(await timed(() => client.send(question.operation, call)))
        const named = nameOf(question, caller)
        figures[`${named} p50Ms`] = quantile(taken, 0.5)
        figures[`${named} p99Ms`] = quantile(taken, 0.99)
        limits[`${named} p99Ms`] = budgetMs
        if (quantile(taken, 0.99) > budgetMs)
          tell(`\n${named}:\n${await plansOf(() => client.send(question.operation, call))}`)
      }
    return { figures: { worstP99Ms: worst(figures), ...figures }, limits }
  },
})

const worst = (figures: Readonly<Record<string, number>>): number =>
  Math.max(...Object.entries(figures).flatMap(([name, figure]) => (name.endsWith('p99Ms') ? [figure] : [])))

export const list = listing('list', { resources: 100_000, organisations: 30_000 })
export const listMillion = listing('list-million', { resources: 1_000_000, organisations: 30_000 })
