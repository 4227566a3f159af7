import {
  createFleet,
  cuttingStock,
  type HostAsk,
  type HostInput,
  type PieceWorth,
  type SeenClass,
  type SolveLinearProgram,
} from '../../../packages/engines/src/index.ts'
import { arrivedShare } from './arrivals.ts'
import { classesOf, milliOf, readHosts, readPods } from './openb.ts'
import { clusterMilliOf } from './run.ts'

/** One cluster and one list of work, with what may be known of them before the first pod arrives. */
export interface Trace {
  readonly hosts: readonly HostInput[]
  readonly pods: readonly HostAsk[]
  readonly clusterMilli: number
  readonly classes: readonly SeenClass[]
  readonly boundPercent: number
  readonly pieceWorth: PieceWorth
}

export const readTrace = async (nodesFile: string, podsFile: string, solve: SolveLinearProgram): Promise<Trace> => {
  const hosts = await readHosts(nodesFile)
  const pods = await readPods(podsFile)
  const counted = classesOf(pods)
  const clusterMilli = clusterMilliOf(hosts)
  const { fleet } = createFleet(hosts)
  const repeated = (arrivedShare * clusterMilli) / pods.reduce((sum, pod) => sum + milliOf(pod), 0)
  const stock = cuttingStock(
    fleet.classes.map((hostClass) => ({ hostClass, hosts: fleet.hostsOfClass[hostClass.index] ?? 0 })),
    counted.map(({ seen, count }) => ({ seen, count: count * repeated })),
  )
  const solution = solve(stock.program)
  return {
    hosts,
    pods,
    clusterMilli,
    classes: counted.map(({ seen }) => seen),
    boundPercent: (100 * stock.allocatedMilli(solution)) / clusterMilli,
    pieceWorth: stock.pieceWorth(solution),
  }
}
