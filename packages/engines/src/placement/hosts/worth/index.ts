export { type CuttingStock, cuttingStock, type Demand, type HostsOfClass } from './cutting-stock.ts'
export type { LinearProgram, LinearSolution, SolveLinearProgram } from './linear-program.ts'
