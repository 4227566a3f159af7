/** For what cannot happen. A failing one is a defect of ours, never of the input. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant: ${message}`)
}

/** The value, where its absence would be a defect of ours. */
export const present = <T>(value: T | null | undefined, what: string): T => {
  invariant(value !== null && value !== undefined, `${what} is absent`)
  return value
}
