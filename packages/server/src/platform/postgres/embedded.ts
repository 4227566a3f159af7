import { createHash } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { usableBinaries } from './binaries.ts'
import { makeFolder, openCluster } from './cluster.ts'
import { urlOf } from './connection.ts'
import { type DatabaseUser, databaseUser, mayReach } from './database-user.ts'
import { databaseName, enterOrStart, leave } from './membership.ts'
import { findPostmaster, stopPostmaster } from './postmaster.ts'

export { EmbeddedPostgresError } from './embedded-error.ts'

export interface EmbeddedPostgresOptions {
  /** Made if absent. Holds the data, the password, the socket and `postgres.log`. */
  readonly dataFolder: string
  readonly log: (words: string) => void
  /** PostgreSQL settings that differ from the laptop's, by their own names. */
  readonly settings?: Readonly<Record<string, string>>
  /** How long recovery after a crash may take. */
  readonly readyLimitMs?: number
}

export interface EmbeddedPostgres extends AsyncDisposable {
  /** Of the database `yiduo`, as its owner and superuser. */
  readonly url: string
}

/**
 * Starts PostgreSQL from npm in the folder, or adopts the one that an earlier process of ours left running.
 * Disposing ends it fast and waits for its end, unless another process of ours still uses it.
 *
 * @throws EmbeddedPostgresError when it cannot serve; the message says what to do.
 */
export const startEmbeddedPostgres = async (options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> => {
  const user = await databaseUser()
  const folder = await reachableFolder(resolve(options.dataFolder), user, options.log)
  await makeFolder(folder, user)
  const binaries = await usableBinaries(folder, user, options.log)
  const cluster = await openCluster(folder, binaries, user)
  const membership = await enterOrStart(cluster, binaries, user, options)
  return {
    url: urlOf(cluster, membership.listening, databaseName),
    [Symbol.asyncDispose]: () => leave(cluster, membership),
  }
}

/** Ends the PostgreSQL that a process of ours, now dead, left running in the folder; nothing where none runs. */
export const stopEmbeddedPostgres = async (dataFolder: string): Promise<void> => {
  const folder = await reachableFolder(resolve(dataFolder), await databaseUser(), () => undefined)
  const left = await findPostmaster(join(folder, 'data'))
  if (left) await stopPostmaster(left.pid)
}

/** Where PostgreSQL's user can't get to the wanted folder, the data lies under /var/lib, apart for each wanted folder. */
const reachableFolder = async (
  wanted: string,
  user: DatabaseUser | null,
  log: (words: string) => void,
): Promise<string> => {
  if (await mayReach(dirname(wanted), user)) return wanted
  const folder = join('/var/lib/yiduo', `postgres-${createHash('sha256').update(wanted).digest('hex').slice(0, 8)}`)
  log(`the database lies in ${folder}: PostgreSQL runs as ${user?.name}, who may not enter ${dirname(wanted)}`)
  return folder
}
