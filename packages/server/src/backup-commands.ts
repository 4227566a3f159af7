import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { sealedColumns } from './compose-secrets.ts'
import { type Config, ConfigError } from './config/index.ts'
import type { Clock } from './kernel/clock.ts'
import { BackupError, readManifest, restoreBackup, takeBackup } from './platform/backup/index.ts'
import { createDatabase } from './platform/database/index.ts'
import { createLocks } from './platform/reconcilers/index.ts'
import { keysToKeep, missingKeys } from './platform/secrets/index.ts'

const migrationFolder = fileURLToPath(new URL('../migrations', import.meta.url))

interface Place {
  readonly config: Config
  readonly url: string
  readonly clock: Clock
  readonly log: Logger
  readonly say: (words: string) => void
}

/** `folder [--flag]`, in any order. */
const parse = (command: string, arguments_: readonly string[], flag: string): { folder: string; flagged: boolean } => {
  const [folder, ...more] = arguments_.filter((it) => it !== flag)
  if (folder === undefined || more.length > 0 || folder.startsWith('-'))
    throw new ConfigError(`usage: yiduo ${command} FOLDER [${flag}]`)
  return { folder: resolve(folder), flagged: arguments_.includes(flag) }
}

const rowsIn = (tables: readonly { rows: number }[]): number => tables.reduce((sum, { rows }) => sum + rows, 0)

/** Where the key-encryption key is, in words. */
const placeOf = ({ keys: { keyService, keyRing, keyFile } }: Config): string => {
  if (keyService) return `the keys behind ${keyService[0]}`
  return keyRing ? 'the keys in YIDUO_KEYS' : `the key file ${keyFile}`
}

export const backup = async ({ config, url, clock, log, say }: Place, arguments_: readonly string[]): Promise<void> => {
  const { folder, flagged } = parse('backup', arguments_, '--with-simulated-clouds')
  await using database = createDatabase({ url, connections: 2, log })
  const keys = () => keysToKeep(database, config.keys, sealedColumns)
  const { tables } = await takeBackup({ url, folder, takenAt: clock.now(), keys, withSimulatedClouds: flagged })
  say(`saved ${rowsIn(tables)} rows of ${tables.length} tables in ${folder}`)
  say(`Not in it, and needed with it: ${placeOf(config)}. Keep a copy of it apart from this backup.`)
}

/** Without them nothing that is sealed opens, and a server that starts without a key file makes a new one. */
const insistOnKeys = async ({ config }: Place, folder: string): Promise<void> => {
  const { keys } = await readManifest(folder)
  const missing = await missingKeys(keys, config.keys)
  if (missing.length === 0) return
  throw new BackupError(
    `${placeOf(config)} does not give the key ${missing.map(({ id, fingerprint }) => `${id} (${fingerprint})`).join(', ')}, which ` +
      'opens the credentials of the platforms in this backup. Put the keys of the installation there, or restore ' +
      'with --without-key and enter every credential anew.',
  )
}

export const restore = async (place: Place, arguments_: readonly string[]): Promise<void> => {
  const { url, log, say } = place
  const { folder, flagged } = parse('restore', arguments_, '--without-key')
  if (!flagged) await insistOnKeys(place, folder)
  await using locks = createLocks({ url, log })
  // A server that starts meanwhile waits, and then finds a province that is set up.
  await locks.under('first set-up', async () => {
    const { tables, takenAt } = await restoreBackup({ url, folder, migrationFolder })
    say(`restored ${rowsIn(tables)} rows of ${tables.length} tables, as they were at ${takenAt}`)
  })
  say('Everybody signs in anew. What clouds hold that this backup does not know will be listed: yiduo orphan list')
  say(`(${join(folder, 'manifest.json')} tells what was in it)`)
}
