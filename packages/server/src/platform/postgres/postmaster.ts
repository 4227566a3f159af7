import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readFile, rename, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Binaries } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { type DatabaseUser, own } from './database-user.ts'
import { argumentsFor, fitsSocket, type Listening } from './settings.ts'

/** A PostgreSQL server process, started by us now, by an earlier life of ours, or by another process of ours. */
export interface Postmaster {
  readonly pid: number
  /** Null until it is ready: before, its pid file tells only half of it. */
  readonly listening: Listening | null
}

/**
 * The live postmaster of this data folder, if there is one. A pid file that names a dead process is left to
 * PostgreSQL, which also looks for orphaned backends; one whose pid now belongs to another program is
 * removed, because PostgreSQL would refuse to start for its sake.
 */
export const findPostmaster = async (data: string): Promise<Postmaster | null> => {
  const path = join(data, 'postmaster.pid')
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status.
  const [pidLine, , , port, socketFolder, , , status] = (await readFile(path, 'utf8').catch(() => '')).split('\n')
  const pid = Number(pidLine)
  if (!Number.isInteger(pid) || pid <= 0 || !(await isAlive(pid))) return null
  if (!(await servesData(pid, data))) {
    await rm(path, { force: true })
    return null
  }
  const isReady = status?.startsWith('ready') === true
  return { pid, listening: isReady ? { port: Number(port), socketFolder: socketFolder || null } : null }
}

export const isAlive = async (pid: number): Promise<boolean> => {
  try {
    process.kill(pid, 0)
  } catch (fault) {
    // EPERM: it lives, but under another user. The cast: Node's process.kill throws nothing else.
    if ((fault as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  // Dead, but in a container whose first process reaps no orphans.
  const status = process.platform === 'linux' ? await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '') : ''
  return !/^\d+ \(.*\) Z/.test(status)
}

/** We always start it with `-D <data>`; a backend of some other PostgreSQL that got the old pid has another title. */
const servesData = async (pid: number, data: string): Promise<boolean> => {
  const commandLine =
    process.platform === 'linux' // where a slim container has no ps
      ? readFile(`/proc/${pid}/cmdline`, 'utf8')
      : promisify(execFile)('ps', ['-ww', '-p', String(pid), '-o', 'args=']).then(({ stdout }) => stdout)
  return (await commandLine.catch(() => '')).includes(data)
}

/** One that we started; the pid file will say where it listens. */
export interface Started {
  readonly pid: number
  /** Where in the log file its words begin, in bytes. */
  readonly logFrom: number
}

export const spawnPostmaster = async (
  cluster: Cluster,
  binaries: Binaries,
  user: DatabaseUser | null,
  settings: Readonly<Record<string, string>>,
): Promise<Started> => {
  const listening = fitsSocket(cluster.run)
    ? { socketFolder: cluster.run, port: 5432 }
    : { socketFolder: null, port: await freePort() }
  const logFrom = await rotateLog(cluster)
  const log = openSync(cluster.logFile, 'a', 0o600)
  const child = spawn(binaries.postgres, argumentsFor(cluster.data, listening, settings), {
    cwd: cluster.folder,
    // A session of its own: Ctrl-C in the terminal must not end the database before the server has drained.
    detached: true,
    stdio: ['ignore', log, log],
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  })
  // Listened for at once: the event comes with the next turn.
  const spawned = new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject))
  closeSync(log)
  await spawned
  await own(cluster.logFile, user)
  child.unref()
  // A pid exists once 'spawn' has been emitted.
  return { pid: child.pid ?? Number.NaN, logFrom }
}

const logLimitBytes = 10 * 1024 * 1024

const rotateLog = async ({ logFile }: Cluster): Promise<number> => {
  const { size } = await stat(logFile).catch(() => ({ size: 0 }))
  if (size <= logLimitBytes) return size
  await rename(logFile, `${logFile}.1`)
  return 0
}

/** What PostgreSQL said last. */
export const lastWords = async ({ logFile }: Cluster, logFrom: number): Promise<string> =>
  (await readFile(logFile).catch(() => Buffer.alloc(0))).subarray(logFrom).toString().slice(-4_000)

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = probe.address()
      const port = address !== null && typeof address === 'object' ? address.port : 0
      probe.close(() => resolve(port))
    })
  })

const fastStopLimitMs = 60_000

/**
 * Ends it the fast way: open transactions are rolled back, clients are let go, the next start needs no recovery.
 * One that has not ended within a minute is ended at once, at the price of a recovery.
 */
export const stopPostmaster = async (pid: number): Promise<void> => {
  const limit = AbortSignal.timeout(fastStopLimitMs)
  signal(pid, 'SIGINT')
  // One that we adopted is not our child: there is no event to wait for.
  while (await isAlive(pid)) {
    if (limit.aborted) signal(pid, 'SIGQUIT')
    await pause(20)
  }
}

const signal = (pid: number, name: NodeJS.Signals): void => {
  try {
    process.kill(pid, name)
  } catch (fault) {
    // ESRCH: it ended by itself just now. The cast: Node's process.kill throws nothing else.
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault
  }
}
