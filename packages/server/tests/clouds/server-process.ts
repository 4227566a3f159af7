import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const mainFile = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** A server in a process of its own, as in production; it can be killed. */
export interface ServerProcess extends AsyncDisposable {
  /** Where it listens; rejects with what it complained of if it ends before that. */
  readonly ready: Promise<string>
  /** By what it ended: a signal's name, or its exit code. */
  readonly ended: Promise<string>
  kill(): Promise<void>
}

export interface ServerAsk {
  readonly databaseUrl: string
  readonly dataFolder: string
  readonly environment?: Readonly<Record<string, string>>
}

export const startServer = ({ databaseUrl, dataFolder, environment = {} }: ServerAsk): ServerProcess => {
  const child = spawn(process.execPath, [mainFile, 'serve', '--empty'], {
    env: {
      YIDUO_SECOND_FACTOR: 'off',
      ...process.env,
      DATABASE_URL: databaseUrl,
      YIDUO_DATA: dataFolder,
      YIDUO_PORT: '0',
      YIDUO_LEASE_MS: '1500',
      YIDUO_LOG_LEVEL: 'error',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ended = new Promise<string>((resolve) => child.once('close', (code, signal) => resolve(signal ?? `${code}`)))
  const ready = new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000)
      const url = /ready: (http:\/\/localhost:\d+)/.exec(said)?.[1]
      if (url) resolve(url)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    void ended.then((how) => reject(new Error(`the server ended (${how}) before it was ready: ${said}`)))
  })
  ready.catch(() => undefined) // a process that is to die early is not waited for
  const kill = async () => {
    child.kill('SIGKILL')
    await ended
  }
  return { ready, ended, kill, [Symbol.asyncDispose]: kill }
}
