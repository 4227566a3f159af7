import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import type { Binaries } from './binaries.ts'
import type { Cluster } from './cluster.ts'
import { sqlStateOf, tryConnect, urlOf } from './connection.ts'
import type { DatabaseUser } from './database-user.ts'
import type { EmbeddedPostgresOptions } from './embedded.ts'
import { EmbeddedPostgresError, explainFailure } from './embedded-error.ts'
import { findPostmaster, isAlive, lastWords, type Started, spawnPostmaster, stopPostmaster } from './postmaster.ts'
import type { Listening } from './settings.ts'

export const databaseName = 'yiduo'

/** One process's share in a running PostgreSQL. */
export interface Membership {
  readonly pid: number
  readonly listening: Listening
  /** Its session holds the members' lock, shared; whoever can take that lock alone is the last one. */
  readonly holder: Client
}

const membersLock = 0x79_64_70_67

/** Adopts or starts; once more where another process started or ended it at the same moment. */
export const enterOrStart = async (
  cluster: Cluster,
  binaries: Binaries,
  user: DatabaseUser | null,
  { log, settings = {}, readyLimitMs = 120_000 }: EmbeddedPostgresOptions,
): Promise<Membership> => {
  const limit = AbortSignal.timeout(readyLimitMs)
  for (;;) {
    const running = await findPostmaster(cluster.data)
    if (running) log(`adopting the PostgreSQL that already runs in ${cluster.folder} (pid ${running.pid})`)
    const started = running ? null : await spawnPostmaster(cluster, binaries, user, settings)
    const membership = await enter(cluster, started, limit)
    if (membership) return membership
    if (started) await throwUnlessPassing(cluster, started, limit)
  }
}

/** Waits until the one that the pid file names lets us in. Null when there is none, nor the one started any more. */
const enter = async (cluster: Cluster, started: Started | null, limit: AbortSignal): Promise<Membership | null> => {
  for (;;) {
    const found = await findPostmaster(cluster.data)
    const holder = found?.listening ? await join(cluster, found.listening) : null
    // Not always the one that we started: of two that start at once, PostgreSQL lets the second one end.
    if (found?.listening && holder) return { pid: found.pid, listening: found.listening, holder }
    if (!found && !(started && (await isAlive(started.pid)))) return null
    if (limit.aborted) throw notReady(cluster, await lastWords(cluster, started?.logFrom ?? 0))
    await pause(25)
  }
}

const join = async (cluster: Cluster, listening: Listening): Promise<Client | null> => {
  // Not in the database of the records, which a restore may want to replace.
  const client = await tryConnect(urlOf(cluster, listening, 'postgres'))
  if (client instanceof Error) {
    if (sqlStateOf(client)?.startsWith('28')) throw passwordRefused(cluster, client)
    return null
  }
  if (await takeShare(client, cluster)) return client
  await client.end()
  return null
}

/** False when the server let us in only to shut down, or another process made the database at the same moment. */
const takeShare = async (holder: Client, cluster: Cluster): Promise<boolean> => {
  try {
    await holder.query('SELECT pg_advisory_lock_shared($1)', [membersLock])
    const { rowCount } = await holder.query('SELECT FROM pg_database WHERE datname = $1', [databaseName])
    if (rowCount === 0) await holder.query(`CREATE DATABASE ${databaseName}`)
    return true
  } catch (fault) {
    const state = sqlStateOf(fault)
    if (state === null || goingAway.test(state) || state === duplicateDatabase || state === uniqueViolation)
      return false
    throw explainFailure('The database could not be created', String(fault), cluster.folder)
  }
}

const goingAway = /^(57P0|08)/
const duplicateDatabase = '42P04'
const uniqueViolation = '23505'

/** Two that start at once, or backends that outlive a killed postmaster for a moment: neither is for people to mend. */
const passing = /lock file "postmaster.pid"|pre-existing shared memory block|Address already in use/

const throwUnlessPassing = async (cluster: Cluster, { logFrom }: Started, limit: AbortSignal): Promise<void> => {
  const words = await lastWords(cluster, logFrom)
  if (limit.aborted || !passing.test(words))
    throw explainFailure('PostgreSQL ended while starting', words, cluster.folder)
  await pause(100)
}

/** The last one to leave ends the database. */
export const leave = async (cluster: Cluster, { pid, listening, holder }: Membership): Promise<void> => {
  // Given back by name: the end of a connection frees it only some time later. One that broke has lost it already.
  await holder.query('SELECT pg_advisory_unlock_shared($1)', [membersLock]).catch(() => undefined)
  await holder.end().catch(() => undefined)
  if (await isUnused(cluster, listening)) await stopPostmaster(pid)
}

const isUnused = async (cluster: Cluster, listening: Listening): Promise<boolean> => {
  const asker = await tryConnect(urlOf(cluster, listening, 'postgres'))
  if (asker instanceof Error) return sqlStateOf(asker) === null // nobody can use what does not answer
  const sql = 'SELECT pg_try_advisory_lock($1) AS unused'
  // It fails when another process, the last one, is ending the database right now.
  const answer = await asker.query<{ unused: boolean }>(sql, [membersLock]).catch(() => null)
  const unused = answer?.rows[0]?.unused ?? false
  // Else it keeps the lock, so that nobody enters, until the database's end takes the connection down.
  if (!unused) void asker.end().catch(() => undefined)
  return unused
}

const passwordRefused = ({ folder }: Cluster, cause: Error): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'postgres-password-refused',
    `The PostgreSQL in ${folder} refuses the password in ${folder}/password (${cause.message}). ` +
      'If the file was replaced, put the old one back; if the data is of no worth, move the folder away.',
    { cause },
  )

const notReady = ({ folder, logFile }: Cluster, words: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    'postgres-not-ready',
    `The PostgreSQL in ${folder} is still not ready. After a crash it may need longer to recover: wait and start ` +
      `again; ${logFile} shows how far it is.\n${words}`,
  )
