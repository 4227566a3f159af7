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
  const classes = classesOf(pods)
  const clusterMilli = clusterMilliOf(hosts)
  const { fleet } = createFleet(hosts)
  const milliPerPod = pods.reduce((sum, pod) => sum + milliOf(pod), 0) / pods.length
  const arriving = (arrivedShare * clusterMilli) / milliPerPod
  const stock = cuttingStock(
    fleet.classes.map((hostClass) => ({ hostClass, hosts: fleet.hostsOfClass[hostClass.index] ?? 0 })),
    classes.map((seen) => ({ seen, count: seen.share * arriving })),
  )
  const solution = solve(stock.program)
  return {
    hosts,
    pods,
    clusterMilli,
    classes,
    boundPercent: (100 * stock.allocatedMilli(solution)) / clusterMilli,
    pieceWorth: stock.pieceWorth(solution),
  }
}
