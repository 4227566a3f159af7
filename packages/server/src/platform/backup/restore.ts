import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { Client } from 'pg'
import { from } from 'pg-copy-streams'
import { present } from '../../kernel/invariant.ts'
import { migrate } from '../migrations/migrator.ts'
import { createDigest } from './digest.ts'
import { BackupError, type Manifest, readManifest, type TableManifest } from './manifest.ts'
import { columnsOf, foreignKeysOf, nameOf, tablesWithTriggers } from './tables.ts'

export interface RestoreAsk {
  readonly url: string
  readonly folder: string
  readonly migrationFolder: string
}

const schemasOf = (manifest: Manifest): string[] => [...new Set(manifest.tables.map(({ schema }) => schema))]

/** What a server writes before anything else, and what there is when there is a simulated cloud. */
const firstRows: Readonly<Record<string, string>> = { public: 'public.installation', sim: 'sim.cloud' }

/** A restore goes into an empty place only: two provinces in one database would be neither. */
const insistOnEmpty = async (client: Client, schemas: readonly string[]): Promise<void> => {
  for (const table of schemas.map((schema) => present(firstRows[schema], schema))) {
    const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table])
    if (!rows[0]?.there || (await client.query(`select from ${table} limit 1`)).rows.length === 0) continue
    throw new BackupError(
      `The database is not empty: ${table} has rows. Restore into an empty database (another DATABASE_URL, or ` +
        'another YIDUO_DATA); what is here was not touched.',
    )
  }
}

const loadTable = async (client: Client, folder: string, table: TableManifest): Promise<void> => {
  const digest = createDigest()
  const rows = client.query(from(`copy ${nameOf(table)} (${columnsOf(table.columns)}) from stdin`))
  await pipeline(createReadStream(join(folder, table.file)), createGunzip(), digest.stream, rows)
  if (digest.sha256() !== table.sha256 || rows.rowCount !== table.rows)
    throw new BackupError(
      `${table.file} is not what was saved: ${rows.rowCount} of ${table.rows} rows, or another checksum. ` +
        'Take another backup; nothing was restored.',
    )
}

/**
 * What cannot hold in another place. Nobody has a lease. What was under way may have gone on after the backup, on clouds
 * that did not go back in time with us: each of its steps may have taken effect, so it looks before it makes anything,
 * and so does whoever builds on a project.
 */
const settle = [
  'update operations set lease_owner = null, lease_until = null, doubtful = true where ended_at is null',
  'update projects set suspect = true',
]

/**
 * Foreign keys are taken away meanwhile and put back at the end, which checks them all: no order of tables is needed.
 * Triggers sleep: what they keep is in the backup, and would be counted twice.
 */
const load = async (client: Client, folder: string, manifest: Manifest): Promise<void> => {
  const keys = await foreignKeysOf(client, schemasOf(manifest))
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  const triggered = await tablesWithTriggers(client, schemasOf(manifest))
  for (const table of triggered) await client.query(`alter table ${table} disable trigger user`)
  for (const { parent, month } of manifest.partitions)
    await client.query('select ensure_month_partition($1, $2::date)', [parent, month])
  // A migration may have brought rows of its own; the backup has them as they became.
  await client.query(`truncate ${manifest.tables.map(nameOf).join(', ')}`)
  for (const table of manifest.tables) await loadTable(client, folder, table)
  for (const table of triggered) await client.query(`alter table ${table} enable trigger user`)
  for (const it of manifest.sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [nameOf(it), it.lastValue, it.isCalled])
  for (const { table, name, definition } of keys)
    await client.query(`alter table ${table} add constraint ${name} ${definition}`)
  for (const statement of settle) await client.query(statement)
}

/**
 * Brings an empty database to where the backup was taken: as far as its migrations went, then all its rows in one
 * transaction, then the migrations that came since. What fails leaves the database as empty as it was.
 *
 * @throws BackupError when the backup is damaged or of a newer release, or the database is not empty
 */
export const restoreBackup = async ({ url, folder, migrationFolder }: RestoreAsk): Promise<Manifest> => {
  const manifest = await readManifest(folder)
  const client = new Client({ connectionString: url, application_name: 'yiduo-restore' })
  await client.connect()
  try {
    await insistOnEmpty(client, schemasOf(manifest))
    await migrate(client, migrationFolder, manifest.migrations)
    await client.query('begin')
    await load(client, folder, manifest)
    await client.query('commit')
    await migrate(client, migrationFolder)
    await client.query('analyze')
    return manifest
  } catch (error) {
    await client.query('rollback').catch(() => undefined) // the connection may be what failed
    throw error
  } finally {
    await client.end()
  }
}
