import { chown, readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { EmbeddedPostgresError } from './embedded-error.ts'

/** The operating system's user that PostgreSQL runs as. */
export interface DatabaseUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root; then `postgres` or `nobody` stands in. Null: we run it as ourselves. */
export const databaseUser = async (): Promise<DatabaseUser | null> => {
  if (process.getuid?.() !== 0) return null
  const entries = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  for (const wanted of ['postgres', 'nobody']) {
    const [name, , uid, gid] = entries.find(([name]) => name === wanted) ?? []
    if (name !== undefined && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) }
  }
  throw new EmbeddedPostgresError(
    'postgres-no-unprivileged-user',
    'PostgreSQL refuses to run as root and there is no user `postgres` or `nobody` to run it as. ' +
      'Add one (useradd --system postgres), start Yiduo as another user, or set DATABASE_URL.',
  )
}

/** Gives the path to the user; nothing where we are that user already. */
export const own = async (path: string, user: DatabaseUser | null): Promise<void> => {
  if (user) await chown(path, user.uid, user.gid)
}

/** Whether the user can use a file, or enter a folder: every folder above it has to let it through. */
export const mayReach = async (path: string, user: DatabaseUser | null): Promise<boolean> => {
  if (!user) return true
  const full = resolve(path)
  return (await permits(full, user)) && (full === dirname(full) || (await mayReach(dirname(full), user)))
}

/** What does not exist yet is made by us and given to the user. */
const permits = async (path: string, user: DatabaseUser): Promise<boolean> => {
  const found = await stat(path).catch(() => null)
  if (!found) return true
  const wanted = found.isDirectory() ? 0o1 : 0o4
  if (found.uid === user.uid) return (found.mode & (wanted << 6)) !== 0
  if (found.gid === user.gid) return (found.mode & (wanted << 3)) !== 0
  return (found.mode & wanted) !== 0
}
