import { done, failure, isDone, isFailure, type Outcome } from '@yiduo/driver-api'
import type { Cloud } from './cloud.ts'
import { type NeutronNetwork, networksShape, subnetsShape } from './shapes-network.ts'

export interface ExternalNetwork {
  /** Its id; `cloud-no-external-network` where there is none that gives out IPv4 addresses. */
  id(): Promise<Outcome<string>>
  /** The same, looked up anew. */
  look(): Promise<Outcome<string>>
  /** What came of a call that named it: a refusal may mean that it is no longer what it was. */
  heard(outcome: Outcome<unknown>): void
}

/** The network with a way out: the one named in the settings, else the oldest that calls itself external. */
export function createExternalNetwork(cloud: Cloud, name: string | null): ExternalNetwork {
  let known: string | null = null
  const look = async (): Promise<Outcome<string>> => {
    known = null
    const query = { 'router:external': 'true', ...(name === null ? {} : { name }) }
    const found = await cloud.ask({ service: 'network', path: '/networks', query, project: null }, networksShape)
    if (!isDone(found)) return found
    const usable = await withAddresses(cloud, found.value.networks)
    if (!isDone(usable)) return usable
    const [first] = usable.value.toSorted((a, b) => (a.created_at ?? '').localeCompare(b.created_at ?? ''))
    if (first === undefined)
      return failure(
        'permanent',
        'cloud-no-external-network',
        `no external network${name === null ? '' : ` ${name}`} with IPv4 addresses`,
      )
    known = first.id
    return done(first.id)
  }
  return {
    look,
    id: async () => (known === null ? look() : done(known)),
    heard(outcome) {
      if (isFailure(outcome) && outcome.outcome !== 'transient') known = null
    },
  }
}

/**
 * Those that give out IPv4 addresses, as all floating ones are. Neutron shows a plain member an external network but
 * not its subnets, only that there are some: then they are taken to be what they should.
 */
async function withAddresses(
  cloud: Cloud,
  networks: readonly NeutronNetwork[],
): Promise<Outcome<readonly NeutronNetwork[]>> {
  if (networks.length === 0) return done([])
  const query = { network_id: networks.map((it) => it.id) }
  const found = await cloud.ask({ service: 'network', path: '/subnets', query, project: null }, subnetsShape)
  if (!isDone(found)) return found
  const subnetsOf = (id: string) => found.value.subnets.filter((it) => it.network_id === id)
  return done(
    networks.filter((it) => {
      const shown = subnetsOf(it.id)
      return shown.length === 0 ? (it.subnets ?? []).length > 0 : shown.some((subnet) => subnet.ip_version === 4)
    }),
  )
}
