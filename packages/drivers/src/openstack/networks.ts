import {
  type Attempt,
  done,
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
  const [network, router] = await Promise.all([
    makeNetwork(deps, ask, attempt),
    ask.routed ? ensureRouter(deps, ask, attempt) : done(null),
  ])
  if (!isDone(network)) return network
  if (!isDone(router)) return router
  const subnet = await makeSubnet(deps, ask, network.value, attempt)
  if (!isDone(subnet)) return subnet
  if (router.value !== null) {
    const joined = await ensureInterface(deps, ask.project, router.value.id, subnet.value.id)
    if (!isDone(joined)) return joined
  }
  return done({ networkId: network.value.id, subnetId: subnet.value.id, routerId: router.value?.id ?? null })
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

function makeSubnet(
  deps: NetworksDeps,
  ask: NetworkAsk,
  network: NeutronNetwork,
  attempt: Attempt,
): Promise<Outcome<NeutronSubnet>> {
  const fields = {
    name: cloudName(ask.name),
    description: ask.mark,
    network_id: network.id,
    cidr: ask.cidr,
    ...(deps.dnsNameservers.length === 0 ? {} : { dns_nameservers: deps.dnsNameservers }),
    // Stateful in IPv6 too: the address is known before the server starts, and any prefix length will do.
    ...(ask.cidr.includes(':')
      ? { ip_version: 6, ipv6_ra_mode: 'dhcpv6-stateful', ipv6_address_mode: 'dhcpv6-stateful' }
      : { ip_version: 4 }),
  }
  return makeOnce({
    thing: `subnet ${ask.mark}`,
    attempt,
    inFlight: deps.inFlight,
    fenced: true,
    look: () => oneMarked(deps, subnets, ask.project, ask.mark),
    prepare: nothingToPrepare,
    async make() {
      const made = await make(deps, subnets, ask.project, fields)
      // Neutron says 400 where it means that such a subnet is there already.
      return 'words' in made && /overlaps with another subnet/i.test(made.words)
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
