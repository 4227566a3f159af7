import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { access, chmod, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Binaries } from './binaries.ts'
import { type DatabaseUser, own } from './database-user.ts'
import { EmbeddedPostgresError, explainFailure } from './embedded-error.ts'

export const roleName = 'yiduo'

/** One embedded PostgreSQL on disk. */
export interface Cluster {
  readonly folder: string
  /** PostgreSQL's own data folder. */
  readonly data: string
  /** Holds the socket. */
  readonly run: string
  readonly logFile: string
  readonly password: string
}

/** Opens the cluster in the folder; makes it first where there is none. */
export const openCluster = async (folder: string, binaries: Binaries, user: DatabaseUser | null): Promise<Cluster> => {
  const run = join(folder, 'run')
  await makeFolder(run, user)
  const password = await passwordOf(folder, user)
  const cluster = { folder, data: join(folder, 'data'), run, logFile: join(folder, 'postgres.log'), password }
  const version = await readFile(join(cluster.data, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version === null) await createCluster(cluster, binaries, user)
  else if (version.trim() !== binaries.majorVersion) throw versionDiffers(folder, version.trim(), binaries.majorVersion)
  return cluster
}

/** A folder of the user's own. Those above it that have to be made let everybody through, whatever our umask. */
export const makeFolder = async (folder: string, user: DatabaseUser | null): Promise<void> => {
  const above = dirname(folder)
  const first = await mkdir(above, { recursive: true })
  if (first !== undefined && user !== null)
    for (let made = above; made.length >= first.length; made = dirname(made)) await chmod(made, 0o755)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await own(folder, user)
}

/** Linked whole into place: of two processes that start together, the second takes the first one's. */
const passwordOf = async (folder: string, user: DatabaseUser | null): Promise<string> => {
  const path = join(folder, 'password')
  const unfinished = `${path}.${randomUUID()}`
  await writeFile(unfinished, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await own(unfinished, user)
  await link(unfinished, path).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== 'EEXIST') throw fault
  })
  await rm(unfinished)
  return readFile(path, 'utf8')
}

const unfinishedPrefix = 'unfinished-'

/**
 * Made aside and renamed whole: an initdb that was cut off leaves nothing that looks like a database, and of two
 * processes that start together one wins.
 */
const createCluster = async (cluster: Cluster, binaries: Binaries, user: DatabaseUser | null): Promise<void> => {
  const target = join(cluster.folder, `${unfinishedPrefix}${randomUUID()}`)
  const { code, words } = await runInitdb(cluster, target, binaries, user)
  const won =
    code === 0 &&
    (await rename(target, cluster.data).then(
      () => true,
      () => false,
    ))
  if (!won && !(await exists(join(cluster.data, 'PG_VERSION'))))
    throw explainFailure('The database could not be created', words, cluster.folder)
  for (const name of await readdir(cluster.folder))
    if (name.startsWith(unfinishedPrefix)) await rm(join(cluster.folder, name), { recursive: true, force: true })
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

const runInitdb = async (cluster: Cluster, target: string, binaries: Binaries, user: DatabaseUser | null) => {
  const child = spawn(
    binaries.initdb,
    [
      // Under LC_ALL=C initdb would otherwise make an SQL_ASCII database; the built-in locale is the same everywhere.
      ...['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C.UTF-8'],
      ...['--auth=scram-sha-256', `--username=${roleName}`, `--pwfile=${join(cluster.folder, 'password')}`],
      `--pgdata=${target}`,
    ],
    { cwd: cluster.folder, stdio: ['ignore', 'pipe', 'pipe'], ...(user ? { uid: user.uid, gid: user.gid } : {}) },
  )
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  const [words, code] = await Promise.all([text(child.stderr), ended, text(child.stdout)])
  return { code, words }
}

const versionDiffers = (folder: string, found: string, ours: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'postgres-version-differs',
    `${folder} was made by PostgreSQL ${found}, and the embedded one is ${ours}. Dump it with the pg_dump of ${found} and ` +
      `load it into an empty database of ${ours}, or move the folder away to start anew.`,
  )
