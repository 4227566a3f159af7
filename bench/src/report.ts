export interface Bench {
  readonly name: string
  /** One line: what is measured. */
  readonly says: string
  run(): Promise<Measured>
}

export interface Measured {
  readonly figures: Readonly<Record<string, number>>
  /** Largest value that still holds, by figure. */
  readonly limits: Readonly<Record<string, number>>
  /** Rows for people, beside the figures. */
  readonly notes?: readonly string[]
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export const round = (value: number): number => Math.round(value * 1_000) / 1_000

/** A table for people and, as the last line, one JSON object for programs. Answers whether every budget held. */
export const print = ({ name }: Bench, { figures, limits, notes = [] }: Measured): boolean => {
  const budgets = Object.fromEntries(
    Object.entries(limits).map(([key, limit]) => {
      const value = figures[key] ?? Number.NaN
      return [key, { value, limit, held: value <= limit }]
    }),
  )
  for (const note of notes) process.stdout.write(`${note}\n`)
  for (const [key, value] of Object.entries(figures)) {
    const budget = budgets[key]
    const verdict = budget ? `≤ ${budget.limit} ${budget.held ? '✓' : '✗'}` : ''
    process.stdout.write(`${key.padEnd(36)} ${String(value).padStart(12)}  ${verdict}\n`)
  }
  process.stdout.write(`${JSON.stringify({ bench: name, figures, budgets })}\n`)
  return Object.values(budgets).every((it) => it.held)
}
