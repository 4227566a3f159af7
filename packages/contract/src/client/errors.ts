import type { Problem } from '../problem.ts'

/** The server said no, or failed; everything that it said is here. `message` is the problem's detail. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** No answer came: the server is away, the way to it is broken, or it took too long. */
export class ConnectionError extends Error {
  readonly url: string
  constructor(url: string, cause: unknown) {
    super(`No answer from ${url}`, { cause })
    this.name = 'ConnectionError'
    this.url = url
  }
}

/** Something answered that does not speak this contract: a proxy's error page, another program. */
export class UnexpectedAnswerError extends Error {
  readonly url: string
  readonly status: number
  /** The answer's beginning. */
  readonly words: string
  constructor(url: string, status: number, words: string) {
    super(`${url} answered ${status} in a form that is not Yiduo’s`)
    this.name = 'UnexpectedAnswerError'
    this.url = url
    this.status = status
    this.words = words.slice(0, 500)
  }
}
