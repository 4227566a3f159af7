import { pino } from 'pino'
import { createDatabase, type Database } from '../../src/platform/database/index.ts'
import { createSignals, type Signals } from '../../src/platform/signals/listener.ts'
import { createTestDatabase } from './database.ts'
import { rowsOf } from './statements.ts'

export const silent = pino({ level: 'silent' })

/** A migrated database with one organisation in it and nothing else: for what lies below the modules. */
export interface BareDatabase extends AsyncDisposable {
  readonly url: string
  readonly database: Database
  readonly organisationId: string
  signals(...channels: string[]): Signals
}

export const createBareDatabase = async (): Promise<BareDatabase> => {
  await using stack = new AsyncDisposableStack()
  const { url } = stack.use(await createTestDatabase())
  const { ring } = stack.use(createSignals({ url, channels: [], log: silent }))
  const database = stack.use(createDatabase({ url, connections: 10, log: silent, ring }))
  const [organisation] = await rowsOf<{ id: string }>(
    url,
    `insert into organisations (id, path, name, actor, level, division_code, created_at)
     values (gen_random_uuid(), '/1/', '测试省', 'authority', 'province', '320000', now()) returning id`,
  )
  const kept = stack.move()
  return {
    url,
    database,
    organisationId: organisation?.id ?? '',
    signals: (...channels) => kept.use(createSignals({ url, channels, log: silent })),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
