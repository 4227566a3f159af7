import { isIP } from 'node:net'
import {
  type Attempt,
  done,
  failure,
  isDone,
  type NetworkRef,
  type NetworksFacet,
  type Outcome,
  type Removal,
} from '@yiduo/driver-api'
import { networks, ports, securityGroups, subnets } from './collections.ts'
import type { ExternalNetwork } from './external-network.ts'
import { cloudName } from './names.ts'
import { make, type NeutronDeps, oneMarked, removeMarked, unbroken } from './neutron.ts'
import { makeOnce, nothingToPrepare } from './once.ts'
import { createPort } from './ports.ts'
import { ensureInterface, ensureRouter, removeRouters } from './routers.ts'
import { ensureRules, setPortRules } from './rules.ts'
import type { NeutronNetwork, NeutronSubnet } from './shapes-network.ts'

interface NetworksDeps extends NeutronDeps {
  readonly externalNetwork: ExternalNetwork
  readonly dnsNameservers: readonly string[]
}

type NetworkAsk = Parameters<NetworksFacet['ensure']>[0]

export const createNetworksFacet = (deps: NetworksDeps): NetworksFacet => ({
  ensure: (ask, attempt) => ensureNetwork(deps, ask, attempt),
  remove: (what, attempt) => removeNetwork(deps, what, attempt),
  createPort: (ask, attempt) => createPort(deps, ask, attempt),
  removePort: (what, attempt) => removeMarked(deps, ports, what, attempt),
  ensureRules: (ask, attempt) => ensureRules(deps, ask, attempt),
  removeRules: (what, attempt) => removeMarked(deps, securityGroups, what, attempt),
  setPortRules: (ask) => setPortRules(deps, ask),
})

/**
 * Network and router have no fence in Neutron, so both are begun at once, at the first attempt, whose instant their
 * waiting counts from. Subnet and interface come after and are fenced: a network takes no overlapping subnet, a
 * router no second port on a subnet.
 */
async function ensureNetwork(deps: NetworksDeps, ask: NetworkAsk, attempt: Attempt): Promise<Outcome<NetworkRef>> {
  if (ask.ipv6 !== undefined && ask.cidr.includes(':'))
    return failure('permanent', 'cloud-request-refused', `${ask.cidr} is IPv6 already`)
  const [network, router] = await Promise.all([
    makeNetwork(deps, ask, attempt),
    ask.routed ? ensureRouter(deps, ask, attempt) : done(null),
  ])
  if (!isDone(network)) return network
  if (!isDone(router)) return router
  const routerId = router.value?.id ?? null
  const subnet = await joinedSubnet(deps, ask, network.value, routerId, { cidr: ask.cidr }, attempt)
  if (!isDone(subnet)) return subnet
  const ref = { networkId: network.value.id, subnetId: subnet.value, routerId }
  if (ask.ipv6 === undefined) return done(ref)
  const second = await joinedSubnet(deps, ask, network.value, routerId, ask.ipv6, attempt)
  return isDone(second) ? done({ ...ref, ipv6SubnetId: second.value }) : second
}

/** The id of the subnet, once the router has a port on it. */
async function joinedSubnet(
  deps: NetworksDeps,
  ask: NetworkAsk,
  network: NeutronNetwork,
  routerId: string | null,
  range: SubnetRange,
  attempt: Attempt,
): Promise<Outcome<string>> {
  const subnet = await makeSubnet(deps, ask, network, range, attempt)
  if (!isDone(subnet)) return subnet
  const joined = routerId === null ? done(null) : await ensureInterface(deps, ask.project, routerId, subnet.value.id)
  return isDone(joined) ? done(subnet.value.id) : joined
}

async function makeNetwork(deps: NetworksDeps, ask: NetworkAsk, attempt: Attempt): Promise<Outcome<NeutronNetwork>> {
  const found = await makeOnce({
    thing: `network ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: false,
    look: () => oneMarked(deps, networks, ask.project, ask.mark),
    prepare: nothingToPrepare,
    make: () => make(deps, networks, ask.project, { name: cloudName(ask.name), description: ask.mark }),
  })
  return isDone(found) ? unbroken('network', found.value) : found
}

type SubnetRange = NonNullable<NetworkAsk['ipv6']>

function makeSubnet(
  deps: NetworksDeps,
  ask: NetworkAsk,
  network: NeutronNetwork,
  range: SubnetRange,
  attempt: Attempt,
): Promise<Outcome<NeutronSubnet>> {
  const fromPool = range === 'from-pool'
  const version = fromPool || range.cidr.includes(':') ? 6 : 4
  // Of two subnets each hands out the name servers of its own version.
  const servers = deps.dnsNameservers.filter((it) => ask.ipv6 === undefined || isIP(it) === version)
  const fields = {
    name: cloudName(ask.name),
    description: ask.mark,
    network_id: network.id,
    ip_version: version,
    ...(fromPool ? { use_default_subnetpool: true } : { cidr: range.cidr }),
    ...(servers.length === 0 ? {} : { dns_nameservers: servers }),
    // Stateful in IPv6 too: the address is known before the server starts, and any prefix length will do.
    ...(version === 6 ? { ipv6_ra_mode: 'dhcpv6-stateful', ipv6_address_mode: 'dhcpv6-stateful' } : {}),
  }
  return makeOnce({
    thing: `subnet ${version} ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    // A pool gives a second range to a second call.
    fenced: !fromPool,
    look: () => oneMarked(deps, subnets, ask.project, ask.mark, (it) => (it.ip_version ?? version) === version),
    prepare: nothingToPrepare,
    async make() {
      const made = await make(deps, subnets, ask.project, fields)
      if (!('words' in made)) return made
      if (/no default subnetpool/i.test(made.words)) return { ...made, outcome: 'permanent', code: 'cloud-unsupported' }
      // Neutron says 400 where it means that such a subnet is there already.
      return /overlaps with another subnet/i.test(made.words)
        ? { ...made, outcome: 'permanent', code: 'cloud-conflict' }
        : made
    },
  })
}

/** Neutron takes a network's subnets with it, unless something still has a port there: 409, with its words. */
async function removeNetwork(deps: NetworksDeps, what: Removal, attempt: Attempt): Promise<Outcome<null>> {
  const routers = await removeRouters(deps, what, attempt)
  return isDone(routers) ? removeMarked(deps, networks, what, attempt) : routers
}
