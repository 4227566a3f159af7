import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const folder = import.meta.dirname
const target = join(folder, 'dist')
const root = join(folder, '../..')

/** What the build depends on, as one hash: a second start builds nothing. */
const fingerprint = (): string => {
  const files = [
    ...globSync('packages/{console,contract}/src/**/*', { cwd: root, withFileTypes: true })
      .filter((it) => it.isFile())
      .map((it) => join(it.parentPath, it.name)),
    ...['index.html', 'vite.config.ts', 'build.ts', 'public/favicon.svg'].map((it) => join(folder, it)),
    join(root, 'package-lock.json'),
  ].toSorted()
  const hash = createHash('sha256')
  for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Compressed once here instead of at every answer. */
const compress = (built: string): void => {
  for (const name of globSync('assets/*.{js,css,svg}', { cwd: built })) {
    const content = readFileSync(join(built, name))
    writeFileSync(join(built, `${name}.gz`), gzipSync(content, { level: 9 }))
    const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 }
    writeFileSync(join(built, `${name}.br`), brotliCompressSync(content, { params: quality }))
  }
}

const stamp = join(target, '.stamp')

const make = async (wanted: string): Promise<void> => {
  process.env.NODE_ENV = 'production' // whatever it is where this runs: a test's would build React's slow half
  const { build } = await import('vite')
  const built = join(folder, `dist.${process.pid}`)
  await build({ configFile: join(folder, 'vite.config.ts'), logLevel: 'warn', build: { outDir: built } })
  compress(built)
  writeFileSync(join(built, '.stamp'), wanted)
  // Whole or not at all: a server that runs serves the one or the other.
  rmSync(target, { recursive: true, force: true })
  await rename(built, target)
}

/** A start need not wait for it: until it is there, the server shows a page that does. */
const makeBehind = (): void => {
  mkdirSync(join(root, '.cache'), { recursive: true })
  const log = openSync(join(root, '.cache/console-build.log'), 'w')
  spawn(process.execPath, [import.meta.filename], { cwd: root, detached: true, stdio: ['ignore', log, log] }).unref()
}

const wanted = fingerprint()
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  if (process.argv.includes('--behind')) makeBehind()
  else await make(wanted)
}
