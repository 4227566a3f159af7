import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Bench } from './bench.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const idleMs = 20_000
const givenUpMs = 180_000

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** `npm start` as a person types it; npm's own start is part of what they wait for. */
interface Started extends AsyncDisposable {
  readonly readyMs: number
  /** The server's process below npm's. */
  readonly pid: number
}

const isReady = async (port: number): Promise<boolean> => {
  const answer = await fetch(`http://localhost:${port}/readyz`).catch(() => null)
  return answer?.ok ?? false
}

const startByNpm = async (dataFolder: string): Promise<Started> => {
  const port = await freePort()
  const started = performance.now()
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env: { ...process.env, YIDUO_DATA: dataFolder, YIDUO_PORT: String(port), YIDUO_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<'ended'>((resolve) => child.once('close', () => resolve('ended')))
  const ready = async (): Promise<'ready' | 'late'> => {
    while (performance.now() - started < givenUpMs) {
      if (await isReady(port)) return 'ready'
      await delay(25)
    }
    return 'late'
  }
  const outcome = await Promise.race([ended, ready()])
  if (outcome === 'ended') throw new Error('npm start ended before it was ready')
  const readyMs = performance.now() - started
  const pid = await serverBelow(child.pid ?? 0)
  const stop = async () => {
    process.kill(pid, 'SIGTERM')
    await ended
  }
  if (outcome === 'late') {
    await stop()
    throw new Error(`not ready within ${givenUpMs} ms`)
  }
  return { readyMs, pid, [Symbol.asyncDispose]: stop }
}

const statusOf = async (pid: string | number): Promise<Readonly<Record<string, string>>> => {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Object.fromEntries(text.split('\n').map((line) => line.split(/:\s+/, 2) as [string, string])) // `Name:\tvalue`
}

/** npm runs a shell, which runs Node: the last of that chain that is the server. */
const serverBelow = async (pid: number): Promise<number> => {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    const parent = Number((await statusOf(name)).PPid)
    parents.set(Number(name), parent)
    if (!command.includes('packages/server/src/main.ts\0serve')) continue
    for (
      let above: number | undefined = parent;
      above;
      above = parents.get(above) ?? Number((await statusOf(above)).PPid)
    )
      if (above === pid) return Number(name)
  }
  throw new Error('the server is not among the processes below npm')
}

const residentMib = async (pid: number): Promise<number> =>
  Number.parseInt((await statusOf(pid)).VmRSS ?? '', 10) / 1_024

export const start: Bench = {
  name: 'start',
  says: 'npm start to /readyz, the first time and again, and the memory of the idle server',
  run: async (tell) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'yiduo-bench-start-'))
    try {
      let firstMs = 0
      {
        await using first = await startByNpm(dataFolder)
        firstMs = first.readyMs
        tell(`first: ${(firstMs / 1_000).toFixed(1)} s`)
      }
      const again: number[] = []
      let memoryMib = 0
      for (let round = 0; round < 3; round++) {
        await using server = await startByNpm(dataFolder)
        again.push(server.readyMs)
        tell(`again: ${(server.readyMs / 1_000).toFixed(1)} s`)
        if (round === 0) {
          await delay(idleMs)
          memoryMib = await residentMib(server.pid)
          tell(`idle for ${idleMs / 1_000} s: ${memoryMib.toFixed(0)} MiB`)
        }
      }
      return {
        figures: { firstStartMs: firstMs, startMs: Math.max(...again), idleResidentMib: memoryMib },
        limits: { firstStartMs: 45_000, startMs: 15_000, idleResidentMib: 300 },
      }
    } finally {
      await rm(dataFolder, { recursive: true, force: true })
    }
  },
}
