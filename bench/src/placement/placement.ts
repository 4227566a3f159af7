import { parseArgs } from 'node:util'
import {
  createFleet,
  createPlacer,
  type HostAsk,
  type HostInput,
  type HostScorer,
  take,
} from '../../../packages/engines/src/index.ts'
import type { Bench } from '../bench.ts'
import { median, quantile } from '../statistics.ts'
import { arrivalsOf } from './arrivals.ts'
import { loadSolver } from './linear-solver.ts'
import { milliOf, usualNodes, usualPods } from './openb.ts'
import { ours } from './policies.ts'
import { clusterMilliOf, run } from './run.ts'
import { readTrace, type Trace } from './trace.ts'

const usage = '[--nodes FILE] [--pods FILE]'

/** A province: seven replicas of the trace's nodes, half a replica on each of its fourteen nodes. */
const replicas = 7
const provinceNodes = 14

const readArgs = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    options: { nodes: { type: 'string', default: usualNodes }, pods: { type: 'string', default: usualPods[0] ?? '' } },
  }).values

const replicate = (hosts: readonly HostInput[], times: number): HostInput[] =>
  Array.from({ length: times }, (_, replica) =>
    hosts.map((host) => ({ ...host, hostId: `${replica}/${host.hostId}` })),
  ).flat()

/** As often as the fleet is larger than the trace's, so that the mix of work stays as it is. */
const arrivalsFor = (trace: Trace, hosts: readonly HostInput[], seed: number): HostAsk[] => {
  const times = Math.round(clusterMilliOf(hosts) / trace.clusterMilli)
  const pods = Array.from({ length: times }, () => trace.pods).flat()
  return arrivalsOf(pods, clusterMilliOf(hosts), seed)
}

const mib = (bytes: number): number => bytes / 1_048_576

/** The fleet's own memory and that of what is remembered about every shape, once all shapes have come. */
const measureLoading = (hosts: readonly HostInput[], arrivals: readonly HostAsk[], scorers: readonly HostScorer[]) => {
  const before = process.memoryUsage()
  const started = performance.now()
  const { fleet } = createFleet(hosts)
  const placer = createPlacer(fleet, scorers)
  const loadMs = performance.now() - started
  for (const ask of new Set(arrivals)) placer.place(ask, 'load')
  const after = process.memoryUsage()
  return { loadMs, memoryMib: mib(after.external - before.external + Math.max(0, after.heapUsed - before.heapUsed)) }
}

/** Microseconds of the processor for one decision, the mean over a fleet that fills up from empty to full. */
const decisionUs = (trace: Trace, hosts: readonly HostInput[], scorers: readonly HostScorer[]): number => {
  const { processorMs, decisions } = run({ hosts, arrivals: arrivalsFor(trace, hosts, 1), scorers, seed: 'growth' })
  return (processorMs * 1_000) / decisions
}

/** Arrivals go to the nodes in turn and to no other than their own: what a province loses that does not pool. */
const dealtShare = (trace: Trace, hosts: readonly HostInput[], scorers: readonly HostScorer[]): number => {
  const arrivals = arrivalsFor(trace, hosts, 1)
  const hostsOf = Array.from({ length: provinceNodes }, (_, node) =>
    hosts.filter((_host, index) => index % provinceNodes === node),
  )
  const placers = hostsOf.map((own) => {
    const { fleet } = createFleet(own)
    return { fleet, placer: createPlacer(fleet, scorers) }
  })
  let allocated = 0
  arrivals.forEach((ask, index) => {
    const node = placers[index % provinceNodes]
    const placement = node?.placer.place(ask, 'dealt')
    if (!node || !placement || !('chosen' in placement) || !placement.chosen) return
    if (take(node.fleet, placement.chosen.allocation)) allocated += milliOf(ask)
  })
  return allocated
}

export const placement: Bench = {
  name: 'placement',
  says: `decisions a second of the engine over a province of seven replicas of a cluster: ${usage}`,
  run: async (tell, args) => {
    const files = readArgs(args)
    const trace = await readTrace(files.nodes, files.pods, await loadSolver())
    const scorers = ours.scorersFor(trace)
    const hosts = replicate(trace.hosts, replicas)
    const arrivals = arrivalsFor(trace, hosts, 1)
    tell(`${hosts.length} hosts, ${arrivals.length} arrivals`)
    const { loadMs, memoryMib } = measureLoading(hosts, arrivals, scorers)
    const pooled = run({ hosts, arrivals, scorers, seed: 'province', timeEach: true })
    const residentMib = mib(process.memoryUsage().rss)
    tell(`one pool: ${((100 * pooled.allocatedMilli) / clusterMilliOf(hosts)).toFixed(2)} %`)
    const dealt = dealtShare(trace, hosts, scorers)
    tell(`${provinceNodes} nodes apart: ${((100 * dealt) / clusterMilliOf(hosts)).toFixed(2)} %`)
    const growth: Record<string, number> = {}
    for (const times of [1, 2, 4, 8]) {
      const grown = replicate(trace.hosts, times)
      const us = median([1, 2, 3].map(() => decisionUs(trace, grown, scorers)))
      growth[`decisionUs${times}x`] = us
      tell(`${grown.length} hosts: ${us.toFixed(1)} µs a decision`)
    }
    return {
      figures: {
        hosts: hosts.length,
        decisions: pooled.decisions,
        decisionsPerSecond: pooled.decisions / (pooled.decidingMs / 1_000),
        decisionsPerCoreSecond: pooled.decisions / (pooled.processorMs / 1_000),
        decisionMsP50: quantile(pooled.decisionMs, 0.5),
        decisionMsP99: quantile(pooled.decisionMs, 0.99),
        loadMs,
        memoryMib,
        residentMibWithSolver: residentMib,
        allocatedPercent: (100 * pooled.allocatedMilli) / clusterMilliOf(hosts),
        allocatedPercentApart: (100 * dealt) / clusterMilliOf(hosts),
        ...growth,
      },
      limits: { decisionMsP99: 5, loadMs: 2_000, memoryMib: 256 },
      // Of one core: by the clock a machine that does other things as well would be measured.
      floors: { decisionsPerCoreSecond: 5_000 },
    }
  },
}
