import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MigrationError } from './migration-error.ts'

export interface Migration {
  /** `NNNN-what-it-does.sql` */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text with Unix line ends, hexadecimal. */
  readonly checksum: string
}

const named = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.sql$/

/** All migrations of the folder in their order, numbered 0001, 0002, … without a gap. */
export const readMigrations = async (folder: string): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  names.forEach((name, index) => {
    const number = named.exec(name)?.[1]
    if (number === undefined)
      throw new MigrationError('migration-misnamed', `${name} is not named like 0001-what-it-does.sql: rename it.`)
    if (Number(number) !== index + 1)
      throw new MigrationError(
        'migration-gap',
        `${name} stands where number ${index + 1} is due: numbers rise by one, each used once. Renumber what is not released yet.`,
      )
  })
  return Promise.all(names.map((name) => readMigration(folder, name)))
}

const readMigration = async (folder: string, name: string): Promise<Migration> => {
  const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n')
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}
