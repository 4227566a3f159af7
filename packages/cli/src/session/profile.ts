import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Who is logged in, and where. */
export interface Profile {
  readonly url: string
  readonly token: string
  readonly login: string
}

const isProfile = (value: unknown): value is Profile =>
  typeof value === 'object' &&
  value !== null &&
  ['url', 'token', 'login'].every((key) => typeof Object.getOwnPropertyDescriptor(value, key)?.value === 'string')

/** Null where nobody is logged in; a file that was cut off counts as none. */
export const loadProfile = async (path: string): Promise<Profile | null> => {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return isProfile(value) ? value : null
  } catch (error) {
    if (error instanceof SyntaxError || isAbsent(error)) return null
    throw error
  }
}

/** The token is as good as the password while it lasts: never, not for a moment, may others read the file. */
export const saveProfile = async (path: string, profile: Profile): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}`
  await writeFile(draft, `${JSON.stringify(profile, null, 2)}\n`, { mode: 0o600 })
  await chmod(draft, 0o600)
  await rename(draft, path)
}

export const removeProfile = (path: string): Promise<void> => rm(path, { force: true })

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
