import { type CloudFaultCode, type Failure, type FailureKind, isDone, isFailure, type Outcome } from '../outcome.ts'

/** The cloud did not do what the check says. */
export class CheckFailure extends Error {
  constructor(words: string) {
    super(words)
    this.name = 'CheckFailure'
  }
}

export function expectThat(holds: boolean, words: string): asserts holds {
  if (!holds) throw new CheckFailure(words)
}

export const expectDone = <T>(outcome: Outcome<T>, what: string): T => {
  expectThat(isDone(outcome), `${what}: expected done, got ${wordsOf(outcome)}`)
  return outcome.value
}

/** Gone now, or gone before: both are a success of a removal. */
export const expectGone = (outcome: Outcome<null>, what: string): void =>
  expectThat(isDone(outcome) || outcome.outcome === 'absent', `${what}: expected it gone, got ${wordsOf(outcome)}`)

export const expectFailure = <T>(
  outcome: Outcome<T>,
  what: string,
  allowed: { readonly kinds?: readonly FailureKind[]; readonly codes?: readonly CloudFaultCode[] } = {},
): Failure => {
  expectThat(isFailure(outcome), `${what}: expected a refusal, got ${wordsOf(outcome)}`)
  const { kinds, codes } = allowed
  expectThat(
    !kinds || kinds.includes(outcome.outcome),
    `${what}: expected ${kinds?.join(' or ')}, got ${wordsOf(outcome)}`,
  )
  expectThat(
    !codes || codes.includes(outcome.code),
    `${what}: expected ${codes?.join(' or ')}, got ${wordsOf(outcome)}`,
  )
  return outcome
}

export const expectEqual = (actual: unknown, expected: unknown, what: string): void =>
  expectThat(actual === expected, `${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`)

export const wordsOf = (outcome: Outcome<unknown>): string =>
  isFailure(outcome) ? `${outcome.outcome} ${outcome.code} (${outcome.words})` : outcome.outcome
