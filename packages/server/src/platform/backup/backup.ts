import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Client } from 'pg'
import { to } from 'pg-copy-streams'
import { createDigest } from './digest.ts'
import { BackupError, type Manifest, manifestFile, type TableManifest } from './manifest.ts'
import { columnsOf, nameOf, partitionsOf, sequencesOf, type Table, tablesOf } from './tables.ts'

export interface BackupAsk {
  readonly url: string
  /** Made; must not be there. */
  readonly folder: string
  readonly takenAt: Date
  /** Asked once it is known that there is something to save. */
  readonly keys: () => Promise<Manifest['keys']>
  /**
   * The simulated clouds stand for somebody else's: a real cloud is in no backup of ours, and goes on living. Who
   * restores a demonstration into another place takes them along.
   */
  readonly withSimulatedClouds: boolean
}

/** Whole on the disk before it is named whole. */
const sync = async (path: string): Promise<void> => {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Streamed, so that a table of any size takes the memory of a few buffers. */
const saveTable = async (client: Client, folder: string, table: Table): Promise<TableManifest> => {
  const file = `${table.schema}.${table.name}.copy.gz`
  const path = join(folder, file)
  const columns = [...table.columns]
  const rows = client.query(to(`copy (select ${columnsOf(columns)} from ${nameOf(table)}) to stdout`))
  const digest = createDigest()
  await pipeline(rows, digest.stream, createGzip({ level: 1 }), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
  await sync(path)
  return { schema: table.schema, name: table.name, file, columns, rows: rows.rowCount, sha256: digest.sha256() }
}

const readAll = async (client: Client, folder: string, ask: BackupAsk): Promise<Manifest> => {
  const schemas = ask.withSimulatedClouds ? ['public', 'sim'] : ['public']
  const installed = await client.query<{ code: string }>('select code from installation')
  const applied = await client.query<{ name: string }>('select name from migrations order by name')
  const tables: TableManifest[] = []
  for (const table of await tablesOf(client, schemas)) tables.push(await saveTable(client, folder, table))
  return {
    format: 1,
    takenAt: ask.takenAt.toISOString(),
    installation: installed.rows[0]?.code ?? '',
    migrations: applied.rows.map(({ name }) => name),
    keys: await ask.keys(),
    tables,
    sequences: await sequencesOf(client, schemas),
    partitions: await partitionsOf(client),
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * Saves everything that this installation knows, as it was at one instant, while others go on working. The folder has
 * its name only once all of it is on the disk; what was cut off is left under another name.
 *
 * @throws BackupError when there is nothing to save, or the folder is there already
 */
export const takeBackup = async (ask: BackupAsk): Promise<Manifest> => {
  const folder = resolve(ask.folder)
  const unfinished = `${folder}.unfinished`
  for (const path of [folder, unfinished])
    if (await isThere(path)) throw new BackupError(`${path} is there already: name another folder, or move it away.`)
  const client = new Client({ connectionString: ask.url, application_name: 'yiduo-backup' })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const found = await client.query<{ there: boolean }>(
      `select to_regclass('public.installation') is not null as there`,
    )
    if (!found.rows[0]?.there) throw new BackupError('The database is empty: there is nothing to save.')
    await mkdir(unfinished, { recursive: true, mode: 0o700 })
    const manifest = await readAll(client, unfinished, ask)
    const file = await open(join(unfinished, manifestFile), 'wx', 0o600)
    await file.writeFile(`${JSON.stringify(manifest, null, 2)}\n`)
    await file.sync()
    await file.close()
    await rename(unfinished, folder)
    await sync(dirname(folder))
    return manifest
  } finally {
    await client.end()
  }
}
