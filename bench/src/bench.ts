export interface Bench {
  readonly name: string
  readonly says: string
  /** Throws where it cannot be run at all. `tell` shows progress to people. */
  run(tell: (words: string) => void): Promise<Result>
}

export interface Result {
  /** By name, the unit last: `scriptMs`, `approvalOverScript`. */
  readonly figures: Readonly<Record<string, number>>
  /** The most that a figure may be. */
  readonly limits: Readonly<Record<string, number>>
}

interface Budget {
  readonly value: number
  readonly limit: number
  readonly held: boolean
}

const rounded = (value: number): number => Number(value.toPrecision(4))

/** A table for people and, as the last line, one JSON object for programs. Answers whether every budget is held. */
export const print = (bench: string, { figures, limits }: Result): boolean => {
  const budgets: Record<string, Budget> = {}
  const width = Math.max(...Object.keys(figures).map((name) => name.length))
  console.log('')
  for (const [name, figure] of Object.entries(figures)) {
    const value = rounded(figure)
    const limit = limits[name]
    if (limit !== undefined) budgets[name] = { value, limit, held: value <= limit }
    const verdict = limit === undefined ? '' : `  ${value <= limit ? 'held' : 'MISSED'}, at most ${limit}`
    console.log(`${name.padEnd(width)}  ${String(value).padStart(10)}${verdict}`)
  }
  const shown = Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, rounded(figure)]))
  console.log(JSON.stringify({ bench, figures: shown, budgets }))
  return Object.values(budgets).every((it) => it.held)
}
