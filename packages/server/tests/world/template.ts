import { join } from 'node:path'

/** The database that every test's own is cloned from. */
export const templateName = 'yiduo_template'
export const migrationsFolder = join(import.meta.dirname, '../../migrations')

/** The same server, another database. */
export const databaseUrl = (url: string, database: string): string => {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}
