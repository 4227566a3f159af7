import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ground } from './ground.ts'

/** `yiduo serve` as users run it, in a process of its own. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** How it ended: the signal's name, or the exit code. */
  readonly ended: Promise<string>
  kill(): void
}

const main = join(import.meta.dirname, '../../src/main.ts')
const readyLine = /ready: (http:\/\/localhost:\d+)/

/** A short lease: what a dead process held is taken over at once. */
const preset = {
  YIDUO_PORT: '0',
  YIDUO_LEASE_MS: '1000',
  YIDUO_CLOUD_CALL_LIMIT_MS: '1000',
  YIDUO_LOG_LEVEL: 'warn',
  // A suite starts the same program many times.
  NODE_COMPILE_CACHE: join(tmpdir(), 'yiduo-test-compile-cache'),
}

export const startServer = async (
  ground: Pick<Ground, 'databaseUrl' | 'folder'>,
  environment: Readonly<Record<string, string>> = {},
  program = main,
): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [program, 'serve', '--empty'], {
    env: {
      YIDUO_SECOND_FACTOR: 'off',
      PATH: process.env.PATH,
      ...preset,
      DATABASE_URL: ground.databaseUrl,
      YIDUO_DATA: ground.folder,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (words: Buffer) => (said += words.toString()))
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => String(signal ?? code))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', () => {
      const found = readyLine.exec(said)?.[1]
      if (found) resolve(found)
    })
    void ended.then((how) => reject(new Error(`the server ended (${how}) before it was ready:\n${said}`)))
  })
  return {
    url,
    pid: child.pid ?? 0,
    ended,
    kill: () => child.kill('SIGKILL'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      const overdue = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(overdue)
    },
  }
}
