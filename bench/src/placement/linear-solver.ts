import highs from 'highs'
import type { LinearProgram, SolveLinearProgram } from '../../../packages/engines/src/index.ts'

const minusInfinity = (length: number): Float64Array => new Float64Array(length).fill(Number.NEGATIVE_INFINITY)

/** Its types are those of its CommonJS build, where the default is wrapped once more; the module that runs is the other. */
const load = highs as unknown as typeof highs.default

/** HiGHS in WebAssembly. */
export const loadSolver = async (): Promise<SolveLinearProgram> => {
  const solver = await load()
  return ({ costs, upper, rowUpper, starts, indices, values }: LinearProgram) =>
    solver.withModel(
      {
        numCols: costs.length,
        numRows: rowUpper.length,
        colCost: costs,
        colLower: new Float64Array(costs.length),
        colUpper: upper,
        rowLower: minusInfinity(rowUpper.length),
        rowUpper,
        matrix: { format: 'csr', numRows: rowUpper.length, numCols: costs.length, starts, indices, values },
      },
      (model) => {
        model.run()
        const optimal = 7
        if (model.getModelStatus() !== optimal) throw new Error(`HiGHS ended with status ${model.getModelStatus()}`)
        const { rowDual } = model.getSolution()
        return { cost: model.getObjectiveValue(), prices: rowDual.map((it) => Math.max(0, -it)) }
      },
    )
}
