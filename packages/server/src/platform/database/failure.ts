import { fault } from '@yiduo/contract'
import { FaultError } from '../../kernel/refusal.ts'

/** SQLSTATE of a PostgreSQL error, or the code of a failed socket. */
export const errorCode = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

const socketCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT', 'ENOENT'])

/** The database cannot be spoken to now; nothing is wrong with what was asked. */
const isUnavailable = (error: unknown): boolean => {
  const code = errorCode(error)
  if (socketCodes.has(code) || code.startsWith('08') || code.startsWith('57P') || code === '53300') return true
  return (
    error instanceof Error &&
    /Connection terminated|timeout exceeded when trying to connect|Client has encountered/.test(error.message)
  )
}

/** Two transactions were in each other's way; repeating one of them is right. */
export const isContention = (error: unknown): boolean => ['40001', '40P01'].includes(errorCode(error))

/** Name of the constraint a write went against, for stores that turn it into a refusal. */
export const violatedConstraint = (error: unknown): string | null =>
  ['23505', '23514', '23503'].includes(errorCode(error)) &&
  typeof error === 'object' &&
  error !== null &&
  'constraint' in error
    ? String(error.constraint)
    : null

/** disk_full: what would write is refused whole, and what reads goes on. */
const isFull = (error: unknown): boolean => errorCode(error) === '53100'

export const asFault = (error: unknown): unknown => {
  if (isFull(error)) return new FaultError(fault('database-full'), error)
  return isUnavailable(error) ? new FaultError(fault('database-unavailable'), error) : error
}

/** Nothing is wrong with what was tried: it is to be tried again when the database can. */
export const isDatabaseFault = (error: unknown): boolean =>
  error instanceof FaultError && ['database-unavailable', 'database-full'].includes(error.fault.code)
