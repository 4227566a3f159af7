import { readdir, readFile } from 'node:fs/promises'
import { pino } from 'pino'
import { createDatabase } from '../../packages/server/src/platform/database/index.ts'

/** As Linux counts processor time: `USER_HZ` is a hundred on every architecture that Node runs on. */
const tickMs = 10

interface Process {
  readonly parent: number
  /** With that of its children that have ended. */
  readonly ticks: number
}

/** proc_pid_stat(5); the name in parentheses may hold anything, so the fields are counted from its end. */
const processOf = async (pid: number): Promise<Process | null> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (stat === null) return null
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  return { parent: fields[1] ?? 0, ticks: fields.slice(11, 15).reduce((sum, it) => sum + it, 0) }
}

const postmasterOf = async (databaseUrl: string): Promise<number> => {
  await using database = createDatabase({ url: databaseUrl, connections: 1, log: pino({ level: 'silent' }) })
  const { rows } = await database.pool.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = await processOf(rows[0]?.pid ?? 0)
  return backend?.parent ?? 0
}

/** Processor time of these processes, of the PostgreSQL behind the address, and of its backends. */
export const processorMsOf = async (pids: readonly number[], databaseUrl: string): Promise<number> => {
  const postmaster = await postmasterOf(databaseUrl)
  const names = await readdir('/proc').catch(() => [])
  const all = await Promise.all(
    names
      .filter((name) => /^\d+$/.test(name))
      .map(async (name) => [Number(name), await processOf(Number(name))] as const),
  )
  const ours = all.flatMap(([pid, it]) =>
    it && (pids.includes(pid) || pid === postmaster || it.parent === postmaster) ? [it.ticks] : [],
  )
  return ours.length === 0 ? Number.NaN : ours.reduce((sum, it) => sum + it, 0) * tickMs
}
