import { done, isDone, isFailure, type Outcome } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { aggregatesShape, servicesShape } from './shapes-compute.ts'

/** Where the hosts stand, by the name of their compute service: one of them may run many hypervisors (Ironic). */
export interface HostPlaces {
  readonly zones: ReadonlyMap<string, string>
  /** Names, sorted; who may not read aggregates is told of none. */
  readonly aggregates: ReadonlyMap<string, readonly string[]>
}

/** Nova tells neither with its hypervisors. A policy may let see hypervisors and nothing of this. */
export async function readHostPlaces(cloud: Cloud): Promise<Outcome<HostPlaces>> {
  const query = { binary: 'nova-compute' }
  const [services, aggregates] = await Promise.all([
    cloud.ask({ service: 'compute', path: '/os-services', query, project: null }, servicesShape),
    cloud.ask({ service: 'compute', path: '/os-aggregates', project: null }, aggregatesShape),
  ])
  if (isFailure(services) && services.outcome !== 'denied') return services
  if (isFailure(aggregates) && aggregates.outcome !== 'denied') return aggregates
  const zones = new Map(isDone(services) ? services.value.services.map((it) => [it.host, it.zone]) : [])
  const named = new Map<string, string[]>()
  if (isDone(aggregates)) {
    for (const host of zones.keys()) named.set(host, [])
    const rows = aggregates.value.aggregates.toSorted((a, b) => a.name.localeCompare(b.name))
    for (const { name, hosts } of rows) for (const host of hosts) named.set(host, [...(named.get(host) ?? []), name])
  }
  return done({ zones, aggregates: named })
}
