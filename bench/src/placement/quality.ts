import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench, Result } from '../bench.ts'
import { arrivalsOf } from './arrivals.ts'
import { loadSolver } from './linear-solver.ts'
import { usualNodes, usualPods } from './openb.ts'
import { type Contestant, contestants, fgdContestant, ours } from './policies.ts'
import { type Run, run } from './run.ts'
import { readTrace, type Trace } from './trace.ts'

const usage = '[--nodes FILE] [--pods FILE …] [--seeds 10] [--policy random|best-fit|fgd|default|default-online]'

interface Outcome {
  readonly percentMean: number
  readonly percentSd: number
  readonly largeMean: number
  readonly largeArrivedMean: number
  readonly decisionsPerSecond: number
}

const mean = (values: readonly number[]): number => values.reduce((sum, it) => sum + it, 0) / values.length

const outcomeOf = (runs: readonly Run[], clusterMilli: number): Outcome => {
  const percents = runs.map((it) => (100 * it.allocatedMilli) / clusterMilli)
  const percentMean = mean(percents)
  const deviations = percents.reduce((sum, it) => sum + (it - percentMean) ** 2, 0)
  return {
    percentMean,
    percentSd: Math.sqrt(deviations / Math.max(1, percents.length - 1)),
    largeMean: mean(runs.map((it) => it.acceptedLarge)),
    largeArrivedMean: mean(runs.map((it) => it.arrivedLarge)),
    decisionsPerSecond: mean(runs.map((it) => it.decisions / (it.decidingMs / 1_000))),
  }
}

const contest = ({ scorersFor, tiesPerDecision = false, learn }: Contestant, trace: Trace, seeds: number): Outcome => {
  const scorers = scorersFor(trace)
  const runs = Array.from({ length: seeds }, (_, index) => {
    const arrivals = arrivalsOf(trace.pods, trace.clusterMilli, index + 1)
    const seed = `run ${index + 1}`
    return run({ hosts: trace.hosts, arrivals, scorers, seed, tiesPerDecision, ...(learn && { learn: learn(trace) }) })
  })
  return outcomeOf(runs, trace.clusterMilli)
}

const readArgs = (args: readonly string[]) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      nodes: { type: 'string', default: usualNodes },
      pods: { type: 'string', multiple: true, default: usualPods },
      seeds: { type: 'string', default: '10' },
      policy: { type: 'string', default: ours.name },
    },
  })
  const { nodes, pods, policy } = values
  const seeds = Number(values.seeds)
  const judged = contestants.find((it) => it.name === policy)
  if (!judged || !(Number.isInteger(seeds) && seeds > 0)) throw new Error(`placement-quality ${usage}`)
  return { nodes, pods, seeds, judged }
}

const rowOf = (list: string, name: string, it: Outcome): string =>
  [
    list.padEnd(14),
    name.padEnd(14),
    `${it.percentMean.toFixed(2)} ± ${it.percentSd.toFixed(2)} %`,
    `large ${it.largeMean.toFixed(1)} of ${it.largeArrivedMean.toFixed(1)}`.padEnd(22),
    `${it.decisionsPerSecond.toFixed(0)}/s`,
  ].join('  ')

/** The lists that the goals are told for; a list of any other name is printed without. */
const goalsPercent: Readonly<Record<string, number>> = { default: 96.2, gpuspec33: 96.1, cpu200: 96.1 }

const resultOf = (prefix: string, list: string, boundPercent: number, judged: Outcome, byFgd: Outcome): Result => {
  const figures = {
    allocatedPercentMean: judged.percentMean,
    allocatedPercentSd: judged.percentSd,
    boundPercent,
    allocatedPercentFgd: byFgd.percentMean,
    largeAccepted: judged.largeMean,
    largeAcceptedFgd: byFgd.largeMean,
    decisionsPerSecond: judged.decisionsPerSecond,
  }
  const floors = { allocatedPercentMean: goalsPercent[list] ?? byFgd.percentMean + 0.5, largeAccepted: byFgd.largeMean }
  const named = <Value>(values: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]))
  return { figures: named(figures), limits: {}, floors: named(floors) }
}

export const placementQuality: Bench = {
  name: 'placement-quality',
  says: `share of a GPU cluster given out, against published policies and a bound: ${usage}`,
  run: async (tell, args) => {
    const { nodes, pods, seeds, judged } = readArgs(args)
    const solve = await loadSolver()
    const results: Result[] = []
    for (const podsFile of pods) {
      const list = basename(podsFile, '.csv').replace('openb_pod_list_', '')
      const trace = await readTrace(nodes, podsFile, solve)
      const { boundPercent } = trace.pricesOf(trace.classes)
      tell(`${list.padEnd(14)}  ${'bound'.padEnd(14)}  ${boundPercent.toFixed(2)} %`)
      const outcomes = new Map<string, Outcome>()
      for (const contestant of contestants.filter((it) => !it.onlyIfJudged || it === judged)) {
        const outcome = contest(contestant, trace, seeds)
        outcomes.set(contestant.name, outcome)
        tell(rowOf(list, contestant.name, outcome))
      }
      const [own, byFgd] = [outcomes.get(judged.name), outcomes.get(fgdContestant.name)]
      if (!own || !byFgd) throw new Error('the policy that is judged was not run')
      results.push(resultOf(pods.length > 1 ? `${list}.` : '', list, boundPercent, own, byFgd))
    }
    return {
      figures: Object.assign({}, ...results.map((it) => it.figures)),
      limits: {},
      floors: Object.assign({}, ...results.map((it) => it.floors)),
    }
  },
}
