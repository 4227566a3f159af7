import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dumpSchema } from '../../packages/server/src/platform/migrations/dump.ts'
import { migrate } from '../../packages/server/src/platform/migrations/migrator.ts'
import { startEmbeddedPostgres } from '../../packages/server/src/platform/postgres/embedded.ts'
import { root } from '../source-files.ts'

/** The schema that all migrations end in, from a database of its own. */
export const generateSchema = async (): Promise<string> => {
  const dataFolder = await mkdtemp(join(tmpdir(), `yiduo-test-${process.pid}-`))
  try {
    await using postgres = await startEmbeddedPostgres({
      dataFolder,
      log: () => undefined,
      settings: { fsync: 'off', shared_buffers: '16MB' },
    })
    await migrate(postgres.url, join(root, 'packages/server/migrations'))
    return await dumpSchema(postgres.url)
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}
