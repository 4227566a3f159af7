import { ConnectionError, type FaultCode, ProblemError, UnexpectedAnswerError } from '@yiduo/contract'
import { CommandError } from './command-error.ts'
import { exitCodes, exitReasonOf } from './exit-code.ts'
import { printable } from './output/cell.ts'
import type { World } from './world.ts'

const causeOf = (error: ConnectionError): string => {
  // Node's fetch says "fetch failed"; what failed is in its cause.
  const cause = error.cause instanceof Error && error.cause.cause instanceof Error ? error.cause.cause : error.cause
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}

const problemLines = ({ problem }: ProblemError, { say }: World): readonly string[] => [
  say('error', { message: printable(problem.detail) }),
  ...(problem.errors ?? []).map(({ pointer, detail }) => `  ${printable(pointer)}: ${printable(detail)}`),
  ...(problem.words ? [say('cloud-words', { words: printable(problem.words) })] : []),
  say('next', { next: printable(problem.next) }),
  say('trace', { code: problem.code, trace: problem.trace }),
]

const noSession: ReadonlySet<string> = new Set(['not-signed-in', 'session-expired'] satisfies FaultCode[])

const linesOf = (error: unknown, world: World): readonly string[] => {
  const { say } = world
  if (error instanceof ProblemError) return problemLines(error, world)
  if (error instanceof CommandError) return [say('error', { message: say(error.key, error.parameters) })]
  if (error instanceof ConnectionError)
    return [
      say('error', { message: say('no-answer', { url: error.url, cause: causeOf(error) }) }),
      say('next', { next: say('no-answer-next') }),
    ]
  if (error instanceof UnexpectedAnswerError)
    return [
      say('error', {
        message: say('strange-answer', { url: error.url, status: error.status, words: printable(error.words) }),
      }),
    ]
  return [say('defect', { message: error instanceof Error ? (error.stack ?? error.message) : String(error) })]
}

/** Says what went wrong, to a program as the problem that the server sent; gives the exit code. */
export const reportError = (error: unknown, json: boolean, world: World): number => {
  const { note } = world.terminal
  if (json && error instanceof ProblemError) note(JSON.stringify(error.problem))
  else for (const line of linesOf(error, world)) note(line)
  const reason = exitReasonOf(error)
  if (!json && error instanceof ProblemError && noSession.has(error.problem.code)) note(world.say('log-in-first'))
  return exitCodes[reason ?? 'refused']
}
