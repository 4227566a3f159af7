import { ConnectionError, ProblemError, UnexpectedAnswerError } from '@yiduo/contract'
import { CommandError } from './command-error.ts'

/** What a script may rely on; `yiduo help exit-codes` prints it. */
export const exitCodes = {
  ok: 0,
  refused: 1,
  usage: 2,
  'not-signed-in': 3,
  'not-permitted': 4,
  'not-found': 5,
  unavailable: 6,
} as const
export type ExitReason = keyof typeof exitCodes

const ofStatus: Readonly<Record<number, ExitReason>> = {
  401: 'not-signed-in',
  403: 'not-permitted',
  404: 'not-found',
  503: 'unavailable',
}

/** Null for what is no expected end: a defect of the CLI itself. */
export const exitReasonOf = (error: unknown): ExitReason | null => {
  if (error instanceof CommandError) return error.reason
  if (error instanceof ConnectionError || error instanceof UnexpectedAnswerError) return 'unavailable'
  if (!(error instanceof ProblemError)) return null
  // The server checks more than the command line can: a value that it does not take is a wrong command line too.
  if (error.problem.code === 'input-invalid') return 'usage'
  return ofStatus[error.problem.status] ?? 'refused'
}
