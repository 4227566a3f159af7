export interface Bench {
  readonly name: string
  readonly says: string
  /** Throws where it cannot be run at all. `tell` shows progress to people; `args` is what stands behind the name. */
  run(tell: (words: string) => void, args: readonly string[]): Promise<Result>
}

export interface Result {
  /** By name, the unit last: `scriptMs`, `approvalOverScript`. */
  readonly figures: Readonly<Record<string, number>>
  /** The most that a figure may be. */
  readonly limits: Readonly<Record<string, number>>
  /** The least that a figure may be. */
  readonly floors?: Readonly<Record<string, number>>
}

interface Budget {
  readonly value: number
  /** The most, or the least, that it may be. */
  readonly limit?: number
  readonly floor?: number
  readonly held: boolean
}

const rounded = (value: number): number => Number(value.toPrecision(4))

const budgetOf = (name: string, value: number, { limits, floors }: Result): Budget | null => {
  const limit = limits[name]
  const floor = floors?.[name] === undefined ? undefined : rounded(floors[name])
  if (limit !== undefined) return { value, limit, held: value <= limit }
  return floor === undefined ? null : { value, floor, held: value >= floor }
}

const wordsOf = ({ limit, floor, held }: Budget): string =>
  `  ${held ? 'held' : 'MISSED'}, ${limit === undefined ? `at least ${floor}` : `at most ${limit}`}`

/** A table for people and, as the last line, one JSON object for programs. Answers whether every budget is held. */
export const print = (bench: string, result: Result): boolean => {
  const { figures } = result
  const budgets: Record<string, Budget> = {}
  const width = Math.max(...Object.keys(figures).map((name) => name.length))
  console.log('')
  for (const [name, figure] of Object.entries(figures)) {
    const value = rounded(figure)
    const budget = budgetOf(name, value, result)
    if (budget) budgets[name] = budget
    console.log(`${name.padEnd(width)}  ${String(value).padStart(10)}${budget ? wordsOf(budget) : ''}`)
  }
  const shown = Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, rounded(figure)]))
  console.log(JSON.stringify({ bench, figures: shown, budgets }))
  return Object.values(budgets).every((it) => it.held)
}
