import { pino } from 'pino'
import { compose, type Yiduo } from '../../src/compose.ts'
import { readConfig } from '../../src/config/index.ts'
import type { Ground } from '../world/ground.ts'
import { rowsOf } from '../world/statements.ts'
import { createDoors, type World, waitUntil } from '../world/world.ts'

/** A server over a database that holds a province already. */
export type ReopenedWorld = AsyncDisposable &
  Pick<World, 'as' | 'call' | 'requestIn' | 'operationEnded' | 'until' | 'province'> & { readonly yiduo: Yiduo }

export const reopenWorld = async (
  { databaseUrl, folder }: Ground,
  province: World['province'],
): Promise<ReopenedWorld> => {
  await using stack = new AsyncDisposableStack()
  const environment = { YIDUO_DATA: folder, YIDUO_PORT: '0', YIDUO_CLOUD_CALL_LIMIT_MS: '1000' }
  const log = pino({ level: process.env.YIDUO_LOG_LEVEL ?? 'fatal' })
  const yiduo = stack.use(await compose(readConfig(environment, []), databaseUrl, log))
  const url = await yiduo.app.listen({ port: 0, host: '127.0.0.1' })
  const kept = stack.move()
  return {
    ...createDoors(url),
    yiduo,
    province,
    until: waitUntil,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

/** What a restore changes on purpose: see platform/backup/restore.ts. */
const settled = ['xact', 'doubtful', 'suspect', 'lease_owner', 'lease_until']

/** Every row of every table of ours, as text: partitions by their parent, and nothing of who is signed in. */
export const rowsOfAll = async (databaseUrl: string): Promise<Record<string, string[]>> => {
  const tables = await rowsOf<{ name: string }>(
    databaseUrl,
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
       and not relispartition and relpersistence = 'p' and relname not in ('migrations', 'sessions') order by 1`,
  )
  const all: Record<string, string[]> = {}
  for (const { name } of tables) {
    const rows = await rowsOf<{ row: string }>(
      databaseUrl,
      `select (to_jsonb(t) - $1::text[])::text as row from ${name} t order by 1`,
      [settled],
    )
    all[name] = rows.map(({ row }) => row)
  }
  return all
}

/** In the order of their foreign keys. */
const cloudTables = ['cloud', 'host', 'flavour', 'image', 'project', 'network', 'port', 'server', 'volume', 'address']

/** The simulated clouds as they are now, where the restored province looks for them. */
export const moveClouds = async (fromUrl: string, toUrl: string): Promise<void> => {
  for (const table of cloudTables) {
    const [found] = await rowsOf<{ rows: unknown }>(
      fromUrl,
      `select coalesce(jsonb_agg(t), '[]') as rows from sim.${table} t`,
    )
    await rowsOf(toUrl, `insert into sim.${table} select * from jsonb_populate_recordset(null::sim.${table}, $1)`, [
      JSON.stringify(found?.rows),
    ])
  }
}
