export type EmbeddedPostgresCode =
  | 'postgres-binaries-missing'
  | 'postgres-no-unprivileged-user'
  | 'postgres-version-differs'
  | 'postgres-disk-full'
  | 'postgres-folder-in-use'
  | 'postgres-folder-denied'
  | 'postgres-password-refused'
  | 'postgres-not-ready'
  | 'postgres-did-not-start'

/** The embedded database cannot serve. The message says what is wrong and then what to do about it. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresCode

  constructor(code: EmbeddedPostgresCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'EmbeddedPostgresError'
    this.code = code
  }
}

/** Reads PostgreSQL's own words for the causes that a person can do something about. */
export const explainFailure = (what: string, words: string, dataFolder: string): EmbeddedPostgresError => {
  const tail = words.trim().split('\n').slice(-8).join('\n')
  if (/No space left on device|Disk quota exceeded|Check free disk space/.test(words))
    return new EmbeddedPostgresError(
      'postgres-disk-full',
      `${what}: the disk that holds ${dataFolder} is full. Free some space, then start again.\n${tail}`,
    )
  if (/Permission denied/.test(words))
    return new EmbeddedPostgresError(
      'postgres-folder-denied',
      `${what}: PostgreSQL may not use ${dataFolder}. Give the folder to the user it runs as, or choose another.\n${tail}`,
    )
  return new EmbeddedPostgresError('postgres-did-not-start', `${what}. PostgreSQL said:\n${tail || '(nothing)'}`)
}
