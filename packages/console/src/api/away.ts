import { ConnectionError, UnexpectedAnswerError } from '@yiduo/contract'

/** What proxies say for a server that is away. */
const byProxy: ReadonlySet<number> = new Set([502, 503, 504])

export const isOfProxy = (answer: Response): boolean =>
  byProxy.has(answer.status) && !answer.headers.get('content-type')?.includes('json')

/** The server did not answer, or somebody in front of it did: worth trying again. */
export const isAway = (error: unknown): boolean =>
  error instanceof ConnectionError || (error instanceof UnexpectedAnswerError && byProxy.has(error.status))
