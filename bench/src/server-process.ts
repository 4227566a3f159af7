import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url))
export const adminPassword = 'Bench-2026-pw'

export interface ServerProcess extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** From spawning to the first 200 of /readyz. */
  readonly readyMs: number
  /** Resident memory now. */
  residentMib(): Promise<number>
}

/** A folder of its own, open to the user that PostgreSQL runs as. */
export const createFolder = async (): Promise<{ path: string } & AsyncDisposable> => {
  const path = await mkdtemp(join(tmpdir(), 'yiduo-bench-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

const urlIn = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let printed = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const found = /http:\/\/localhost:\d+/.exec(printed)
      if (found) resolve(found[0])
    })
    child.once('exit', (code) => reject(new Error(`the server ended (${code}):\n${printed}`)))
  })

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`)).ok
  } catch {
    return false // nothing listens yet
  }
}

/** `yiduo serve` as its users start it, on a free port. */
export const startServer = async (folder: string, args: readonly string[]): Promise<ServerProcess> => {
  const begun = performance.now()
  const child = spawn(process.execPath, [main, 'serve', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      YIDUO_DATA: folder,
      YIDUO_PORT: '0',
      YIDUO_ADMIN_PASSWORD: adminPassword,
      YIDUO_LOG_LEVEL: 'warn',
      DATABASE_URL: '',
    },
  })
  const url = await urlIn(child)
  while (!(await isReady(url))) await delay(20)
  const readyMs = performance.now() - begun
  return {
    url,
    pid: child.pid ?? 0,
    readyMs,
    async residentMib() {
      const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
      return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
    },
  }
}
