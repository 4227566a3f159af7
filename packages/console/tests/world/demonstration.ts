import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ownPassword } from './browser.ts'

const root = join(import.meta.dirname, '../../../..')
const readyLine = /ready: (http:\/\/localhost:\d+)/

const ended = async (program: string): Promise<void> => {
  const child = spawn(process.execPath, [program], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${program} ended with ${code}`)
}

export interface Demonstration extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  readonly folder: string
}

/** Builds the console and starts the product as `npm start` does, on a province of its own. */
export const startDemonstration = async (): Promise<Demonstration> => {
  await ended('packages/console/build.ts')
  const folder = await mkdtemp(join(tmpdir(), 'yiduo-console-'))
  const child = spawn(process.execPath, ['packages/server/src/main.ts', 'serve'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      YIDUO_DATA: folder,
      YIDUO_PORT: '0',
      YIDUO_LOG_LEVEL: 'error',
      YIDUO_ADMIN_PASSWORD: ownPassword, // the administrators are looked through as well
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (words: Buffer) => {
      said += words.toString()
      const found = readyLine.exec(said)?.[1]
      if (found) resolve(found)
    })
    void exit.then(() => reject(new Error(`the server ended before it was ready:\n${said}`)))
  })
  return {
    url,
    pid: child.pid ?? 0,
    folder,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await exit
      await rm(folder, { recursive: true, force: true })
    },
  }
}
