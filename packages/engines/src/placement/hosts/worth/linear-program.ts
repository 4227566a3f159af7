/** Least cost with `rows · columns <= rowUpper` and every column from zero to `upper`; rows are stored one after another (CSR). */
export interface LinearProgram {
  readonly costs: Float64Array
  readonly upper: Float64Array
  readonly rowUpper: Float64Array
  readonly starts: Int32Array
  readonly indices: Int32Array
  readonly values: Float64Array
}

export interface LinearSolution {
  readonly cost: number
  /** By row: how much the cost falls with one more of `rowUpper`; never below zero. */
  readonly prices: Float64Array
}

/** Solving is not pure computation's work: who has a solver passes it in. */
export type SolveLinearProgram = (program: LinearProgram) => LinearSolution

export type Term = readonly [column: number, value: number]

export const createProgramBuilder = () => {
  const costs: number[] = []
  const upper: number[] = []
  const rowUpper: number[] = []
  const starts: number[] = [0]
  const indices: number[] = []
  const values: number[] = []
  return {
    column: (cost = 0, most = Number.POSITIVE_INFINITY): number => {
      upper.push(most)
      return costs.push(cost) - 1
    },
    row: (terms: readonly Term[], most: number): number => {
      for (const [column, value] of terms) {
        indices.push(column)
        values.push(value)
      }
      starts.push(indices.length)
      return rowUpper.push(most) - 1
    },
    build: (): LinearProgram => ({
      costs: Float64Array.from(costs),
      upper: Float64Array.from(upper),
      rowUpper: Float64Array.from(rowUpper),
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    }),
  }
}

export type ProgramBuilder = ReturnType<typeof createProgramBuilder>
