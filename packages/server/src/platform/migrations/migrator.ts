import { Client, DatabaseError } from 'pg'
import { MigrationError } from './migration-error.ts'
import { type Migration, readMigrations } from './migration-files.ts'

export { MigrationError } from './migration-error.ts'

/** Held while migrating, so that several processes may start at once: the second finds all of it done. */
const migratorLock = 0x79_64_6d_67

/**
 * Brings the database up to the last migration of the folder, each in a transaction of its own. A database that
 * a newer release has taken further is left as it is: schemas expand first, so the older release still runs on it.
 *
 * @param target an own connection that is in no transaction, or a URL
 * @param upTo where a restore stops to load its rows: the migrations that the backup's database had applied
 * @throws MigrationError when an applied migration was edited, one was slipped in before it, or one fails
 */
export const migrate = async (
  target: Client | string,
  folder: string,
  upTo?: readonly string[],
): Promise<{ applied: string[] }> => {
  const all = await readMigrations(folder)
  const migrations = upTo ? beginningOf(all, upTo) : all
  if (typeof target !== 'string') return migrateUnderLock(target, migrations)
  const client = new Client({ connectionString: target, application_name: 'yiduo-migrator' })
  await client.connect()
  try {
    return await migrateUnderLock(client, migrations)
  } finally {
    await client.end()
  }
}

const migrateUnderLock = async (client: Client, migrations: readonly Migration[]): Promise<{ applied: string[] }> => {
  await client.query('SELECT pg_advisory_lock($1)', [migratorLock])
  try {
    const due = dueOf(migrations, await appliedBefore(client))
    for (const migration of due) await apply(client, migration)
    return { applied: due.map(({ name }) => name) }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [migratorLock])
  }
}

const beginningOf = (all: readonly Migration[], names: readonly string[]): readonly Migration[] => {
  const strange = names.find((name, index) => all[index]?.name !== name)
  if (strange !== undefined)
    throw new MigrationError(
      'migration-gap',
      `This release does not know ${strange}: it is older than what is to be restored, or of another line of releases. ` +
        'Use the release that made the backup, or a newer one.',
    )
  return all.slice(0, names.length)
}

interface Applied {
  readonly name: string
  readonly checksum: string
}

const appliedBefore = async (client: Client): Promise<Applied[]> => {
  await client.query(`CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
  )`)
  const { rows } = await client.query<Applied>('SELECT name, checksum FROM migrations ORDER BY name')
  return rows
}

/** What the database has must be the beginning of what the folder has, or, after a newer release, the reverse. */
const dueOf = (migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] => {
  for (const [index, { name, checksum }] of applied.slice(0, migrations.length).entries()) {
    const ours = migrations[index]
    if (ours?.name !== name)
      throw new MigrationError(
        'migration-gap',
        `The database has ${name} where this release has ${ours?.name}: it was migrated by another line of releases. ` +
          'Give the new migration the next number; an applied one is never renamed.',
      )
    if (ours.checksum !== checksum)
      throw new MigrationError(
        'migration-changed',
        `${name} was changed after this database had applied it. Put its text back and write the change as a new migration.`,
      )
  }
  return migrations.slice(applied.length)
}

const apply = async (client: Client, { name, sql, checksum }: Migration): Promise<void> => {
  await client.query('BEGIN')
  try {
    await client.query(sql)
    await client.query('INSERT INTO migrations (name, checksum) VALUES ($1, $2)', [name, checksum])
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
    throw new MigrationError('migration-failed', `${placeOf(name, sql, cause)}: ${String(cause)}`, { cause })
  }
}

/** PostgreSQL counts characters from one. */
const placeOf = (name: string, sql: string, cause: unknown): string => {
  const position = cause instanceof DatabaseError ? Number(cause.position) : Number.NaN
  return Number.isNaN(position) ? name : `${name}:${sql.slice(0, position).split('\n').length}`
}
