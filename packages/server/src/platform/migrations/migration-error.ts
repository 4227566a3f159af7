export type MigrationCode = 'migration-misnamed' | 'migration-gap' | 'migration-changed' | 'migration-failed'

/** The schema can't be brought up to date. The message names the migration and says what to do. */
export class MigrationError extends Error {
  readonly code: MigrationCode

  constructor(code: MigrationCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'MigrationError'
    this.code = code
  }
}
