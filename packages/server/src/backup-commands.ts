import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { type Config, ConfigError } from './config/index.ts'
import type { Clock } from './kernel/clock.ts'
import { BackupError, readManifest, restoreBackup, takeBackup } from './platform/backup/index.ts'
import { createLocks } from './platform/reconcilers/index.ts'
import { keyMarksOf, readKeyRing } from './platform/secrets/index.ts'

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

export const backup = async ({ config, url, clock, say }: Place, arguments_: readonly string[]): Promise<void> => {
  const { folder, flagged } = parse('backup', arguments_, '--with-simulated-clouds')
  const ring = await readKeyRing(config.keyFile)
  const keys = ring ? keyMarksOf(ring) : []
  const { tables } = await takeBackup({ url, folder, takenAt: clock.now(), keys, withSimulatedClouds: flagged })
  say(`saved ${rowsIn(tables)} rows of ${tables.length} tables in ${folder}`)
  say(`Not in it, and needed with it: the key file ${config.keyFile}. Keep a copy of it apart from this backup.`)
}

/** Without its keys nothing that is sealed opens, and a server that starts without a key file makes a new one. */
const insistOnKeys = async ({ config }: Place, folder: string): Promise<void> => {
  const { keys } = await readManifest(folder)
  const ring = await readKeyRing(config.keyFile)
  const ours = new Set((ring ? keyMarksOf(ring) : []).map(({ fingerprint }) => fingerprint))
  const missing = keys.filter(({ fingerprint }) => !ours.has(fingerprint))
  if (missing.length === 0) return
  throw new BackupError(
    `${config.keyFile} lacks the key ${missing.map(({ id, fingerprint }) => `${id} (${fingerprint})`).join(', ')}, which ` +
      'opens the credentials of the platforms in this backup. Put the key file of the installation there, or restore ' +
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
