import type { HostAsk } from '../../../packages/engines/src/index.ts'
import { milliOf } from './openb.ts'
import { createRandom } from './random.ts'

/** Arrived when the run ends, in shares of what the cluster has. */
export const arrivedShare = 1.3

/**
 * The protocol of the published runs: pods by name, shuffled; then drawn with replacement from the list until the next
 * one would pass 130 % of the cluster; a list that is above that from the start loses pods at random.
 */
export const arrivalsOf = (pods: readonly HostAsk[], clusterMilli: number, seed: number): HostAsk[] => {
  const random = createRandom(seed)
  const arrivals = [...pods]
  for (let last = arrivals.length - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const [a, b] = [arrivals[last], arrivals[other]]
    if (a && b) [arrivals[last], arrivals[other]] = [b, a]
  }
  const most = clusterMilli * arrivedShare
  let arrived = arrivals.reduce((sum, pod) => sum + milliOf(pod), 0)
  while (arrived > most) {
    const [gone] = arrivals.splice(random.below(arrivals.length), 1)
    if (gone) arrived -= milliOf(gone)
  }
  for (;;) {
    const pod = pods[random.below(pods.length)]
    if (!pod || arrived + milliOf(pod) > most) return arrivals
    arrived += milliOf(pod)
    arrivals.push(pod)
  }
}
