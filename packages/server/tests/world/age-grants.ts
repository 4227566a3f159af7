import { fromId } from '@yiduo/contract'
import { startEmbeddedPostgres } from '../../src/platform/postgres/embedded.ts'
import { rowsOf } from './statements.ts'

/**
 * `age-grants.ts FOLDER DAYS GRANT…`: they were given so many days ago, in a province that runs on its embedded
 * PostgreSQL. For tests of the console, which cannot wait half a year.
 */
const [folder = '', days = '', ...grants] = process.argv.slice(2)
await using postgres = await startEmbeddedPostgres({ dataFolder: `${folder}/postgres`, log: () => undefined })
for (const grant of grants)
  await rowsOf(
    postgres.url,
    `update grants set created_at = created_at - interval '${Number(days)} days' where id = '${fromId('grant', grant)}'`,
  )
