// Runs before every npm script, under whatever Node the machine has (18 and later): plain JavaScript, no packages.
// Brings node_modules in line with package-lock.json, which also brings Node 24 where npm has a build of it. With `run`
// only what running takes: who starts the product waits for no compiler.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.yiduo-lock')
const isToRun = process.argv[2] === 'run'
// Older ones cannot read `await using`.
const oldestNode = [24, 0]

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null)

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex')

/** After an `npm install` or `npm ci` by hand nothing is missing: npm's own record of what lies there says so. */
const isInstalled = () => {
  const record = read(join(modules, '.package-lock.json'))
  if (record === null) return false
  const present = JSON.parse(record).packages
  const wanted = Object.entries(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages)
  return wanted.every(([path, { dev, devOptional, optional, version, integrity, link }]) => {
    if (!path.startsWith('node_modules/')) return true
    if (isToRun && (dev || devOptional)) return true
    const found = present[path]
    if (!found) return optional === true
    return link === true || (found.version === version && found.integrity === integrity)
  })
}

const npm = (...words) => {
  const dev = isToRun ? '--omit=dev' : '--include=dev'
  const args = [...words, dev, '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const script = process.env.npm_execpath
  const [command, before] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []]
  const { status, error, stderr } = spawnSync(command, [...before, ...args], { cwd: root, encoding: 'utf8' })
  return status === 0 ? null : (error?.message ?? stderr)
}

/**
 * npm 11 refuses `npm ci` wherever the registry (a mirror, often) lacks the build of some optional package for another
 * system, which would never be installed here. `npm install --no-save` takes the same versions from the same lock file.
 */
const install = () => {
  console.error('yiduo: installing packages; the first time this takes a minute …')
  const refusal = npm('ci')
  if (refusal === null) return
  if (!refusal.includes('EUSAGE')) refuse(`npm ci failed. ${advice}\n${refusal}`)
  // Where the Node that runs this lies among them, npm is started by it still: it replaces what differs, piece by piece.
  if (!process.execPath.startsWith(modules)) rmSync(modules, { recursive: true, force: true })
  const fault = npm('install', '--no-save')
  if (fault !== null) refuse(`npm install failed. ${advice}\n${fault}`)
}

const advice =
  'Is the registry reachable and the disk not full? Then run the same command again: it begins anew. npm said:'

const refuse = (words) => {
  console.error(`yiduo: ${words}`)
  process.exit(1)
}

const isNewEnough = (version) => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])
}

/** npm scripts find node_modules/.bin before the system's folders. */
const nodeOfScripts = () => {
  const brought = join(modules, '.bin', 'node')
  if (!existsSync(brought)) return process.version
  try {
    return execFileSync(brought, ['--version'], { encoding: 'utf8' }).trim()
  } catch {
    return 'a Node that does not run on this system (node_modules/.bin/node)'
  }
}

const isAlive = (pid) => {
  try {
    return process.kill(pid, 0)
  } catch (fault) {
    return fault.code === 'EPERM'
  }
}

/** Two scripts started at once on a fresh checkout: the second waits for the first one's packages. */
const alone = (work) => {
  const lock = join(root, '.cache', 'prepare.lock')
  mkdirSync(dirname(lock), { recursive: true })
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (fault) {
      if (fault.code !== 'EEXIST') throw fault
    }
    // Without a number in it, its maker was cut off between making and writing it, or is just about to write.
    const holder = Number(read(lock))
    const ageMs = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (holder ? !isAlive(holder) : ageMs > 5_000) rmSync(lock, { force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  try {
    work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Of the whole, or of what is asked for here. */
const isStamped = () => {
  const found = read(stamp)
  return found === lockHash() || (isToRun && found === `${lockHash()} run`)
}

if (!isStamped())
  alone(() => {
    if (isStamped()) return
    if (!isInstalled()) install()
    // Written last: an installation that was cut off has no stamp and is begun anew.
    writeFileSync(stamp, isToRun ? `${lockHash()} run` : lockHash())
  })

if (!isNewEnough(process.version)) {
  const version = nodeOfScripts()
  if (!isNewEnough(version))
    refuse(
      `Yiduo runs on Node ${oldestNode.join('.')} or later, best 24, and npm has none for ${process.platform}-${process.arch}; ` +
        `here is ${version}. Install Node 24 (https://nodejs.org), then run the same command again.`,
    )
}
