import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEmbeddedPostgres } from '../../packages/server/src/platform/postgres/embedded.ts'
import { processorMsOf } from './processor.ts'

const mainFile = fileURLToPath(new URL('../../packages/server/src/main.ts', import.meta.url))

export const adminPassword = 'Bench-2026-pw'

/** An empty Yiduo as `npm start` runs it: a process of its own, PostgreSQL with all its safety. */
export interface Server extends AsyncDisposable {
  readonly url: string
  readonly databaseUrl: string
  /** Processor time that it and its PostgreSQL have used so far, whatever else the machine does; NaN but on Linux. */
  processorMs(): Promise<number>
}

/** `settings` are PostgreSQL's, by their own names. */
export const startServer = async (
  environment: Readonly<Record<string, string>> = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<Server> => {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'yiduo-bench-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const dataFolder = join(folder, 'postgres')
  const postgres = await startEmbeddedPostgres({ dataFolder, log: () => undefined, settings })
  stack.use(postgres)
  const child = spawn(process.execPath, [mainFile, 'serve', '--empty'], {
    env: {
      YIDUO_SECOND_FACTOR: 'off',
      ...process.env,
      DATABASE_URL: postgres.url,
      YIDUO_DATA: folder,
      YIDUO_PORT: '0',
      YIDUO_ADMIN_PASSWORD: adminPassword,
      YIDUO_LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  stack.defer(async () => {
    child.kill('SIGTERM')
    await ended
  })
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
      const found = /ready: (http:\/\/localhost:\d+)/.exec(said)?.[1]
      if (found) resolve(found)
    })
    void ended.then(() => reject(new Error(`the server ended: ${said}`)))
  })
  const kept = stack.move()
  const processorMs = () => processorMsOf([child.pid ?? 0], postgres.url)
  return { url, databaseUrl: postgres.url, processorMs, [Symbol.asyncDispose]: () => kept.disposeAsync() }
}
