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
import { classesOf, readHosts, readPods } from './openb.ts'
import { clusterMilliOf } from './run.ts'

/** What the linear program says when work comes in these classes, until as much has arrived as the protocol has it. */
export interface Prices {
  readonly boundPercent: number
  readonly pieceWorth: PieceWorth
}

/** One cluster and one list of work, with what may be known of them before the first pod arrives. */
export interface Trace {
  readonly hosts: readonly HostInput[]
  readonly pods: readonly HostAsk[]
  readonly clusterMilli: number
  /** The typical list. */
  readonly classes: readonly SeenClass[]
  readonly pricesOf: (classes: readonly SeenClass[]) => Prices
}

export const readTrace = async (nodesFile: string, podsFile: string, solve: SolveLinearProgram): Promise<Trace> => {
  const hosts = await readHosts(nodesFile)
  const pods = await readPods(podsFile)
  const clusterMilli = clusterMilliOf(hosts)
  const { fleet } = createFleet(hosts)
  const hostsOfClass = fleet.classes.map((hostClass) => ({
    hostClass,
    hosts: fleet.hostsOfClass[hostClass.index] ?? 0,
  }))
  const pricesOf = (classes: readonly SeenClass[]): Prices => {
    const milliPerPod = classes.reduce((sum, it) => sum + it.share * it.cards * it.cardMilli, 0)
    const arriving = (arrivedShare * clusterMilli) / Math.max(1, milliPerPod)
    const stock = cuttingStock(
      hostsOfClass,
      classes.map((seen) => ({ seen, count: seen.share * arriving })),
    )
    const solution = solve(stock.program)
    return {
      boundPercent: (100 * stock.allocatedMilli(solution)) / clusterMilli,
      pieceWorth: stock.pieceWorth(solution),
    }
  }
  return { hosts, pods, clusterMilli, classes: classesOf(pods), pricesOf }
}
